"""What docs/prompts.md shows works as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

from homevisit.prompts.questionnaire import load
from homevisit.prompts.session import Session
from tests.prompts.formulas import at, whole

DOCUMENT = (Path(__file__).parents[2] / "docs" / "prompts.md").read_text(encoding="utf-8")


def test_the_example_set_is_fine_and_does_what_is_said_of_it():
    [example] = re.findall(r"```json\n(.*?)```", DOCUMENT, flags=re.DOTALL)
    questionnaire = load(example)
    assert questionnaire.faults == ()
    session = Session(questionnaire)
    session.set_answer(at("naps"), [whole(2)])
    assert session.item_state(at("total")).answers == ()
    session.set_answer(at("hours"), [{"valueDecimal": "5.5"}])
    assert session.item_state(at("total")).answers == ({"valueDecimal": "7.5"},)
    assert session.item_state(at("why")).enabled


def test_the_ten_meanings_each_have_a_test():
    tests = (Path(__file__).parent / "test_ten_meanings.py").read_text(encoding="utf-8")
    assert {f"{number}." for number in range(1, 11)} <= set(re.findall(r"^(\d+\.) ", DOCUMENT, flags=re.MULTILINE))
    assert all(f"def test_{number}_" in tests for number in range(1, 11))
