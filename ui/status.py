"""The status line: the one quiet place for what is saved, what still has to leave, and in-home view."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.tokens import Space
from ui.widgets.buttons import Button
from ui.widgets.surface import row
from ui.widgets.text import TextLabel
from ui.words import tr, tr_count


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusState:
    """What the line says; ``waiting`` is None until the store has counted."""

    saved_at: datetime | None = None
    waiting: int | None = None
    exchanging: bool = False
    in_home: bool = False
    can_go_in_home: bool = False


class StatusLine(QWidget):
    """Renders a StatusState; emits the wish to change in-home view."""

    in_home_asked = Signal(bool)
    sending_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setProperty("ground", "status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._saved = TextLabel(style="caption")
        self._saved.setObjectName("status.saved")
        self._waiting = Button("", kind="quiet")
        self._waiting.setObjectName("status.waiting")
        self._in_home = Button(tr("status", "In-home view"), kind="quiet", icon="shield")
        self._in_home.setObjectName("status.in_home")
        self._in_home.setCheckable(True)
        line = row(self._saved, self._waiting, gap=Space.M)
        line.setContentsMargins(Space.M, 0, Space.S, 0)
        line.addStretch(1)
        line.addWidget(self._in_home)
        self.setLayout(line)
        self._waiting.clicked.connect(self.sending_asked)
        self._in_home.clicked.connect(self.in_home_asked)
        self.render_state(StatusState())

    def render_state(self, state: StatusState) -> None:
        self._saved.setText(saved_words(state.saved_at))
        self._saved.setVisible(state.saved_at is not None)
        words = tr("status", "Sending and receiving…") if state.exchanging else waiting_words(state.waiting)
        self._waiting.setText(words)
        self._waiting.setVisible(bool(words) and not state.in_home)
        self._in_home.setChecked(state.in_home)
        self._in_home.setEnabled(state.in_home or state.can_go_in_home)
        self._in_home.setText(tr("status", "In-home view is on") if state.in_home else tr("status", "In-home view"))
        self._in_home.show_icon("shield-check" if state.in_home else "shield")
        self._in_home.setToolTip("" if self._in_home.isEnabled() else tr("status", "Open a family or a visit first"))


def saved_words(at: datetime | None) -> str:
    """When the last words were saved, in the person's own time: "Saved 14:02:11"."""
    if at is None:
        return ""
    return tr("status", "Saved {time}", time=f"{at.astimezone():%H:%M:%S}")


def waiting_words(count: int | None) -> str:
    """What waits, "3 to send"; "Everything sent" only for a counted zero."""
    if count is None:
        return ""
    if count < 0:
        return tr("status", "Changes to send")
    return tr_count("status", "{count} to send", "{count} to send", count) if count else tr("status", "Everything sent")
