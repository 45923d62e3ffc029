"""Asks in the page why a visit was entered in error; nothing happens without a reason."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.presenters.signed_visit import SignedState
from ui.views.reason_panel import Asking, ReasonPanel
from ui.widgets.buttons import DangerButton
from ui.widgets.surface import Card
from ui.widgets.text import SectionTitle
from ui.words import tr

ROOM = "signed"


class WithdrawPanel(Card):
    """``agreed`` carries the reason."""

    agreed = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(SectionTitle(tr(ROOM, "Entered in error")), name=tr(ROOM, "Entered in error"), parent=parent)
        self.setObjectName("signed.withdraw.panel")
        asking = Asking(
            question=tr(ROOM, "Why was it entered in error?"),
            hint=tr(ROOM, "The visit stays readable, struck through, with this reason. It cannot be taken back."),
            close=tr(ROOM, "Leave it as it is"),
            field="reason",
        )
        mark = DangerButton(tr(ROOM, "Mark as entered in error"))
        self._form = ReasonPanel("signed.withdraw", asking, mark)
        self._form.setObjectName("signed.withdraw.form")  # the button that opens it has the shorter name
        self.body.addWidget(self._form)
        self._form.given.connect(self.agreed)
        self._form.dropped.connect(self.cancelled)
        self.hide()

    def render_state(self, state: SignedState) -> None:
        was_hidden = self.isHidden()
        self.setVisible(state.is_withdrawing)
        self._form.agree.setEnabled(not state.is_busy)
        if state.is_withdrawing and was_hidden:
            self._form.begin(self._form.reason)
        elif not state.is_withdrawing:
            self._form.reason.show_value("")
