"""The screens before a store is open, and the cover, as assistive technology is told of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from homevisit.errors import HomeVisitError
from homevisit.paths import Home
from tests.accessibility import tree
from tests.accessibility.conftest import new_session
from ui import theme
from ui.presenters.first_run_flow import FirstRunState, Step
from ui.presenters.unlock import UnlockState
from ui.session import Session
from ui.views.first_run import FirstRunView
from ui.views.unlock import UnlockView
from ui.views.unlock_trouble import UnlockTroubleView


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    theme.apply(qapp, theme.Theme())
    made = new_session(Home(tmp_path))
    made.window.show()
    made.window.activateWindow()
    yield made
    made.take_down()


def unlock(state: UnlockState) -> QWidget:
    view = UnlockView()
    view.render_state(state)
    return view


def first_run(step: Step, *, joining: bool = False) -> QWidget:
    view = FirstRunView()
    view.render_state(FirstRunState(step=step, joining=joining))
    return view


SCREENS: dict[str, Callable[[], QWidget]] = {
    "unlock": lambda: unlock(UnlockState()),
    "unlock with the recovery code": lambda: unlock(UnlockState(recovery=True)),
    "unlock with the organisation's help": lambda: unlock(UnlockState(recovery=True, can_help=True)),
    "an unreadable store": lambda: UnlockTroubleView(HomeVisitError("store.unreadable"), "a folder"),
    **{f"first run, {step.name.lower()}": partial(first_run, step) for step in Step},
    "first run, joining": partial(first_run, Step.PERSON, joining=True),
}


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_before_the_desk_is_spoken_and_reached(session: Session, qtbot: QtBot, name: str) -> None:
    session.window.show_content(SCREENS[name]())
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    found = tree.nodes(session.window)
    assert tree.unnamed(found) == []
    assert tree.odd_roles(found) == []
    assert tree.too_small(session.window) == []
    assert tree.unreached(session.window) == []


def test_the_cover_says_what_it_is_and_nothing_behind_it_is_spoken(session: Session, qtbot: QtBot) -> None:
    session.window.show_content(SCREENS["unlock"]())
    session.window.toggle_cover()
    qtbot.waitUntil(lambda: session.window.is_covered)
    spoken = [node.name for node in tree.nodes(session.window)]
    assert "The screen is covered" in spoken
    assert not [name for name in spoken if "assphrase" in name]
