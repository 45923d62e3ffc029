"""Where the keyboard goes on a page: into a pane, and round the panes with F6."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def go_round(panes: Sequence[QWidget], elsewhere: Callable[[], None]) -> None:
    """The next pane; after the last one it goes on elsewhere, and from there to the first."""
    inside = [pane for pane in panes if _has_focus(pane)]
    if inside and inside[-1] is panes[-1]:
        elsewhere()
    elif panes:
        focus_into(panes[panes.index(inside[-1]) + 1] if inside else panes[0])


def focus_into(pane: QWidget) -> None:
    """Focus a pane, or the first thing in it that takes the focus."""
    inner = (child for child in pane.findChildren(QWidget) if _takes_focus(child))
    target = pane if _takes_focus(pane) else next(inner, pane)
    target.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _takes_focus(widget: QWidget) -> bool:
    tabbable = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return tabbable and widget.isEnabled() and widget.isVisible()


def _has_focus(pane: QWidget) -> bool:
    return QApplication.focusWidget() in (pane, *pane.findChildren(QWidget))
