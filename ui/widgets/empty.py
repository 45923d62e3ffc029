"""What a place says when there is nothing in it yet, or while it is being fetched."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from ui.tokens import Space
from ui.widgets.buttons import PrimaryButton
from ui.widgets.mark import Mark
from ui.widgets.surface import column
from ui.widgets.text import WrappedText


class EmptyState(QWidget):
    """An icon, one sentence, and the first thing to do here."""

    acted = Signal()

    def __init__(self, icon: str, sentence: str, action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = Mark(icon, size=32)
        self._sentence = _centred(sentence)
        self.button = PrimaryButton(action)
        self.button.clicked.connect(self.acted)
        self._arrange()
        self.button.setHidden(not action)

    def show_text(self, sentence: str, action: str = "") -> None:
        self._sentence.setText(sentence)
        self.button.setText(action)
        self.button.setVisible(bool(action))

    def _arrange(self) -> None:
        body = column(gap=Space.M, margin=Space.XL)
        body.addStretch(1)
        body.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignHCenter)
        body.addWidget(self._sentence)
        body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        body.addStretch(2)
        self.setLayout(body)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)


class BusyState(QWidget):
    """Says what is being done; the bar moves because how long is not known."""

    def __init__(self, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = _centred(sentence)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(200)
        self._bar.setAccessibleName(sentence)
        body = column(gap=Space.M, margin=Space.XL)
        body.addStretch(1)
        body.addWidget(self._sentence)
        body.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignHCenter)
        body.addStretch(2)
        self.setLayout(body)

    def show_text(self, sentence: str) -> None:
        self._sentence.setText(sentence)
        self._bar.setAccessibleName(sentence)


def _centred(sentence: str) -> WrappedText:
    """Goes over the whole width: a label that the layout centres is given the height of wider words, and cut off."""
    label = WrappedText(sentence, "soft")
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label
