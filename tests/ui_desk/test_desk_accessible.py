"""Every control of these pages has a name for a screen reader and a stable English name for tools."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from tests.desks import whole_draft
from tests.ui_desk.conftest import Room
from ui.pages import Page
from ui.theme import Theme, apply
from ui.tokens import Mode

PAGES = ("today", "families", "family", "new-family", "search", "settings")


def open_fully(room: Room, page: str, family: str) -> Page:
    """The page with every panel open."""
    found = room.go(Page, page, family if page == "family" else "")
    if page == "today":
        room.click("today.check")
    if page == "family":
        room.click("family.people.add_tie")
        room.click("family.edit")
        found.presenter.choose_visit()
    if page == "settings":
        room.click("settings.passphrase.open")
    room.settle()
    return found


def controls(page: Page) -> list[QWidget]:
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled()
    ]


def spoken(widget: QWidget) -> str:
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


@pytest.mark.parametrize("page", PAGES)
def test_every_control_has_a_name(room: Room, family: str, page: str) -> None:
    room.services.signing.sign(whole_draft(room.services, family))
    room.services.drafting.start(family)
    found = controls(open_fully(room, page, family))
    assert found
    assert [(type(each).__name__, each.objectName()) for each in found if not spoken(each).strip()] == []
    unnamed = [each for each in found if not each.objectName() or each.objectName().startswith("qt_")]
    assert [(type(each).__name__, spoken(each)) for each in unnamed] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_control_is_reached_with_tab(room: Room, family: str, page: str) -> None:
    shown = open_fully(room, page, family)
    wanted = {each for each in controls(shown) if each.focusProxy() is None}
    first = next(iter(wanted))
    reached, at = set(), first
    for _ in range(400):
        reached.add(at)
        at = at.nextInFocusChain()
        if at is first:
            break
    assert wanted <= reached


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_cut_off_sideways_with_large_text(room: Room, family: str, page: str) -> None:
    from PySide6.QtWidgets import QApplication, QScrollArea

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply(app, Theme(Mode.DARK, 200))
    room.desk.resize(1366, 768)
    shown = open_fully(room, page, family)
    for scroll in shown.findChildren(QScrollArea):
        inner = scroll.widget()
        if scroll.isVisible() and inner is not None:
            assert inner.minimumSizeHint().width() <= scroll.viewport().width(), scroll.objectName()
