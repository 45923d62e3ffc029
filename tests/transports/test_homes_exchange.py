"""Whole homes exchange through real servers, also when these lose, repeat and cut what they hold, or show old lists."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from homevisit.assembly import Services
from homevisit.ids import new_package_name
from tests.desks import Desks, open_desks
from tests.sync.exchanging import agree_with_all, entries_of, reviewed, second_laptop, signed, until_quiet
from tests.transports import servers
from tests.transports.conftest import Bucket, Share


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    opened = open_desks(tmp_path)
    yield opened
    opened.close()


def at_share(share: Share, *desks: Services) -> None:
    """The share is the place of these desks."""
    for desk in desks:
        settings = {"endpoint": share.url, "username": servers.USER}
        desk.places.add("webdav", "Share", settings, {"password": servers.PASSWORD})
        agree_with_all(desk)


def test_three_homes_exchange_through_webdav(desks: Desks, share: Share, tmp_path: Path) -> None:
    mine, theirs = desks.practitioner, desks.supervisor
    at_share(share, mine, theirs)
    second = second_laptop(mine, tmp_path)
    agree_with_all(second)
    visit = signed(mine)
    until_quiet(mine, theirs, second)
    reviewed(theirs, visit)
    signed(second)
    agree_with_all(theirs)
    until_quiet(mine, theirs, second)
    assert entries_of(mine) == entries_of(theirs) == entries_of(second)
    assert [desk.syncing.left() for desk in (mine, theirs, second)] == [0, 0, 0]
    second.close()


def test_two_homes_exchange_through_a_bucket(desks: Desks, bucket: Bucket) -> None:
    mine, theirs = desks.practitioner, desks.supervisor
    for desk in (mine, theirs):
        secret = {"access_key_id": servers.KEY, "secret_access_key": servers.SECRET}
        desk.places.add("s3", "Bucket", {"endpoint": bucket.server.url, "bucket": bucket.name}, secret)
        agree_with_all(desk)
    visit = signed(mine)
    until_quiet(mine, theirs)
    reviewed(theirs, visit)
    agree_with_all(theirs)
    until_quiet(mine, theirs)
    assert entries_of(mine) == entries_of(theirs)


def test_a_server_that_keeps_less_than_it_says_is_not_believed(desks: Desks, share: Share) -> None:
    mine, theirs = desks.practitioner, desks.supervisor
    at_share(share, mine, theirs)
    signed(mine)
    share.server.mischief.how = servers.storing(lambda data: data[: len(data) // 2])
    summary = mine.syncing.run()
    assert (summary.sent, summary.everything_sent, [held.code for held in summary.held]) == (
        0,
        False,
        ["place.damaged"],
    )
    share.server.mischief.how = None
    assert mine.syncing.run(patient=False).everything_sent
    assert theirs.syncing.run().received == 1


def test_a_server_that_drops_and_repeats_loses_nothing(desks: Desks, share: Share) -> None:
    mine, theirs = desks.practitioner, desks.supervisor
    at_share(share, mine, theirs)
    signed(mine)
    mine.syncing.run()
    (package,) = share.folder.glob("*.age")
    shutil.copy(package, share.folder / new_package_name())
    assert theirs.syncing.run().received == 1
    signed(mine)
    mine.syncing.run()
    for path in share.folder.glob("*.age"):
        path.unlink()
    until_quiet(mine, theirs)
    assert entries_of(mine) == entries_of(theirs)
    assert theirs.syncing.gaps() == ()


def test_an_old_listing_shows_nothing_new_and_harms_nothing(desks: Desks, share: Share) -> None:
    mine, theirs = desks.practitioner, desks.supervisor
    at_share(share, mine, theirs)
    told: list[tuple[str, list[tuple[str, str]], bytes]] = []
    share.server.mischief.how = servers.recorded(share.server.mischief._app, told)
    theirs.syncing.run()
    share.server.mischief.how = servers.replaying(told[-1])
    signed(mine)
    assert mine.syncing.run().sent == 1
    assert (mine.syncing.run(patient=False).sent, theirs.syncing.run().received) == (1, 0)  # it is put once more
    share.server.mischief.how = None
    assert theirs.syncing.run().received == 1
    assert len(list(share.folder.glob("*.age"))) == 2  # the package, once, and its receipt


def test_a_server_that_is_full_holds_everything_until_there_is_room(desks: Desks, share: Share) -> None:
    mine, theirs = desks.practitioner, desks.supervisor
    at_share(share, mine, theirs)
    signed(mine)
    share.server.mischief.how = servers.answering("507 Insufficient Storage", to="PUT")
    summary = mine.syncing.run()
    assert ([held.code for held in summary.held], summary.everything_sent) == (["place.full"], False)
    share.server.mischief.how = None
    assert mine.syncing.run(patient=False).everything_sent
    assert theirs.syncing.run().received == 1


def test_a_run_that_is_stopped_waits_for_no_answer_and_blames_nobody(desks: Desks, share: Share) -> None:
    mine = desks.practitioner
    at_share(share, mine)
    signed(mine)
    stopped, answered = threading.Event(), threading.Event()

    def how(environ: servers.Environ, start: Callable[..., Any], app: servers.App) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "PUT":
            stopped.set()
            mine.syncing.break_off()
            answered.wait(10)
        return app(environ, start)

    share.server.mischief.how = how
    summary = mine.syncing.run(cancelled=stopped.is_set)
    answered.set()
    share.server.mischief.how = None
    assert (summary.cancelled, [result.code for result in summary.places if result.code]) == (True, [])
    assert mine.syncing.run().everything_sent
