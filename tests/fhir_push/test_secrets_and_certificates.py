"""Whom a visit is sent to: only a server that proves who it is, and no secret in any line of a log."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from homevisit.assembly import Services
from homevisit.domain.filing import Access, FhirServer
from tests.fhir_push.peer import CLIENT, SECRET, Peer, served
from tests.fhir_push.visits import signed_visit


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that nobody has reason to trust, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "peer")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "peer.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def secured(certificate: Path) -> Iterator[Peer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with served(context) as found:
        yield found


def test_a_server_that_cannot_prove_who_it_is_gets_nothing(desk: Services, secured: Peer, certificate: Path) -> None:
    server = desk.filing.put(FhirServer(id="", url=secured.url, title="Peer"))
    assert server.url.startswith("https:")
    signed_visit(desk)
    summary = desk.filing.push(server)
    assert (summary.stopped, secured.bundles) == ("filing.certificate", [])
    trusted = desk.filing.put(replace(server, ca_file=str(certificate)))
    assert desk.filing.push(trusted).left == 0


@pytest.mark.parametrize("content", [None, b"not a certificate"])
def test_a_file_of_authorities_that_is_none_is_named(
    desk: Services, secured: Peer, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_bytes(content)
    server = desk.filing.put(FhirServer(id="", url=secured.url, title="Peer", ca_file=str(path)))
    signed_visit(desk)
    (filing,) = desk.filing.push(server).filings
    assert filing.code == "filing.ca_file"


def test_no_secret_and_no_word_of_a_visit_is_logged(
    desk: Services, peer: Peer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    peer.token = "nobody has this"
    server = desk.filing.put(
        FhirServer(
            id="",
            url=peer.url,
            title="Peer",
            access=Access.CLIENT,
            client_id=CLIENT,
            token_url=peer.url.replace("/fhir", "/token"),
        ),
        SECRET,
    )
    signed_visit(desk, "CanaryWords")
    assert desk.filing.push(server).left == 0
    said = caplog.text
    assert not any(secret in said for secret in (SECRET, peer.token, "CanaryWords", "Basic "))
    log = "".join(path.read_text("utf-8") for path in desk.home.root.rglob("*.log"))
    assert peer.url not in log
