"""What a place says when there is nothing in it yet, or while it is being fetched."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QSizePolicy, QWidget
from typing_extensions import override

from ui.icons import pixmap
from ui.theme import theme_now
from ui.tokens import Space
from ui.widgets.buttons import PrimaryButton
from ui.widgets.surface import column
from ui.widgets.text import WrappedText


class EmptyState(QWidget):
    """An icon, one sentence, and the first thing to do here."""

    acted = Signal()

    def __init__(self, icon: str, sentence: str, action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._mark = QLabel()
        self._mark.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._sentence = WrappedText(sentence, "soft")
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._sentence.setMaximumWidth(440)
        self._sentence.setMinimumWidth(240)
        self.button = PrimaryButton(action)
        self.button.clicked.connect(self.acted)
        self._arrange()
        self.button.setHidden(not action)
        self._tint()

    def show_text(self, sentence: str, action: str = "") -> None:
        self._sentence.setText(sentence)
        self.button.setText(action)
        self.button.setVisible(bool(action))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _arrange(self) -> None:
        body = column(gap=Space.M, margin=Space.XL)
        body.addStretch(1)
        for part in (self._mark, self._sentence, self.button):
            body.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        body.addStretch(2)
        self.setLayout(body)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _tint(self) -> None:
        theme = theme_now()
        self._mark.setPixmap(pixmap(self._icon_name, theme.palette.ink_faint, theme.px(32)))


class BusyState(QWidget):
    """Says what is being done; the bar moves because how long is not known."""

    def __init__(self, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = WrappedText(sentence, "soft")
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(200)
        self._bar.setAccessibleName(sentence)
        body = column(gap=Space.M, margin=Space.XL)
        body.addStretch(1)
        body.addWidget(self._sentence, 0, Qt.AlignmentFlag.AlignHCenter)
        body.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignHCenter)
        body.addStretch(2)
        self.setLayout(body)

    def show_text(self, sentence: str) -> None:
        self._sentence.setText(sentence)
        self._bar.setAccessibleName(sentence)
