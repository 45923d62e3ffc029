"""A quiet line under an answer: seen, told by whom, or inferred. It is there once there is an answer to speak of."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from homevisit.prompts.known_by import How, KnownBy
from ui.prompts.flow import FlowLayout
from ui.prompts.wording import ROOM, how_words
from ui.theme import theme_now
from ui.tokens import Space
from ui.widgets.fields import LineText
from ui.widgets.segmented import Segmented
from ui.widgets.surface import column
from ui.widgets.text import TextLabel
from ui.words import tr

_WHO_WIDTH = 220


class KnownByLine(QWidget):
    """``given`` carries how the answer is known, None where that was taken back."""

    given = Signal(object)

    def __init__(self, prompt: str) -> None:
        super().__init__()
        name = tr(ROOM, "How do you know? {prompt}", prompt=prompt)
        lead = TextLabel(tr(ROOM, "How known:"), "caption")
        choices = [(how.value, how_words(how)) for how in How]
        self._how = Segmented(name, choices, layout=FlowLayout(lead, gap=Space.XS))
        self._who = LineText(tr(ROOM, "Who told you? {prompt}", prompt=prompt), placeholder=tr(ROOM, "Who told you?"))
        self._who.setMaximumWidth(theme_now().px(_WHO_WIDTH))
        self._how.answer_given.connect(self._announce)
        self._who.edited.connect(self._announce)
        self.setLayout(column(self._how, self._who, gap=Space.XS))

    @override
    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        self._how.setObjectName(f"{name}.how")
        self._who.setObjectName(f"{name}.who")

    def show_known(self, known: KnownBy | None) -> None:
        self._how.show_value(known.how.value if known else "")
        self._who.show_value(known.who if known else "")
        self._who.setVisible(known is not None and known.how is How.TOLD)

    def _announce(self) -> None:
        how = self._how.value()
        known = KnownBy(How(how), self._who.value().strip() if how == How.TOLD else "") if how else None
        self._who.setVisible(how == How.TOLD)
        self.given.emit(known)
