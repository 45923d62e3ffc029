"""A question before something that cannot be taken back, asked inside the window and answered by a callback."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.dialogs.overlay import Overlay
from ui.widgets.buttons import Button, DangerButton, SecondaryButton
from ui.widgets.surface import row
from ui.widgets.text import BodyText, SectionTitle
from ui.words import tr


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """``yes`` says what will be done ("Set it aside"), never "OK"."""

    title: str
    consequence: str
    yes: str
    no: str = ""


class Confirm(Protocol):
    """Asks a question and calls ``agreed`` if, and only if, the answer is yes. Tests answer it by themselves."""

    def ask(self, question: Question, agreed: Callable[[], None]) -> None: ...


class ConfirmSheet:
    """The Confirm of real windows."""

    def __init__(self, host: QWidget) -> None:
        self._host = host

    def ask(self, question: Question, agreed: Callable[[], None]) -> None:
        _Sheet(self._host, question, agreed).open_over()


class _Sheet(Overlay):
    def __init__(self, host: QWidget, question: Question, agreed: Callable[[], None]) -> None:
        super().__init__(host, question.title, width=480)
        self.setObjectName("confirm")
        self._no = SecondaryButton(question.no or tr("confirm", "Cancel"))
        self._no.setObjectName("confirm.no")
        self._yes: Button = DangerButton(question.yes)
        self._yes.setObjectName("confirm.yes")
        buttons = row()
        buttons.addStretch(1)
        buttons.addWidget(self._no)
        buttons.addWidget(self._yes)
        self.card.body.addWidget(SectionTitle(question.title))
        self.card.body.addWidget(BodyText(question.consequence))
        self.card.body.addLayout(buttons)
        self._no.clicked.connect(self.close_over)
        self._yes.clicked.connect(self._on_yes)
        self._agreed = agreed
        self.closed.connect(self.deleteLater)

    @override
    def first_focus(self) -> QWidget:
        return self._no

    def _on_yes(self) -> None:
        self.close_over()
        self._agreed()
