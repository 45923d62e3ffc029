"""The height of wrapped words is kept, and is always what Qt itself would say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ui import theme
from ui.theme import Theme
from ui.widgets.text import WIDTHS_KEPT, WrappedText

WIDTHS = (80, 200, 80, 431)


def agrees(label: WrappedText) -> bool:
    return all(label.heightForWidth(width) == QLabel.heightForWidth(label, width) for width in WIDTHS)


@pytest.mark.usefixtures("qapp")
@given(texts=st.lists(st.text(max_size=200), min_size=1, max_size=4))
def test_other_words_have_another_height(texts: list[str]) -> None:
    label = WrappedText()
    for text in texts:
        label.setText(text)
        assert agrees(label)


def test_another_look_has_another_height(qapp: QApplication, qtbot: QtBot) -> None:
    label = WrappedText("Seen in the living room, calm and awake, held by her father while we talked.")
    qtbot.addWidget(label)
    label.show()
    heights = []
    for change in (lambda: theme.apply(qapp, Theme(scale=200)), lambda: label.restyle("title"), label.adjustSize):
        heights.append(label.heightForWidth(200))
        change()
        assert agrees(label)
    assert len(set(heights)) == len(heights)


@pytest.mark.usefixtures("qapp")
def test_no_more_than_a_few_widths_are_kept() -> None:
    label = WrappedText("one two three four five six seven")
    for width in range(20, 20 + 3 * WIDTHS_KEPT):
        assert label.heightForWidth(width) == QLabel.heightForWidth(label, width)
    assert len(label._heights) <= WIDTHS_KEPT
