"""A form in the page that does nothing without a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.tokens import Space
from ui.widgets.buttons import Button, SecondaryButton
from ui.widgets.fields import FieldRow
from ui.widgets.growing import GrowingTextEdit
from ui.widgets.surface import column, row
from ui.words import tr

ROOM = "family"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """How the reason is asked for; ``field`` is the last part of its object name."""

    question: str
    hint: str
    close: str
    field: str


class ReasonPanel(QWidget):
    """``given`` carries the reason, never an empty one. Escape closes it."""

    given = Signal(str)
    dropped = Signal()

    def __init__(
        self, name: str, asking: Asking, agree: Button, *, above: Sequence[QWidget] = (), below: Sequence[QWidget] = ()
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.reason = GrowingTextEdit(asking.question, lines=2)
        self.reason.setObjectName(f"{name}.{asking.field}")
        self._row = FieldRow(asking.question, self.reason, help_text=asking.hint)
        self.agree = agree
        agree.setObjectName(f"{name}.agree")
        close = SecondaryButton(asking.close)
        close.setObjectName(f"{name}.close")
        foot = row(agree, close, gap=Space.S)
        foot.addStretch(1)
        body = column(*above, self._row, *below, gap=Space.M)
        body.addLayout(foot)
        self.setLayout(body)
        agree.clicked.connect(self._on_agree)
        close.clicked.connect(self.dropped)
        self.reason.edited.connect(lambda: self._row.show_problem(""))

    def begin(self, first: QWidget) -> None:
        """Asked for anew: nothing of the last time stays."""
        self.reason.show_value("")
        self._row.show_problem("")
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)

    def _on_agree(self) -> None:
        why = self.reason.value().strip()
        if why:
            self.given.emit(why)
        else:
            self._row.show_problem(tr(ROOM, "Say in a few words why."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
