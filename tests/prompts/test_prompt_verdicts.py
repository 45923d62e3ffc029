"""Nothing that is not honoured goes unnamed: refused, inert or noted, and the app stays up whatever the file holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import homevisit.prompts
from homevisit.errors import HomeVisitError
from homevisit.prompts import addresses, fhir_json
from homevisit.prompts.fault_words import FAULT_WORDS, fault_words
from homevisit.prompts.items import Verdict
from homevisit.prompts.questionnaire import MOST_ITEMS, load
from homevisit.prompts.rich_text import from_markdown, safe_html
from homevisit.prompts.session import Session
from tests.prompts.formulas import at, calculated, enabling, expression, initial, one, variable

HL7 = "http://hl7.org/fhir/StructureDefinition"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition"
CQL = {"valueExpression": {"language": "text/cql", "expression": "x"}}
QUERY = {"valueExpression": {"language": "application/x-fhir-query", "expression": "Observation?", "name": "q"}}


def named(questionnaire):
    return {(fault.verdict.value, fault.code) for fault in questionnaire.faults}


@pytest.mark.parametrize(
    ("extension", "verdict"),
    [
        (calculated("1 +"), ("refused", "expression-syntax")),
        (calculated("%nobody"), ("refused", "expression-variable")),
        (calculated("'http://x'.resolve()"), ("refused", "expression-offline")),
        ({"url": addresses.CALCULATED, **CQL}, ("refused", "expression-language")),
        ({"url": addresses.ENABLING, **CQL}, ("refused", "expression-language")),
        (enabling("a.memberOf('http://x')"), ("refused", "expression-offline")),
        (initial("1 +"), ("inert", "expression-syntax")),
        ({"url": addresses.INITIAL, **CQL}, ("inert", "expression-language")),
        ({"url": addresses.VARIABLE, **QUERY}, ("inert", "expression-offline")),
        ({"url": f"{SDC}/sdc-questionnaire-answerExpression", **QUERY}, ("inert", "answer-expression")),
        ({"url": f"{SDC}/sdc-questionnaire-subQuestionnaire", "valueCanonical": "x"}, ("refused", "extension")),
        ({"url": f"{SDC}/sdc-questionnaire-observationExtract", "valueBoolean": True}, ("inert", "extraction")),
        ({"url": "urn:x", **expression("1")}, ("inert", "extension")),
        ({"url": f"{HL7}/questionnaire-maxOccurs", "valueInteger": 0}, ("noted", "max-occurs-zero")),
    ],
)
def test_every_extension_gets_its_verdict(build, extension, verdict):
    assert verdict in named(build(one("a", "integer", extension)))


@pytest.mark.parametrize(
    ("item", "verdict"),
    [
        (one("a", "reference"), ("inert", "type")),
        (one("a", "attachment"), ("inert", "type")),
        (one("a", "choice", answerValueSet="http://elsewhere/vs"), ("inert", "value-set")),
        (one("a", "choice"), ("noted", "no-options")),
        (one("a", "string", enableWhen=[{"question": "a", "operator": "exists"}]), ("noted", "condition-circle")),
    ],
)
def test_what_cannot_be_answered_is_named_and_holds_nobody_up(build, item, verdict):
    questionnaire = build({**item, "required": True})
    assert verdict in named(questionnaire)
    assert questionnaire.usable
    problems = Session(questionnaire).item_state(at("a")).problems
    assert verdict[1] == "condition-circle" or not any(problem.blocking for problem in problems)


def test_an_offline_variable_is_empty_and_what_uses_it_still_works(build):
    item = one("a", "integer", {"url": addresses.VARIABLE, **QUERY}, calculated("iif(%q.exists(), 1, 2)"))
    questionnaire = build(item)
    assert questionnaire.usable
    assert Session(questionnaire).item_state(at("a")).answers == ({"valueInteger": 2},)


def test_a_calculation_over_a_refused_variable_is_refused_too(build):
    questionnaire = build(one("a", "integer", variable("x", "1 +"), calculated("%x + 1")))
    assert {("inert", "expression-syntax"), ("refused", "expression-variable")} <= named(questionnaire)


def test_a_refused_variable_is_found_through_others_and_beside_offline_ones(build):
    offline = {"url": addresses.VARIABLE, **QUERY}
    chain = [offline, variable("x", "'a'.resolve()"), variable("y", "%x"), calculated("%y.count() + %q.count()")]
    assert ("refused", "expression-variable") in named(build(one("a", "integer", *chain)))
    fine = [offline, variable("x", "1 +"), variable("y", "%q"), calculated("%y.count()")]
    assert build(one("a", "integer", *fine)).usable


def test_modifier_extensions_and_implicit_rules_are_refused_wherever_they_stand(build):
    option = {"valueInteger": 1, "modifierExtension": [{"url": "urn:x"}]}
    assert ("refused", "modifier-extension") in named(build(one("a", "integer", answerOption=[option])))
    assert ("refused", "implicit-rules") in named(build(one("a"), implicitRules="urn:x"))


@pytest.mark.parametrize("spelling", ["linkId", "link\\u0049d"])
def test_a_hundred_thousand_prompts_are_refused_with_a_reason(spelling):
    items = ",".join(f'{{"{spelling}":"{number}","type":"string"}}' for number in range(100_000))
    with pytest.raises(HomeVisitError, match=f"more than {MOST_ITEMS}"):
        load(f'{{"resourceType":"Questionnaire","item":[{items}]}}')


def test_two_prompts_with_one_link_id_at_one_place_do_no_harm_to_tools(build):
    from homevisit.prompts.evaluate import Context, evaluate_anyway

    questionnaire = build(one("a"), one("a"), {"linkId": "g", "type": "group", "item": [one("a")]})
    assert len(list(evaluate_anyway(questionnaire, None, Context()).walk())) == 3
    with pytest.raises(HomeVisitError, match=r"prompts\.refused"):
        Session(questionnaire)


@pytest.mark.parametrize(
    ("markup", "safe"),
    [
        ("<div>a<script>steal()</script>b</div>", "<div>ab</div>"),
        ('<b onclick="x()">bold</b>', "<b>bold</b>"),
        ('<a href="javascript:x()">words</a>', "words"),
        ('<img src="http://x/y.png" onerror="x()"/>text', "text"),
        ("<p>open", "<p>open</p>"),
        ("</p><svg><p>x</p></svg>&lt;script&gt;", "&lt;script&gt;"),
        ("<scr<script>ipt>x</script>", "ipt&gt;x"),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
    ],
)
def test_of_marked_up_words_only_a_short_list_of_bare_elements_is_left(markup, safe):
    assert safe_html(markup) == safe


def test_markdown_becomes_safe_rich_text():
    text = "# Head\nSome **bold** and _soft_ <script>x</script>\n- one\n- [two](javascript:x)\n1. first"
    assert from_markdown(text) == (
        "<h1>Head</h1><p>Some <b>bold</b> and <i>soft</i> &lt;script&gt;x&lt;/script&gt;</p>"
        "<ul><li>one</li><li>two</li></ul><ol><li>first</li></ol>"
    )


@pytest.mark.parametrize("markup", ["<b>" * 5000, "*" * 20_000, "[" * 20_000, "_a" * 10_000, "<" * 20_000])
def test_markup_that_means_harm_takes_no_time(markup):
    assert safe_html(markup) is not None
    assert from_markdown(markup) is not None


def test_scripts_in_a_prompt_set_never_reach_its_rich_text(build):
    beside = {"extension": [{"url": addresses.XHTML, "valueString": "<p>Hi<script>x()</script></p>"}]}
    questionnaire = build(one("a", "display", text="Hi", _text=beside))
    assert questionnaire.by_link["a"].looks.rich == "<p>Hi</p>"
    assert named(questionnaire) == {("inert", "markup")}


def test_marked_up_words_that_get_through_whole_are_fine(build):
    beside = {"extension": [{"url": addresses.XHTML, "valueString": '<p style="color:red">Hi <b>you</b></p>'}]}
    assert not build(one("a", "display", text="Hi", _text=beside)).faults


def test_unknown_content_of_a_set_and_a_response_stays_where_it_was(build):
    questionnaire = build(one("a", "string", {"url": "urn:x", "valueCode": "y"}), futureElement={"b": [1]})
    assert questionnaire.raw["futureElement"] == {"b": [1]}
    response = fhir_json.parse(
        '{"resourceType":"QuestionnaireResponse","x":1,"item":[{"linkId":"a","future":2,"answer":'
        '[{"valueString":"s","_valueString":{"id":"z"}}]},{"linkId":"unknown","item":[{"linkId":"deep"}]}]}'
    )
    assert Session(questionnaire, response).response() == response


def test_answers_where_none_can_be_stay_where_they_were(build):
    group = {"linkId": "g", "type": "group", "item": [one("a")]}
    questionnaire = build(group, one("d", "display"))
    response = {"item": [{"linkId": "g", "answer": [{"valueString": "x"}]}, {"linkId": "d", "answer": [{"id": "y"}]}]}
    assert Session(questionnaire, response).response() == response


def test_every_fault_that_loading_can_name_has_a_sentence():
    folder = Path(homevisit.prompts.__file__).parent
    source = "".join((folder / f"{name}.py").read_text() for name in ("support", "programme", "questionnaire"))
    used = (
        set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', source)) | {"markup"} | {"expression-syntax", "expression-not-proven"}
    )
    assert used - {"expression-", "regex-invalid"} <= FAULT_WORDS.keys()


def test_a_fault_in_words_names_the_element(build):
    [fault] = [f for f in build(one("a", "reference")).faults if f.verdict is Verdict.INERT]
    assert fault_words(fault) == f"{FAULT_WORDS['type']} (reference)"
