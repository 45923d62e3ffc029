"""Two minutes to watch a baby: big digits, start and pause, no sound."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui.prompts.filling import TWO_MINUTES, Stopwatch
from ui.prompts.flow import flowing
from ui.prompts.wording import ROOM
from ui.tokens import Space
from ui.widgets.buttons import PrimaryButton, QuietButton, SecondaryButton
from ui.widgets.surface import Well, column, row
from ui.widgets.text import Caption, TextLabel
from ui.words import tr

_TICK_MS = 200


class TwoMinuteTimer(QWidget):
    """Counts down from 2:00 and on past it in words; ``line_wanted`` asks for a new timed line."""

    line_wanted = Signal()

    def __init__(self, watch: Stopwatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._watch = watch
        self._ticking = QTimer(self)
        self._ticking.setInterval(_TICK_MS)
        self._ticking.timeout.connect(self.tick)
        self.digits = TextLabel("", "digits")
        self._words = Caption()
        self.start_button = PrimaryButton("", icon="play")
        self.reset_button = QuietButton(tr(ROOM, "Back to 2:00"), icon="refresh-cw")
        self.line_button = SecondaryButton(tr(ROOM, "Timed line (Ctrl+T)"), icon="clock")
        self.start_button.clicked.connect(self.start_or_pause)
        self.reset_button.clicked.connect(self._reset)
        self.line_button.clicked.connect(self.line_wanted)
        self._lay_out()
        self.tick()

    def start_or_pause(self) -> None:
        if self._watch.is_running:
            self._watch.pause()
        else:
            self._watch.start()
        self.tick()

    def tick(self) -> None:
        """Show the time that is left; called by the ticking and after every press."""
        elapsed = self._watch.elapsed
        left = max(0, round(TWO_MINUTES - elapsed))
        running, over = self._watch.is_running, elapsed >= TWO_MINUTES
        self.digits.setText(f"{left // 60}:{left % 60:02d}")
        self.digits.setAccessibleName(tr(ROOM, "{left} left of two minutes", left=self.digits.text()))
        self._words.setText(self._state_words(running=running, over=over, started=elapsed > 0))
        self.start_button.setText(tr(ROOM, "Pause") if running else tr(ROOM, "Start two minutes"))
        if not running and elapsed > 0:
            self.start_button.setText(tr(ROOM, "Go on"))
        self.start_button.show_icon("pause" if running else "play")
        self.reset_button.setEnabled(elapsed > 0)
        if running and not over:
            self._ticking.start()
        else:
            self._ticking.stop()

    def _state_words(self, *, running: bool, over: bool, started: bool) -> str:
        if over:
            return tr(ROOM, "Two minutes are over. Write on for as long as you like.")
        if running:
            return tr(ROOM, "Watch the baby; a word or two is enough.")
        return tr(ROOM, "Paused.") if started else tr(ROOM, "Say what you are about to do, then start.")

    def _reset(self) -> None:
        self._watch.reset()
        self.tick()

    def _lay_out(self) -> None:
        for part, name in (
            (self.digits, "digits"),
            (self.start_button, "start"),
            (self.reset_button, "reset"),
            (self.line_button, "line"),
        ):
            part.setObjectName(f"prompts.timer.{name}")
        buttons = flowing(self.start_button, self.line_button, self.reset_button, gap=Space.S)
        side = column(buttons, self._words, gap=Space.S)
        well = Well()
        line = row(self.digits, gap=Space.XL)
        line.addLayout(side, 1)
        well.body.addLayout(line)
        self.setLayout(column(well))


def line_stamp(watch: Stopwatch, wall: str) -> str:
    """The time in front of a line: within the two minutes once they began, else of the day."""
    if watch.elapsed <= 0:
        return wall
    seconds = int(watch.elapsed)
    return f"{seconds // 60}:{seconds % 60:02d}"
