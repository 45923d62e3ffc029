"""Expressions in prompt sets: what is calculated, hidden, filled in and checked, step by step as all at once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homevisit.domain.family import Person, PersonDetails, Role
from homevisit.prompts.evaluate import Context, evaluate
from homevisit.prompts.given import given_in_visit
from homevisit.prompts.items import Kind, Verdict
from homevisit.prompts.questionnaire import load
from homevisit.prompts.session import Session
from homevisit.prompts.values import is_overridden
from tests.prompts.formulas import (
    answer_of,
    at,
    calculated,
    constraint,
    enabling,
    initial,
    one,
    variable,
    whole,
)

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
EVERYTHING = "%resource.descendants().where(linkId.startsWith('i')).answer.value.count()"
OPERATORS = ["exists", "=", "!=", ">"]


@st.composite
def sets(draw):
    """Integers that are typed, calculated from any other, and hidden by any other, circles among them."""
    links = [f"i{number}" for number in range(draw(st.integers(3, 6)))]
    items = [draw(_items(link, links)) for link in links]
    if draw(st.booleans()):
        group = {"linkId": "g", "type": "group", "repeats": True, "item": items[2:]}
        group["extension"] = [variable("x", f"{answer_of(links[0])} + 1")]
        items = [*items[:2], group]
    return load({"resourceType": "Questionnaire", "url": "urn:t", "item": items})


@st.composite
def _items(draw, link, links):
    others = [other for other in links if other != link]
    item = one(link, repeats=draw(st.booleans()))
    extensions = []
    if draw(st.integers(0, 2)) == 0:
        earlier = links[: links.index(link)]
        terms = [f"{answer_of(each)}.sum()" for each in earlier] or ["2"]
        extensions.append(calculated(draw(st.sampled_from([" + ".join(terms), EVERYTHING, "1 + 'a'"]))))
        item["readOnly"] = draw(st.booleans())
    if draw(st.integers(0, 2)) == 0:
        source = answer_of(draw(st.sampled_from(others)))
        extensions.append(enabling(f"{source}.where($this > 1).exists()"))
    elif draw(st.booleans()):
        condition = {"question": draw(st.sampled_from(others)), "operator": draw(st.sampled_from(OPERATORS))}
        expected = {"answerBoolean": True} if condition["operator"] == "exists" else {"answerInteger": 1}
        item["enableWhen"] = [{**condition, **expected}]
    if draw(st.integers(0, 3)) == 0:
        extensions.append(constraint(f"{answer_of(draw(st.sampled_from(others)))}.count() < 2"))
    return {**item, "extension": extensions}


@settings(max_examples=60, deadline=None)
@given(questionnaire=sets(), data=st.data())
def test_after_any_changes_expressions_stand_as_in_a_fresh_evaluation(questionnaire, data):
    if not questionnaire.usable:
        return
    session = Session(questionnaire)
    for _ in range(data.draw(st.integers(1, 5))):
        states = session.state().items
        path = data.draw(st.sampled_from(sorted(states)))
        if states[path].item.kind is not Kind.GROUP:
            session.set_answer(path, [whole(n) for n in data.draw(st.lists(st.integers(0, 3), max_size=2))])
        elif data.draw(st.booleans()):
            session.add_repeat(path[:-1], "g")
        else:
            session.remove_repeat(path)
        assert session.state() == evaluate(questionnaire, session.response(), Context())


def test_only_what_an_answer_touches_is_named_as_changed(build):
    session = Session(build(one("a"), one("b"), one("c", "integer", calculated(f"{answer_of('a')} * 2"))))
    assert session.set_answer(at("a"), [whole(2)]) == {at("a"), at("c")}
    assert session.set_answer(at("b"), [whole(2)]) == {at("b")}


def test_a_chain_of_calculations_and_conditions_settles_in_one_step(build):
    double = one("b", "integer", calculated(f"{answer_of('a')} * 2"), readOnly=True)
    shown = one("c", "integer", calculated(f"{answer_of('b')} + 1"), readOnly=True)
    shown["enableWhen"] = [{"question": "b", "operator": ">", "answerInteger": 5}]
    session = Session(build(shown, double, one("a")))
    session.set_answer(at("a"), [whole(3)])
    assert session.item_state(at("c")).answers == (whole(7),)
    session.set_answer(at("a"), [whole(2)])
    assert session.item_state(at("c")).answers == ()
    assert not session.item_state(at("c")).enabled


def test_a_calculation_that_needs_itself_is_refused(build):
    first = one("a", "integer", calculated(f"{answer_of('b')} + 1"))
    second = one("b", "integer", calculated(f"{answer_of('a')} + 1"))
    questionnaire = build(first, second)
    assert {(fault.code, fault.link_id) for fault in questionnaire.faults if fault.verdict is Verdict.REFUSED} == {
        ("calculation-circle", "a"),
        ("calculation-circle", "b"),
    }


def test_a_calculation_over_everything_that_never_stands_still_gives_nothing_and_says_so(build):
    growing = "%resource.descendants().where(linkId.startsWith('a')).answer.value.sum() + 1"
    session = Session(build(one("a1"), one("a2", "integer", calculated(growing), readOnly=True)))
    session.set_answer(at("a1"), [whole(1)])
    state = session.item_state(at("a2"))
    assert state.answers == ()
    assert [problem.code for problem in state.problems] == ["not-calculated"]


def test_an_expression_that_fails_on_the_answers_says_so_and_stops_nobody(build):
    session = Session(build(one("a", "string"), one("b", "integer", calculated(f"{answer_of('a')} + 1"))))
    session.set_answer(at("a"), [{"valueString": "x"}])
    problems = session.item_state(at("b")).problems
    assert [(problem.code, problem.blocking) for problem in problems] == [("not-calculated", False)]


def test_a_prompt_whose_condition_fails_is_shown(build):
    session = Session(build(one("a", "string"), one("b", "string", enabling(f"{answer_of('a')} + 1 > 2"))))
    session.set_answer(at("a"), [{"valueString": "x"}])
    assert session.item_state(at("b")).enabled


def test_variables_are_seen_below_and_hide_outer_ones_of_their_name(build):
    inner = {"linkId": "g", "type": "group", "extension": [variable("x", "%x * 10")]}
    inner["item"] = [one("b", "integer", calculated("%x"))]
    questionnaire = build(one("a"), inner, one("c", "integer", calculated("%x")), extension=[variable("x", "2 + 1")])
    session = Session(questionnaire)
    assert session.item_state(at("g", "b")).answers == (whole(30),)
    assert session.item_state(at("c")).answers == (whole(3),)


def test_a_variable_of_a_repeating_group_has_a_value_for_each_occurrence(build):
    group = {"linkId": "g", "type": "group", "repeats": True}
    group["extension"] = [variable("n", "item.where(linkId='n').answer.value")]
    group["item"] = [one("n"), one("twice", "integer", calculated("%n * 2"))]
    session = Session(build(group))
    second = session.add_repeat((), "g")
    session.set_answer((*at("g"), ("n", 0)), [whole(1)])
    session.set_answer((*second, ("n", 0)), [whole(5)])
    assert session.item_state((*at("g"), ("twice", 0))).answers == (whole(2),)
    assert session.item_state((*second, ("twice", 0))).answers == (whole(10),)


def test_what_is_known_fills_in_a_new_response_and_only_a_new_one(build):
    questionnaire = build(
        one("born", "date", initial("%patient.birthDate")), one("day", "date", initial("today()")), one("x", "string")
    )
    known = Context(now=NOW, given={"patient": {"resourceType": "Patient", "birthDate": "2026-10-01"}})
    session = Session(questionnaire, context=known)
    assert session.item_state(at("born")).answers == ({"valueDate": "2026-10-01"},)
    assert session.item_state(at("day")).answers == ({"valueDate": "2026-11-22"},)
    session.set_answer(at("born"), [])
    assert Session(questionnaire, session.response(), context=known).item_state(at("born")).answers == ()
    assert Session(questionnaire).is_empty


def test_a_new_occurrence_of_a_group_begins_with_its_initial_expressions(build):
    group = {"linkId": "g", "type": "group", "repeats": True, "item": [one("n", "integer", initial("1 + 1"))]}
    session = Session(build(group))
    assert session.item_state((*session.add_repeat((), "g"), ("n", 0))).answers == (whole(2),)


def test_what_depends_on_the_day_stands_until_the_day_is_known_and_follows_it(build):
    age = one("age", "string", calculated("today().toString()"), readOnly=True)
    questionnaire = build(one("a"), age)
    session = Session(questionnaire)
    assert session.item_state(at("age")).answers == ()
    session.set_answer(at("a"), [whole(1)], at=NOW)
    assert session.item_state(at("age")).answers == ({"valueString": "2026-11-22"},)
    assert Session(questionnaire, session.response()).finished()["item"][1]["answer"] == [{"valueString": "2026-11-22"}]
    session.set_answer(at("a"), [whole(2)], at=NOW.replace(day=23))
    assert session.item_state(at("age")).answers == ({"valueString": "2026-11-23"},)


def test_the_words_of_a_prompt_can_be_calculated(build):
    words = {
        "extension": [
            {
                "url": "http://hl7.org/fhir/StructureDefinition/cqf-expression",
                **calculated(f"'For ' + {answer_of('name')}"),
            }
        ]
    }
    words["extension"][0]["url"] = "http://hl7.org/fhir/StructureDefinition/cqf-expression"
    session = Session(build(one("name", "string"), one("b", "string", text="For the baby", _text=words, prefix="2")))
    assert session.item_state(at("b")).label == "2. For the baby"
    assert at("b") in session.set_answer(at("name"), [{"valueString": "Ida"}])
    assert session.item_state(at("b")).label == "2. For Ida"
    session.set_answer(at("b"), [{"valueString": "x"}])
    assert session.finished()["item"][1]["text"] == "For Ida"


def test_a_limit_can_be_calculated(build):
    least = {"url": "http://hl7.org/fhir/StructureDefinition/minValue", **calculated(answer_of("a"))}
    least["url"] = "http://hl7.org/fhir/StructureDefinition/minValue"
    session = Session(build(one("a"), one("b", "integer", least)))
    session.set_answer(at("b"), [whole(3)])
    session.set_answer(at("a"), [whole(4)])
    assert [(p.code, p.limit) for p in session.item_state(at("b")).problems] == [("minValue", "4")]


@pytest.mark.parametrize(("severity", "blocking"), [("error", True), ("warning", False)])
def test_a_constraint_is_broken_where_its_expression_is_false(build, severity, blocking):
    rule = constraint(f"%context.answer.value = {answer_of('a')}", severity=severity)
    session = Session(build(one("a", "string"), one("b", "string", rule)))
    session.set_answer(at("a"), [{"valueString": "x"}])
    assert not session.item_state(at("b")).problems
    session.set_answer(at("b"), [{"valueString": "y"}])
    found = session.item_state(at("b")).problems
    assert [(p.code, p.limit, p.blocking) for p in found] == [("constraint", "Both must be the same.", blocking)]
    assert at("b") in session.set_answer(at("a"), [{"valueString": "y"}])
    assert not session.item_state(at("b")).problems


def test_a_constraint_of_the_whole_set_is_said_of_the_set(build):
    rule = constraint(f"{answer_of('a')} < {answer_of('b')}", human="b is more than a.")
    session = Session(build(one("a"), one("b"), extension=[rule]))
    session.set_answer(at("a"), [whole(3)])
    session.set_answer(at("b"), [whole(2)])
    assert [(p.code, p.limit) for p in session.state().problems] == [("constraint", "b is more than a.")]


def test_an_override_is_undone_by_clearing_it(build):
    session = Session(build(one("a"), one("b", "integer", calculated(f"{answer_of('a')} + 1"))))
    session.set_answer(at("a"), [whole(1)])
    session.set_answer(at("b"), [whole(9)])
    session.set_answer(at("b"), [])
    assert session.item_state(at("b")).answers == (whole(2),)
    assert not any(is_overridden(answer) for answer in session.item_state(at("b")).answers)


@pytest.mark.parametrize(
    ("kind", "text", "answer"),
    [
        ("decimal", "1.10 + 1", {"valueDecimal": "2.1"}),
        ("integer", "6 / 2", {"valueInteger": 3}),
        ("boolean", "1 = 1", {"valueBoolean": True}),
        ("string", "'a' & 'b'", {"valueString": "ab"}),
        ("date", "@2026-11-22", {"valueDate": "2026-11-22"}),
        ("time", "@T10:30", {"valueTime": "10:30:00"}),
        ("quantity", "4", {"valueQuantity": {"value": "4"}}),
        ("integer", "'x'", None),
        ("decimal", "'x'", None),
        ("boolean", "1", None),
    ],
)
def test_only_a_value_that_fits_the_type_becomes_an_answer(build, kind, text, answer):
    session = Session(build(one("a", kind, calculated(text))))
    assert session.item_state(at("a")).answers == ((answer,) if answer else ())


def test_what_is_only_calculated_is_nobodys_answer(build):
    group = {"linkId": "g", "type": "group", "repeats": True, "required": True}
    group["item"] = [one("n"), one("c", "integer", calculated("7"))]
    session = Session(build(group))
    assert session.is_empty
    assert [problem.code for problem in session.item_state(at("g")).problems] == ["required"]
    session.set_answer(at("g", "n"), [whole(1)])
    assert not session.is_empty
    assert not session.item_state(at("g")).problems
    removed = session.remove_repeat(at("g"))
    assert session.restore(removed) == at("g")


def person(number, role, **more):
    return Person(id=f"p{number}", family="f", details=PersonDetails(name=f"Person {number}", role=role, **more))


def test_a_visit_gives_its_expressions_whom_they_are_about_and_its_day(build):
    questionnaire = build(
        one("born", "date", initial("%patient.birthDate")),
        one("day", "date", initial("%encounter.period.start")),
        one("today", "string", calculated("today().toString()"), readOnly=True),
    )
    people = (person(1, Role.CHILD, birth_date="2026-10-01"), person(2, Role.MOTHER, birth_date="1990-02-03"))
    for about, born in (("", "2026-10-01"), ("p1", "2026-10-01"), ("p2", "1990-02-03")):
        session = Session(questionnaire, context=given_in_visit(people, about, started=NOW))
        found = [session.item_state(at(link)).answers[0] for link in ("born", "day")]
        assert found == [{"valueDate": born}, {"valueDate": "2026-11-22"}]


def test_a_session_that_is_told_the_day_keeps_to_it_and_goes_on_when_told_another(build):
    questionnaire = build(one("a"), one("today", "string", calculated("today().toString()"), readOnly=True))
    session = Session(questionnaire, context=Context(now=NOW))
    session.set_answer(at("a"), [whole(1)], at=NOW.replace(day=25))
    assert session.item_state(at("today")).answers == ({"valueString": "2026-11-22"},)
    assert session.know(Context(now=NOW.replace(day=24))) == {at("today")}
    assert session.know(Context(now=NOW.replace(day=24, hour=11))) == frozenset()
    assert session.item_state(at("today")).answers == ({"valueString": "2026-11-24"},)
