"""Asks in the page why a visit was entered in error; nothing happens without a reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.presenters.signed_visit import SignedState
from ui.tokens import Space
from ui.widgets.buttons import DangerButton, SecondaryButton
from ui.widgets.fields import FieldRow
from ui.widgets.growing import GrowingTextEdit
from ui.widgets.surface import Card, row
from ui.widgets.text import SectionTitle
from ui.words import tr

ROOM = "signed"


class WithdrawPanel(Card):
    """``agreed`` carries the reason."""

    agreed = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name=tr(ROOM, "Entered in error"), parent=parent)
        self.setObjectName("signed.withdraw.panel")
        self._reason = GrowingTextEdit(tr(ROOM, "Why was it entered in error?"), lines=2)
        self._reason.setObjectName("signed.withdraw.reason")
        hint = tr(ROOM, "The visit stays readable, struck through, with this reason. It cannot be taken back.")
        self._row = FieldRow(tr(ROOM, "Why was it entered in error?"), self._reason, help_text=hint)
        self._agree = DangerButton(tr(ROOM, "Mark as entered in error"))
        self._agree.setObjectName("signed.withdraw.agree")
        self._cancel = SecondaryButton(tr(ROOM, "Leave it as it is"))
        self._cancel.setObjectName("signed.withdraw.cancel")
        actions = row(self._agree, self._cancel, gap=Space.S)
        actions.addStretch(1)
        self.body.addWidget(SectionTitle(tr(ROOM, "Entered in error")))
        self.body.addWidget(self._row)
        self.body.addLayout(actions)
        self._agree.clicked.connect(self._on_agree)
        self._cancel.clicked.connect(self.cancelled)
        self._reason.edited.connect(lambda: self._row.show_problem(""))
        self.hide()

    def render_state(self, state: SignedState) -> None:
        was_hidden = self.isHidden()
        self.setVisible(state.is_withdrawing)
        self._agree.setEnabled(not state.is_busy)
        if state.is_withdrawing and was_hidden:
            self._row.show_problem("")
            self._reason.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not state.is_withdrawing:
            self._reason.show_value("")

    def _on_agree(self) -> None:
        reason = self._reason.value().strip()
        if reason:
            self.agreed.emit(reason)
        else:
            self._row.show_problem(tr(ROOM, "Say in a few words why."))
            self._reason.setFocus(Qt.FocusReason.OtherFocusReason)
