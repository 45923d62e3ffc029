"""Each kind of answer: scales, long lists, units, several answers, parts of dates."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

from homevisit.prompts.evaluate import Context
from homevisit.prompts.questionnaire import load
from homevisit.prompts.session import Session

HL7 = "http://hl7.org/fhir/StructureDefinition"
COLOURS = [
    f"{colour} {thing}" for colour in ("red", "blue", "green", "grey") for thing in ("hat", "cup", "shoe", "bag")
]


def control(code):
    coding = {"system": "http://hl7.org/fhir/questionnaire-item-control", "code": code}
    return {"url": f"{HL7}/questionnaire-itemControl", "valueCodeableConcept": {"coding": [coding]}}


def item(kind, **more):
    return {"linkId": "a", "type": kind, "text": "Prompt", **more}


def part(form, name, kind=QWidget):
    found = form.findChild(kind, f"prompts.a.control.{name}")
    assert found is not None, name
    return found


def values(form):
    found = [given for each in form.response().get("item", []) for given in each.get("answer", [])]
    return [value for given in found for key, value in given.items() if key.startswith("value")]


SLIDER = item(
    "integer",
    extension=[
        control("slider"),
        {"url": f"{HL7}/minValue", "valueInteger": 0},
        {"url": f"{HL7}/maxValue", "valueInteger": 10},
    ],
)


def test_a_slider_is_a_scale_of_numbers_that_digits_answer(qtbot, ask):
    form = ask(SLIDER)
    form.focus_first()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_0)
    assert values(form) == [0]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_7)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert values(form) == [8]


LONG = item("choice", answerOption=[{"valueString": words} for words in COLOURS])


def test_a_long_list_is_searched_as_you_type_and_enter_takes_the_first(qtbot, ask):
    form = ask(LONG)
    box = part(form, "search", QLineEdit)
    qtbot.keyClicks(box, "cup gre")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert values(form) == ["green cup"]
    assert part(form, "chosen.1", QAbstractButton).text() == "green cup"


def test_the_list_is_reached_by_down_and_left_by_escape_without_an_answer(qtbot, ask):
    form = ask(LONG)
    box = part(form, "search", QLineEdit)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    shown = part(form, "found")
    assert shown.isVisible()
    assert QApplication.focusWidget() is shown
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()
    assert values(form) == []


def test_several_answers_of_a_long_list_are_taken_back_one_by_one(qtbot, ask):
    form = ask({**LONG, "repeats": True})
    box = part(form, "search", QLineEdit)
    for words in ("red hat", "blue bag"):
        qtbot.keyClicks(box, words)
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert values(form) == ["red hat", "blue bag"]
    part(form, "chosen.1", QAbstractButton).click()
    assert values(form) == ["blue bag"]


def test_an_open_list_keeps_words_that_are_not_in_it(qtbot, ask):
    form = ask(item("open-choice", extension=[control("autocomplete")], answerOption=LONG["answerOption"]))
    box = part(form, "search", QLineEdit)
    qtbot.keyClicks(box, "a scarf")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert values(form) == ["a scarf"]


def unit(code, display):
    coding = {"system": "http://unitsofmeasure.org", "code": code, "display": display}
    return {"url": f"{HL7}/questionnaire-unitOption", "valueCoding": coding}


WEIGHT = item("quantity", extension=[unit("kg", "kg"), unit("[lb_av]", "lb")])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("3,50", {"value": "3.50", "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"}),
        ("8 lb", {"value": "8", "unit": "lb", "system": "http://unitsofmeasure.org", "code": "[lb_av]"}),
    ],
)
def test_a_quantity_takes_its_unit_from_the_words_or_the_list(qtbot, ask, typed, expected):
    form = ask(WEIGHT)
    qtbot.keyClicks(part(form, "line", QLineEdit), typed)
    assert values(form) == [expected]
    assert part(form, "unit", QComboBox).currentText() == expected["unit"]


def test_an_unknown_unit_is_kept_as_typed(qtbot, ask):
    form = ask(WEIGHT)
    qtbot.keyClicks(part(form, "line", QLineEdit), "8 stone")
    assert "not-understood" in str(form._filling.state((("a", 0),)).problems)
    assert part(form, "line", QLineEdit).text() == "8 stone"


def test_a_written_prompt_that_repeats_has_a_line_for_each_answer(qtbot, ask, show):
    form = ask(item("string", repeats=True))
    qtbot.keyClicks(part(form, "1.text"), "one")
    part(form, "add", QAbstractButton).click()
    qtbot.keyClicks(part(form, "2.text"), "two")
    assert values(form) == ["one", "two"]
    part(form, "1.remove", QAbstractButton).click()
    assert values(form) == ["two"]
    again = show(Session(form._filling.session.questionnaire, form.response()))
    assert part(again, "1.text").toPlainText() == "two"


@pytest.mark.parametrize(
    ("typed", "iso", "said"),
    [
        ("March 2025", "2025-03", "March 2025; the day is left open"),
        ("2024", "2024", "The year 2024; month and day are left open"),
    ],
)
def test_a_part_of_a_date_is_enough(qtbot, ask, typed, iso, said):
    form = ask(item("date"))
    line = part(form, "line", QLineEdit)
    qtbot.keyClicks(line, typed)
    assert values(form) == [iso]
    assert line.accessibleDescription() == said


def test_a_moment_may_be_a_day_alone(qtbot, ask):
    form = ask(item("dateTime"))
    qtbot.keyClicks(part(form, "line", QLineEdit), "yesterday")
    assert values(form) == ["2026-03-13"]


def test_long_answers_stand_one_below_another_and_wrap(ask):
    words = "She looks at him for a while, then he turns away and she waits for him to come back to her again"
    form = ask(item("choice", answerOption=[{"valueString": words}, {"valueString": "No"}]))
    form.resize(360, 500)
    first, second = (part(form, str(n), QAbstractButton) for n in (1, 2))
    assert first.width() <= 360
    assert "\n" in first.text()
    assert second.y() >= first.y() + first.height()


def test_an_ampersand_in_an_answer_is_seen(ask):
    form = ask(item("choice", answerOption=[{"valueString": "Mum & dad"}]))
    assert part(form, "1", QAbstractButton).text() == "Mum && dad"


@pytest.mark.parametrize(("born", "iso"), [("2026-01-04", "2026-02-15"), ("1994-05-01", None)])
def test_an_age_is_the_childs_and_never_the_carers(qtbot, show, born, iso):
    questionnaire = load({"resourceType": "Questionnaire", "url": "urn:t", "item": [item("date")]})
    form = show(Session(questionnaire, context=Context(given={"patient": {"birthDate": born}})))
    qtbot.keyClicks(part(form, "line", QLineEdit), "at 6 weeks")
    assert values(form) == ([iso] if iso else [])
    assert part(form, "line", QLineEdit).text() == "at 6 weeks"
