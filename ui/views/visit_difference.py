"""One place of a visit in two states, side by side or one above the other, with the changed words marked."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.presenters.visit_changes import Change, Mark, Piece
from ui.privacy import Privacy
from ui.theme import theme_now
from ui.tokens import Space, Tone
from ui.widgets.private import SensitiveBox
from ui.widgets.surface import Well, boxed, column, row
from ui.widgets.text import Caption, TextLabel, WrappedText
from ui.words import tr

ROOM = "visit"
LONGEST = 20_000


class MarkedText(WrappedText):
    """Text with marked pieces: struck through and on a ground where it was, underlined where it is now."""

    def __init__(self, pieces: tuple[Piece, ...], *, is_newer: bool) -> None:
        super().__init__()
        self._pieces, self._is_newer = pieces, is_newer
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._render()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._render()

    def _render(self) -> None:
        plain = "".join(text for _, text in self._pieces)
        self.setAccessibleName(plain.strip() or tr(ROOM, "nothing"))
        if not plain.strip():
            self.setText(f"<i>{escape(tr(ROOM, 'nothing'))}</i>")
            return
        left, parts = LONGEST, []
        for mark, text in self._pieces:
            parts.append(self._piece(mark, text[:left]))
            left = max(0, left - len(text))
        self.setText("".join(parts) + ("" if left else " …"))

    def _piece(self, mark: Mark, text: str) -> str:
        shown = escape(text).replace("\n", "<br>")
        if mark is Mark.SAME or not text.strip():
            return shown
        colours = theme_now().palette.tones[Tone.GOOD if self._is_newer else Tone.ALERT]
        line = "underline" if self._is_newer else "line-through"
        style = f"background-color:{colours.ground};color:{colours.ink};text-decoration:{line}"
        return f'<span style="{style}">{shown}</span>'


class DifferenceView(QWidget):
    """A change with its title; ``labels`` say what the two states are called."""

    def __init__(self, change: Change, labels: tuple[str, str], *, beside: bool) -> None:
        super().__init__()
        self.setAccessibleName(change.title)
        sides = [_side(label, pieces, newer) for label, pieces, newer in _both(change, labels)]
        pair = row(*sides, gap=Space.M) if beside else column(*sides, gap=Space.XS)
        for place in range(2 if beside else 0):
            pair.setStretch(place, 1)
        body = column(TextLabel(change.title, "strong"), boxed(pair), gap=Space.XS)
        self.setLayout(body)


def difference(change: Change, labels: tuple[str, str], privacy: Privacy, *, beside: bool) -> QWidget:
    """The view of a change; in in-home view a line stands in the place of a sensitive one."""
    view = DifferenceView(change, labels, beside=beside)
    return SensitiveBox(privacy, view) if change.sensitive else view


def _both(change: Change, labels: tuple[str, str]) -> tuple[tuple[str, tuple[Piece, ...], bool], ...]:
    return (labels[0], change.before, False), (labels[1], change.after, True)


def _side(label: str, pieces: tuple[Piece, ...], newer: bool) -> QWidget:
    well = Well(Caption(label), MarkedText(pieces, is_newer=newer))
    well.body.addStretch(1)
    return well
