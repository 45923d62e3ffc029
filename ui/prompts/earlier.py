"""The earlier answer beside a prompt that is asked again: one quiet line to read; nothing takes it over by itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from homevisit.prompts.paths import Path, path_text
from ui.prompts.filling import BlockExtra
from ui.prompts.wording import ROOM
from ui.tokens import Space
from ui.widgets.mark import Mark
from ui.widgets.surface import row
from ui.widgets.text import WrappedText
from ui.words import tr


class EarlierLine(QWidget):
    """What was said before, and when."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setObjectName("prompts.earlier")
        text = WrappedText(words, "help")
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line = row(gap=Space.S)
        line.addWidget(Mark("history", size=14), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(text, 1)
        self.setLayout(line)


def earlier_lines(answers: Mapping[str, str], *, when: str, quoted: Collection[str] = ()) -> BlockExtra:
    """Makes the line of a prompt from earlier answers by the text of their place; none where nothing was said."""

    def line_of(path: Path) -> QWidget | None:
        place = path_text(path)
        said = answers.get(place, "").strip()
        return EarlierLine(earlier_words(said, when=when, quoted=place in quoted)) if said else None

    return line_of


def earlier_words(said: str, *, when: str, quoted: bool) -> str:
    """``On 1 March 2026: “Tired, close, learning.”``"""
    if quoted and "“" not in said:
        said = f"“{said}”"
    return tr(ROOM, "On {day}: {words}", day=when, words=said)
