"""F1: every shortcut, grouped, read from the one table."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from ui.dialogs.overlay import Overlay
from ui.shortcuts import FIXED, TABLE, Shortcut, Shortcuts
from ui.tokens import Space
from ui.widgets.buttons import SecondaryButton
from ui.widgets.surface import boxed, row
from ui.widgets.text import SectionTitle, TextLabel, WrappedText
from ui.words import tr


class ShortcutSheet(Overlay):
    """Two columns of keys and what they do; Esc or F1 closes it."""

    def __init__(self, host: QWidget, shortcuts: Shortcuts) -> None:
        super().__init__(host, tr("shortcuts", "Keyboard shortcuts"), width=860)
        self.setObjectName("shortcut_sheet")
        self._shortcuts = shortcuts
        self._close = SecondaryButton(tr("shortcuts", "Close"))
        self._close.setObjectName("shortcut_sheet.close")
        self._close.clicked.connect(self.close_over)

    @override
    def open_over(self) -> None:
        """A hundred labels that most days do not need: they are made when the sheet is first asked for."""
        if not self.card.body.count():
            self._fill()
        super().open_over()

    @override
    def first_focus(self) -> QWidget:
        return self._close

    def _fill(self) -> None:
        head = row(SectionTitle(tr("shortcuts", "Keyboard shortcuts")))
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.card.body.addLayout(head)
        groups = _grouped()
        halves = row(gap=Space.XL * 2)
        for part in (groups[:1], groups[1:]):
            halves.addWidget(boxed(_table(part, self._shortcuts)), 1, Qt.AlignmentFlag.AlignTop)
        self.card.body.addLayout(halves)


def _grouped() -> list[tuple[str, list[Shortcut]]]:
    groups: dict[str, list[Shortcut]] = {}
    for line in (*TABLE, *FIXED):
        groups.setdefault(line.group, []).append(line)
    return list(groups.items())


def _table(groups: list[tuple[str, list[Shortcut]]], shortcuts: Shortcuts) -> QGridLayout:
    fixed = {line.id for line in FIXED}
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(Space.L)
    grid.setVerticalSpacing(Space.XS)
    for name, lines in groups:
        title = TextLabel(tr("shortcuts", name), "overline")
        title.setContentsMargins(0, Space.S, 0, 0)
        grid.addWidget(title, grid.rowCount(), 0, 1, 2)
        for line in lines:
            at = grid.rowCount()
            grid.addWidget(TextLabel(line.keys if line.id in fixed else shortcuts.shown(line.id), "strong"), at, 0)
            grid.addWidget(WrappedText(line.shown()), at, 1)
    grid.setColumnStretch(1, 1)
    return grid
