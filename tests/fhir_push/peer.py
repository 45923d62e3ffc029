"""A small FHIR server of our own for tests: it keeps what it is sent entry by entry and misbehaves when told to."""

from __future__ import annotations

import json
import re
import ssl
import threading
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CLIENT, SECRET = "homevisit desk", "s3cret & more"
REFERENCE = re.compile(r"[A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64}")
Rule = Callable[[dict[str, Any]], int]


@dataclass
class Peer:
    """Not atomic: what is refused leaves the rest standing. ``answers`` are given to the next Bundles instead of a
    reply, before or ``after`` keeping what is in them; None cuts the connection.
    """

    kept: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    bundles: list[bytes] = field(default_factory=list)
    answers: list[int | None] = field(default_factory=list)
    after: bool = False
    rule: Rule = lambda _: 200
    token: str = ""
    tokens_given: int = 0
    lives: int = 3600
    wants_versions: bool = False
    body: bytes | None = None
    version: str = "4.0.1"
    headers: list[dict[str, str]] = field(default_factory=list)
    url: str = ""
    release: threading.Event = field(default_factory=threading.Event)

    def newest(self, kind: str) -> list[dict[str, Any]]:
        """The records of a kind as they stand."""
        return [versions[-1] for name, versions in sorted(self.kept.items()) if name.startswith(f"{kind}/")]

    def take(self, entry: dict[str, Any]) -> dict[str, str]:
        """Keep one entry, or say why not."""
        name, resource = entry["request"]["url"], entry["resource"]
        versions = self.kept.get(name, [])
        named = entry["request"].get("ifMatch")
        status = self.rule(resource)
        if self.wants_versions and versions and named != f'W/"{len(versions)}"':
            status = 412
        if any(found not in self.kept and found != name for found in references(resource)):
            status = 422  # what is referred to has to be there already
        if status >= 300:
            return {"status": f"{status} Refused"}
        self.kept.setdefault(name, []).append(resource)
        return {"status": "200 OK" if versions else "201 Created", "etag": f'W/"{len(versions) + 1}"'}

    def reply(self, data: bytes) -> tuple[int | None, bytes]:
        """What a Bundle is answered with."""
        self.bundles.append(data)
        answer = self.answers.pop(0) if self.answers else 200
        if answer != 200 and not self.after:
            return answer, b""
        found = [{"response": self.take(entry)} for entry in json.loads(data)["entry"]]
        if self.wants_versions and any(each["response"]["status"].startswith("412") for each in found):
            return 412, b""
        reply = {"resourceType": "Bundle", "type": "transaction-response", "entry": found}
        return answer, json.dumps(reply).encode() if self.body is None else self.body

    def grant(self, header: str) -> tuple[int, bytes]:
        """A token for the right client."""
        pair = b64decode(header.removeprefix("Basic ")).decode()
        if pair != "homevisit+desk:s3cret+%26+more":
            return 401, b'{"error": "invalid_client"}'
        self.tokens_given += 1
        self.token = f"token-{self.tokens_given}"
        return 200, json.dumps({"access_token": self.token, "expires_in": self.lives}).encode()


def references(value: object) -> Iterator[str]:
    """Every literal reference in a resource."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key == "reference" and isinstance(each, str) and REFERENCE.fullmatch(each):
                yield each
            yield from references(each)
    elif isinstance(value, list):
        for each in value:
            yield from references(each)


@contextmanager
def served(secured: ssl.SSLContext | None = None) -> Iterator[Peer]:
    """A peer on a free port of this machine, with TLS if a context is given."""
    peer = Peer()
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"peer": peer}))
    if secured is not None:
        server.socket = secured.wrap_socket(server.socket, server_side=True)
    peer.url = f"http{'s' if secured else ''}://127.0.0.1:{server.server_address[1]}/fhir"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield peer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that went away is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    peer: Peer

    def do_GET(self) -> None:
        if self.path == "/fhir/metadata":
            self._answer(200, json.dumps({"resourceType": "CapabilityStatement", "fhirVersion": self.peer.version}))
            return
        versions = self.peer.kept.get(self.path.removeprefix("/fhir/"), [])
        self._answer(200 if versions else 404, "{}", etag=f'W/"{len(versions)}"' if versions else "")

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        self.peer.headers.append(dict(self.headers))
        if self.path == "/token":
            self._answer(*self.peer.grant(self.headers["Authorization"]))
        elif self.peer.token and self.headers["Authorization"] != f"Bearer {self.peer.token}":
            self._answer(401, "")
        else:
            status, body = self.peer.reply(data)
            if status is None:
                self.close_connection = True
                self.connection.close()
            else:
                self._answer(status, body)

    def _answer(self, status: int, body: str | bytes, etag: str = "") -> None:
        data = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        if etag:
            self.send_header("ETag", etag)
        if status in (301, 302, 307, 308):
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
