"""Asks in the page of a family who or what was entered in error, and why; nothing happens without a reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.tokens import Space
from ui.widgets.buttons import DangerButton, SecondaryButton
from ui.widgets.fields import ChoiceBox, FieldRow
from ui.widgets.growing import GrowingTextEdit
from ui.widgets.surface import column, row
from ui.words import tr

ROOM = "family"
Choice = tuple[str, str]


class ErrorPanel(QWidget):
    """``agreed`` carries the id of a person or of a tie, and the reason."""

    agreed = Signal(str, str)
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("family.error")
        self._shown: tuple[Choice, ...] = ()
        self._what = ChoiceBox(tr(ROOM, "What was entered in error"))
        self._what.setObjectName("family.error.what")
        self._reason = GrowingTextEdit(tr(ROOM, "Why was it entered in error?"), lines=2)
        self._reason.setObjectName("family.error.reason")
        hint = tr(ROOM, "It goes from this page and stays in the history with this reason. It cannot be taken back.")
        self._row = FieldRow(tr(ROOM, "Why was it entered in error?"), self._reason, help_text=hint)
        self._agree = DangerButton(tr(ROOM, "Mark as entered in error"))
        self._agree.setObjectName("family.error.agree")
        self._drop = SecondaryButton(tr(ROOM, "Leave it as it is"))
        self._drop.setObjectName("family.error.close")
        foot = row(self._agree, self._drop, gap=Space.S)
        foot.addStretch(1)
        body = column(FieldRow(tr(ROOM, "What was entered in error"), self._what), self._row, gap=Space.M)
        body.addLayout(foot)
        self.setLayout(body)
        self._agree.clicked.connect(self._on_agree)
        self._drop.clicked.connect(self.dropped)
        self._reason.edited.connect(lambda: self._row.show_problem(""))

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """People and ties in words; what is chosen stays while it is among them."""
        if tuple(choices) != self._shown:
            self._shown = tuple(choices)
            self._what.show_choices(self._shown)

    def begin(self) -> None:
        """Asked for anew: nothing of the last time stays."""
        self._reason.show_value("")
        self._row.show_problem("")
        self._what.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)

    def _on_agree(self) -> None:
        reason = self._reason.value().strip()
        if reason:
            self.agreed.emit(self._what.value(), reason)
        else:
            self._row.show_problem(tr(ROOM, "Say in a few words why."))
            self._reason.setFocus(Qt.FocusReason.OtherFocusReason)
