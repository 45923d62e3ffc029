"""What is missing before signing: only an impossible time blocks, everything else may be left with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from homevisit.domain.completeness import Gaps, missing_from, stops_signing
from homevisit.domain.family import Person, PersonDetails, Role
from homevisit.domain.visit import (
    Asked,
    Attendance,
    ChildSeen,
    Omission,
    Presence,
    Section,
    SeenAlone,
    VisitBody,
)

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
BABY = Person(id="baby", family="f", details=PersonDetails(name="Ada", role=Role.CHILD))
MOTHER = Person(id="mother", family="f", details=PersonDetails(name="Bea", role=Role.MOTHER))
FATHER = Person(id="father", family="f", details=PersonDetails(name="Cy", role=Role.FATHER))
PEOPLE = (BABY, MOTHER, FATHER)
WHOLE = VisitBody(
    family="f",
    started="2026-03-01T09:30",
    present=(Presence(person="mother"),),
    children=(ChildSeen(person="baby", seen=Asked.YES, awake=Asked.YES),),
    alone=(SeenAlone(person="mother", alone=Asked.YES),),
    note=dict.fromkeys(Section, "words"),
)


def whats(body: VisitBody, gaps: Gaps | None = None) -> list[str]:
    return [item.what for item in missing_from(body, PEOPLE, gaps or {}, NOW)]


def test_a_whole_visit_misses_nothing() -> None:
    assert whats(WHOLE) == []


def test_an_impossible_start_blocks_even_with_a_reason() -> None:
    body = replace(WHOLE, started="31 February", omissions=(Omission(what="time.start", reason="typo"),))
    missing = missing_from(body, PEOPLE, {}, NOW)
    assert [item.what for item in missing] == ["time.start"]
    assert stops_signing(missing)


def test_an_end_before_the_start_and_a_start_ahead_block() -> None:
    assert whats(replace(WHOLE, ended="2026-03-01T09:00")) == ["time.end"]
    assert whats(replace(WHOLE, started="2026-03-02T09:00")) == ["time.future"]


def test_each_present_carer_and_each_child_is_asked_about() -> None:
    both = (Presence(person="mother"), Presence(person="father"))
    assert whats(replace(WHOLE, present=both, children=())) == ["child.seen/baby", "alone/father"]


def test_a_child_not_seen_needs_a_reason_and_a_seen_one_whether_awake() -> None:
    assert whats(replace(WHOLE, children=(ChildSeen(person="baby", seen=Asked.NO),))) == ["child.reason/baby"]
    assert whats(replace(WHOLE, children=(ChildSeen(person="baby", seen=Asked.YES),))) == ["child.awake/baby"]


def test_no_access_asks_only_for_facts_and_a_plan() -> None:
    assert whats(VisitBody(family="f", started=WHOLE.started, attendance=Attendance.NO_ACCESS)) == [
        "note.facts",
        "note.plan",
    ]


def test_an_omission_with_a_reason_no_longer_stops_signing() -> None:
    body = replace(WHOLE, note={**WHOLE.note, Section.ANALYSIS: " "})
    assert stops_signing(missing_from(body, PEOPLE, {}, NOW))
    explained = replace(body, omissions=(Omission(what="note.analysis", reason="to be discussed first"),))
    assert not stops_signing(missing_from(explained, PEOPLE, {}, NOW))


def test_unanswered_prompts_and_gaps_are_named_by_their_response() -> None:
    gaps: Gaps = {"talk/mother": (2, ("needs-without-strengths",)), "watch/": (0, ())}
    assert whats(WHOLE, gaps) == ["response/talk/mother", "gap.needs-without-strengths/talk/mother"]
