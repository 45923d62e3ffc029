"""Every text box takes any text and gives it back after a restart; what cannot be right is explained and kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from homevisit.paths import Home
from tests.bad_input.desk_again import Box, Screens, boxes, values
from tests.desks import add_family
from ui.theme import Theme, apply
from ui.widgets.clean_text import clean
from ui.widgets.fields import FieldRow

TEXTS = {
    "emoji": "👶🏽 👩‍👩‍👧‍👦 🏴󠁧󠁢󠁷󠁬󠁳󠁿 ❤️‍🩹",
    "right to left": "שלום אמא \u202eabc\u202c مرحبا ١٢٣ \u200f(x)\u2069",
    "half characters": "before \ud83d after \udc76 end",
    "nul": "a\x00b\x07c\x1bd",
    "inner code points": "x\ufdd0y\ufdd1z\ufffe\uffff",
    "markup": "<b>bold</b> & {braces} %s 'q' \"q\"; DROP TABLE entry; -- \\n",
    "spaces": "  two\u00a0no-break\u2003em\u200bzero\tend  ",
    "marks": "Z̷̡͓a̴͇͝l̸̠̈g̷̼̊o e\u0301 \u1e9b\u0323",
}

BABY = "new_family.person0"
HALVES = re.compile("[\ud800-\udfff]")
"""Qt for Python hands over no half characters in either direction; ``clean`` is tested with them by itself."""


@pytest.fixture
def screens(qtbot: QtBot, qapp: QApplication, home: Home) -> Iterator[Screens]:
    apply(qapp, Theme())
    made = Screens(qtbot, home)
    yield made
    made.bridge.shutdown(made.services.close)


def fill(screens: Screens, page: QWidget, text: str) -> list[tuple[str, str]]:
    """Paste the text into every box; gives what each box then holds."""
    found = boxes(page)
    for box in found.values():
        screens.paste(box, text)
        assert box.value() == clean(HALVES.sub("", text)).text, box.objectName()
    assert found
    return values(page)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_new_family_keeps_any_text_until_it_is_entered(text: str, screens: Screens) -> None:
    typed = fill(screens, screens.go("new-family"), text)
    screens.restart()
    assert values(screens.go("new-family")) == typed


def test_a_visit_keeps_any_text_in_every_step(screens: Screens) -> None:
    text = " | ".join(TEXTS.values())
    visit = screens.services.drafting.start(add_family(screens.services)).visit
    page = screens.go("visit", visit)
    steps = [step.id for step in page._presenter.state.steps if step.id != "finish"]
    typed = {step: fill(screens, screens.step(step), text) for step in steps}
    screens.restart()
    screens.go("visit", visit)
    assert {step: values(screens.step(step)) for step in steps} == typed


def test_a_megabyte_pasted_into_a_note_comes_back(screens: Screens) -> None:
    long = "".join(f"{number} שלום 👶 words\n" for number in range(50_000))
    assert len(long.encode()) > 1_000_000
    visit = screens.services.drafting.start(add_family(screens.services)).visit
    note = boxes(screens.go("visit", visit))["visit.note.facts#0"]
    screens.paste(note, long)
    screens.restart()
    assert boxes(screens.go("visit", visit))["visit.note.facts#0"].value() == long


def test_a_megabyte_pasted_into_one_line_comes_back(screens: Screens) -> None:
    name = "new_family.family.name#0"
    screens.paste(boxes(screens.go("new-family"))[name], "é" * 600_000)
    screens.restart()
    assert boxes(screens.go("new-family"))[name].value() == "é" * 600_000


@pytest.mark.parametrize(
    ("box", "text"),
    [
        ("day", "31 February"),
        ("day", "the day before yesterday"),
        ("start", "25:99"),
        ("end", "half past"),
    ],
)
def test_an_impossible_time_of_a_visit_is_explained_and_kept(box: str, text: str, screens: Screens) -> None:
    visit = screens.services.drafting.start(add_family(screens.services)).visit
    screens.go("visit", visit)
    screens.paste(named(screens.step("contact"), f"visit.contact.{box}"), text)
    screens.restart()
    screens.go("visit", visit)
    field = named(screens.step("contact"), f"visit.contact.{box}")
    assert field.value() == text
    assert row_of(field).problem
    assert not screens.services.signing.preview(visit).can_sign


@pytest.mark.parametrize(
    ("box", "text"),
    [
        ("birth", "30 February 2026"),
        ("birth", "yesterday-ish"),
        ("nhs_number", "999 123"),
        ("nhs_number", "999 999 9999"),
        ("nhs_number", "9991234560"),
        ("gestation", "99 weeks"),
    ],
)
def test_an_impossible_detail_of_a_person_is_explained_and_kept(box: str, text: str, screens: Screens) -> None:
    field = detail(screens, box)
    screens.paste(field, text)
    detail(screens, "name").setFocus()
    assert row_of(field).problem
    screens.restart()
    assert detail(screens, box).value() == text


def detail(screens: Screens, name: str) -> Box:
    """A field of the baby of a new family, with the rarer fields unfolded."""
    page = screens.go("new-family")
    more = page.findChild(QPushButton, f"{BABY}.more")
    if more.isVisible():
        more.click()
        page = screens.go("new-family")
    return named(page, f"{BABY}.{name}")


def named(root: QWidget, end: str) -> Box:
    return next(box for name, box in boxes(root).items() if name.split("#")[0].endswith(end))


def row_of(box: QWidget) -> FieldRow:
    around = box.parentWidget()
    while not isinstance(around, FieldRow):
        assert around is not None
        around = around.parentWidget()
    return around
