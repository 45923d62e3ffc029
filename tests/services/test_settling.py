"""Versions and values that were signed without seeing each other: shown with what stood before, settled by part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from homevisit.assembly import Services
from homevisit.cli.program import main
from homevisit.domain.conflicts import BASE, Oddness
from homevisit.domain.entry import Kind
from homevisit.domain.family import FamilyDetails
from homevisit.domain.summaries import IN_ERROR
from homevisit.domain.visit import Mode, RecordState, Section
from homevisit.errors import HomeVisitError
from tests.desks import PASSPHRASE, Desks, add_family, leave_out_the_rest, whole_draft


def met(desks: Desks) -> None:
    """Both desks hold what either has."""
    for giver, taker in ((desks.practitioner, desks.supervisor), (desks.supervisor, desks.practitioner)):
        taker.store.ledger.admit(list(giver.store.ledger.all()))


def amended(desk: Services, visit: str, section: Section, words: str, mode: Mode = Mode.HOME) -> str:
    draft = desk.drafting.amend(visit)
    desk.drafting.save_contact(visit, replace(draft.body, mode=mode))
    desk.drafting.save_section(visit, section, words)
    leave_out_the_rest(desk, visit)
    return desk.signing.sign(visit, "more to say").id


@pytest.fixture
def visit(desks: Desks) -> str:
    made = desks.practitioner.signing.sign(whole_draft(desks.practitioner, add_family(desks.practitioner)))
    met(desks)
    return made.envelope.record


def test_two_versions_differ_in_the_parts_that_were_changed_and_nowhere_else(desks: Desks, visit: str) -> None:
    one, other = desks.practitioner, desks.supervisor
    first = amended(one, visit, Section.FACTS, "Fed at ten.", Mode.CLINIC)
    second = amended(other, visit, Section.PLAN, "Weigh on Friday.", Mode.PHONE)
    met(desks)
    (conflict,) = one.conflicts.all()
    found = {each.part: each for each in conflict.differences}
    assert set(found) == {"mode", "note/facts", "note/plan"}
    assert (found["note/facts"].suggested, found["note/plan"].suggested) == (first, second)
    assert (found["mode"].base, found["mode"].both_changed, found["note/facts"].both_changed) == ("home", True, False)
    assert [each.part for each in other.conflicts.of(visit).differences] == list(found)


def test_the_parts_that_were_chosen_become_one_version_that_has_seen_both(desks: Desks, visit: str) -> None:
    one, other = desks.practitioner, desks.supervisor
    amended(one, visit, Section.FACTS, "Fed at ten.", Mode.CLINIC)
    amended(other, visit, Section.PLAN, "Weigh on Friday.", Mode.PHONE)
    met(desks)
    heads = set(one.store.ledger.heads(visit, Kind.VISIT))
    entry = one.conflicts.settle_visit(visit, {"mode": BASE}, "talked it over")
    body = one.records.visit(visit).body
    assert set(entry.envelope.parents) == heads
    assert (body.mode, body.note[Section.FACTS], body.note[Section.PLAN]) == (
        Mode.HOME,
        "Fed at ten.",
        "Weigh on Friday.",
    )
    met(desks)
    assert [desk.conflicts.all() for desk in (one, other)] == [(), ()]
    assert len(one.records.history(visit)) == 4


def test_what_is_put_together_is_read_before_it_is_signed(desks: Desks, visit: str) -> None:
    one = desks.practitioner
    amended(one, visit, Section.FACTS, "Fed at ten.")
    amended(desks.supervisor, visit, Section.FACTS, "Fed at eleven.")
    met(desks)
    other = next(side.entry for side in one.conflicts.of(visit).sides if side.author_name != "Ines Practitioner")
    draft = one.conflicts.prepare_visit(visit, {"note/facts": other})
    assert draft.body.note[Section.FACTS] == "Fed at eleven."
    assert one.signing.preview(visit).act.value == "settle"
    with pytest.raises(HomeVisitError, match=r"conflict\.draft_open"):
        one.conflicts.prepare_visit(visit, {})


def test_a_mark_beside_a_change_is_said_and_either_may_hold(desks: Desks, visit: str) -> None:
    one, other = desks.practitioner, desks.supervisor
    one.signing.withdraw(visit, "the wrong family")
    amended(other, visit, Section.FACTS, "Fed at ten.")
    met(desks)
    conflict = one.conflicts.of(visit)
    assert (conflict.disputed, conflict.differences) == (True, ())
    assert sorted(side.reason for side in conflict.sides if side.is_mark) == ["the wrong family"]
    entry = other.conflicts.withdraw_visit(visit)
    assert (entry.envelope.reason, len(entry.envelope.parents)) == ("the wrong family", 2)
    assert other.records.visit(visit).row.state is RecordState.WITHDRAWN
    assert other.conflicts.all() == ()
    one.conflicts.settle_visit(visit, {}, "it is the right family")
    met(desks)
    assert one.conflicts.of(visit).disputed


def test_two_marks_agree_with_each_other(desks: Desks, visit: str) -> None:
    for desk in (desks.practitioner, desks.supervisor):
        desk.signing.withdraw(visit, "the wrong family")
    met(desks)
    assert desks.practitioner.conflicts.all() == ()
    with pytest.raises(HomeVisitError, match=r"conflict\.unknown"):
        desks.practitioner.conflicts.of(visit)


def renamed(desk: Services, family: str, phone: str, address: str = "") -> None:
    details = desk.families.brief(family).details
    desk.families.change(family, replace(details, phone=phone, address=address))


def test_details_show_what_stood_before_and_are_settled_all_at_once(desks: Desks) -> None:
    one, other = desks.practitioner, desks.supervisor
    family = one.families.create(FamilyDetails(name="Ash", phone="1", address="Old Road"))
    met(desks)
    renamed(one, family, phone="2", address="Elm Road")
    renamed(other, family, phone="3", address="Oak Road")
    met(desks)
    conflict = one.conflicts.of(family)
    assert {each.part: each.base for each in conflict.differences} == {"address": "Old Road", "phone": "1"}
    with pytest.raises(HomeVisitError, match=r"conflict\.choice_needed"):
        one.conflicts.settle_details(family, {"phone": BASE})
    elm = next(e for each in conflict.differences for e, value in each.values.items() if value == "Elm Road")
    one.conflicts.settle_details(family, {"phone": BASE, "address": elm})
    met(desks)
    details = [desk.families.brief(family).details for desk in (one, other)]
    assert [(each.phone, each.address) for each in details] == [("1", "Elm Road")] * 2
    assert other.conflicts.all() == ()


def test_a_person_marked_by_one_and_changed_by_another(desks: Desks) -> None:
    one, other = desks.practitioner, desks.supervisor
    family = add_family(one)
    met(desks)
    person = one.families.brief(family).people[-1]
    one.families.withdraw_person(person.id, "not of this family")
    other.families.change_person(person.id, replace(person.details, phone="07700 900000"))
    met(desks)
    conflict = other.conflicts.of(person.id)
    marks = {side.is_mark: side.entry for side in conflict.sides}
    other.conflicts.settle_details(person.id, {IN_ERROR: marks[True]})
    met(desks)
    assert person.id not in {each.id for each in one.families.brief(family).people}


def test_a_visit_is_not_settled_field_by_field_nor_details_by_a_version(desks: Desks, visit: str) -> None:
    one = desks.practitioner
    amended(one, visit, Section.FACTS, "Fed at ten.")
    amended(desks.supervisor, visit, Section.FACTS, "Fed at eleven.")
    family = add_family(one)
    met(desks)
    renamed(one, family, phone="2")
    renamed(desks.supervisor, family, phone="3")
    met(desks)
    for code, act in (
        ("conflict.is_visit", lambda: one.conflicts.settle_details(visit, {})),
        ("conflict.is_details", lambda: one.conflicts.prepare_visit(family, {})),
        ("conflict.choice_needed", lambda: one.conflicts.settle_visit(visit, {"note/facts": "x"}, "y")),
    ):
        with pytest.raises(HomeVisitError, match=code):
            act()
    assert not one.drafting.exists(visit)


@pytest.mark.usefixtures("visit")
def test_a_fork_is_named_with_whose_it_is(desks: Desks) -> None:
    one = desks.practitioner
    head = one.store.ledger.own_head
    with_fork = one.store.ledger.entry(head.id)
    assert with_fork is not None
    envelope = replace(with_fork.envelope, reason="another")
    twin = replace(with_fork, id=envelope.id(), envelope=envelope)
    desks.supervisor.store.ledger.admit([twin])
    (odd,) = desks.supervisor.conflicts.oddities()
    assert (odd.kind, odd.whose, odd.mine, odd.count) == (Oddness.FORK, "Ines Practitioner", False, 2)


def test_a_side_that_is_not_there_is_a_wrong_call(desks: Desks, visit: str, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = desks.practitioner, desks.supervisor
    amended(one, visit, Section.FACTS, "Fed at ten.")
    amended(other, visit, Section.FACTS, "Fed at noon.")
    met(desks)
    home = one.home.root
    desks.close()
    secret = home.parent / "secret"
    secret.write_text(PASSPHRASE, "utf-8")
    words = ["--home", str(home), "--passphrase-file", str(secret), "conflicts"]
    assert main([*words, "settle", visit, "--take", "note/facts=3"]) == 2
    assert "conflicts show" in capsys.readouterr().err
    assert main([*words, "show", visit]) == 0
    assert "*  what “settle --suggested” takes" in capsys.readouterr().out
