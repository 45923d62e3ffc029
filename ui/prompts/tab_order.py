"""The order of Tab among rows that are built one by one: a row comes after the row above it, with all its fields.

Qt orders only what takes the keyboard itself: moving a row alone would leave its fields where they are. Qt's own chain
is never walked from here: asking a widget for its neighbour makes PySide take the neighbour for its child, which then
counts as deleted once the widget is.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from shiboken6 import isValid


class TabOrder:
    """Remembers the fields of each row; where none above has any, a row comes right after ``start``, which is passed
    over by Tab itself.
    """

    def __init__(self, start: QWidget) -> None:
        self._start = start
        self._fields: dict[QWidget, list[QWidget]] = {}

    def put(self, row: QWidget, *, above: Iterable[QWidget]) -> None:
        """Give a new row its place after the nearest row above that has fields."""
        window = row.window()
        inside = [
            each for each in row.findChildren(QWidget) if each.window() is window
        ]  # the list of a drop-down is not
        self._fields[row] = [each for each in inside if _takes_keyboard(each)]
        last = self._last_of(above)
        for field in self._fields[row]:
            _put_after(last, field)
            last = field
        for each in (row, *inside):
            proxy = each.focusProxy()
            if proxy is not None:
                each.setFocusProxy(proxy)  # moves what hands the keyboard on to where it hands it on to

    def forget(self, row: QWidget) -> None:
        self._fields.pop(row, None)

    def _last_of(self, rows: Iterable[QWidget]) -> QWidget:
        return next((fields[-1] for row in rows if (fields := self._fields_of(row))), self._start)

    def _fields_of(self, row: QWidget) -> list[QWidget]:
        return [each for each in self._fields.get(row, ()) if isValid(each)]


def _put_after(before: QWidget, field: QWidget) -> None:
    """Qt puts nothing after what Tab skips now, such as a choice that is not the chosen one: it may be chosen later."""
    policy = before.focusPolicy()
    before.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    QWidget.setTabOrder(before, field)
    before.setFocusPolicy(policy)


def _takes_keyboard(widget: QWidget) -> bool:
    has_policy = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    return has_policy and widget.focusProxy() is None and not isinstance(widget, QLabel)
