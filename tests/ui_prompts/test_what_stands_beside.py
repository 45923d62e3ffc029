"""What stands beside answers: what is left, how it is known, what is worked out, other languages, marked-up words."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from homevisit.prompts.known_by import How, KnownBy, known_by
from homevisit.prompts.questionnaire import load
from homevisit.prompts.reading import readable
from homevisit.prompts.session import Session

EVERY_KIND = Path(__file__).parent / "sets" / "every-kind.json"
ROLES = "https://homevisit.example/fhir/CodeSystem/item-role"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition"


@pytest.fixture
def every_kind(show):
    return show(Session(load(EVERY_KIND.read_bytes())))


def part(form, name, kind=QWidget):
    found = form.findChild(kind, name)
    assert found is not None, name
    return found


def texts(form):
    return [label.text() for label in form.findChildren(QLabel) if label.isVisible()]


def item(link="a", kind="string", **more):
    return {"linkId": link, "type": kind, "text": f"Prompt {link}", **more}


def state(form, link="a"):
    return form._filling.state(((link, 0),))


def test_the_foot_says_how_much_is_answered_and_lists_the_rest(qtbot, ask):
    form = ask(item(), item("b", maxLength=3), item("c"))
    left = part(form, "prompts.left", QAbstractButton)
    assert left.text() == "0 of 3 answered"
    qtbot.keyClicks(part(form, "prompts.a.control.text"), "x")
    qtbot.keyClicks(part(form, "prompts.b.control.text"), "too long")
    assert left.text() == "2 of 3 answered, 1 to put right"
    left.click()
    shown = part(form, "prompts.left.list")
    assert [row.spoken() for row in shown.model()._rows[1:]] == [
        "Prompt b, At most 3 characters fit here; nothing was cut.",
        "Prompt c, not answered",
    ]
    qtbot.keyClick(shown, Qt.Key.Key_Down)
    qtbot.keyClick(shown, Qt.Key.Key_Return)
    assert form._page.current() == (("c", 0),)
    assert not form.shows_left


def test_the_list_closes_by_escape_and_nothing_is_left_when_all_is_answered(qtbot, ask):
    form = ask(item())
    form.show_left(True)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not form.shows_left
    qtbot.keyClicks(part(form, "prompts.a.control.text"), "x")
    assert part(form, "prompts.left", QAbstractButton).text() == "1 of 1 answered"
    assert not form.show_next_left()


def test_the_next_open_prompt_is_found_on_other_pages_and_from_the_beginning(every_kind):
    form = every_kind
    assert form.show_next_left()
    assert form._page.current() == (("choices", 0), ("feeling", 0))
    form.show_page(2)
    form.focus_first()
    assert form.show_next_left()
    assert form._page.current()[-1] in {("person.name", 0), ("person.sees", 0)}


HELP = {
    "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl",
    "valueCodeableConcept": {"coding": [{"system": "http://hl7.org/fhir/questionnaire-item-control", "code": "help"}]},
}
KNOWN = item(code=[{"system": ROLES, "code": "known-by"}])


def test_how_an_answer_is_known_is_asked_once_there_is_one_and_kept_with_it(qtbot, ask, show):
    form = ask(KNOWN)
    assert form.findChild(QWidget, "prompts.a.beside.known-by") is None
    text = part(form, "prompts.a.control.text")
    qtbot.keyClicks(text, "He sleeps")
    part(form, "prompts.a.beside.known-by.how.told", QAbstractButton).click()
    qtbot.keyClicks(part(form, "prompts.a.beside.known-by.who", QLineEdit), "his mother")
    qtbot.keyClicks(text, " well")
    assert known_by(state(form).answers) == KnownBy(How.TOLD, "his mother")
    again = show(Session(form._filling.session.questionnaire, form.response()))
    assert part(again, "prompts.a.beside.known-by.who", QLineEdit).text() == "his mother"


def test_how_it_is_known_is_read_back_with_the_answer(qtbot, ask):
    form = ask(KNOWN)
    qtbot.keyClicks(part(form, "prompts.a.control.text"), "He sleeps")
    part(form, "prompts.a.beside.known-by.how.inferred", QAbstractButton).click()
    questionnaire = form._filling.session.questionnaire
    for known_set in (questionnaire, None):
        assert [line.known for line in readable(known_set, form.response())] == [KnownBy(How.INFERRED)]


def test_saying_how_it_is_known_leaves_the_time_of_the_answer(qtbot, ask):
    form = ask(KNOWN)
    qtbot.keyClicks(part(form, "prompts.a.control.text"), "x")
    before = form.response()["item"][0]["answer"][0]["extension"][0]
    part(form, "prompts.a.beside.known-by.how.observed", QAbstractButton).click()
    assert before in form.response()["item"][0]["answer"][0]["extension"]


SUM = item(
    "b",
    "integer",
    extension=[
        {
            "url": f"{SDC}/sdc-questionnaire-calculatedExpression",
            "valueExpression": {
                "language": "text/fhirpath",
                "expression": "%resource.item.where(linkId='a').answer.value + 1",
            },
        }
    ],
)


def test_a_worked_out_answer_can_be_written_over_and_taken_back(qtbot, ask):
    form = ask(item("a", "integer"), SUM)
    qtbot.keyClicks(part(form, "prompts.a.control.line", QLineEdit), "4")
    line = part(form, "prompts.b.control.line", QLineEdit)
    assert line.text() == "5"
    assert "Worked out from the other answers. You can write another." in texts(form)
    line.selectAll()
    qtbot.keyClicks(line, "9")
    assert "Written by you. Worked out from the other answers: 5" in texts(form)
    part(form, "prompts.b.beside.worked-out.back", QAbstractButton).click()
    assert line.text() == "5"


def test_a_read_only_sum_follows_the_answers(qtbot, ask):
    form = ask(item("a", "integer"), {**SUM, "readOnly": True})
    qtbot.keyClicks(part(form, "prompts.a.control.line", QLineEdit), "41")
    line = part(form, "prompts.b.control.line", QLineEdit)
    assert (line.text(), line.isReadOnly()) == ("42", True)


def test_the_language_changes_mid_way_and_answers_stay(every_kind):
    form = every_kind
    part(form, "prompts.choices/feeling.control.3", QAbstractButton).click()
    form.speak("cy")
    form.complete_page()
    chosen = part(form._page, "prompts.choices/feeling.control.3", QAbstractButton)
    assert chosen.isChecked()
    assert chosen.text() == "yn aml"
    assert part(form, "prompts.step.1", QAbstractButton).text().startswith("Dewisiadau")


def test_marked_up_words_are_shown_without_what_could_run(ask):
    markup = "<p>Hello <b>you</b><script>alert(1)</script><img src='http://x.invalid/y'/></p>"
    rich = {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/rendering-xhtml", "valueString": markup}]}
    form = ask(item("a", "display", _text=rich))
    shown = next(text for text in texts(form) if "Hello" in text)
    assert "<b>you</b>" in shown
    assert "script" not in shown
    assert "img" not in shown


def test_every_kind_of_prompt_has_a_name_and_keys_reach_it(every_kind):
    form = every_kind
    for page in range(form.page_count):
        form.show_page(page)
        form.complete_page()
        for block in form._page.blocks():
            target = block.control.focusProxy() or block.control
            assert target.accessibleName(), block.path


def test_a_help_text_follows_the_answer_to_another_prompt(qtbot, ask):
    helped = {"linkId": "b.help", "type": "display", "text": "For the little ones", "extension": [HELP]}
    helped["enableWhen"] = [{"question": "a", "operator": "=", "answerBoolean": True}]
    form = ask(item("a", "boolean"), item("b", item=[helped]))
    assert "For the little ones" not in texts(form)
    part(form, "prompts.a.control.1", QAbstractButton).click()
    qtbot.waitUntil(lambda: "For the little ones" in texts(form))
    assert part(form, "prompts.b.control.text").accessibleDescription() == "For the little ones"
    part(form, "prompts.a.control.2", QAbstractButton).click()
    assert "For the little ones" not in texts(form)
