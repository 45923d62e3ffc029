"""Values of expressions: exact numbers, nodes that stay themselves, dates that stay dates, and faults with a name."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

import pytest

from homevisit.prompts.expressions import embedded, frames
from homevisit.prompts.expressions.compiling import ExpressionFault, compiled, warm

NOW = datetime.fromisoformat("2026-03-01T08:09:10.500+01:00")
CODING = {"system": "urn:s", "code": "x", "display": "Ex"}
RESPONSE: dict[str, object] = {
    "resourceType": "QuestionnaireResponse",
    "item": [
        {"linkId": "dec", "answer": [{"valueDecimal": "1.10"}]},
        {"linkId": "fine", "answer": [{"valueDecimal": "0.12345678901234567891"}]},
        {"linkId": "whole", "answer": [{"valueInteger": 3}]},
        {"linkId": "code", "answer": [{"valueCoding": CODING}]},
        {"linkId": "day", "answer": [{"valueDate": "2020-01-31"}]},
        {"linkId": "flags", "item": [{"linkId": f"f{i}", "answer": [{"valueBoolean": True}]} for i in range(4)]},
    ],
}
BOTH = pytest.mark.parametrize("way", ["values", "reference"])


def ask(text: str, way: str = "values", node: object = RESPONSE, **more: object) -> tuple[object, ...]:
    expression = compiled(text)
    found = getattr(expression, way)(node, {"resource": RESPONSE, "now": NOW, **more})
    assert isinstance(found, tuple)
    return found


def picked(link: str) -> str:
    return f"%resource.item.where(linkId = '{link}').answer.value"


@BOTH
def test_a_decimal_answer_keeps_its_places_and_arithmetic_is_exact(way: str) -> None:
    (found,) = ask(picked("dec"), way)
    assert (type(found), str(found)) == (Decimal, "1.10")
    assert ask(f"{picked('dec')} + 0.2", way) == (Decimal("1.3"),)
    assert ask("0.1 + 0.1 + 0.1 = 0.3", way) == (True,)
    assert ask("1 / 3 * 3", way) == (Decimal("0.9999999999999999999999999999999"),)
    assert ask("7 / 2 * 2", way) == (7,)


@BOTH
def test_more_digits_than_a_double_holds_are_all_kept(way: str) -> None:
    assert ask(f"{picked('fine')} * 2", way) == (Decimal("0.24691357802469135782"),)
    assert ask("12345678901234567890.5 + 0", way) == (Decimal("12345678901234567890.5"),)


@BOTH
def test_objects_are_those_of_the_response_not_copies(way: str) -> None:
    (found,) = ask(picked("code"), way)
    assert found is CODING


@BOTH
def test_a_group_in_a_variable_keeps_the_type_of_its_answers(way: str) -> None:
    # The hazard of other engines: a count of red flags became 0, because .value of a variable's node found nothing.
    flags = ask("%resource.item.where(linkId='flags')", way)
    counted = " + ".join(f"iif(%flags.item.where(linkId='f{i}').answer.value = true, 1, 0)" for i in range(4))
    assert ask(counted, way, flags=flags) == (4,)
    copied = tuple(json.loads(json.dumps(flags)))
    assert ask(counted, way, flags=copied) == (4,)


@BOTH
def test_a_date_in_a_variable_is_still_a_date(way: str) -> None:
    day = ask(picked("day"), way)
    assert day == ("2020-01-31",)
    assert ask("%born + 1 month", way, born=day) == ("2020-02-29",)
    assert ask("%born < today()", way, born=day) == (True,)


@BOTH
def test_the_clock_is_the_one_that_is_given(way: str) -> None:
    assert ask("today()", way) == ("2026-03-01",)
    assert ask("now()", way) == ("2026-03-01T08:09:10.500+01:00",)
    assert ask("today() - 1 day", way) == ("2026-02-28",)
    with pytest.raises(ExpressionFault) as fault:
        compiled("today()").values(RESPONSE, {"resource": RESPONSE})
    assert fault.value.code == "no-clock"


@BOTH
def test_an_item_is_a_focus_as_good_as_the_response(way: str) -> None:
    items = RESPONSE["item"]
    assert isinstance(items, list)
    assert ask("answer.value.code", way, node=items[3]) == ("x",)
    assert ask("%context.linkId & '/' & %resource.item.count().toString()", way, node=items[3]) == ("code/6",)


@BOTH
def test_scores_come_from_the_options_of_the_questionnaire(way: str) -> None:
    score = {"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": "2.5"}
    first = {"linkId": "code", "type": "choice", "answerOption": [{"valueCoding": CODING, "extension": [score]}]}
    other = {**first, "answerOption": [{"valueCoding": CODING, "extension": [{**score, "valueDecimal": "4"}]}]}
    form = {"resourceType": "Questionnaire", "url": "urn:q", "item": [first]}
    newer = {"resourceType": "Questionnaire", "url": "urn:q", "item": [other]}
    text = f"{picked('code')}.ordinal().sum()"
    assert ask(text, way, questionnaire=form) == (Decimal("2.5"),)
    assert ask(text, way, questionnaire=newer) == (4,)


def test_equal_items_are_left_to_the_reference_engine_where_it_counts_in_its_own_way() -> None:
    def group(link: str) -> dict[str, object]:
        return {"linkId": link, "item": [{"linkId": "n", "answer": [{"valueInteger": 1}]}]}

    text = "%resource.repeat(item).where(linkId = 'n').answer.value.sum()"
    for links, total in (("ab", 1), ("abcdef", 6)):
        response = {"resourceType": "QuestionnaireResponse", "item": [group(link) for link in links]}
        world = {"resource": response}
        assert compiled(text).values(response, world) == compiled(text).reference(response, world)
        every = "%resource.descendants().where(linkId = 'n').answer.value.sum()"
        assert compiled(every).values(response, world) == (len(links),)
        assert compiled(text).values(response, world)[0] in (1, total)


def test_a_value_of_one_questionnaire_is_never_looked_up_in_another() -> None:
    def form(code: str) -> dict[str, object]:
        return {"resourceType": "Questionnaire", "item": [{"linkId": "q", "code": [{"code": code, "display": code}]}]}

    one, other = form("one"), form("other")
    (found,) = ask("%questionnaire.item.code", "reference", questionnaire=one)
    assert ask("%kept.display", "reference", questionnaire=other, kept=(found,)) == ("one",)
    assert ask("%questionnaire.item.code.display", "reference", questionnaire=other) == ("other",)
    assert ask("%kept.display", "reference", questionnaire=other, kept=(found,)) == ("one",)


def test_the_inside_of_the_engine_never_comes_out() -> None:
    assert ask(f"{picked('dec')}.value + 1") == (Decimal("2.1"),)
    with pytest.raises(ExpressionFault):
        ask(f"{picked('code')}.code.link")


def test_quantities_come_back_as_fhir() -> None:
    assert ask("3 'kg' + 2 'g'") == (
        {"value": "3002", "unit": "g", "system": "http://unitsofmeasure.org", "code": "g"},
    )
    assert ask("2 days") == ({"value": "2", "unit": "days"},)


@pytest.mark.parametrize("text", ["'a' + 1", "(1 | 2) + 1", "%unknown.a", "1 = 'x'.single() and (1|2).single()"])
def test_values_that_do_not_fit_are_a_fault_that_quotes_no_answer(text: str) -> None:
    with pytest.raises(ExpressionFault) as fault:
        ask(text)
    assert fault.value.code == "failed"
    with pytest.raises(ExpressionFault) as fault:
        ask(f"{picked('code')} + 1")
    assert "Ex" not in str(fault.value)


RUNAWAY = {
    "a pattern": "('a' & %long & '!').matches('^(a+)+$')",
    "a repetition": "(1 | 2).repeat($this + 1)",
    "memory": "%long.toChars()" + ".select(%long.toChars())" * 5,
    "a text": "%long" + ".select($this & $this)" * 28 + ".length()",
    "a text that is collected": "(" + " | ".join(f"'{i}'" for i in range(60)) + ").aggregate($total & $total, 'a')",
    "a list that is collected": "("
    + " | ".join(f"'{i}'" for i in range(60))
    + ").aggregate($total.combine($total), 1)",
    "filters in filters": "%many.where(%many.where(%many.where(%many.exists($this = 'x')).exists()).exists())",
}


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine of this test alone, with lower limits."""
    monkeypatch.setattr(embedded, "MOST_SECONDS", 0.25)
    monkeypatch.setattr(frames, "MOST_SECONDS", 0.25)
    monkeypatch.setattr(embedded, "MOST_MEMORY", 64 * 1024 * 1024)
    engine = embedded.Embedded()
    monkeypatch.setattr(embedded, "shared", lambda: engine)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("text", RUNAWAY.values(), ids=RUNAWAY.keys())
def test_an_expression_that_runs_away_is_stopped_and_the_next_one_answers(text: str) -> None:
    expression = compiled.__wrapped__(text)
    world = {"resource": RESPONSE, "long": ("a" * 40,), "many": tuple(f"m{i}" for i in range(90))}
    with pytest.raises(ExpressionFault) as fault:
        expression.values(RESPONSE, world)
    assert fault.value.code in ("too-long", "too-large")
    assert ask("'still'.matches('ill')") == (True,)
    began = time.process_time()
    with pytest.raises(ExpressionFault):
        expression.values(RESPONSE, world)
    assert time.process_time() - began < 0.2, "it was tried again"


def test_threads_ask_at_the_same_time_and_each_has_its_own_answer() -> None:
    warm()
    found: dict[int, list[tuple[object, ...]]] = {}

    def many(number: int) -> None:
        response = {**RESPONSE, "item": [{"linkId": "n", "answer": [{"valueInteger": number}]}]}
        world: Mapping[str, object] = {"resource": response, "now": NOW}
        text = "%resource.item.where(linkId = 'n').answer.value + 1"
        ways = (compiled(text).values, compiled(text).reference)
        found[number] = [way(response, world) for _ in range(10) for way in ways]

    threads = [threading.Thread(target=many, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: [(number + 1,)] * 20 for number in range(4)}
