"""What a set brings along is read: value sets, weights, units, translations, and how an item is to look."""

from __future__ import annotations

import pytest

from homevisit.prompts import addresses, terms
from homevisit.prompts.questionnaire import load
from homevisit.prompts.session import Session
from tests.prompts.formulas import answer_of, at, calculated, one

WEIGHT = addresses.WEIGHTS[0]


def value_set(**more):
    return {"resourceType": "ValueSet", "id": "v", "url": "urn:v", "version": "1", **more}


def concept(code, **more):
    return {"code": code, "display": code.upper(), **more}


WRITTEN_OUT = value_set(compose={"include": [{"system": "urn:s", "concept": [concept("a"), concept("b")]}]})
EXPANDED = value_set(
    expansion={
        "contains": [
            {"system": "urn:s", "abstract": True, "code": "x", "contains": [{"system": "urn:s", **concept("a")}]},
            {"system": "urn:s", **concept("b")},
        ]
    }
)


@pytest.mark.parametrize("found", [WRITTEN_OUT, EXPANDED])
@pytest.mark.parametrize("reference", ["#v", "urn:v", "urn:v|1"])
def test_options_come_from_a_contained_value_set(build, found, reference):
    item = build(one("a", "choice", answerValueSet=reference), contained=[found]).by_link["a"]
    assert [option.answer["valueCoding"]["code"] for option in item.options] == ["a", "b"]
    assert [option.label for option in item.options] == ["A", "B"]
    assert {option.answer["valueCoding"]["system"] for option in item.options} == {"urn:s"}


def test_options_come_from_a_value_set_of_the_same_package():
    raw = {"resourceType": "Questionnaire", "item": [one("a", "choice", answerValueSet="urn:v|1")]}
    assert len(load(raw, value_sets={"x": WRITTEN_OUT}).by_link["a"].options) == 2
    assert not load(raw).by_link["a"].can_be_given


def test_a_value_set_of_a_contained_code_system_has_all_its_codes(build):
    system = {
        "resourceType": "CodeSystem",
        "id": "c",
        "url": "urn:s",
        "concept": [concept("a", concept=[concept("b")])],
    }
    contained = [system, value_set(compose={"include": [{"system": "urn:s"}]})]
    item = build(one("a", "choice", answerValueSet="#v"), contained=contained).by_link["a"]
    assert [option.words for option in item.options] == ["A", "B"]


@pytest.mark.parametrize(
    "compose",
    [
        {"include": [{"system": "urn:s", "filter": [{"property": "x", "op": "=", "value": "y"}]}]},
        {"include": [{"system": "http://snomed.info/sct"}]},
        {"include": [{"valueSet": ["urn:v"]}]},
        {"include": [{"valueSet": ["urn:elsewhere"]}]},
        {},
    ],
)
def test_a_value_set_that_is_not_written_out_gives_no_options(build, compose):
    questionnaire = build(one("a", "choice", answerValueSet="#v"), contained=[value_set(compose=compose)])
    assert not questionnaire.by_link["a"].options
    assert "value-set" in {fault.code for fault in questionnaire.faults}


def test_weights_of_options_of_every_kind_are_read_and_summed(build):
    def weighted(value, key="valueInteger"):
        return {key: value, "extension": [{"url": WEIGHT, "valueDecimal": 2}]}

    options = [weighted({"system": "s", "code": "x"}, "valueCoding")]
    first = one("a", "choice", answerOption=options)
    second = one(
        "b",
        "choice",
        answerOption=[
            {
                "valueCoding": {
                    "system": "s",
                    "code": "y",
                    "extension": [{"url": addresses.WEIGHTS[1], "valueDecimal": 1.5}],
                }
            }
        ],
    )
    total = one("t", "decimal", calculated(f"({answer_of('a')} | {answer_of('b')}).weight().sum()"))
    questionnaire = build(first, second, total)
    assert [questionnaire.by_link[link].options[0].weight for link in "ab"] == ["2", "1.5"]
    session = Session(questionnaire)
    for link in "ab":
        session.set_answer(at(link), [questionnaire.by_link[link].options[0].answer])
    assert session.item_state(at("t")).answers == ({"valueDecimal": "3.5"},)


@pytest.mark.parametrize(
    ("quantity", "codes"),
    [
        ({"value": "3", "unit": "kg", "system": "urn:u", "code": "kg"}, []),
        ({"value": "3", "unit": "stone"}, ["unit-not-comparable", "unit-not-allowed"]),
        ({"value": "3.25", "unit": "kg", "system": "urn:u", "code": "kg"}, ["maxDecimalPlaces"]),
        ({"value": "300", "unit": "kg", "system": "urn:u", "code": "kg"}, ["maxValue"]),
    ],
)
def test_a_quantity_keeps_to_its_units_and_limits(build, quantity, codes):
    units = [
        {"url": addresses.UNIT_OPTION, "valueCoding": {"system": "urn:u", "code": c, "display": c}} for c in ("kg", "g")
    ]
    most = {"value": "20", "unit": "kg", "system": "urn:u", "code": "kg"}
    places = {"url": terms.MAX_DECIMAL_PLACES, "valueInteger": 1}
    item = one("a", "quantity", *units, {"url": addresses.MAX_QUANTITY, "valueQuantity": most}, places)
    session = Session(build(item))
    assert [unit["code"] for unit in session.item_state(at("a")).item.units] == ["kg", "g"]
    session.set_answer(at("a"), [{"valueQuantity": quantity}])
    assert [problem.code for problem in session.item_state(at("a")).problems] == codes


def test_a_limit_in_another_unit_cannot_be_compared_and_blocks_nobody(build):
    least = {"url": addresses.MIN_QUANTITY, "valueQuantity": {"value": "5", "unit": "kg"}}
    session = Session(build(one("a", "quantity", least)))
    session.set_answer(at("a"), [{"valueQuantity": {"value": "4", "unit": "lb"}}])
    found = session.item_state(at("a")).problems
    assert [(problem.code, problem.blocking) for problem in found] == [("unit-not-comparable", False)]


@pytest.mark.parametrize(("repeats", "codes"), [(1, ["minOccurs"]), (2, []), (4, ["maxOccurs"])])
def test_a_group_keeps_to_how_often_it_must_and_may_appear(build, repeats, codes):
    limits = [{"url": terms.MIN_OCCURS, "valueInteger": 2}, {"url": terms.MAX_OCCURS, "valueInteger": 3}]
    session = Session(build({"linkId": "g", "type": "group", "repeats": True, "extension": limits, "item": [one("a")]}))
    for number in range(repeats):
        path = session.add_repeat((), "g") if number else at("g")
        session.set_answer((*path, ("a", 0)), [{"valueInteger": number}])
    assert [problem.code for problem in session.item_state(at("g")).problems] == codes


def in_welsh(words):
    parts = [{"url": "lang", "valueCode": "cy"}, {"url": "content", "valueString": words}]
    return {"extension": [{"url": addresses.TRANSLATION, "extension": parts}]}


@pytest.fixture
def bilingual(build):
    option = {"valueCoding": {"system": "s", "code": "y", "display": "Yes", "_display": in_welsh("Ydy")}}
    words = {"valueString": "often", "_valueString": in_welsh("yn aml")}
    return build(
        one("a", "choice", text="Asleep?", _text=in_welsh("Yn cysgu?"), answerOption=[option]),
        one("b", "choice", text="How often?", answerOption=[words]),
        language="en",
        title="Sleep",
        _title=in_welsh("Cwsg"),
    )


def test_a_set_says_which_languages_it_has_and_reads_in_any_of_them(bilingual):
    assert bilingual.languages == ("en", "cy")
    welsh = bilingual.in_language("cy-GB")
    assert (welsh.title, welsh.by_link["a"].text, welsh.by_link["b"].text) == ("Cwsg", "Yn cysgu?", "How often?")
    assert [welsh.by_link[link].options[0].label for link in "ab"] == ["Ydy", "yn aml"]
    assert welsh.in_language("en").by_link["a"].text == "Asleep?"


def test_switching_the_language_on_the_way_keeps_every_answer(bilingual):
    session = Session(bilingual)
    for link in "ab":
        session.set_answer(at(link), [bilingual.by_link[link].options[0].answer])
    before = session.response()
    session.speak("cy")
    assert session.item_state(at("a")).label == "Yn cysgu?"
    assert not session.item_state(at("b")).problems
    assert [item["answer"] for item in session.response()["item"]] == [item["answer"] for item in before["item"]]


def test_the_looks_of_an_item_are_read(build):
    item = one(
        "a",
        "choice",
        {"url": addresses.ORIENTATION, "valueCode": "horizontal"},
        {"url": addresses.SUPPORT_LINK, "valueUri": "https://example.org"},
        {"url": addresses.USAGE, "valueCode": "capture"},
        {"url": addresses.SLIDER_STEP, "valueInteger": 5},
        answerOption=[{"valueInteger": 1, "extension": [{"url": addresses.OPTION_PREFIX, "valueString": "A)"}]}],
        _text={"extension": [{"url": addresses.SHORT_TEXT, "valueString": "Short"}]},
    )
    found = build(item).by_link["a"]
    looks = found.looks
    assert (looks.orientation, looks.support_link, looks.usage) == ("horizontal", "https://example.org", "capture")
    assert (looks.slider_step, looks.short_text, found.options[0].label) == (5, "Short", "A) 1")
