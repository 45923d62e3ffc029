"""The cover: one neutral screen in front of everything, at once. It hides; it does not lock."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from ui.icons import pixmap
from ui.notices import Notice
from ui.theme import theme_now
from ui.tokens import Space
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import DangerButton
from ui.widgets.surface import boxed, column, row
from ui.widgets.text import TextLabel
from ui.words import tr


class Cover(QWidget):
    """Shows nothing of anybody. While locking fails to save the last words it says so, and asks what to do."""

    retry_asked = Signal()
    lose_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cover")
        self.setAccessibleName(tr("cover", "The screen is covered"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ground", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._mark = QLabel()
        self._hint = TextLabel("", "caption")
        self._bar = QuietBar()
        self._lose = DangerButton(tr("cover", "Lock without them"))
        self._lose.setObjectName("cover.lose")
        self._arrange()
        self._bar.acted.connect(self.retry_asked)
        self._lose.clicked.connect(self.lose_asked)
        self.show_hint("")

    def show_hint(self, keys: str) -> None:
        """The plain cover; ``keys`` uncover it, "" while the program is locking."""
        self._bar.show_notice(None)
        self._lose.hide()
        theme = theme_now()
        self._mark.setPixmap(pixmap("house", theme.palette.edge, theme.px(28)))
        self._hint.setText(tr("cover", "Press {keys} to go on", keys=keys) if keys else tr("cover", "Locking…"))

    def show_problem(self, notice: Notice) -> None:
        """The last words could not be written: nothing is shown of them, but they are still in memory."""
        self._hint.setText("")
        self._bar.show_notice(notice)
        self._lose.show()

    def _arrange(self) -> None:
        self._bar.setMaximumWidth(640)
        centre = column(gap=Space.M, margin=Space.XL)
        centre.addStretch(1)
        for part in (self._mark, self._hint):
            centre.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        line = row()
        line.addStretch(1)
        line.addWidget(boxed(column(self._bar, self._lose)), 4)
        line.addStretch(1)
        centre.addLayout(line)
        centre.addStretch(1)
        self.setLayout(centre)
