"""Real servers on loopback: wsgidav behind a layer that misbehaves when told to, and an S3 server with keys."""

from __future__ import annotations

import hashlib
import hmac
import io
import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from cheroot.ssl.builtin import BuiltinSSLAdapter
from cheroot.wsgi import Server
from localbucket import S3Error, S3Handler
from wsgidav.wsgidav_app import WsgiDAVApp

USER, PASSWORD, TOKEN = "ines", "correct horse", "a-token-of-the-test"
KEY, SECRET, SESSION = "TESTKEY", "test-secret-key", "test-session"
Environ = dict[str, Any]
App = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class Mischief:
    """Passes requests on, unless ``how`` is set: then it decides what happens to them."""

    def __init__(self, app: App) -> None:
        self._app = app
        self.how: Callable[[Environ, Callable[..., Any], App], Iterable[bytes]] | None = None
        self.requests: list[tuple[str, str]] = []

    def __call__(self, environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        self.requests.append((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
        return self.how(environ, start, self._app) if self.how else self._app(environ, start)


def answering(status: str, *, to: str = "", headers: tuple[tuple[str, str], ...] = ()):
    """Answers every request of a method (all without one) with a status and nothing else."""

    def how(environ: Environ, start: Callable[..., Any], app: App) -> Iterable[bytes]:
        if to and environ["REQUEST_METHOD"] != to:
            return app(environ, start)
        _body(environ)
        start(status, [("Content-Length", "0"), *headers])
        return [b""]

    return how


def storing(change: Callable[[bytes], bytes | None]):
    """Says that every upload was stored, and stores something else; ``None`` stores nothing."""

    def how(environ: Environ, start: Callable[..., Any], app: App) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "PUT":
            return app(environ, start)
        kept = change(_body(environ))
        if kept is None:
            start("201 Created", [("Content-Length", "0")])
            return [b""]
        environ |= {"wsgi.input": io.BytesIO(kept), "CONTENT_LENGTH": str(len(kept))}
        return app(environ, start)

    return how


def waiting(for_what: threading.Event, *, to: str = ""):
    """Answers only when the event is set, or after ten seconds."""

    def how(environ: Environ, start: Callable[..., Any], app: App) -> Iterable[bytes]:
        if not to or environ["REQUEST_METHOD"] == to:
            for_what.wait(10)
        return app(environ, start)

    return how


def replaying(reply: tuple[str, list[tuple[str, str]], bytes]):
    """Gives an earlier listing again."""

    def how(environ: Environ, start: Callable[..., Any], app: App) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "PROPFIND" or environ.get("HTTP_DEPTH") == "0":
            return app(environ, start)
        status, headers, body = reply
        start(status, headers)
        return [body]

    return how


def recorded(app: App, into: list[tuple[str, list[tuple[str, str]], bytes]]):
    """Keeps what a listing was answered with."""

    def how(environ: Environ, start: Callable[..., Any], _: App) -> Iterable[bytes]:
        told: list[Any] = []
        body = b"".join(app(environ, lambda status, headers, *_: told.extend((status, headers))))
        if environ["REQUEST_METHOD"] == "PROPFIND":
            into.append((told[0], told[1], body))
        start(*told)
        return [body]

    return how


def _body(environ: Environ) -> bytes:
    return environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))


def dav_app(root: Path) -> App:
    """A wsgidav without locks, properties or pages for browsers."""
    return WsgiDAVApp(
        {
            "provider_mapping": {"/": str(root)},
            "simple_dc": {"user_mapping": {"*": {USER: {"password": PASSWORD}}}},
            "http_authenticator": {"accept_basic": True, "accept_digest": False, "default_to_digest": False},
            "middleware_stack": [
                "wsgidav.error_printer.ErrorPrinter",
                "wsgidav.http_authenticator.HTTPAuthenticator",
                "wsgidav.request_resolver.RequestResolver",
            ],
            "lock_storage": None,
            "property_manager": None,
            "verbose": 0,
        }
    )


class DavServer:
    """``folder`` is what ``url`` shows."""

    def __init__(self, server: Server, folder: Path, mischief: Mischief, *, scheme: str) -> None:
        self._server = server
        self.folder = folder
        self.mischief = mischief
        self.url = f"{scheme}://localhost:{server.bind_addr[1]}"


@contextmanager
def webdav(folder: Path, *, certificate: tuple[Path, Path] | None = None) -> Iterator[DavServer]:
    """A WebDAV server of a folder; with a certificate it speaks TLS."""
    mischief = Mischief(dav_app(folder))
    logging.getLogger("wsgidav").setLevel(logging.CRITICAL)  # it logs what the tests make it refuse
    server = Server(("localhost", 0), mischief, numthreads=20, timeout=5, shutdown_timeout=1)
    server.error_log = lambda *_, **__: None
    if certificate:
        server.ssl_adapter = BuiltinSSLAdapter(*map(str, certificate))
    server.prepare()
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield DavServer(server, folder, mischief, scheme="https" if certificate else "http")
    finally:
        server.stop()
        thread.join(5)


class _Keyed(S3Handler):
    """Checks who signed a request, as the services do and the server itself does not."""

    expired = False

    def _dispatch(self, action: Callable[[str, str], None]) -> None:
        super()._dispatch(lambda bucket, key: (self._check(), action(bucket, key))[1])

    def _check(self) -> None:
        fields = dict(part.strip().split("=", 1) for part in self.headers["Authorization"].split(" ", 1)[1].split(","))
        if type(self).expired and self.headers.get("x-amz-security-token"):
            self._refuse(400, "ExpiredToken")
        key, day, region, service, _ = fields["Credential"].split("/")
        if key != KEY:
            self._refuse(403, "InvalidAccessKeyId")
        if not hmac.compare_digest(fields["Signature"], self._signature(fields, day, region, service)):
            self._refuse(403, "SignatureDoesNotMatch")

    def _refuse(self, status: int, code: str) -> None:
        self._read_body()
        raise S3Error(status, code, "as the test wants it")

    def _signature(self, fields: dict[str, str], day: str, region: str, service: str) -> str:
        url, names = urlsplit(self.path), fields["SignedHeaders"].split(";")
        pairs = sorted((quote(k, safe="-_.~"), quote(v, safe="-_.~")) for k, v in parse_qsl(url.query, True))
        headers = "".join(f"{name}:{' '.join((self.headers[name] or '').split())}\n" for name in names)
        query, payload = "&".join("=".join(pair) for pair in pairs), self.headers["x-amz-content-sha256"]
        request = "\n".join([self.command, url.path, query, headers, ";".join(names), payload])
        scope = f"{day}/{region}/{service}/aws4_request"
        hashed = hashlib.sha256(request.encode()).hexdigest()
        signed = "\n".join(["AWS4-HMAC-SHA256", self.headers["x-amz-date"], scope, hashed])
        key = b"AWS4" + SECRET.encode()
        for step in (day, region, service, "aws4_request", signed):
            key = hmac.digest(key, step.encode(), "sha256")
        return key.hex()


class S3Server:
    """``folder`` holds one folder for each bucket."""

    def __init__(self, server: ThreadingHTTPServer, folder: Path, handler: type[_Keyed]) -> None:
        self.url = f"http://localhost:{server.server_address[1]}"
        self.folder = folder
        self.handler = handler


@contextmanager
def s3(folder: Path) -> Iterator[S3Server]:
    """An S3 server that takes one key."""
    logging.getLogger("localbucket").setLevel(logging.CRITICAL)
    handler = type("Keyed", (_Keyed,), {"data_root": folder.resolve()})
    server = ThreadingHTTPServer(("localhost", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield S3Server(server, folder, handler)
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
