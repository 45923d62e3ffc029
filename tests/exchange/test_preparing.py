"""What is made of a body in another process is what would be made of it here."""

from __future__ import annotations

from dataclasses import replace

import pytest

from homevisit.domain.card import Desk
from homevisit.domain.codec import plain
from homevisit.domain.entry import Entry, Kind, Prepared
from homevisit.domain.gist import Gist, gist_of
from homevisit.domain.visit import PlannedAction, Section, VisitBody
from homevisit.errors import HomeVisitError
from homevisit.exchange.preparing import prepared, read_prepared, write_prepared
from homevisit.packed import SMALLEST_PACKED, BodyPacker
from tests.exchange.sealing_desks import new_desk

BODY = plain(
    VisitBody(
        family="f1",
        started="2026-02-03T10:00",
        note={Section.FACTS: "She smiled. " * SMALLEST_PACKED, Section.PLAN: "Ring on Monday."},
        actions=(PlannedAction(id="a1", what="Ring", owner="Ada", due="2026-02-09"),),
        responses=({"questionnaire": "https://example.org/Questionnaire/talk|1", "item": [{"answer": [None]}]},),
    )
)


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    desk = new_desk("Ada Example", Desk.PRACTITIONER)
    visit = desk.entry(BODY, kind=Kind.VISIT)
    return [visit, desk.entry({"set": {"name": "Wren"}}, kind=Kind.FAMILY), replace(visit, body=None)]


def test_it_comes_back_as_it_was_made(entries: list[Entry]) -> None:
    made = [prepared(entry, BodyPacker()) for entry in entries]
    assert read_prepared(write_prepared(made), count=3) == [*map(as_json, made)]
    assert made[1] == Prepared(b'{"set":{"name":"Wren"}}', None)
    assert made[2] is None, "what was erased by law is prepared for nothing"


def test_it_is_what_the_body_says(entries: list[Entry]) -> None:
    made = read_prepared(write_prepared([prepared(entries[0], BodyPacker())]), count=1)[0]
    assert made is not None
    assert made.gist is not None
    assert BodyPacker().unpack(made.packed) == entries[0].body_bytes()
    told = gist_of(BODY)
    assert told is not None
    assert as_lists(Gist(*made.gist)) == as_lists(told)  # type: ignore[arg-type]
    assert told.actions == (("a1", "Ring", "Ada", "2026-02-09", ""),)
    assert told.responses == (("talk", ""),)


def test_a_visit_that_cannot_be_read_has_no_gist() -> None:
    desk = new_desk("Ada Example", Desk.PRACTITIONER)
    made = prepared(desk.entry({"from": "a newer program"}, kind=Kind.VISIT), BodyPacker())
    assert made is not None
    assert made.gist is None


def test_a_body_that_was_changed_is_refused(entries: list[Entry]) -> None:
    with pytest.raises(HomeVisitError, match="body digest"):
        prepared(replace(entries[0], body={"note": "altered"}), BodyPacker())


def test_what_is_cut_short_or_too_long_is_not_believed(entries: list[Entry]) -> None:
    data = write_prepared([prepared(entries[0], BodyPacker())])
    for wrong in (data[:-1], data + b"x", b""):
        with pytest.raises(ValueError, match=r".+"):
            read_prepared(wrong, count=1)


def as_json(made: Prepared | None) -> Prepared | None:
    """As it is after a way through JSON: lists for tuples."""
    return made and Prepared(made.packed, made.gist and as_lists(made.gist))


def as_lists(value: object) -> list[object]:
    assert isinstance(value, list | tuple)
    return [as_lists(each) if isinstance(each, list | tuple) else each for each in value]
