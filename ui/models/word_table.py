"""A table of words: immutable cells in, the same said aloud."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
CELL_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Cell:
    """``mark`` stands above the words ("Changed"); ``quiet`` words are about an answer, not one; ``is_label`` words
    name a row.
    """

    words: str = field(repr=False)
    mark: str = ""
    is_heading: bool = False
    is_label: bool = False
    quiet: bool = False

    def spoken(self) -> str:
        return f"{self.mark}: {self.words}" if self.mark else self.words


class WordTableModel(QAbstractTableModel):
    """Holds rows of cells under column heads; the first column names the row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heads: tuple[str, ...] = ()
        self._rows: tuple[tuple[Cell, ...], ...] = ()

    def show(self, heads: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> bool:
        """Show other cells; whether anything is different now."""
        new_heads, new_rows = tuple(heads), tuple(rows)
        if (new_heads, new_rows) == (self._heads, self._rows):
            return False
        self.beginResetModel()
        self._heads, self._rows = new_heads, new_rows
        self.endResetModel()
        return True

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._heads)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._heads[section]

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        cell = self._rows[index.row()][index.column()]
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.words
        return cell.spoken() if role == Qt.ItemDataRole.AccessibleTextRole else None
