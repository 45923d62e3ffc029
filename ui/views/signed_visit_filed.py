"""Beside a signed visit: where it was filed elsewhere, and where not yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.tokens import Space
from ui.views.filed_words import FiledLine
from ui.widgets.mark import Mark
from ui.widgets.surface import Card, boxed, column, row
from ui.widgets.text import Caption, SectionTitle, WrappedText
from ui.words import tr

ROOM = "filed"


class FiledCard(Card):
    """A line for each server; not there where no server ever had to do with the visit."""

    def __init__(self) -> None:
        super().__init__(SectionTitle(tr(ROOM, "Filed elsewhere")), name=tr(ROOM, "Filed elsewhere"))
        self.setObjectName("signed.filed")
        self._lines: QVBoxLayout = column(gap=Space.M)
        self._shown: tuple[FiledLine, ...] = ()
        self.body.addLayout(self._lines)

    def show_lines(self, lines: Sequence[FiledLine]) -> None:
        self.setVisible(bool(lines))
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for line in lines:
            self._lines.addWidget(_line(line))


def _line(line: FiledLine) -> QWidget:
    told = column(WrappedText(line.said), gap=2)
    if line.more:
        told.addWidget(Caption(line.more))
    whole = row(gap=Space.S)
    whole.addWidget(Mark(line.icon, line.tone), 0, Qt.AlignmentFlag.AlignTop)
    whole.addLayout(told, 1)
    return boxed(whole)
