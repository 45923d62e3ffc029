"""``prompts check``, ``evaluate`` and ``validate``: verdicts, lines for machines, exit statuses; no store is needed."""

from __future__ import annotations

import json

import pytest

from homevisit.cli import main
from homevisit.cli.prompt_words import FINDING_WORDS

SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
SUM = "%resource.item.where(linkId='a').answer.value + %resource.item.where(linkId='b').answer.value"
FORM = {
    "resourceType": "Questionnaire",
    "url": "urn:form",
    "item": [
        {"linkId": "a", "type": "decimal", "required": True},
        {"linkId": "b", "type": "decimal"},
        {
            "linkId": "c",
            "type": "decimal",
            "readOnly": True,
            "extension": [{"url": SDC, "valueExpression": {"language": "text/fhirpath", "expression": SUM}}],
        },
        {
            "linkId": "d",
            "type": "string",
            "enableWhen": [{"question": "c", "operator": ">", "answerDecimal": 3}],
        },
    ],
}
ANSWERS = {
    "resourceType": "QuestionnaireResponse",
    "questionnaire": "urn:form",
    "status": "completed",
    "item": [
        {"linkId": "a", "answer": [{"valueDecimal": 1.10}]},
        {"linkId": "b", "answer": [{"valueDecimal": 2}]},
        {"linkId": "z", "answer": [{"valueString": "?"}]},
    ],
}


@pytest.fixture
def written(tmp_path):
    def written(name, document):
        path = tmp_path / name
        path.write_text(document if isinstance(document, str) else json.dumps(document))
        return str(path)

    return written


@pytest.fixture
def said(capsys):
    def said(*words):
        status = main(["prompts", *words])
        return status, capsys.readouterr().out

    return said


def test_check_names_what_is_refused_and_refuses(said, written):
    bad = {**FORM, "item": [{"linkId": "a", "type": "string"}, {"linkId": "a", "type": "string"}]}
    status, out = said("check", written("good.json", FORM), written("bad.json", bad), "--json")
    good, refused = json.loads(out)
    assert (status, good["verdict"], refused["verdict"]) == (1, "fine", "refused")
    assert [(each["code"], each["linkId"]) for each in refused["refused"]] == [("link-repeated", "a")]


@pytest.mark.parametrize("text", ["{", '{"resourceType": "Patient"}'])
def test_check_says_why_a_file_is_no_set(said, written, text):
    status, out = said("check", written("x.json", text), "--json")
    assert status == 1
    assert json.loads(out)[0]["refused"][0]["code"].startswith("prompts.")


def test_evaluate_works_out_one_response(said, written):
    status, out = said("evaluate", written("form.json", FORM), written("answers.json", ANSWERS))
    line = json.loads(out)
    assert (status, line["calculated"], line["errors"]) == (0, {"c": [3.1]}, [])
    assert line["enabled"] == ["a", "b", "c", "d"]


def test_evaluate_without_a_response_begins_one(said, written):
    line = json.loads(said("evaluate", written("form.json", FORM))[1])
    assert line["enabled"] == ["a", "b", "c"]
    assert line["errors"] == [{"linkId": "a", "code": "required"}]


def test_a_batch_has_a_line_for_every_case_even_of_a_refused_or_broken_set(said, written, tmp_path):
    written("form.json", FORM)
    written("none.json", "[]")
    written("refused.json", {**FORM, "implicitRules": "urn:x"})
    names = ("form.json", "none.json", "refused.json")
    lines = [{"questionnaire": name, "case": "1", "response": None, "now": None} for name in names]
    cases = written("cases.jsonl", "\n".join(map(json.dumps, lines)))
    status, out = said("evaluate", "--batch", cases, "--root", str(tmp_path))
    results = [json.loads(line) for line in out.splitlines()]
    assert (status, [each["questionnaire"] for each in results]) == (0, list(names))
    assert [each.get("refused") for each in results] == [None, ["prompts.unreadable"], ["implicit-rules"]]
    assert results[0]["enabled"] == results[2]["enabled"] == ["a", "b", "c"]


def test_validate_lists_what_is_wrong_in_words(said, written):
    status, out = said("validate", written("form.json", FORM), written("answers.json", ANSWERS))
    assert status == 0
    assert json.loads(out) == [{"linkId": "z", "code": "unknown-linkid", "text": FINDING_WORDS["unknown-linkid"]}]


def test_validate_of_a_flawless_response_is_an_empty_list(said, written):
    flawless = {**ANSWERS, "item": ANSWERS["item"][:2]}
    assert json.loads(said("validate", written("form.json", FORM), written("answers.json", flawless))[1]) == []


@pytest.mark.parametrize("words", [("evaluate",), ("evaluate", "nowhere.json"), ("check", "nowhere.json")])
def test_what_cannot_be_read_is_a_usage_fault(said, words):
    assert said(*words)[0] == 2


def test_a_moment_that_is_none_is_a_usage_fault(said, written):
    assert said("evaluate", written("form.json", FORM), "--now", "yesterday")[0] == 2
