"""The languages of a prompt set to choose from, each called as it calls itself; answers stay when it changes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QWidget

from ui.prompts.wording import ROOM
from ui.tokens import Space
from ui.widgets.fields import ChoiceBox
from ui.widgets.surface import row
from ui.widgets.text import TextLabel
from ui.words import tr


class LanguageLine(QWidget):
    """``chosen`` carries the code of a language."""

    chosen = Signal(str)

    def __init__(self, languages: Sequence[str]) -> None:
        super().__init__()
        name = tr(ROOM, "Language of the prompts")
        self._box = ChoiceBox(name, [(code, language_name(code)) for code in languages])
        self._box.setObjectName("prompts.language")
        self._box.chosen.connect(self.chosen)
        label = TextLabel(name, "soft")
        label.setBuddy(self._box)
        line = row(label, self._box, gap=Space.S)
        line.setContentsMargins(Space.M, Space.S, Space.M, 0)
        line.addStretch(1)
        self.setLayout(line)

    def show_language(self, code: str) -> None:
        self._box.show_value(code)


def language_name(code: str) -> str:
    """``Cymraeg`` for ``cy``; a code that nobody knows stays as it is."""
    locale = QLocale(code.replace("-", "_"))
    name = locale.nativeLanguageName() if locale.language() != QLocale.Language.C else ""
    return f"{name[:1].upper()}{name[1:]}" or code
