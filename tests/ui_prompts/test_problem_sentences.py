"""Whatever the engine finds wrong with an answer, a person reads a sentence and never a code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from homevisit.prompts import checking
from homevisit.prompts.checking import Problem
from homevisit.prompts.questionnaire import load
from ui.prompts.wording import problem_words

CODES = sorted(set(re.findall(r'Problem\("([A-Za-z-]+)"', Path(checking.__file__).read_text())))
AUTHORS = {"required-hidden", "unit-not-comparable", "attachment-mimetype", "attachment-size"}
ITEM = load({"resourceType": "Questionnaire", "item": [{"linkId": "a", "type": "decimal"}]}).by_link["a"]


@pytest.mark.parametrize("code", sorted({*CODES, "minValue", "maxValue", "constraint", "not-calculated"} - AUTHORS))
def test_every_problem_that_a_person_can_mend_has_a_sentence(code):
    words = problem_words(Problem(code, "3"), ITEM)
    assert words
    assert words != code


@pytest.mark.parametrize("code", sorted(AUTHORS))
def test_what_only_the_author_can_mend_is_not_said_to_the_person(code):
    assert problem_words(Problem(code, "3", blocking=False), ITEM) == ""
