"""The one quiet line that says what is being done, how far it is, and how to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from ui.presenters.exchange_state import ExchangeState, Stage
from ui.presenters.sync import SyncState
from ui.presenters.sync_words import stage_words as run_words
from ui.tokens import Space
from ui.widgets.buttons import QuietButton
from ui.widgets.surface import row
from ui.widgets.text import WrappedText
from ui.words import tr

ROOM = "exchange"


class Progress(QWidget):
    """What is being done, in a word; nothing is shown when nothing is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("exchange.progress")
        self._words = WrappedText(style="soft")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._stop = QuietButton("")
        self._stop.setObjectName("exchange.progress.stop")
        self.stop_asked = self._stop.clicked
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = row(gap=Space.M)
        line.setContentsMargins(Space.XL, Space.XS, Space.XL, Space.XS)
        line.addWidget(self._words, 2)
        line.addWidget(self._bar, 3, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._stop)
        self.setLayout(line)

    def render_state(self, state: ExchangeState, sync: SyncState) -> None:
        by_hand = state.is_busy and state.stage is not Stage.LOADING
        self.setVisible(by_hand or sync.is_running)
        if by_hand:
            several = state.stage is Stage.READING and state.steps > 1
            self._show(stage_words(state), (state.step, state.steps) if several else (0, 0))
            self._stop.setText(tr(ROOM, "Stop after this file"))
            self._stop.setVisible(several)
        elif sync.is_running:
            stage = sync.stage
            self._show(run_words(stage), (stage.done, stage.of) if stage and stage.of > 1 else (0, 0))
            self._stop.setText(tr(ROOM, "Stopping…") if sync.is_stopping else tr(ROOM, "Stop"))
            self._stop.setEnabled(not sync.is_stopping)
            self._stop.setVisible(True)

    def _show(self, words: str, how_far: tuple[int, int]) -> None:
        self._words.setText(words)
        self._bar.setAccessibleName(words)
        self._bar.setRange(0, how_far[1])
        self._bar.setValue(how_far[0])


def stage_words(state: ExchangeState) -> str:
    """What is being done by hand, in words."""
    if state.stage is Stage.SENDING:
        return tr(ROOM, "Sealing and putting into the folder…")
    if state.stage is Stage.READING and state.steps > 1:
        return tr(ROOM, "Opening and checking {step} of {steps}…", step=state.step, steps=state.steps)
    return tr(ROOM, "Opening and checking…") if state.stage is Stage.READING else tr(ROOM, "Reading the lists…")
