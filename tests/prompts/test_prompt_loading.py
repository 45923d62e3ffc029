"""What loading a Questionnaire accepts, names and refuses."""

from __future__ import annotations

import pytest

from homevisit.errors import HomeVisitError
from homevisit.prompts import fhir_json
from homevisit.prompts.evaluate import Context, evaluate
from homevisit.prompts.items import Verdict
from homevisit.prompts.paths import parse_path, path_text
from homevisit.prompts.patterns import fault_of, matches_whole
from homevisit.prompts.questionnaire import load

UNKNOWN = {"valueExpression": {"language": "text/fhirpath", "expression": "%x + 1"}}
CQL = {"valueExpression": {"language": "text/cql", "expression": "1"}}
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"


def codes(questionnaire, verdict=Verdict.REFUSED):
    return {fault.code for fault in questionnaire.faults if fault.verdict is verdict}


@pytest.mark.parametrize("data", [b"", b"[1]", b"{", b"\xff", b'{"a": NaN}', b"[" * 100_000, '{"x":' * 2000])
def test_what_is_no_json_object_is_refused_with_a_code(data):
    with pytest.raises(HomeVisitError, match=r"prompts\.unreadable"):
        load(data)


def test_another_resource_is_not_a_questionnaire():
    with pytest.raises(HomeVisitError, match=r"prompts\.not_a_questionnaire"):
        load(b'{"resourceType": "Patient"}')


def test_items_nested_beyond_reason_are_refused():
    item = {"linkId": "0", "type": "group"}
    for depth in range(1, 30):
        item = {"linkId": str(depth), "type": "group", "item": [item]}
    with pytest.raises(HomeVisitError, match=r"prompts\.unreadable"):
        load({"resourceType": "Questionnaire", "item": [item]})


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ({"linkId": "a", "type": "integer", "extension": [{"url": SDC, **UNKNOWN}]}, "expression-variable"),
        ({"linkId": "a", "type": "integer", "extension": [{"url": SDC, **CQL}]}, "expression-language"),
        ({"linkId": "a", "type": "string", "modifierExtension": [{"url": "urn:x"}]}, "modifier-extension"),
        ({"linkId": "a", "type": "question"}, "type"),
        ({"type": "string"}, "link-missing"),
        (
            {"linkId": "a", "type": "string", "enableWhen": [{"question": "z", "operator": "exists"}]},
            "condition-source",
        ),
        ({"linkId": "a", "type": "string", "enableWhen": [{"question": "a", "operator": "~"}]}, "condition-operator"),
    ],
)
def test_a_feature_that_would_make_answers_wrong_is_refused_by_name(build, item, code):
    questionnaire = build(item)
    assert code in codes(questionnaire)
    with pytest.raises(HomeVisitError, match=r"prompts\.refused"):
        evaluate(questionnaire, {}, Context())


def test_a_link_id_used_twice_is_refused(build):
    assert codes(build({"linkId": "a", "type": "string"}, {"linkId": "a", "type": "string"})) == {"link-repeated"}


def test_unknown_extensions_and_controls_are_named_and_do_no_harm(build):
    questionnaire = build({"linkId": "a", "type": "string", "extension": [{"url": "urn:x", "valueString": "y"}]})
    assert questionnaire.usable
    assert codes(questionnaire, Verdict.INERT) == {"extension"}


def test_several_conditions_without_behaviour_are_noted_as_any(build):
    condition = {"question": "a", "operator": "exists", "answerBoolean": True}
    questionnaire = build(
        {"linkId": "a", "type": "string"}, {"linkId": "b", "type": "string", "enableWhen": [condition, condition]}
    )
    assert codes(questionnaire, Verdict.NOTED) == {"behaviour-missing"}


@pytest.mark.parametrize("pattern", ["(a+)+", "(a|aa)*b", r"(.)\1", "(?=a)a", "a*a*a*a*b", "(x(a+)y)*", "(a?){50}"])
def test_patterns_that_could_run_away_are_refused(pattern):
    assert fault_of(pattern) == "regex-not-safe"


@pytest.mark.parametrize(
    ("pattern", "fits", "fails"), [("[A-Z]{2}[0-9]+", "AB12", "xAB12"), (r"(ab)+c", "ababc", "abab")]
)
def test_a_plain_pattern_must_match_the_whole_value(pattern, fits, fails):
    assert not fault_of(pattern)
    assert matches_whole(pattern, fits)
    assert not matches_whole(pattern, fails)


def test_an_invalid_pattern_is_the_authors_fault():
    assert fault_of("(") == "regex-invalid"


def test_decimals_keep_their_very_digits_through_reading_and_writing():
    data = b'{"a":{"valueDecimal":1.10},"b":[{"valueQuantity":{"value":36.50,"unit":"x"}}],"id":{"value":"1.0"}}'
    value = fhir_json.parse(data)
    assert value["a"] == {"valueDecimal": "1.10"}
    assert fhir_json.write(value) == data


def test_whole_numbers_at_decimal_places_become_text_too():
    assert fhir_json.parse(b'{"valueDecimal": 2, "valueInteger": 2}') == {"valueDecimal": "2", "valueInteger": 2}


@pytest.mark.parametrize("path", [(), (("a", 0),), (("a/b:%é", 2), ("c", 0)), (("", 0),)])
def test_paths_survive_being_written_as_text(path):
    assert parse_path(path_text(path)) == path or path == (("", 0),)
