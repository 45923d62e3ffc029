"""Asks in the page of a family who or what was entered in error, and why; nothing happens without a reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from ui.views.reason_panel import Asking, ReasonPanel
from ui.widgets.buttons import DangerButton
from ui.widgets.fields import ChoiceBox, FieldRow
from ui.words import tr

ROOM = "family"
Choice = tuple[str, str]


class ErrorPanel(ReasonPanel):
    """``agreed`` carries the id of a person or of a tie, and the reason."""

    agreed = Signal(str, str)

    def __init__(self) -> None:
        self._shown: tuple[Choice, ...] = ()
        self._what = ChoiceBox(tr(ROOM, "What was entered in error"))
        self._what.setObjectName("family.error.what")
        asking = Asking(
            question=tr(ROOM, "Why was it entered in error?"),
            hint=tr(ROOM, "It goes from this page and stays in the history with this reason. It cannot be taken back."),
            close=tr(ROOM, "Leave it as it is"),
            field="reason",
        )
        mark = DangerButton(tr(ROOM, "Mark as entered in error"))
        super().__init__(
            "family.error", asking, mark, above=[FieldRow(tr(ROOM, "What was entered in error"), self._what)]
        )
        self.given.connect(lambda reason: self.agreed.emit(self._what.value(), reason))

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """People and ties in words; what is chosen stays while it is among them."""
        if tuple(choices) != self._shown:
            self._shown = tuple(choices)
            self._what.show_choices(self._shown)

    def ask(self) -> None:
        """Asked for anew, what it is about first."""
        self.begin(self._what)
