"""A choice among a few words in a row: visibly unanswered until answered, one tab stop, arrows and digits answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QRadioButton, QSizePolicy, QWidget
from typing_extensions import override

from ui.icons import icon
from ui.theme import theme_now
from ui.tokens import Space
from ui.widgets.surface import row
from ui.widgets.text import TextLabel
from ui.words import tr

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_CLEARING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class _Segment(QRadioButton):
    """One of the choices."""

    def __init__(self, value: str, words: str, parent: QWidget) -> None:
        super().__init__(words, parent)
        self.value = value
        self.setAutoExclusive(False)
        self.setProperty("segment", True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self.tint)
        self.tint()

    def tint(self) -> None:
        theme = theme_now()
        colours = theme.palette
        size = theme.px(16)
        name, colour = ("circle-check", colours.accent) if self.isChecked() else ("circle", colours.edge)
        self.setIcon(icon(name, colour, size, disabled=colours.ink_faint, gap=2))
        self.setIconSize(QSize(size + 2, size))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.tint()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, digits and Backspace belong to the whole; Qt's own arrows would move the focus without answering."""
        if event.key() in _STEPS or event.key() in _CLEARING or event.text().isdecimal():
            event.ignore()
        else:
            super().keyPressEvent(event)


class Segmented(QWidget):
    """``choices`` are (value, words). ``answer_given`` carries the value, "" when the answer was taken back.

    ``layout`` (one that wraps) is for more choices than fit in a row. Backspace takes the answer back; pressing the
    chosen segment again does nothing: a slip of the hand loses nothing.
    """

    answer_given = Signal(str)

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[str, str]],
        *,
        layout: QLayout | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._value = ""
        self._segments = [_Segment(value, words, self) for value, words in choices]
        self._unanswered = TextLabel(tr("segmented", "not answered"), "caption")
        self.setAccessibleName(name)
        arranged = layout or row(gap=Space.XS)
        for part in (*self._segments, self._unanswered):
            arranged.addWidget(part)
        if isinstance(arranged, QHBoxLayout):
            arranged.addStretch(1)
        self.setLayout(arranged)
        for segment in self._segments:
            segment.clicked.connect(lambda _=False, chosen=segment: self._answer(chosen.value))
        wraps = arranged.hasHeightForWidth()
        policy = QSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum if wraps else QSizePolicy.Policy.Fixed
        )
        policy.setHeightForWidth(wraps)
        self.setSizePolicy(policy)
        self._render()

    @override
    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        for segment in self._segments:
            segment.setObjectName(f"{name}.{segment.value}")

    @override
    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        for segment in self._segments:
            segment.setAccessibleName(f"{name}: {segment.text()}")

    def value(self) -> str:
        return self._value

    def show_value(self, value: str) -> None:
        """Render an answer; "" is not answered. Does not emit."""
        self._value = value if value in {segment.value for segment in self._segments} else ""
        self._render()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._step(_STEPS[key])
        elif key in _CLEARING:
            self._answer("")
        elif event.text().isdecimal() and 0 < int(event.text()) <= len(self._segments):
            self._choose(int(event.text()) - 1)
        else:
            super().keyPressEvent(event)

    def _step(self, step: int) -> None:
        values = [segment.value for segment in self._segments]
        start = values.index(self._value) if self._value else -1 if step > 0 else len(values)
        self._choose(min(len(values) - 1, max(0, start + step)))

    def _choose(self, position: int) -> None:
        self._answer(self._segments[position].value)
        self._segments[position].setFocus(Qt.FocusReason.OtherFocusReason)

    def _answer(self, value: str) -> None:
        changed = value != self._value
        self._value = value
        self._render()
        if changed:
            self.answer_given.emit(value)

    def _render(self) -> None:
        for segment in self._segments:
            segment.setChecked(segment.value == self._value)
        self._unanswered.setVisible(not self._value)
        stop = next((segment for segment in self._segments if segment.isChecked()), self._segments[0])
        for segment in self._segments:
            segment.setFocusPolicy(Qt.FocusPolicy.StrongFocus if segment is stop else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(stop)
        self.setAccessibleDescription("" if self._value else self._unanswered.text())
