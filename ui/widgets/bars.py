"""Where problems and announcements appear: inside the page, one sentence, one next step, no dialog and no toast."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from ui.icons import pixmap
from ui.notices import Notice
from ui.theme import theme_now
from ui.tokens import Space, Tone
from ui.widgets.buttons import IconButton, SecondaryButton
from ui.widgets.surface import column, row
from ui.widgets.text import WrappedText
from ui.words import tr

_ICONS = {
    Tone.NEUTRAL: "info",
    Tone.INFO: "info",
    Tone.WAITING: "clock",
    Tone.GOOD: "circle-check",
    Tone.ALERT: "triangle-alert",
}


class QuietBar(QFrame):
    """Shows one Notice, or nothing. It never takes the focus; a screen reader hears it once.

    One that ``stays`` cannot be dismissed: what it says is still so.
    """

    acted = Signal(str)
    dismissed = Signal()
    shown = Signal(bool)

    def __init__(self, parent: QWidget | None = None, *, stays: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("quiet_bar")
        self.setProperty("ground", "bar")
        self._notice: Notice | None = None
        self._mark = QLabel()
        self._mark.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._sentence = WrappedText(style="strong")
        self._next = WrappedText(style="body")
        self._action = SecondaryButton(tr("bar", "Next step"))
        self._action.setObjectName("quiet_bar.action")
        self._close = IconButton("x", tr("bar", "Dismiss this message"))
        self._close.setObjectName("quiet_bar.dismiss")
        self._arrange()
        self._close.setHidden(stays)
        self._action.clicked.connect(self._on_action)
        self._close.clicked.connect(self._on_dismiss)
        self.hide()

    @property
    def notice(self) -> Notice | None:
        return self._notice

    def show_notice(self, notice: Notice | None) -> None:
        """Show a notice in place of the last one; None hides the bar."""
        is_new = notice != self._notice
        self._notice = notice
        if notice is not None:
            self._sentence.setText(notice.sentence)
            self._next.setText(notice.next_step)
            self._next.setVisible(bool(notice.next_step))
            self._action.setText(notice.action_label)
            self._action.setVisible(bool(notice.action_label))
            self._colour(notice.tone)
        self.setVisible(notice is not None)
        self.shown.emit(notice is not None)
        if notice is not None and is_new:
            self._announce(notice)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._notice:
            self._colour(self._notice.tone)

    def _arrange(self) -> None:
        said = row(self._mark, gap=Space.S)
        said.addLayout(column(self._sentence, self._next, gap=2), 1)
        words = column()
        words.addStretch(1)  # one line stands in the middle of the buttons beside it
        words.addLayout(said)
        words.addStretch(1)
        line = row(gap=Space.S)
        line.setContentsMargins(Space.M, Space.S, Space.S, Space.S)
        line.addLayout(words, 1)
        line.addWidget(self._action, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _colour(self, tone: Tone) -> None:
        theme = theme_now()
        colours = theme.palette.tones[tone]
        self._mark.setPixmap(pixmap(_ICONS[tone], colours.ink, theme.px(18)))
        if self.property("tone") != tone.value:
            self.setProperty("tone", tone.value)
            for part in (self, self._sentence, self._next):
                part.style().unpolish(part)
                part.style().polish(part)

    def _announce(self, notice: Notice) -> None:
        spoken = f"{notice.sentence} {notice.next_step}".strip()
        self.setAccessibleName(spoken)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, spoken))

    def _on_action(self) -> None:
        if self._notice:
            self.acted.emit(self._notice.action)

    def _on_dismiss(self) -> None:
        self.show_notice(None)
        self.dismissed.emit()
