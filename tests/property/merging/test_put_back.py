"""A laptop set back to an older disk gets again what others had sent it and what it had signed itself since."""

from __future__ import annotations

import pytest

from homevisit.services.choosing import Examination
from tests.property.merging import runs
from tests.property.merging.invariants import BrokenError
from tests.storage.making import change

RESTORES = {"steps": 30, "work": 10, "go": 14, "back_up": 3, "put_back": 3}
IN_CI = (15, 24)
"""Histories in which something that was signed was gone, and most of it came back."""


def test_what_came_after_the_copy_comes_again() -> None:
    with runs.begun(0) as run:
        run.begin()
        run.become_quiet()
        run.desks["ann"].back_up()
        run._sign("ben", lambda desk: desk.store.ledger.append([change("f1", phone="2")]))
        run._sign("ann", lambda desk: desk.store.ledger.append([change("f1", address="Elm")]))
        run.become_quiet()
        (later,) = [each for each in run.signed.values() if each.body == {"set": {"phone": "2"}}]
        assert later.id in run.desks["ann"].ids()
        run.desks["ann"].put_back(with_head=False)
        run.services["ann"] = run.desks["ann"].services
        assert later.id not in run.desks["ann"].ids()
        run.become_quiet()
        assert later.id in run.desks["ann"].ids()


def test_whoever_was_set_back_has_everything_again_once_those_who_hold_it_have_exchanged() -> None:
    """Whole runs with a folder that lies, and copies brought back at any time: also the author's own later words."""
    runs.play(IN_CI, RESTORES)


def test_a_program_that_gives_nothing_back_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Examination, "_lacking", lambda _self, _due, _concern: ())
    with pytest.raises(BrokenError, match="did not reach"):
        runs.play((21,), RESTORES)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_three_thousand_histories_with_copies_brought_back() -> None:
    runs.play(range(3_000), RESTORES)
