"""A WebDAV share as the way, on a real server that is kind, full, slow, closed, wrong or gone."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from homevisit.domain.place import Place
from homevisit.errors import HomeVisitError
from homevisit.ids import new_id, new_package_name
from homevisit.sync.transports.opening import opened
from homevisit.sync.transports.transport import Transport
from tests.transports import servers
from tests.transports.conftest import HASTY, Certificates, Share


def package(size: int = 500) -> tuple[str, bytes]:
    return new_package_name(), os.urandom(size)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(HomeVisitError) as caught:
        act()
    return caught.value.code


def test_packages_go_there_whole_and_come_back(share: Share, dav: Transport) -> None:
    dav.check()
    sent = dict(package(size) for size in (0, 1, 500, 300_000))
    assert dict(dav.put_many(sent.items())) == dict.fromkeys(sent)
    assert dav.names() == tuple(sorted(sent)) == tuple(sorted(path.name for path in share.folder.iterdir()))
    assert dict(dav.get_many(sent, max_bytes=1_000_000)) == sent


def test_many_at_once_all_arrive_once(share: Share, dav: Transport) -> None:
    sent = dict(package() for _ in range(40))
    assert dict(dav.put_many(sent.items())) == dict.fromkeys(sent)
    assert {path.name: path.read_bytes() for path in share.folder.iterdir()} == sent


def test_the_same_again_is_done_and_another_under_the_name_is_refused(share: Share, dav: Transport) -> None:
    name, data = package()
    dav.put_new(name, data)
    writes = [method for method, _ in share.server.mischief.requests]
    dav.put_new(name, data)
    assert refused(lambda: dav.put_new(name, b"another")) == "place.taken"
    assert (share.folder / name).read_bytes() == data
    again = [method for method, _ in share.server.mischief.requests][len(writes) :]
    assert again == ["GET", "GET"]


def test_the_beginning_of_a_package_is_finished(share: Share, dav: Transport) -> None:
    name, data = package()
    (share.folder / name).write_bytes(data[:100])
    dav.put_new(name, data)
    assert dav.get(name, max_bytes=len(data)) == data


def test_removing_is_done_when_it_is_gone(dav: Transport) -> None:
    name, data = package()
    dav.put_new(name, data)
    dav.remove(name)
    dav.remove(name)
    assert dav.names() == ()
    assert refused(lambda: dav.get(name, max_bytes=10)) == "place.gone"


def test_what_is_larger_than_allowed_is_not_fetched(dav: Transport) -> None:
    (small, large) = (package(101), package(400_000))
    list(dav.put_many([small, large]))
    assert refused(lambda: dav.get(small[0], max_bytes=100)) == "package.too_large"
    assert refused(lambda: dav.get(large[0], max_bytes=300_000)) == "package.too_large"


def test_a_place_that_sends_without_end_is_read_only_so_far(share: Share, dav: Transport) -> None:
    def how(_environ, start, _app):
        start("200 OK", [("Content-Length", str(2 * 1024**3))])
        return (bytes(65_536) for _ in range(2**15))

    share.server.mischief.how = how
    for limit in (1_000, 1_000_000):
        assert refused(lambda limit=limit: dav.get(new_package_name(), max_bytes=limit)) == "package.too_large"  # type: ignore[misc]


def test_names_that_are_not_of_packages_are_neither_listed_nor_asked_for(share: Share, dav: Transport) -> None:
    (share.folder / "notes.txt").write_text("x")
    (share.folder / f"{new_package_name()}.part").write_text("x")
    (share.folder / new_package_name()).mkdir()
    (share.folder / new_package_name().upper()).write_text("x")
    assert dav.names() == ()
    share.server.mischief.requests.clear()
    for name in ("../secret.age", "notes.txt", "", f"{new_package_name()}/..", new_package_name().upper()):
        assert refused(lambda name=name: dav.get(name, max_bytes=10)) == "place.name"  # type: ignore[misc]
        assert refused(lambda name=name: dav.put_new(name, b"x")) == "place.name"  # type: ignore[misc]
    assert share.server.mischief.requests == []


def test_trying_a_place_leaves_nothing_and_takes_old_leftovers_away(share: Share, dav: Transport) -> None:
    old, young = (share.folder / f"{new_package_name()}.part" for _ in range(2))
    foreign = share.folder / "somebody.part"
    for path in (old, young, foreign):
        path.write_bytes(b"half")
    long_ago = (datetime.now().astimezone() - timedelta(hours=25)).timestamp()
    for path in (old, foreign):
        os.utime(path, (long_ago, long_ago))
    dav.check()
    assert {path.name for path in share.folder.iterdir()} == {young.name, foreign.name}


@pytest.mark.parametrize(
    ("how", "code"),
    [
        (servers.answering("507 Insufficient Storage", to="PUT"), "place.full"),
        (servers.answering("403 Forbidden", to="PUT"), "place.denied"),
        (servers.answering("405 Method Not Allowed", to="PUT"), "place.read_only"),
        (servers.answering("413 Request Entity Too Large", to="PUT"), "place.too_large"),
        (servers.answering("500 Internal Server Error", to="PUT"), "place.failed"),
        (servers.answering("429 Too Many Requests", to="PUT"), "place.slow"),
        (servers.storing(lambda data: data[: len(data) // 2]), "place.damaged"),
        (servers.storing(lambda data: data[:-1] + bytes([data[-1] ^ 1])), "place.damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_server_refuses_or_spoils_has_its_name(share: Share, dav: Transport, how, code: str) -> None:
    share.server.mischief.how = how
    name, data = package()
    assert refused(lambda: dav.put_new(name, data)) == code
    share.server.mischief.how = None
    assert list(share.folder.iterdir()) == []
    dav.put_new(name, data)
    assert dav.get(name, max_bytes=1000) == data


def test_a_server_that_stores_nothing_is_found_out(share: Share, dav: Transport) -> None:
    share.server.mischief.how = servers.storing(lambda _: None)
    assert refused(lambda: dav.put_new(*package())) in {"place.damaged", "place.missing"}


def test_a_server_that_keeps_copies_under_other_names_brings_no_second_package(share: Share, dav: Transport) -> None:
    name, data = package()

    def how(environ, start, app):
        if environ["REQUEST_METHOD"] == "MOVE":
            (share.folder / new_package_name()).write_bytes(data)
        return app(environ, start)

    share.server.mischief.how = how
    dav.put_new(name, data)
    names = dav.names()
    assert len(names) == 2
    assert set(dict(dav.get_many(names, max_bytes=1000)).values()) == {data}  # one package: its digest says so inside


def test_an_old_listing_hides_packages_but_loses_and_spoils_none(share: Share, dav: Transport) -> None:
    kept: list = []
    app = servers.dav_app(share.server.folder)
    share.server.mischief.how = servers.recorded(app, kept)
    assert dav.names() == ()
    sent = dict(package() for _ in range(20))
    share.server.mischief.how = servers.replaying(kept[0])
    assert dict(dav.put_many(sent.items())) == dict.fromkeys(sent)
    assert dav.names() == ()
    assert dict(dav.put_many(sent.items())) == dict.fromkeys(sent)  # again, as after a kill: nothing doubles
    share.server.mischief.how = None
    assert dict(dav.get_many(dav.names(), max_bytes=1000)) == sent


def test_wrong_password_and_withdrawn_token_are_told_apart(share: Share) -> None:
    for secret, code in (({"password": "wrong"}, "place.wrong_credentials"), ({"token": "old"}, "place.expired")):
        transport = share.open(**secret)
        assert refused(transport.check) == code
        transport.close()


def test_a_folder_that_is_not_there_is_missing(share: Share) -> None:
    transport = Share(share.server, share.folder, f"{share.url}no/such/folder/").open()
    assert refused(transport.check) == "place.missing"
    transport.close()


def test_nothing_listens_there(share: Share) -> None:
    transport = Share(share.server, share.folder, "http://localhost:9/").open()
    assert refused(transport.check) == "place.unreachable"
    refusals = {error.code for _, error in transport.put_many(package() for _ in range(50)) if error}
    assert refusals == {"place.unreachable"}
    transport.close()


def test_a_place_that_does_not_answer_in_time_is_slow_and_the_rest_is_not_tried(share: Share) -> None:
    transport, free = share.open(patience=HASTY), threading.Event()
    transport.check()
    share.server.mischief.how = servers.waiting(free)
    items = [package() for _ in range(40)]
    share.server.mischief.requests.clear()
    found = dict(transport.put_many(items[:10]))
    assert {error.code for error in found.values() if error} == {"place.slow"}
    assert set(found) == {name for name, _ in items[:10]}
    free.set()
    transport.close()


def test_closing_from_another_thread_breaks_off_what_runs(share: Share) -> None:
    transport, free, began = share.open(), threading.Event(), threading.Event()
    transport.check()

    def how(environ, start, app):
        began.set()
        free.wait(10)
        return app(environ, start)

    share.server.mischief.how = how
    ended: list[str] = []
    thread = threading.Thread(target=lambda: ended.append(refused(lambda: transport.put_new(*package()))))
    thread.start()
    assert began.wait(10)
    transport.close()
    thread.join(10)
    free.set()
    assert ended == ["place.closed"]
    assert refused(transport.names) == "place.closed"


def test_only_a_certificate_of_a_trusted_authority_is_accepted(certificates: Certificates, tmp_path: Path) -> None:
    with servers.webdav(tmp_path, certificate=certificates.good) as server:
        for trusted, code in (("", "place.certificate"), (certificates.stranger, "place.certificate")):
            transport = _over_tls(server, trusted)
            assert refused(transport.check) == code
            transport.close()
        transport = _over_tls(server, certificates.authority)
        transport.check()
        transport.close()


def _over_tls(server: servers.DavServer, trusted: str) -> Transport:
    settings = {"endpoint": server.url, "username": servers.USER} | ({"certificates": trusted} if trusted else {})
    place = Place(id=new_id(), kind="webdav", title="x", settings=settings)
    return opened(place, {"password": servers.PASSWORD}, patience=HASTY)
