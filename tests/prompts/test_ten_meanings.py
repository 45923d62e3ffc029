"""The ten meanings in which engines differ, fixed in docs/prompts.md: one test or more for each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from homevisit.prompts import fhir_json
from homevisit.prompts.checking import problems_of
from homevisit.prompts.evaluate import Context, evaluate
from homevisit.prompts.items import Verdict
from homevisit.prompts.session import Session
from homevisit.prompts.validating import validate
from tests.prompts.formulas import answer_of, at, calculated, one, whole


def when(question, operator, **expected):
    return {"question": question, "operator": operator, **expected}


def is_enabled(session, *links):
    return session.item_state(at(*links)).enabled


def test_1_unequal_is_true_of_an_unanswered_question_and_false_once_one_of_several_answers_equals(build):
    source = one("a", "integer", repeats=True)
    session = Session(build(source, one("b", "string", enableWhen=[when("a", "!=", answerInteger=1)])))
    assert is_enabled(session, "b")
    session.set_answer(at("a"), [whole(2), whole(1)])
    assert not is_enabled(session, "b")


def test_2_several_conditions_without_behaviour_are_any_and_noted(build):
    conditions = [when("a", "=", answerInteger=1), when("b", "=", answerInteger=1)]
    questionnaire = build(one("a"), one("b"), one("c", "string", enableWhen=conditions))
    session = Session(questionnaire)
    session.set_answer(at("b"), [whole(1)])
    assert is_enabled(session, "c")
    assert [fault.code for fault in questionnaire.faults if fault.verdict is Verdict.NOTED] == ["behaviour-missing"]


def test_3_answers_of_disabled_prompts_are_kept_in_the_draft_count_nowhere_and_are_not_in_the_finished_response(build):
    hidden = one("b", enableWhen=[when("a", "=", answerInteger=1)])
    total = one("c", "integer", calculated(f"{answer_of('b')} + 1"))
    follows = one("d", "string", enableWhen=[when("b", "exists", answerBoolean=True)])
    session = Session(build(one("a"), hidden, total, follows))
    session.set_answer(at("a"), [whole(1)])
    session.set_answer(at("b"), [whole(5)])
    assert session.item_state(at("c")).answers == (whole(6),)
    session.set_answer(at("a"), [whole(2)])
    assert session.item_state(at("c")).answers == ()
    assert not is_enabled(session, "d")
    assert [item["linkId"] for item in session.response()["item"]] == ["a", "b"]
    assert [item["linkId"] for item in session.finished()["item"]] == ["a"]


def test_4_a_condition_looks_at_the_nearest_occurrence_of_its_question(build):
    inner = [one("q"), one("r", "string", enableWhen=[when("q", "=", answerInteger=1)])]
    session = Session(build({"linkId": "g", "type": "group", "repeats": True, "item": inner}))
    second = session.add_repeat((), "g")
    session.set_answer((*second, ("q", 0)), [whole(1)])
    assert session.item_state((*second, ("r", 0))).enabled
    assert not is_enabled(session, "g", "r")


def test_4_answers_of_a_disabled_source_do_not_count(build):
    source = one("b", enableWhen=[when("a", "=", answerInteger=1)])
    session = Session(build(one("a"), source, one("c", "string", enableWhen=[when("b", "=", answerInteger=7)])))
    session.set_answer(at("b"), [whole(7)])
    assert not is_enabled(session, "c")
    session.set_answer(at("a"), [whole(1)])
    assert is_enabled(session, "c")


@pytest.mark.parametrize(
    ("coding", "equal"),
    [
        ({"system": "s", "code": "x", "display": "other words"}, True),
        ({"code": "x"}, True),
        ({"system": "t", "code": "x"}, False),
        ({"system": "s", "code": "y"}, False),
    ],
)
def test_5_codings_are_equal_by_system_and_code(build, coding, equal):
    source = one("a", "choice", answerOption=[{"valueCoding": {"system": "s", "code": "x", "display": "X"}}])
    wanted = when("a", "=", answerCoding={"system": "s", "code": "x", "display": "X"})
    session = Session(build(source, one("b", "string", enableWhen=[wanted])))
    session.set_answer(at("a"), [{"valueCoding": coding}])
    assert is_enabled(session, "b") is equal


@pytest.mark.parametrize(("text", "codes"), [("AB1", []), ("xAB1", ["regex"]), ("AB1\n", ["regex"])])
def test_6_a_pattern_matches_the_whole_value(build, text, codes):
    pattern = {"url": "http://hl7.org/fhir/StructureDefinition/regex", "valueString": "[A-Z]{2}[0-9]"}
    item = build(one("a", "string", pattern)).by_link["a"]
    assert [problem.code for problem in problems_of(item, [{"valueString": text}])] == codes


@pytest.mark.parametrize(("pattern", "code"), [("(", "regex-invalid"), ("(a+)+", "regex-not-safe")])
def test_6_a_pattern_that_is_none_or_could_run_away_is_named_at_load(build, pattern, code):
    extension = {"url": "http://hl7.org/fhir/StructureDefinition/regex", "valueString": pattern}
    questionnaire = build(one("a", "string", extension))
    assert [fault.code for fault in questionnaire.faults if fault.verdict is Verdict.REFUSED] == [code]


def test_7_a_read_only_calculated_item_always_recomputes(build):
    session = Session(build(one("a"), one("b", "integer", calculated(f"{answer_of('a')} + 1"), readOnly=True)))
    session.set_answer(at("a"), [whole(1)])
    tampered = session.response()
    tampered["item"][1]["answer"] = [whole(99)]
    assert Session(session.questionnaire, tampered).item_state(at("b")).answers == (whole(2),)


def test_7_an_override_of_an_editable_calculated_item_stays_and_is_marked(build):
    session = Session(build(one("a"), one("b", "integer", calculated(f"{answer_of('a')} + 1"))))
    session.set_answer(at("a"), [whole(1)])
    state = session.item_state(at("b"))
    assert (state.calculated, state.overridden) == (True, False)
    session.set_answer(at("b"), [whole(9)])
    session.set_answer(at("a"), [whole(2)])
    for each in (session, Session(session.questionnaire, session.response())):
        state = each.item_state(at("b"))
        assert (state.answers[0]["valueInteger"], state.overridden, state.calculation) == (9, True, (whole(3),))


def test_8_required_and_hidden_blocks_nobody_and_is_a_fault_of_the_form(build):
    hidden = {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden", "valueBoolean": True}
    questionnaire = build(one("a", "string", hidden, required=True))
    problems = Session(questionnaire).item_state(at("a")).problems
    assert [(problem.code, problem.blocking) for problem in problems] == [("required-hidden", False)]
    assert [fault.code for fault in questionnaire.faults] == ["required-hidden"]


@pytest.mark.parametrize(("status", "codes"), [("in-progress", []), ("completed", ["maxLength", "required"])])
def test_9_only_a_completed_response_needs_every_constraint(build, status, codes):
    questionnaire = build(one("a", "string", required=True), one("b", "string", maxLength=2))
    response = {"resourceType": "QuestionnaireResponse", "status": status}
    response["item"] = [{"linkId": "b", "answer": [{"valueString": "xyz"}]}]
    assert sorted(finding.code for finding in validate(questionnaire, response)) == codes


def test_9_what_more_answers_cannot_mend_is_wrong_in_progress_too(build):
    response = {"resourceType": "QuestionnaireResponse", "status": "in-progress"}
    response["item"] = [{"linkId": "a", "answer": [{"valueString": "x"}, {"valueString": "y"}]}]
    assert [finding.code for finding in validate(build(one("a", "string")), response)] == ["not-repeating"]


def test_10_decimals_keep_their_digits_from_the_file_to_the_file(build):
    data = b'{"resourceType":"QuestionnaireResponse","item":[{"linkId":"a","answer":[{"valueDecimal":1.10}]}]}'
    session = Session(build(one("a", "decimal")), fhir_json.parse(data))
    assert session.item_state(at("a")).answers == ({"valueDecimal": "1.10"},)
    assert b'"valueDecimal":1.10' in fhir_json.write(session.response())


def test_10_sums_of_decimals_are_exact(build):
    total = one("t", "decimal", calculated(f"{answer_of('a')} + {answer_of('b')}"))
    session = Session(build(one("a", "decimal"), one("b", "decimal"), total))
    session.set_answer(at("a"), [{"valueDecimal": "0.1"}])
    session.set_answer(at("b"), [{"valueDecimal": "0.2"}])
    assert session.item_state(at("t")).answers == ({"valueDecimal": "0.3"},)


def test_10_moments_are_written_with_their_zone(build):
    session = Session(build(one("a", "dateTime", calculated("now()"), readOnly=True), one("b")))
    session.set_answer(at("b"), [whole(1)], at=datetime(2026, 11, 22, 9, tzinfo=timezone(timedelta(hours=1))))
    written = session.item_state(at("a")).answers[0]["valueDateTime"]
    assert datetime.fromisoformat(written) == datetime(2026, 11, 22, 8, tzinfo=UTC)
    assert session.finished(authored=datetime(2026, 11, 22, 8, tzinfo=UTC))["authored"].endswith(("Z", "+00:00"))


def test_an_evaluation_is_pure(build):
    questionnaire = build(one("a"), one("b", "integer", calculated(f"{answer_of('a')} + 1")))
    response = {"item": [{"linkId": "a", "answer": [whole(1)]}]}
    before = fhir_json.write(response)
    assert evaluate(questionnaire, response, Context()) == evaluate(questionnaire, response, Context())
    assert fhir_json.write(response) == before
