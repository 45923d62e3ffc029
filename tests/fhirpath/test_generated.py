"""Made-up expressions on made-up answers: where the native path answers at all, it answers as the reference engine."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homevisit.prompts.expressions.compiling import ExpressionFault, ExpressionRefused, compiled
from homevisit.prompts.expressions.native import Unsure
from tests.fhirpath.made_up import CODING, FORM, PATIENT, expressions, responses

GIVEN = ((), (3,), ("x",), (1, 2), (True,), (Decimal("2.50"),))
compare = given(response=responses, text=expressions, variable=st.sampled_from(GIVEN))


def check(response: dict[str, object], text: str, variable: tuple[object, ...]) -> None:
    now = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    items = response["item"]
    assert isinstance(items, list)
    world = {
        "resource": response,
        "questionnaire": FORM,
        "now": now,
        "v": variable,
        "nothing": (),
        "coding": (CODING,),
        "patient": (PATIENT,),
        "picked": tuple(items[:1]),
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


def typed(values: tuple[object, ...]) -> list[tuple[bool, object]]:
    """True is not 1, though Python has them equal."""
    return [(isinstance(value, bool), value) for value in values]


@compare
def test_native_and_reference_agree(response: dict[str, object], text: str, variable: tuple[object, ...]) -> None:
    check(response, text, variable)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@settings(max_examples=10_000)
@compare
def test_native_and_reference_agree_on_many(
    response: dict[str, object], text: str, variable: tuple[object, ...]
) -> None:
    check(response, text, variable)
