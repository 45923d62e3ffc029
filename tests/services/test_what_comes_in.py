"""Files that arrive: whatever lies there, it is taken in, refused with a reason, or named; never a crash."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from homevisit.assembly import Services
from homevisit.errors import HomeVisitError
from tests.desks import Desks, add_family


def package(desks: Desks, stick: Path) -> Path:
    add_family(desks.practitioner)
    (row,) = desks.practitioner.sending.export([desks.supervisor.cards.mine().card], stick)
    return stick / row.name


def quarantined(services: Services) -> list[Path]:
    folder = services.home.quarantine
    return sorted(folder.iterdir()) if folder.exists() else []


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file_is_refused_and_not_kept(desks: Desks, stick: Path, kind: str) -> None:
    place = stick / f"{'a' * 26}.age"
    place.mkdir() if kind == "folder" else os.mkfifo(place)
    (row,) = desks.supervisor.receiving.take_in([place])
    assert (row.code, row.kept, quarantined(desks.supervisor)) == ("package.not_a_package", "", [])


def test_a_store_that_cannot_write_refuses_nothing(desks: Desks, stick: Path) -> None:
    good = package(desks, stick)
    home = desks.supervisor.home
    home.database.rename(home.store / "away.db")
    with pytest.raises(HomeVisitError, match=r"store\.gone"):
        desks.supervisor.receiving.take_in([good])
    assert quarantined(desks.supervisor) == []
    (home.store / "away.db").rename(home.database)
    assert desks.supervisor.receiving.take_in([good])[0].code == ""


def stranger_at(services: Services) -> None:
    """As if the sender's card had not been confirmed."""
    services.store.database.change("CREATE TEMP TABLE held AS SELECT * FROM card")
    services.store.database.change("DELETE FROM card")


def known_again(services: Services) -> None:
    services.store.database.change("INSERT INTO card SELECT * FROM held")


def test_a_refused_file_tried_again_keeps_the_name_it_came_with(desks: Desks, stick: Path) -> None:
    path = package(desks, stick)
    stranger_at(desks.supervisor)
    (row,) = desks.supervisor.receiving.take_in([path])
    (again,) = desks.supervisor.receiving.try_again()
    assert (again.code, again.file_name) == ("package.unknown_sender", row.file_name)
    known_again(desks.supervisor)
    (taken,) = desks.supervisor.receiving.try_again()
    assert (taken.code, taken.file_name) == ("", row.file_name)
    assert [line.code for line in desks.supervisor.receiving.inbox()] == [""]


def test_a_kept_file_that_is_gone_leaves_its_one_line_as_it_was(desks: Desks, stick: Path) -> None:
    path = package(desks, stick)
    stranger_at(desks.supervisor)
    (row,) = desks.supervisor.receiving.take_in([path])
    shutil.rmtree(desks.supervisor.home.quarantine)
    assert desks.supervisor.receiving.try_again() == (row,)
    assert desks.supervisor.receiving.inbox() == (row,)


def test_a_quarantine_that_cannot_be_written_still_names_the_refusal(desks: Desks, stick: Path) -> None:
    path = stick / f"{'b' * 26}.age"
    path.write_bytes(b"no package")
    desks.supervisor.home.quarantine.write_bytes(b"a file where the folder should be")
    (row,) = desks.supervisor.receiving.take_in([path])
    assert (row.code, row.kept) == ("package.not_a_package", "")
