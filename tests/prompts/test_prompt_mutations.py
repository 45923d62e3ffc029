"""Sets and responses that went wrong anywhere: refused with a code or worked out, never a crash."""

from __future__ import annotations

import contextlib
import copy
import json
import random

import pytest

from homevisit.errors import HomeVisitError
from homevisit.prompts import addresses, fhir_json, terms
from homevisit.prompts.evaluate import Context
from homevisit.prompts.judged import judged
from homevisit.prompts.questionnaire import load
from homevisit.prompts.session import Session
from homevisit.prompts.validating import validate
from tests.prompts.formulas import answer_of, calculated, constraint, enabling, one, variable, whole

JUNK = [None, True, 0, -1, 1.5, "", "x", [], {}, [None], [[]], {"a": 1}, ["x"], "2020-13-45", "%", 10**30]
CHOICE = one("c", "choice", answerValueSet="#v", required=True)
GROUP = {"linkId": "g", "type": "group", "repeats": True, "item": [one("n", "decimal"), CHOICE]}
SET = {
    "resourceType": "Questionnaire",
    "language": "en",
    "extension": [variable("x", "1 + 1"), constraint(f"{answer_of('a')} < 9")],
    "contained": [
        {
            "resourceType": "ValueSet",
            "id": "v",
            "compose": {"include": [{"system": "s", "concept": [{"code": "y", "display": "Yes"}]}]},
        }
    ],
    "item": [
        one("a", "integer", {"url": terms.MAX_VALUE, "valueInteger": 5}, required=True),
        one("b", "decimal", calculated(f"{answer_of('a')} * %x"), enabling(f"{answer_of('a')} > 0")),
        one("t", "string", enableWhen=[{"question": "a", "operator": ">", "answerInteger": 1}]),
        one("q", "quantity", {"url": addresses.UNIT_OPTION, "valueCoding": {"system": "u", "code": "kg"}}),
        GROUP,
    ],
}
RESPONSE = {
    "resourceType": "QuestionnaireResponse",
    "status": "completed",
    "item": [
        {"linkId": "a", "answer": [whole(2)]},
        {"linkId": "t", "answer": [{"valueString": "x"}]},
        {"linkId": "q", "answer": [{"valueQuantity": {"value": 3, "unit": "kg"}}]},
        {"linkId": "g", "item": [{"linkId": "n", "answer": [{"valueDecimal": 1.5}]}]},
    ],
}


def places(value, found):
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in list(pairs):
        found.append((value, key))
        places(below, found)
    return found


def mutated(document, chance):
    document = copy.deepcopy(document)
    for _ in range(chance.choice([0, 1, 1, 2, 4])):
        holder, key = chance.choice(places(document, []) or [(document, "gone")])
        if isinstance(holder, dict) and chance.random() < 0.2:
            holder.pop(key, None)
        else:
            holder[key] = copy.deepcopy(chance.choice(JUNK))
    return json.dumps(document)


def work_out(text, answers):
    questionnaire, response = load(text), fhir_json.parse(answers)
    for given in (response, None):
        judged(questionnaire, given, Context())
    validate(questionnaire, response)
    if questionnaire.usable:
        Session(questionnaire, response).finished()


@pytest.mark.parametrize("seed", range(3))
def test_sets_and_responses_that_went_wrong_never_crash(seed):
    _mutate(seed, 60)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_thousands_of_sets_and_responses_that_went_wrong_never_crash():
    _mutate(4, 3_000)


def _mutate(seed, count):
    chance = random.Random(seed)
    for _ in range(count):
        text, answers = mutated(SET, chance), mutated(RESPONSE, chance)
        with contextlib.suppress(HomeVisitError):
            work_out(text, answers)
