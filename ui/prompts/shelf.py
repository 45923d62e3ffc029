"""The widgets of a page's rows by what tells the rows apart: made, placed, hidden and taken down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from PySide6.QtWidgets import QApplication, QWidget

from homevisit.prompts.paths import Path
from ui.prompts.block import PromptBlock
from ui.prompts.filling import Filling
from ui.prompts.row_widgets import row_widget
from ui.prompts.rows import PromptRow, RowKind
from ui.prompts.stacking import Edges
from ui.prompts.tab_order import TabOrder

Key = tuple[RowKind, Path, int]
_KEPT = 120  # rows that keep their widgets; the farthest lose theirs
_DROPPED_AT_ONCE = 8


class Shelf:
    """Holds the widgets that are built; what was hidden keeps its widget, so that Ctrl+Z still works in it."""

    def __init__(self, canvas: QWidget, filling: Filling) -> None:
        self._canvas, self._filling = canvas, filling
        self._widgets: dict[Key, QWidget] = {}
        self._keys: dict[QWidget, Key] = {}
        self._placed: dict[Key, Edges] = {}
        self._order = TabOrder(canvas)

    def __contains__(self, key: object) -> bool:
        return key in self._widgets

    def __iter__(self) -> Iterator[Key]:
        return iter(self._widgets)

    def get(self, key: Key) -> QWidget | None:
        return self._widgets.get(key)

    def make(self, row: PromptRow, *, above: Iterable[Key]) -> None:
        """One widget, with its place in the order of Tab among the rows that are built, the nearest ones first."""
        widget = row_widget(row, self._filling)
        widget.setParent(self._canvas)
        self._widgets[row.key] = widget
        self._keys[widget] = row.key
        rows = self._widgets
        self._order.put(widget, above=(rows[key] for key in above))

    def tall(self, key: Key, width: int) -> int:
        """How tall a widget wants to be."""
        widget = self._widgets[key]
        return widget.heightForWidth(width) if widget.hasHeightForWidth() else widget.sizeHint().height()

    def place(self, key: Key, edges: Edges) -> None:
        """Put a widget where it belongs, and show it."""
        widget = self._widgets[key]
        if self._placed.get(key) != edges:
            self._placed[key] = edges
            widget.setGeometry(*edges)
        if widget.isHidden():
            widget.show()

    def keyboard(self) -> Key | None:
        """The row that has the keyboard."""
        widget = QApplication.focusWidget()
        while widget is not None and widget.parentWidget() is not self._canvas:
            widget = widget.parentWidget()
        return self._keys.get(widget) if widget is not None else None

    def hide_others(self, shown: Mapping[Key, int]) -> None:
        for key in self._widgets.keys() - shown.keys():
            self._widgets[key].hide()

    def drop_repeats(self, place: Path, link_id: str) -> None:
        """What stands in one repeat now may stand in another: their widgets are made anew."""
        depth = len(place)
        for key in list(self._widgets):
            path = key[1]
            if path[:depth] == place and len(path) > depth and path[depth][0] == link_id:
                self._drop(key)

    def drop_far(self, numbers: Mapping[Key, int], middle: int) -> None:
        """Take the farthest widgets down, once there are many; not where the person writes or could undo."""
        spare = len(self._widgets) - _KEPT
        if spare > 0:
            far = sorted(self._widgets, key=lambda key: -abs(numbers.get(key, -_KEPT) - middle))
            self._drop_all(far[: min(_DROPPED_AT_ONCE, spare)])

    def _drop_all(self, keys: Iterable[Key]) -> None:
        held = self.keyboard()
        for key in keys:
            widget = self._widgets[key]
            if key != held and not (isinstance(widget, PromptBlock) and widget.control.can_undo()):
                self._drop(key)

    def _drop(self, key: Key) -> None:
        widget = self._widgets.pop(key)
        self._keys.pop(widget, None)
        self._placed.pop(key, None)
        self._order.forget(widget)
        if isinstance(widget, PromptBlock):
            widget.control.flush()
        widget.hide()
        widget.deleteLater()
