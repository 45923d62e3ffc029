"""The unlock screen."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.presenters.unlock import UnlockState
from ui.tokens import Space
from ui.views.entry_frame import EntryFrame
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import PrimaryButton, QuietButton
from ui.widgets.fields import FieldRow, SecretEdit
from ui.widgets.surface import column
from ui.widgets.text import Caption, ElidedLabel, SectionTitle
from ui.words import tr

if TYPE_CHECKING:
    from ui.views.unlock_help import UnlockHelp


class UnlockView(EntryFrame):
    """Renders an UnlockState; emits ``tried`` with the secret and ``recovery_asked`` with which secret is wanted.

    ``hand_out_asked`` carries where the file for the organisation is to be saved.
    """

    tried = Signal(str)
    recovery_asked = Signal(bool)
    hand_out_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(width=420, parent=parent)
        self.setObjectName("unlock")
        self._attempt = 0
        self._state = UnlockState()
        self._title = SectionTitle(tr("unlock", "Unlock"))
        self._store = ElidedLabel(style="soft")
        self._store.setObjectName("unlock.store")
        self._secret = SecretEdit(tr("unlock", "Passphrase"))
        self._secret.setObjectName("unlock.secret")
        self._field = FieldRow(tr("unlock", "Passphrase"), self._secret)
        self._bar = QuietBar()
        self._go = PrimaryButton(tr("unlock", "Unlock"), icon="key-round")
        self._go.setObjectName("unlock.go")
        self._other = QuietButton(tr("unlock", "Use recovery code"))
        self._other.setObjectName("unlock.recovery")
        self._help = Caption("")
        self._helper: UnlockHelp | None = None
        self._arrange()
        self._secret.submitted.connect(self._on_go)
        self._go.clicked.connect(self._on_go)
        self._other.clicked.connect(lambda: self.recovery_asked.emit(not self._state.recovery))

    def render_state(self, state: UnlockState) -> None:
        is_anew = state.recovery != self._state.recovery or state.attempt != self._attempt
        self._state, self._attempt = state, state.attempt
        self._render_words(state)
        self._store.show_text(tr("unlock", "Store “{name}” on this laptop", name=state.store_name))
        self._store.setToolTip(state.store_path)
        self._bar.show_notice(state.notice)
        self._secret.setEnabled(not state.busy)
        self._go.setEnabled(state.can_try)
        self._go.setText(_button_words(state))
        self._other.setEnabled(not state.busy)
        self._show_helper(state.recovery and state.can_help)
        if is_anew:
            self._secret.show_value("")
            self._secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def _render_words(self, state: UnlockState) -> None:
        if state.recovery:
            label, other = tr("unlock", "Recovery code"), tr("unlock", "Use passphrase")
            self._help.setText(tr("unlock", "The nine groups on your printed sheet; dashes and spaces do not matter."))
        else:
            label, other = tr("unlock", "Passphrase"), tr("unlock", "Use recovery code")
            self._help.setText("")
        self._help.setVisible(state.recovery)
        self._field.show_label(label)
        self._secret.line.setAccessibleName(label)
        self._secret.reveal(state.recovery)
        self._other.setText(other)

    def _show_helper(self, wanted: bool) -> None:
        """Made when it is first needed: nearly nobody ever sees it, and the screen has to be painted at once."""
        if wanted and self._helper is None:
            self._helper = importlib.import_module("ui.views.unlock_help").UnlockHelp()
            self._helper.chosen.connect(self.hand_out_asked)
            self.card.body.addWidget(self._helper)
        if self._helper is not None:
            self._helper.setVisible(wanted)
            self._helper.setEnabled(not self._state.busy)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        body = self.card.body
        body.addLayout(column(self._title, self._store, gap=2))
        body.addWidget(self._bar)
        body.addLayout(column(self._field, self._help, gap=Space.XS))
        self._go.setSizePolicy(self._field.sizePolicy())
        body.addLayout(column(self._go, gap=Space.XS))
        body.addWidget(self._other, 0, Qt.AlignmentFlag.AlignHCenter)

    def _on_go(self) -> None:
        if self._state.can_try:
            self.tried.emit(self._secret.value())


def _button_words(state: UnlockState) -> str:
    if state.busy:
        return tr("unlock", "Unlocking…")
    if state.wait:
        return tr("unlock", "Wait {seconds} s", seconds=state.wait)
    return tr("unlock", "Unlock")
