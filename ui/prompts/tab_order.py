"""The order of Tab among rows that are built one by one: a row comes after the row above it, with all its fields.

Qt orders only what takes the keyboard itself: moving a row alone would leave its fields where they are.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from shiboken6 import isValid


class TabOrder:
    """Remembers the fields of each row: what they stand among in Qt's own chain grows with every row."""

    def __init__(self) -> None:
        self._fields: dict[QWidget, list[QWidget]] = {}

    def put(self, row: QWidget, *, above: Iterable[QWidget], below: Iterable[QWidget]) -> None:
        """Give a new row its place: after the nearest row above that has fields, else before the nearest below."""
        inside = _inside(row)
        fields = self._fields[row] = [each for each in inside if _takes_keyboard(each)]
        last = self._last_of(above) or (_field_before(self._first_of(below), fields) if fields else None)
        for field in fields:
            if last is not None:
                _put_after(last, field)
            last = field
        for each in inside:
            proxy = each.focusProxy()
            if proxy is not None:
                each.setFocusProxy(proxy)  # moves what hands the keyboard on to where it hands it on to

    def forget(self, row: QWidget) -> None:
        self._fields.pop(row, None)

    def _last_of(self, rows: Iterable[QWidget]) -> QWidget | None:
        return next((fields[-1] for row in rows if (fields := self._fields_of(row))), None)

    def _first_of(self, rows: Iterable[QWidget]) -> QWidget | None:
        return next((fields[0] for row in rows if (fields := self._fields_of(row))), None)

    def _fields_of(self, row: QWidget) -> list[QWidget]:
        return [each for each in self._fields.get(row, ()) if isValid(each)]


def _put_after(before: QWidget, field: QWidget) -> None:
    """Qt puts nothing after what Tab skips now, such as a choice that is not the chosen one: it may be chosen later."""
    policy = before.focusPolicy()
    before.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    QWidget.setTabOrder(before, field)
    before.setFocusPolicy(policy)


def _inside(row: QWidget) -> list[QWidget]:
    """A new row and all that is in it, in the order of Tab: they still stand together."""
    found, each = [row], row.nextInFocusChain()
    while each is not None and each is not row and row.isAncestorOf(each):
        found.append(each)
        each = each.nextInFocusChain()
    return found


def _takes_keyboard(widget: QWidget) -> bool:
    has_policy = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    return has_policy and widget.focusProxy() is None and not isinstance(widget, QLabel)


def _field_before(widget: QWidget | None, passed_over: Iterable[QWidget]) -> QWidget | None:
    """What takes the keyboard before a widget, some left out; None once the whole window was gone round."""
    if widget is None:
        return None
    skipped, found = list(passed_over), widget.previousInFocusChain()
    while found is not None and found is not widget:
        if _takes_keyboard(found) and found not in skipped:
            return found
        found = found.previousInFocusChain()
    return None
