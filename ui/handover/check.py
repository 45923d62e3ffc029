"""Only the practitioner's passphrase leads out of hand-over; a wrong one makes the next try wait."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from ui.handover.presenter import ROOM
from ui.presenters.tries import TriesState
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.fields import FieldRow, SecretEdit
from ui.widgets.surface import Card, row
from ui.widgets.text import SectionTitle, WrappedText
from ui.words import tr


class CheckPanel(Card):
    """``tried`` carries a passphrase; ``left`` goes back to the questions."""

    tried = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(name=tr(ROOM, "Give the screen back"))
        self.setObjectName("handover.check")
        self._count = 0
        self._secret = SecretEdit(tr(ROOM, "Passphrase"))
        self._secret.setObjectName("handover.check.secret")
        self._bar = QuietBar()
        self._go = PrimaryButton(tr(ROOM, "Back to my desk"), icon="key-round")
        self._go.setObjectName("handover.check.go")
        self._leave = SecondaryButton(tr(ROOM, "Back to the questions"))
        self._leave.setObjectName("handover.check.leave")
        words = tr(ROOM, "For the practitioner: your passphrase takes the screen back. Every answer is kept.")
        for part in (SectionTitle(tr(ROOM, "Give the screen back")), WrappedText(words, "soft"), self._bar):
            self.body.addWidget(part)
        self.body.addWidget(FieldRow(tr(ROOM, "Passphrase"), self._secret))
        foot = row(self._leave)
        foot.addStretch(1)
        foot.addWidget(self._go)
        self.body.addLayout(foot)
        self._secret.submitted.connect(self._on_go)
        self._go.clicked.connect(self._on_go)
        self._leave.clicked.connect(self.left)

    def render_state(self, state: TriesState) -> None:
        self._bar.show_notice(state.notice)
        self._secret.setEnabled(not state.busy)
        self._go.setEnabled(state.can_try)
        self._go.setText(_words(state))
        self._leave.setEnabled(not state.busy)
        if state.count != self._count:
            self._count = state.count
            self.focus_first()

    def focus_first(self) -> None:
        """An empty field with the cursor in it."""
        self._secret.show_value("")
        self._secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_go(self) -> None:
        self.tried.emit(self._secret.value())


def _words(state: TriesState) -> str:
    if state.busy:
        return tr(ROOM, "Checking…")
    if state.wait:
        return tr(ROOM, "Wait {seconds} s", seconds=state.wait)
    return tr(ROOM, "Back to my desk")
