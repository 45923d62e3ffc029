"""One server of each kind for all tests of this folder, which run in one worker, and certificates made for them."""

from __future__ import annotations

import datetime
import ipaddress
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from homevisit.domain.place import Place
from homevisit.ids import new_id
from homevisit.sync.transports.opening import opened
from homevisit.sync.transports.patience import Patience
from homevisit.sync.transports.transport import Transport
from tests.transports import servers

HASTY = Patience(step=1.0, retries=1, whole=4.0, listing=4.0)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The servers are started once."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.xdist_group("places"))


@dataclass
class Share:
    """A folder of its own on the server for one test."""

    server: servers.DavServer
    folder: Path
    url: str

    def open(self, *, patience: Patience = HASTY, **secret: str) -> Transport:
        settings = {"endpoint": self.url} | ({} if "token" in secret else {"username": servers.USER})
        place = Place(id=new_id(), kind="webdav", title="share", settings=settings)
        return opened(place, secret or {"password": servers.PASSWORD}, patience=patience)


@dataclass
class Bucket:
    """A bucket of its own on the server for one test."""

    server: servers.S3Server
    folder: Path
    name: str

    def open(self, **secret: str) -> Transport:
        settings = {"endpoint": self.server.url, "bucket": self.name}
        given = {"access_key_id": servers.KEY, "secret_access_key": servers.SECRET} | secret
        return opened(Place(id=new_id(), kind="s3", title="bucket", settings=settings), given, patience=HASTY)


@pytest.fixture(scope="session")
def dav_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.DavServer]:
    with servers.webdav(tmp_path_factory.mktemp("dav")) as server:
        yield server


@pytest.fixture(scope="session")
def share_of_all(dav_server: servers.DavServer) -> Share:
    (dav_server.folder / "share").mkdir()
    return Share(dav_server, dav_server.folder / "share", f"{dav_server.url}/share/")


@pytest.fixture
def share(share_of_all: Share) -> Iterator[Share]:
    """The share, empty, on a server that behaves."""
    share_of_all.server.mischief.requests.clear()
    yield share_of_all
    share_of_all.server.mischief.how = None
    for path in share_of_all.folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


@pytest.fixture(scope="session")
def dav_of_all(share_of_all: Share) -> Iterator[Transport]:
    transport = share_of_all.open()
    yield transport
    transport.close()


@pytest.fixture
def dav(share: Share, dav_of_all: Transport) -> Transport:
    """The share, opened; starting a worker for each test would take half of the time."""
    assert list(share.folder.iterdir()) == []
    return dav_of_all


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.S3Server]:
    with servers.s3(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture
def bucket(s3_server: servers.S3Server) -> Iterator[Bucket]:
    name = new_id()
    (s3_server.folder / name).mkdir()
    yield Bucket(s3_server, s3_server.folder / name, name)
    s3_server.handler.expired = False


@dataclass(frozen=True)
class Certificates:
    """An authority, a certificate for localhost that it signed, and one that nobody signed."""

    authority: str
    good: tuple[Path, Path]
    stranger: str


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    folder = tmp_path_factory.mktemp("certificates")
    authority, authority_key = _certificate("Test authority", None)
    leaf, leaf_key = _certificate("localhost", (authority, authority_key))
    (folder / "leaf.pem").write_bytes(leaf.public_bytes(serialization.Encoding.PEM))
    (folder / "leaf.key").write_bytes(
        leaf_key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    stranger, _ = _certificate("Another authority", None)
    pem = [each.public_bytes(serialization.Encoding.PEM).decode() for each in (authority, stranger)]
    return Certificates(pem[0], (folder / "leaf.pem", folder / "leaf.key"), pem[1])


def _certificate(
    name: str, signer: tuple[x509.Certificate, ec.EllipticCurvePrivateKey] | None
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(signer[0].subject if signer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=signer is None, path_length=None), critical=True)
    )
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(signer[1] if signer else key, hashes.SHA256()), key
