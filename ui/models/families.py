"""Families as a table: immutable rows in, words out; nothing is read from the store while it is painted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from homevisit.domain.family import Level, Role
from homevisit.domain.summaries import FamilyRow
from ui.presenters.family_words import baby_age, baby_words, iso_day_words, level_words
from ui.visit_words import role_words
from ui.words import tr, tr_count

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
CELL_ROLE = Qt.ItemDataRole.UserRole
ID_ROLE = Qt.ItemDataRole.UserRole + 1
ROOM = "families"


class Column(IntEnum):
    """The columns in reading order."""

    FAMILY = 0
    BABIES = 1
    CARERS = 2
    LEVEL = 3
    LAST = 4
    STATE = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows: a first line, a softer second one, and a mark ("draft", "conflict" or "")."""

    text: str = field(default="", repr=False)
    more: str = field(default="", repr=False)
    mark: str = ""


class FamiliesModel(QAbstractTableModel):
    """Adapts FamilyRows; the words of a row are made when it is first painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[FamilyRow, ...] = ()
        self._today = date.min
        self._cells: dict[int, tuple[Cell, ...]] = {}

    def show(self, rows: Sequence[FamilyRow], today: date) -> None:
        """Show other families."""
        new = tuple(rows)
        if new == self._rows and today == self._today:
            return
        self.beginResetModel()
        self._rows, self._today, self._cells = new, today, {}
        self.endResetModel()

    def family_at(self, place: int) -> str:
        """The id of the family in a row; "" where there is none."""
        return self._rows[place].id if 0 <= place < len(self._rows) else ""

    def place_of(self, family: str) -> int:
        """The row of a family; -1 where it is not shown."""
        return next((place for place, row in enumerate(self._rows) if row.id == family), -1)

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(Column)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        if role == ID_ROLE:
            return self._rows[index.row()].id
        cell = self._cells_of(index.row())[index.column()]
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return ", ".join(part for part in (cell.text, cell.more) if part)
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            Column.FAMILY: tr(ROOM, "Family"),
            Column.BABIES: tr(ROOM, "Babies"),
            Column.CARERS: tr(ROOM, "Carers"),
            Column.LEVEL: tr(ROOM, "Level"),
            Column.LAST: tr(ROOM, "Last visit"),
            Column.STATE: tr(ROOM, "Open work"),
        }.get(Column(section))

    def _cells_of(self, place: int) -> tuple[Cell, ...]:
        if place not in self._cells:
            self._cells[place] = cells_of(self._rows[place], self._today)
        return self._cells[place]


def cells_of(row: FamilyRow, today: date) -> tuple[Cell, ...]:
    """The words of a family's row."""
    return (
        Cell(row.name, row.address),
        _babies(row, today),
        Cell(row.carers[0] if row.carers else "", ", ".join(row.carers[1:])),
        Cell(level_words(Level(row.level)) if row.level else tr(ROOM, "not set")),
        Cell(
            iso_day_words(row.last_visit) if row.last_visit else tr(ROOM, "none yet"),
            tr_count(ROOM, "{count} visit", "{count} visits", row.visits) if row.visits else "",
        ),
        _state(row),
    )


def _babies(row: FamilyRow, today: date) -> Cell:
    if not row.babies:
        return Cell()
    if len(row.babies) == 1:
        name, birth, due, gestation = row.babies[0]
        shown = name or role_words(Role.CHILD if birth else Role.UNBORN).capitalize()
        return Cell(shown, baby_age(birth, due, gestation, today))
    words = [baby_words(*baby, today) for baby in row.babies]
    return Cell(words[0], "; ".join(words[1:]))


def _state(row: FamilyRow) -> Cell:
    if row.conflicts:
        words = tr_count(ROOM, "{count} field to settle", "{count} fields to settle", row.conflicts)
        return Cell(words, mark="conflict")
    if row.drafts:
        return Cell(tr_count(ROOM, "Draft", "{count} drafts", row.drafts), mark="draft")
    return Cell()
