"""The seven operators and the fixed meanings 1 to 5 and 8 of the project."""

from __future__ import annotations

import pytest

from homevisit.prompts.enabling import holds
from homevisit.prompts.evaluate import Context, evaluate
from homevisit.prompts.items import Condition
from homevisit.prompts.session import Session


def condition(operator, **expected):
    key, value = next(iter(expected.items()))
    return Condition("q", operator, {key: value})


@pytest.mark.parametrize(
    ("operator", "expected", "answer", "outcome"),
    [
        ("exists", {"valueBoolean": True}, None, False),
        ("exists", {"valueBoolean": False}, None, True),
        ("exists", {"valueBoolean": True}, {"valueString": "x"}, True),
        ("=", {"valueInteger": 2}, {"valueDecimal": "2.0"}, True),
        ("!=", {"valueInteger": 2}, None, True),
        ("!=", {"valueInteger": 2}, {"valueInteger": 2}, False),
        (">", {"valueDate": "2026-01-01"}, {"valueDate": "2026-01-02"}, True),
        ("<", {"valueDecimal": "1.5"}, {"valueDecimal": "1.50"}, False),
        (">=", {"valueTime": "09:00:00"}, {"valueTime": "09:00:00"}, True),
        ("<=", {"valueQuantity": {"value": "3", "unit": "kg"}}, {"valueQuantity": {"value": "2", "unit": "kg"}}, True),
        ("<=", {"valueQuantity": {"value": "3", "unit": "kg"}}, {"valueQuantity": {"value": "2", "unit": "g"}}, False),
        ("=", {"valueString": "a"}, {"valueString": "A"}, False),
        ("=", {"valueDateTime": "2026-01-01T10:00:00Z"}, {"valueDateTime": "2026-01-01T11:00:00+01:00"}, True),
    ],
)
def test_operators_compare_as_r4_says(operator, expected, answer, outcome):
    assert holds(condition(operator, **expected), [answer] if answer else []) is outcome


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ({"system": "s", "code": "a", "display": "other words"}, True),
        ({"code": "a"}, True),
        ({"system": "t", "code": "a"}, False),
        ({"system": "s", "code": "b", "display": "A"}, False),
    ],
)
def test_codings_are_equal_by_system_and_code_and_a_missing_system_matches(answer, outcome):
    asked = condition("=", valueCoding={"system": "s", "code": "a", "display": "A"})
    assert holds(asked, [{"valueCoding": answer}]) is outcome


def test_any_of_several_answers_may_match():
    assert holds(condition("=", valueInteger=2), [{"valueInteger": 1}, {"valueInteger": 2}])


def boolean(link, *when, behaviour=None, **more):
    conditions = [{"question": q, "operator": "=", "answerBoolean": True} for q in when]
    extra = {"enableBehavior": behaviour} if behaviour else {}
    return {"linkId": link, "type": "boolean", **({"enableWhen": conditions} if when else {}), **extra, **more}


def yes(link):
    return {"linkId": link, "answer": [{"valueBoolean": True}]}


def enabled(questionnaire, *items):
    state = evaluate(questionnaire, {"item": list(items)}, Context())
    return {each.item.link_id for each in state.walk() if each.enabled}


@pytest.mark.parametrize(
    ("behaviour", "given", "outcome"), [(None, "a", True), ("any", "b", True), ("all", "a", False)]
)
def test_several_conditions_are_any_unless_all_is_asked(build, behaviour, given, outcome):
    questionnaire = build(boolean("a"), boolean("b"), boolean("c", "a", "b", behaviour=behaviour))
    assert ("c" in enabled(questionnaire, yes(given))) is outcome


def test_a_disabled_group_disables_what_is_below_it_and_a_disabled_source_does_not_count(build):
    group = {**boolean("g", "a"), "type": "group", "item": [boolean("inner")]}
    questionnaire = build(boolean("a"), group, boolean("far", "inner"))
    group_answer = {"linkId": "g", "item": [yes("inner")]}
    assert enabled(questionnaire, group_answer) == {"a"}
    assert enabled(questionnaire, yes("a"), group_answer) == {"a", "g", "inner", "far"}


def test_the_nearest_occurrence_in_the_same_repeat_is_the_source(build):
    questionnaire = build({"linkId": "g", "type": "group", "repeats": True, "item": [boolean("a"), boolean("b", "a")]})
    state = evaluate(questionnaire, {"item": [{"linkId": "g", "item": [yes("a")]}, {"linkId": "g"}]}, Context())
    found = [each.enabled for each in state.walk() if each.item.link_id == "b"]
    assert found == [True, False]


def test_a_child_of_a_repeating_question_sees_only_the_answer_it_hangs_from(build):
    child = {"linkId": "c", "type": "string", "enableWhen": [{"question": "q", "operator": "=", "answerInteger": 2}]}
    questionnaire = build({"linkId": "q", "type": "integer", "repeats": True, "item": [child]})
    answers = [{"valueInteger": 1}, {"valueInteger": 2}]
    state = evaluate(questionnaire, {"item": [{"linkId": "q", "answer": answers}]}, Context())
    assert [each.enabled for each in state.walk() if each.item.link_id == "c"] == [False, True]


def test_answers_of_disabled_items_stay_in_the_draft_and_leave_the_finished_response(build):
    session = Session(build(boolean("a"), boolean("b", "a")), {"item": [yes("a"), yes("b")]})
    session.set_answer((("a", 0),), [])
    assert [item["linkId"] for item in session.response()["item"]] == ["b"]
    assert "item" not in session.finished()
    session.set_answer((("a", 0),), [{"valueBoolean": True}])
    assert [item["linkId"] for item in session.finished()["item"]] == ["a", "b"]


def test_required_on_a_hidden_item_is_a_fault_of_the_form_and_blocks_nobody(build):
    hidden = {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden", "valueBoolean": True}
    state = evaluate(build(boolean("a", required=True, extension=[hidden])), {}, Context())
    (problem,) = state.items[(("a", 0),)].problems
    assert (problem.code, problem.blocking) == ("required-hidden", False)
