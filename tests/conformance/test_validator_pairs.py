"""Responses on which the HL7 validator's verdict is recorded: ours is the same wherever no terminology is needed."""

from __future__ import annotations

import json

from homevisit.prompts import fhir_json
from homevisit.prompts.questionnaire import load
from homevisit.prompts.validating import validate
from tests.conformance.conftest import TABLE

# Two names for one rule; where the validator has several for one mistake, the first that this engine has.
OUR_CODES = {"option-exclusive": "optionExclusive", "reference-type": "reference-invalid"}


def test_every_pair_that_needs_no_terminology_gets_the_recorded_verdict(public, record_property):
    folder = public / "qr-validation"
    cases = json.loads((folder / "expected.json").read_bytes())["cases"]
    judged = {case["name"]: _findings(folder, case) for case in cases}
    decided = [case for case in cases if not case["needsTerminology"]]
    wrong = [case["name"] for case in decided if not _agrees(case, judged[case["name"]])]
    beyond = [case["name"] for case in cases if case["needsTerminology"] and not judged[case["name"]]]
    words = f"{len(decided) - len(wrong)} of {len(decided)} decided pairs; without terminology undecided: {len(beyond)}"
    record_property(TABLE, words)
    assert wrong == []


def _findings(folder, case):
    questionnaire = load((folder / case["questionnaire"]).read_bytes())
    return validate(questionnaire, fhir_json.parse((folder / case["response"]).read_bytes()))


def _agrees(case, findings):
    expected = {OUR_CODES.get(error["class_"], error["class_"]) for error in case["errors"]}
    return case["valid"] is (not findings) and expected <= {finding.code for finding in findings}
