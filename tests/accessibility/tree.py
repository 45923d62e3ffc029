"""What assistive technology is told: Qt's accessibility tree of a window, walked as a screen reader walks it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QLineEdit, QWidget

from ui.dialogs.overlay import Overlay

Role = QAccessible.Role
LEAST = 24
"""The least side of a target in WCAG 2.2 AA; the kit's own promise is 32."""
ACTIVE = {
    Role.Button: "button",
    Role.CheckBox: "check box",
    Role.RadioButton: "radio button",
    Role.ComboBox: "combo box",
    Role.EditableText: "text box",
    Role.List: "list",
    Role.Table: "table",
    Role.Tree: "tree",
    Role.PageTab: "tab",
    Role.ButtonMenu: "menu button",
    Role.SpinBox: "spin box",
}
INSIDE = {Role.ListItem, Role.TreeItem, Role.ColumnHeader, Role.RowHeader}
"""Cells may be empty: the row says what it is."""
READ = {Role.StaticText, Role.Document, Role.Graphic}


@dataclass(frozen=True, slots=True)
class Node:
    """One thing in the tree."""

    role: QAccessible.Role
    name: str
    value: str
    focusable: bool
    of: str
    rect: QRect

    def __str__(self) -> str:
        return f"{self.role.name} “{self.name}” {self.of}"


def walk(interface: QAccessibleInterface) -> Iterator[Node]:
    """Everything visible below an interface, itself first."""
    state = interface.state()
    if state.invisible:
        return
    yield _node(interface)
    for place in range(interface.childCount()):
        child = interface.child(place)
        if child.isValid():
            yield from walk(child)


def nodes(window: QWidget) -> list[Node]:
    """The whole tree of a window."""
    interface = QAccessible.queryAccessibleInterface(window)
    assert interface is not None
    return list(walk(interface))


def unnamed(found: list[Node]) -> list[str]:
    """Whatever can be acted on, and every line of a list, without a word for it."""
    acting = [node for node in found if node.focusable or node.role in ACTIVE or node.role in INSIDE]
    return [str(node) for node in acting if not node.name.strip() and node.role is not Role.Cell]


def odd_roles(found: list[Node]) -> list[str]:
    """Whatever takes the keyboard and does not say what it is."""
    known = ACTIVE.keys() | INSIDE | READ | {Role.Cell}
    return [str(node) for node in found if node.focusable and node.role not in known]


def too_small(window: QWidget) -> list[str]:
    """Targets with a side below the least."""
    kinds = (QAbstractButton, QComboBox, QLineEdit)
    return [
        f"{_described(each)} {each.width()}×{each.height()}"
        for each in window.findChildren(QWidget)
        if isinstance(each, kinds) and _is_target(each) and min(each.width(), each.height()) < LEAST
    ]


def controls(window: QWidget) -> list[QWidget]:
    """What Tab must reach: visible, enabled, and a stop of its own. A sheet keeps the keyboard to itself."""
    sheet = next((each for each in window.findChildren(Overlay) if each.isVisible()), None)
    return [
        each
        for each in (sheet or window).findChildren(QWidget)
        if each.isVisible()
        and each.isEnabled()
        and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.focusProxy() is None
        and not isinstance(each.parent(), QComboBox)
    ]


def unreached(window: QWidget, keys: int = Qt.Key.Key_Tab) -> list[str]:
    """The controls that striking Tab again and again, from where the keyboard is, never comes to."""
    wanted = set(controls(window))
    route: list[QWidget] = []
    while (focus := QApplication.focusWidget()) is not None and focus not in route:
        route.append(focus)
        QTest.keyClick(focus, Qt.Key(keys))
    return sorted(_described(each) for each in wanted.difference(route))


def _node(interface: QAccessibleInterface) -> Node:
    state, behind = interface.state(), interface.object()
    return Node(
        role=interface.role(),
        name=interface.text(QAccessible.Text.Name),
        value=interface.text(QAccessible.Text.Value),
        focusable=bool(state.focusable) and not _is_passed_on(behind),
        of=_described(behind),
        rect=interface.rect(),
    )


def _is_passed_on(behind: QObject | None) -> bool:
    """A widget that hands the keyboard to a part of itself; the part is what is spoken."""
    return isinstance(behind, QWidget) and behind.focusProxy() is not None


def _is_target(widget: QWidget) -> bool:
    inner = widget.parent()
    return widget.isVisible() and not isinstance(inner, QAbstractItemView | QComboBox | QLineEdit)


def _described(behind: QObject | None) -> str:
    if behind is None:
        return ""
    named = behind.objectName() or next((p.objectName() + "/…" for p in _parents(behind) if p.objectName()), "")
    return f"{type(behind).__name__} {named}"


def _parents(behind: QObject) -> Iterator[QObject]:
    parent = behind.parent()
    while parent is not None:
        yield parent
        parent = parent.parent()
