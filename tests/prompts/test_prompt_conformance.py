"""The engine against public FHIR data that nobody on this project wrote, wherever a case holds only what it honours."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from homevisit.prompts import fhir_json
from homevisit.prompts.evaluate import Context, evaluate
from homevisit.prompts.questionnaire import load

FOLDER = Path(os.environ.get("HOMEVISIT_CONFORMANCE", Path(__file__).parents[3] / "shared" / "fhir"))
FILES = sorted((FOLDER / "expected").glob("*.json"))


@pytest.mark.skipif(not FILES, reason="the conformance data is not on this machine (HOMEVISIT_CONFORMANCE)")
def test_every_case_of_a_supported_set_is_enabled_and_checked_as_two_other_engines_do():
    judged = sum(_judge(json.loads(path.read_bytes())) for path in FILES)
    assert judged >= 229


def _judge(expected):
    questionnaire = load((FOLDER / expected["questionnaire"]).read_bytes())
    if not questionnaire.usable:
        return 0
    for case in expected["cases"]:
        state = evaluate(questionnaire, fhir_json.plain(case["response"] or {}), Context())
        where, wanted = (expected["questionnaire"], case["case"]), case["expect"]
        enabled = {each.item.link_id for each in state.walk() if each.enabled}
        assert set(wanted["enabled"]) <= enabled, where
        assert not enabled & set(wanted["disabled"]), where
        errors = {(each.item.link_id, problem.code) for each in state.walk() for problem in each.problems}
        assert errors == {(error["linkId"], error["code"]) for error in wanted["errors"]}, where
    return len(expected["cases"])
