"""The safety panel in the page: calm words at its head, and the hold that keeps the page until it is settled."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from homevisit.prompts.paths import Path
from homevisit.prompts.safety import first_open, panels, unsettled
from ui.icons import pixmap
from ui.prompts.filling import Filling
from ui.prompts.wording import ROOM
from ui.theme import theme_now
from ui.tokens import Space, Tone
from ui.widgets.surface import column, row
from ui.widgets.text import SectionTitle, WrappedText
from ui.words import tr

_LOOKS = {True: ("circle-check", Tone.NEUTRAL), False: ("circle-alert", Tone.WAITING)}


class SafetyHead(QWidget):
    """Says what is asked for, and that it is settled once it is: an icon and words, no alarm."""

    def __init__(self, path: Path, filling: Filling) -> None:
        super().__init__()
        self._path = path
        self._filling = filling
        self._settled = False
        self._mark = QLabel()
        self._mark.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._title = SectionTitle(filling.state(path).item.label)
        self._words = WrappedText("", "soft")
        line = row(self._mark, gap=Space.S)
        line.addLayout(column(self._title, self._words, gap=Space.XS), 1)
        self.setLayout(line)
        self.setAccessibleName(self._title.text())
        filling.changed.connect(self._render)
        self._render()

    def _render(self) -> None:
        panel = next((each for each in panels(self._filling.session.state()) if each.path == self._path), None)
        self._settled = panel is not None and panel.settled
        words = settled_words() if self._settled else open_words()
        self._words.setText(words)
        self.setAccessibleDescription(words)
        self._tint()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_mark"):
            self._tint()

    def _tint(self) -> None:
        theme, (name, tone) = theme_now(), _LOOKS[self._settled]
        self._mark.setPixmap(pixmap(name, theme.palette.tones[tone].ink, theme.px(20)))


def open_words() -> str:
    return tr(ROOM, "Write what you asked, who you told and when. If you did nothing more now, write the reason.")


def settled_words() -> str:
    return tr(ROOM, "Noted. You can go on.")


def hold_words() -> str:
    return tr(
        ROOM,
        "One answer calls for action today. Write what you asked, who you told and when, or the reason; then go on. "
        "What you have written is saved.",
    )


def waiting_place(filling: Filling) -> Path | None:
    """Where to go first while a panel waits. In in-home view panels are hidden and hold nobody: Finish names them."""
    if filling.privacy is not None and filling.privacy.in_home:
        return None
    state = filling.session.state()
    return next((first_open(state, path) for path in unsettled(state)), None)
