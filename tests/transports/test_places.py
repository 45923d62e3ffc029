"""Places kept in a store: what may be added, what opens them, and the commands for them."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from homevisit.cli import main
from homevisit.clock import SystemClock
from homevisit.domain.place import Place
from homevisit.errors import HomeVisitError
from homevisit.ids import new_id, new_package_name
from homevisit.services.places import Places
from homevisit.sync.transports import options
from homevisit.sync.transports.folder import Folder
from homevisit.sync.transports.opening import opened
from tests.desks import PASSPHRASE, Desks, open_desks
from tests.transports import servers
from tests.transports.conftest import Share

CANARY = "canary-of-a-secret"
DAV = {"endpoint": "https://cloud.example/dav"}
KEYS = {"access_key_id": "k", "secret_access_key": CANARY}
BUCKET = {"endpoint": "https://s3.example", "bucket": "visits"}


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    made = open_desks(tmp_path_factory.mktemp("desks"))
    yield made
    made.close()


@pytest.fixture
def places(desks: Desks) -> Iterator[Places]:
    kept = desks.practitioner.places
    yield kept
    for place in kept.all():
        kept.remove(place.id)


def refused(act: Callable[[], object]) -> HomeVisitError:
    with pytest.raises(HomeVisitError) as caught:
        act()
    return caught.value


def test_places_are_listed_in_order_without_what_opens_them(places: Places, tmp_path: Path) -> None:
    added = [
        places.add("folder", "", {"path": str(tmp_path / "stick")}, {}),
        places.add("webdav", "  Our \n cloud ", DAV, {"password": CANARY}),
        places.add("s3", "", BUCKET, KEYS),
        places.add("azblob", "", {"container": "c", "endpoint": "https://blob.example"}, {"account_key": CANARY}),
    ]
    assert places.all() == tuple(added)
    assert [place.title for place in added] == ["stick", "Our cloud", "visits", "blob.example"]
    assert CANARY not in repr(places.all())
    assert CANARY not in repr(options.options("webdav", DAV, {"password": CANARY}))


def test_the_same_place_is_added_once(places: Places) -> None:
    place = places.add("webdav", "one", DAV, {"password": "p"})
    assert refused(lambda: places.add("webdav", "two", DAV, {"password": "q"})).code == "place.known"
    places.remove(place.id)
    places.add("webdav", "two", DAV, {"password": "q"})


def test_another_password_is_kept_for_the_same_place(places: Places, share: Share) -> None:
    place = places.add("webdav", "", {"endpoint": share.url, "username": servers.USER}, {"password": "old"})
    assert refused(lambda: places.test(place.id)).code == "place.wrong_credentials"
    places.renew(place.id, {"password": servers.PASSWORD})
    places.test(place.id)


@dataclass(frozen=True)
class Team:
    """The part of a team that places know."""

    places: tuple[Place, ...]

    def current(self) -> Team:
        return self

    def place_secrets(self) -> dict[str, dict[str, str]]:
        return {place.id: {"password": servers.PASSWORD} for place in self.places}


def test_places_of_the_team_come_first_are_opened_with_its_keys_and_stay(desks: Desks, share: Share) -> None:
    shared = Place(id=new_id(), kind="webdav", title="Team", settings={"endpoint": share.url, "username": servers.USER})
    places = Places(desks.practitioner.store, SystemClock(), Team((shared,)))
    own = places.add("webdav", "", DAV, {"password": "p"})
    assert places.all() == (shared, own)
    assert places.place(shared.id) == shared
    places.test(shared.id)
    for act in (places.remove, lambda place: places.renew(place, {})):
        assert refused(lambda act=act: act(shared.id)).code == "place.of_team"  # type: ignore[misc]
    places.remove(own.id)


def test_what_is_gone_is_unknown(places: Places) -> None:
    for act in (places.place, places.test, places.remove, lambda place: places.renew(place, {})):
        assert refused(lambda act=act: act("nothing")).code == "place.unknown"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("kind", "settings", "secret", "code", "name"),
    [
        ("fs", {"root": "/"}, {}, "place.kind", None),
        ("sqlite", {}, {}, "place.kind", None),
        ("folder", {}, {}, "place.settings", "path"),
        ("folder", {"path": "relative"}, {}, "place.settings", "path"),
        ("webdav", {}, {}, "place.settings", "endpoint"),
        ("webdav", {"endpoint": "ftp://cloud.example"}, {}, "place.settings", "endpoint"),
        ("webdav", {"endpoint": "https://ines:secret@cloud.example"}, {}, "place.settings", "endpoint"),
        ("webdav", {"endpoint": "https://cloud.example/?token=x"}, {}, "place.settings", "endpoint"),
        ("webdav", {"endpoint": "https://"}, {}, "place.settings", "endpoint"),
        ("webdav", {"endpoint": "https://[::1"}, {}, "place.settings", "endpoint"),
        ("webdav", {"endpoint": "https://cloud.example/a b"}, {}, "place.settings", "endpoint"),
        ("webdav", DAV | {"password": "x"}, {}, "place.settings", "password"),
        ("webdav", DAV, {"password": ""}, "place.settings", "password"),
        ("webdav", DAV | {"username": "x\0"}, {}, "place.settings", "username"),
        ("webdav", DAV | {"certificates": "not a certificate"}, {}, "place.settings", "certificates"),
        ("webdav", {"endpoint": "http://cloud.example"}, {}, "place.insecure", None),
        ("webdav", {"endpoint": "http://10.0.0.1"}, {}, "place.insecure", None),
        ("s3", BUCKET, {}, "place.settings", "access_key_id"),
        ("s3", BUCKET | {"role_arn": "x"}, KEYS, "place.settings", "role_arn"),
        ("s3", {"endpoint": "https://s3.example"}, KEYS, "place.settings", "bucket"),
        ("azblob", {"Container": "x"}, {}, "place.settings", "Container"),
        ("azblob", {f"a{number}": "x" for number in range(65)}, {}, "place.settings", ""),
    ],
)
def test_settings_that_cannot_be_right_are_named(
    places: Places, *, kind: str, settings: dict[str, str], secret: dict[str, str], code: str, name: str | None
) -> None:
    error = refused(lambda: places.add(kind, "", settings, secret))
    assert (error.code, error.values.get("name")) == (code, name)
    assert places.all() == ()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "127.8.9.1"])
def test_this_very_device_may_be_spoken_to_in_the_open(host: str) -> None:
    options.check("webdav", {"endpoint": f"http://{host}:8080/dav"}, {})


def test_keys_never_come_from_the_machine_itself() -> None:
    told = options.options("s3", BUCKET, KEYS).options
    assert told["disable_config_load"] == told["disable_ec2_metadata"] == "true"


@pytest.mark.parametrize("files", [1_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_foreign_files_are_passed_over_quickly(tmp_path: Path, files: int) -> None:
    for number in range(files):
        os.close(os.open(tmp_path / f"photo-{number}.jpg", os.O_CREAT | os.O_WRONLY))
    place = opened(Place(id=new_id(), kind="folder", title="", settings={"path": str(tmp_path)}), {})
    name = new_package_name()
    place.put_new(name, b"x")
    before = time.process_time()
    assert place.names() == (name,)
    place.check()
    assert time.process_time() - before < 1.0  # twice, at any number; measured 0.2 s


def test_a_folder_does_what_every_transport_does(tmp_path: Path) -> None:
    folder, sent = Folder(tmp_path), {new_package_name(): os.urandom(50) for _ in range(3)}
    folder.check()
    assert list(folder.put_many([*sent.items(), ("../x.age", b"")]))[-1][1] is not None
    assert dict(folder.get_many(sent, max_bytes=50)) == sent
    name = min(sent)
    folder.remove(name)
    folder.remove(name)
    (name_gone, error), *_ = folder.get_many([name], max_bytes=50)
    assert isinstance(error, HomeVisitError)
    assert (name_gone, error.code) == (name, "place.gone")
    folder.close()


def test_old_leftovers_of_a_folder_go_and_everything_else_stays(tmp_path: Path) -> None:
    old, young, foreign = f".{new_package_name()}.part", f".{new_package_name()}.part", ".other.part"
    for name in (old, young, foreign):
        (tmp_path / name).write_bytes(b"half")
    for name in (old, foreign):
        os.utime(tmp_path / name, (time.time() - 90_000,) * 2)
    Folder(tmp_path).check()
    assert {path.name for path in tmp_path.iterdir()} == {young, foreign}


def test_the_commands_add_try_and_forget_places(
    tmp_path: Path, share: Share, capsys: pytest.CaptureFixture[str]
) -> None:
    open_desks(tmp_path).close()
    secrets = {
        "passphrase": PASSPHRASE,
        "password": servers.PASSWORD,
        "keys": "[default]\naws_access_key_id = k\naws_secret_access_key = v=\n",
    }
    for name, text in secrets.items():
        (tmp_path / name).write_text(text)

    def place(*words: str | Path) -> tuple[int, object]:
        general = ["--home", tmp_path / "practitioner", "--passphrase-file", tmp_path / "passphrase", "--json", "place"]
        status = main([str(word) for word in (*general, *words)])
        return status, json.loads(capsys.readouterr().out)

    assert place("list") == (0, [])
    user = ["--user", servers.USER, "--secret-file", tmp_path / "password"]
    assert place("add", "webdav", share.url, *user, "--title", "Cloud")[0] == 0
    assert place("add", "s3", "http://localhost:9", "--bucket", "visits", "--key-file", tmp_path / "keys")[0] == 0
    assert place("test", "Cloud")[0] == 0
    assert place("test", "Nowhere") == (1, {"refused": {"code": "place.unknown", "values": {}}})
    assert place("remove", "visits")[0] == 0
    _, ((kept,)) = place("list")  # type: ignore[misc]
    assert (kept["title"], kept["kind"], kept["of_team"]) == ("Cloud", "webdav", False)
    assert servers.PASSWORD not in json.dumps(kept)
