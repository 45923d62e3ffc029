"""What screens are given: the true state of families, visits, actions and reviews."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from homevisit.clock import ManualClock
from homevisit.domain.entry import Act, Kind
from homevisit.domain.schedule import spans, windows_from
from homevisit.domain.summaries import VisitRow
from homevisit.domain.visit import Contact, RecordState
from homevisit.storage.contact_rows import COLUMNS, DATES, LACKING
from homevisit.storage.family_rows import PLANNED, PLANNED_COLUMNS
from homevisit.storage.health import check
from homevisit.storage.ledger import NewEntry
from homevisit.storage.packages import Addressee, Outgoing
from homevisit.storage.store import Store
from resources import read_text
from tests.storage.making import change, dump, family, person, review, visit


def row_of(store: Store, record: str = "v1") -> VisitRow:
    row = store.views.visit_row(record)
    assert row is not None
    return row


def sent(store: Store, *entries: str, package: str = "p1", to: str = "sam") -> None:
    identity = store.identity
    store.packages.queue(
        Outgoing(
            id=package,
            name="x.age",
            digest="0" * 64,
            kind="export",
            device=identity.card.device,
            epoch=identity.epoch,
            seq=1,
            recipients=(Addressee(to, to),),
            entries=entries,
        )
    )


def test_a_family_shows_its_babies_carers_and_visits(store: Store) -> None:
    mother = person("p2", name="Hazel", role="mother")
    store.ledger.append([family(address="1 Mill Lane"), person("p1", birth_date="2026-02-01"), mother, visit()])
    (row,) = store.views.families()
    assert (row.name, row.carers, row.visits, row.last_visit) == ("Larch", ("Hazel",), 1, "2026-03-02T09:00")
    assert row.babies == (("Wren", "2026-02-01", "", None),)


@pytest.mark.parametrize(("words", "found"), [("la", 1), ("WREN", 1), ("mill larch", 1), ("arch", 0), ("larch x", 0)])
def test_families_are_found_by_the_beginnings_of_words(store: Store, words: str, found: int) -> None:
    store.ledger.append([family(address="1 Mill Lane"), person("p1")])
    assert len(store.views.families(words)) == found


def test_fields_merge_by_field_and_the_same_field_is_a_conflict(store: Store, other: Store, clock: ManualClock) -> None:
    start = store.ledger.append([family()])
    other.ledger.admit(start)
    ours = store.ledger.append([change(name="Elm", phone="1")])
    clock.advance(timedelta(seconds=1))
    theirs = other.ledger.append([change(name="Oak", address="2")])
    store.ledger.admit(theirs)
    other.ledger.admit(ours)
    brief = store.views.brief("f1")
    assert brief is not None
    assert (brief.details.phone, brief.details.address, brief.details.name) == ("1", "2", "Oak")
    (conflict,) = brief.conflicts
    assert {value for _, _, value in conflict.values} == {"Elm", "Oak"}
    assert dump(store.database) == dump(other.database)


def test_a_conflict_is_settled_by_an_entry_that_saw_both(store: Store, other: Store) -> None:
    other.ledger.admit(store.ledger.append([family()]))
    store.ledger.append([change(name="Elm")])
    store.ledger.admit(other.ledger.append([change(name="Oak")]))
    store.ledger.append([change(name="Elm and Oak")])
    brief = store.views.brief("f1")
    assert brief is not None
    assert (brief.conflicts, brief.details.name) == ((), "Elm and Oak")


def test_the_same_value_from_two_people_is_no_conflict(store: Store, other: Store) -> None:
    other.ledger.admit(store.ledger.append([family()]))
    store.ledger.append([change(phone="1")])
    store.ledger.admit(other.ledger.append([change(phone="1")]))
    brief = store.views.brief("f1")
    assert brief is not None
    assert brief.conflicts == ()


def test_two_amendments_of_one_version_stand_side_by_side(store: Store, other: Store) -> None:
    first = store.ledger.append([visit()])
    other.ledger.admit(first)
    store.ledger.append([visit(facts="mine", act=Act.AMEND)])
    store.ledger.admit(other.ledger.append([visit(facts="theirs", act=Act.AMEND)]))
    shown = store.views.signed_visit("v1")
    assert shown is not None
    assert (shown.row.heads, len(shown.other_heads), shown.row.version) == (2, 1, 2)
    assert [row.id for row in store.views.conflicted_visits()] == ["v1"]


def test_a_withdrawn_visit_stays_readable_and_counts_no_more(store: Store) -> None:
    store.ledger.append([family(), visit(facts="Wrong family"), visit(facts="Wrong family", act=Act.WITHDRAW)])
    shown = store.views.visit("v1")
    assert shown is not None
    assert shown.row.state is RecordState.WITHDRAWN
    assert "Wrong family" in shown.body.note.values()
    assert store.views.families()[0].visits == 0


def test_a_mark_without_a_body_shows_the_version_it_marks(store: Store) -> None:
    mark = NewEntry(record="v1", kind=Kind.VISIT, act=Act.WITHDRAW, family="f1", body={}, reason="twice")
    store.ledger.append([visit(facts="Said once"), mark])
    shown = store.views.visit("v1")
    assert shown is not None
    assert "Said once" in shown.body.note.values()


def test_a_visit_is_signed_then_waiting_sent_and_delivered(store: Store) -> None:
    entry = store.ledger.append([visit()])[0]
    states = [row_of(store).state]
    sent(store, entry.id)
    states.append(row_of(store).state)
    store.packages.mark_sent("p1")
    states.append(row_of(store).state)
    assert states == [RecordState.SIGNED, RecordState.WAITING, RecordState.SENT]


def test_a_review_binds_to_the_version_it_read(store: Store, other: Store) -> None:
    first = store.ledger.append([visit()])
    other.ledger.admit(first)
    store.ledger.admit(other.ledger.append([review("v1", first[0].id)]))
    me = store.identity.card.person
    assert row_of(store).state is RecordState.SENT_BACK
    assert [row.id for row in store.views.sent_back(me)] == ["v1"]
    store.ledger.append([visit(facts="Better", act=Act.AMEND)])
    row = row_of(store)
    assert (row.state, row.version, row.reviewed_version) == (RecordState.SIGNED, 2, 1)
    assert store.views.sent_back(me) == ()


def test_the_latest_review_of_the_version_decides(store: Store, other: Store) -> None:
    first = store.ledger.append([visit()])
    other.ledger.admit(first)
    other.ledger.append([review("v1", first[0].id), review("v1", first[0].id, "read-no-action")])
    assert row_of(other).state is RecordState.REVIEWED
    shown = other.views.signed_visit("v1")
    assert shown is not None
    assert [item.version_number for item in shown.reviews] == [1, 1]


def test_planned_actions_come_from_the_visit_and_are_done_by_their_own_record(store: Store) -> None:
    planned = [{"id": "a1", "what": "Call the GP", "due": "2026-03-05"}, {"id": "a2", "what": "Weigh"}]
    store.ledger.append([family(), visit(actions=planned)])
    assert [action.id for action in store.views.open_actions("2026-03-09")] == ["a1"]
    store.ledger.append([change("a1", Kind.ACTION, done=True, visit="v1", family="f1")])
    assert not store.views.open_actions("2026-03-09")
    assert [(action.id, action.done) for action in store.views.actions("f1")] == [("a2", False), ("a1", True)]


def test_a_changed_date_moves_an_action(store: Store) -> None:
    planned = [{"id": "a1", "what": "Call", "due": "2026-03-05"}, {"id": "a2", "what": "Ask", "due": "2026-06-01"}]
    store.ledger.append([family(), visit(actions=planned)])
    store.ledger.append([change("a1", Kind.ACTION, due="2026-07-01"), change("a2", Kind.ACTION, due="2026-03-04")])
    assert [action.id for action in store.views.open_actions("2026-03-09")] == ["a2"]


def test_strengths_and_needs_of_the_latest_visits_are_in_the_brief(store: Store) -> None:
    store.ledger.append([family(), visit(strengths=[{"what": "Warm"}], needs=[{"what": "Sleep"}, {"what": "Sleep"}])])
    brief = store.views.brief("f1")
    assert brief is not None
    assert (brief.strengths, brief.needs) == (("Warm",), ("Sleep",))


def test_contacts_that_took_place_are_known_per_family(store: Store) -> None:
    store.ledger.append([visit(contact="new-birth"), visit("v2", contact="6-8-weeks", attendance="no-access")])
    asked = [(name, each) for name in ("f1", "f2") for each in Contact]
    assert store.views.contacts_kept(asked) == {"f1": frozenset({Contact.NEW_BIRTH})}
    assert store.views.contacts_kept([("f1", Contact.SIX_WEEKS)]) == {}


def test_a_contact_is_lacking_until_it_took_place(store: Store) -> None:
    baby = person("p1", birth_date="2026-01-20")
    expected = person("p2", role="unborn", due_date="2026-05-01")
    store.ledger.append([family(), baby, expected])
    assert _lacking(store) == [("p1", Contact.SIX_WEEKS), ("p1", Contact.NEW_BIRTH), ("p2", Contact.ANTENATAL)]
    store.ledger.append([visit(contact="6-8-weeks", attendance="no-access"), visit("v2", contact="new-birth")])
    assert _lacking(store) == [("p1", Contact.SIX_WEEKS), ("p2", Contact.ANTENATAL)]


def _lacking(store: Store) -> list[tuple[str, Contact]]:
    windows = windows_from(json.loads(read_text("schedule/england-2026.json")))
    found = store.views.contacts_lacking(spans(windows, date(2026, 3, 2)))
    return sorted((child.id, near.contact) for child, near in found)


def test_what_today_asks_of_everyone_is_read_from_indexes_alone(store: Store) -> None:
    until = {"until": "2026-03-09"}
    asked = [(COLUMNS, LACKING.format(role=role.value, dated=dated), {"spans": "[]"}) for role, dated in DATES.items()]
    for columns, source, values in (("id, name", "family", {}), (PLANNED_COLUMNS, PLANNED, until), *asked):
        plan = store.database.execute(f"EXPLAIN QUERY PLAN SELECT {columns} FROM {source}", values)  # noqa: S608
        read = [step[-1] for step in plan if step[-1].split()[1] in {"family", "person", "visit", "p"}]
        assert all("COVERING INDEX" in step for step in read), read


def test_responses_are_read_side_by_side(store: Store) -> None:
    answer = {"questionnaire": "https://x.test/needs|1", "subject": {"reference": "RelatedPerson/p2"}, "item": []}
    store.ledger.append([visit(responses=[answer]), visit("v2", responses=[answer])])
    found = store.views.responses("f1", "needs")
    assert [(row.visit, row.subject, row.response) for row in found] == [("v1", "p2", answer), ("v2", "p2", answer)]


@pytest.mark.parametrize("body", [{"set": {"level": 7, "name": "Larch"}}, {"set": []}, {}, {"set": {"unknown": "x"}}])
def test_a_body_with_fields_that_do_not_fit_hides_nothing_else(store: Store, body: dict[str, object]) -> None:
    store.ledger.append([NewEntry(record="f1", kind=Kind.FAMILY, act=Act.SIGN, family="f1", body=body)])
    assert store.views.brief("f1") is not None
    assert check(store) == ()


@pytest.mark.parametrize("kind", list(Kind))
def test_a_body_that_makes_no_sense_at_all_stops_no_fold(store: Store, kind: Kind) -> None:
    bodies: list[dict[str, object]] = [{}, {"set": {"name": None, "done": "x", "role": []}}, {"note": 3}, {"visit": {}}]
    store.ledger.append(NewEntry(record="x", kind=kind, act=Act.AMEND, family="f1", body=body) for body in bodies)
    store.rebuild()
    assert check(store) == ()


def test_history_gives_a_verdict_on_every_entry(store: Store, other: Store) -> None:
    entries = store.ledger.append([visit(), visit(act=Act.AMEND)])
    assert [(item.number, item.genuine, item.author_name) for item in store.history("v1")] == [
        (1, True, "Robin Ash"),
        (2, True, "Robin Ash"),
    ]
    other.ledger.admit(entries)
    assert [item.genuine for item in other.history("v1")] == [False, False]
    other.cards.add(store.identity.card, store.identity.card_signature, confirmed_at="2026-03-02T09:00:00.000Z")
    assert [item.genuine for item in other.history("v1")] == [True, True]
