"""The reference engine is loaded ahead only where an expression of a set will want it."""

from __future__ import annotations

import pytest

from homevisit.prompts.questionnaire import load
from homevisit.prompts.terms import SDC

CALCULATED = f"{SDC}/sdc-questionnaire-calculatedExpression"


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [("1 + 1", False), ("%resource.item.where(linkId.matches('^a')).answer.value", True)],
    ids=["native", "engine"],
)
def test_a_set_says_whether_it_wants_the_engine(expression, wanted):
    calculated = {"url": CALCULATED, "valueExpression": {"language": "text/fhirpath", "expression": expression}}
    item = {"linkId": "a", "type": "integer", "readOnly": True, "extension": [calculated]}
    found = load({"resourceType": "Questionnaire", "url": "urn:t", "item": [item]})
    assert found.programme.wants_engine is wanted
