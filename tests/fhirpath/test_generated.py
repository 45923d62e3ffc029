"""Made-up expressions on made-up answers: where the native path answers at all, it answers as the reference engine."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homevisit.prompts.expressions.compiling import ExpressionFault, ExpressionRefused, compiled
from homevisit.prompts.expressions.native import Unsure
from tests.fhirpath.made_up import CODING, FORM, PATIENT, expressions, odd_forms, odd_responses, responses

GIVEN = ((), (3,), ("x",), (1, 2), (True,), (Decimal("2.50"),))
compare = given(response=responses, text=expressions, variable=st.sampled_from(GIVEN))


def check(response: dict[str, object], text: str, variable: tuple[object, ...], form: dict[str, object] = FORM) -> None:
    now = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    world = {
        "resource": response,
        "questionnaire": form,
        "now": now,
        "v": variable,
        "nothing": (),
        "coding": (CODING,),
        "patient": (PATIENT,),
        "picked": first_item(response),
    }
    try:
        expression = compiled(text)
        found = expression.native(response, world) if expression.native else None
    except (ExpressionRefused, Unsure):
        return
    try:
        assert found is None or typed(found) == typed(expression.reference(response, world))
    except ExpressionFault as fault:
        pytest.fail(f"{found} without the reference engine, and with it {fault}")


def first_item(response: dict[str, object]) -> tuple[object, ...]:
    items = response["item"]
    return tuple(each for each in items[:1] if isinstance(each, dict)) if isinstance(items, list) else ()


def typed(values: tuple[object, ...]) -> list[tuple[bool, object]]:
    """True is not 1, though Python has them equal."""
    return [(isinstance(value, bool), repr(value) if isinstance(value, dict) else value) for value in values]


@compare
def test_native_and_reference_agree(response: dict[str, object], text: str, variable: tuple[object, ...]) -> None:
    check(response, text, variable)


@given(response=odd_responses, text=expressions, form=odd_forms)
def test_whatever_a_file_holds_the_two_agree_and_nothing_worse_than_a_fault_comes_of_it(
    response: dict[str, object], text: str, form: dict[str, object]
) -> None:
    check(response, text, (), form)
    with suppress(ExpressionRefused, ExpressionFault):
        compiled(text).reference(response, {"resource": response, "questionnaire": form})


@pytest.mark.slow
@pytest.mark.timeout(3600)
@settings(max_examples=10_000)
@compare
def test_native_and_reference_agree_on_many(
    response: dict[str, object], text: str, variable: tuple[object, ...]
) -> None:
    check(response, text, variable)
