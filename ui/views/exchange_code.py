"""One's own card as a code on the screen, large enough to be photographed from the other side of a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.dialogs.overlay import Overlay
from ui.theme import theme_now
from ui.tokens import Space
from ui.views.cards import SixWords
from ui.widgets.buttons import SecondaryButton
from ui.widgets.surface import row
from ui.widgets.text import BodyText, SectionTitle
from ui.words import tr

ROOM = "cards"
QUIET = 4
LARGEST, LEAST = 5, 2
BESIDES = 340
LIGHT, DARK = QColor("white"), QColor("black")
"""In every theme: a camera needs the contrast, and the light margin."""


class CodeView(QWidget):
    """The squares of a code, each of a whole number of pixels."""

    def __init__(self, rows: Sequence[Sequence[bool]], *, room: int) -> None:
        """``room`` is how high it may be."""
        super().__init__()
        self._rows = rows
        self._count = len(rows) + 2 * QUIET
        self._side = max(LEAST, min(LARGEST, room // self._count))
        self.setAccessibleName(tr(ROOM, "The code of my card, for a camera"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._side * self._count, self._side * self._count)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        side, whole = self._side, self._side * self._count
        left, top = (self.width() - whole) // 2, (self.height() - whole) // 2
        painter = QPainter(self)
        painter.fillRect(QRectF(left, top, whole, whole), LIGHT)
        for line, cells in enumerate(self._rows):
            for place, is_dark in enumerate(cells):
                if is_dark:
                    x, y = left + (place + QUIET) * side, top + (line + QUIET) * side
                    painter.fillRect(QRectF(x, y, side, side), DARK)
        painter.end()


class CodeSheet(Overlay):
    """The code with the six words below, so that both can be read off one screen; Esc closes it."""

    def __init__(self, host: QWidget, rows: Sequence[Sequence[bool]], words: Sequence[str]) -> None:
        super().__init__(host, tr(ROOM, "My card as a code"), width=520)
        self.setObjectName("cards.code")
        self._close = SecondaryButton(tr(ROOM, "Close"))
        self._close.setObjectName("cards.code.close")
        six = SixWords()
        six.show_words(words)
        buttons = row(gap=Space.S)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        how = tr(ROOM, "Let the other person photograph this, add the picture as your card, and compare the six words.")
        self.card.body.setSpacing(Space.M)
        self.card.body.addWidget(SectionTitle(tr(ROOM, "My card as a code")))
        self.card.body.addWidget(BodyText(how, soft=True))
        code = CodeView(rows, room=host.height() - theme_now().px(BESIDES))
        self.card.body.addWidget(code, 0, Qt.AlignmentFlag.AlignHCenter)
        self.card.body.addWidget(six)
        self.card.body.addLayout(buttons)
        self._close.clicked.connect(self.close_over)
        self.closed.connect(self.deleteLater)

    @override
    def first_focus(self) -> QWidget:
        return self._close
