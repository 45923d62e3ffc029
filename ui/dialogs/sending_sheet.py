"""The offer to send before closing: what has not been sent, how far sending is, and always a way out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget
from typing_extensions import override

from ui.dialogs.overlay import Overlay
from ui.presenters.sync import SyncState
from ui.presenters.sync_words import stage_words, summary_words, troubles_of
from ui.tokens import Space
from ui.widgets.buttons import PrimaryButton, QuietButton, SecondaryButton
from ui.widgets.surface import row
from ui.widgets.text import BodyText, SectionTitle
from ui.words import tr, tr_count

ROOM = "closing"


class SendingSheet(Overlay):
    """``send_asked`` once at most; ``close_asked`` closes the program whatever became of it; Esc stays."""

    send_asked = Signal()
    close_asked = Signal()

    def __init__(self, host: QWidget, count: int) -> None:
        super().__init__(host, tr(ROOM, "Not everything has been sent"), width=520)
        self.setObjectName("closing")
        self.is_sending = False
        self._words = BodyText(
            tr(ROOM, "It is safe on this laptop and goes with the next exchange. You can also send it now.")
        )
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._send = PrimaryButton(tr(ROOM, "Send, then close"), icon="send")
        self._send.setObjectName("closing.send")
        self._close = SecondaryButton(tr(ROOM, "Close now"))
        self._close.setObjectName("closing.close")
        self._stay = QuietButton(tr(ROOM, "Stay"))
        self._stay.setObjectName("closing.stay")
        self._arrange(_title(count))
        self._send.clicked.connect(self._on_send)
        self._close.clicked.connect(self.close_asked)
        self._stay.clicked.connect(self.close_over)

    @override
    def first_focus(self) -> QWidget:
        return self._send if self._send.isVisibleTo(self) else self._close

    def show_run(self, state: SyncState) -> None:
        """How far it is."""
        if not state.is_running:
            return
        words = stage_words(state.stage)
        self._words.setText(words)
        self._bar.setAccessibleName(words)
        is_counted = state.stage is not None and state.stage.of > 1
        self._bar.setRange(0, state.stage.of if state.stage and is_counted else 0)
        self._bar.setValue(state.stage.done if state.stage and is_counted else 0)

    def show_end(self, state: SyncState) -> None:
        """It ended, and something is still here."""
        self.is_sending = False
        self._bar.hide()
        summary = state.summary
        if summary is not None:
            said = [summary_words(summary), *troubles_of(summary)[:1]]
        else:
            said = [f"{state.notice.sentence} {state.notice.next_step}" if state.notice else ""]
        self._words.setText("\n".join(said))
        self._close.setFocus()

    def _on_send(self) -> None:
        self.is_sending = True
        self._send.hide()
        self._bar.setRange(0, 0)
        self._bar.show()
        self._words.setText(stage_words(None))
        self._close.setFocus()
        self.send_asked.emit()

    def _arrange(self, title: str) -> None:
        buttons = row(self._stay, gap=Space.S)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        buttons.addWidget(self._send)
        self.card.body.setSpacing(Space.M)
        for part in (SectionTitle(title), self._words, self._bar):
            self.card.body.addWidget(part)
        self.card.body.addLayout(buttons)
        self._bar.hide()


def _title(count: int) -> str:
    if count < 1:
        return tr(ROOM, "Changes have not been sent yet")
    return tr_count(ROOM, "1 record has not been sent yet", "{count} records have not been sent yet", count)
