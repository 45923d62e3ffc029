"""In every state of every page: a name, a role, a size and a way by Tab for whatever can be acted on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.accessibility import states, tree
from tests.accessibility.conftest import Program
from ui.presenters.visit_steps import FINISH
from ui.widgets.rows import RowList

pytestmark = pytest.mark.xdist_group("accessibility")


@pytest.fixture
def state(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[Program]:
    """The program, brought into one state."""
    desk, name = request.param
    program: Program = request.getfixturevalue(desk)
    (states.PRACTITIONER if desk == "practitioner" else states.SUPERVISOR)[name](program, qtbot)
    yield program
    program.keys(qtbot, "Escape")
    program.go(qtbot, "exchange")


every_state = pytest.mark.parametrize(
    "state",
    [
        pytest.param((desk, name), id=f"{desk}: {name}")
        for desk, known in (("practitioner", states.PRACTITIONER), ("supervisor", states.SUPERVISOR))
        for name in known
    ],
    indirect=True,
)


@every_state
def test_whatever_can_be_acted_on_has_a_name_a_role_and_a_size(state: Program) -> None:
    found = tree.nodes(state.window)
    assert tree.unnamed(found) == []
    assert tree.odd_roles(found) == []
    assert tree.too_small(state.window) == []
    assert tree.unreached(state.window) == []


def test_every_step_of_a_visit_is_spoken_and_reached(practitioner: Program, qtbot: QtBot) -> None:
    practitioner.go(qtbot, "visit", practitioner.ask(states.draft))
    steps = practitioner.find("visit.steps.list")
    assert isinstance(steps, RowList)
    rows = [steps.rows.row_at(place) for place in range(steps.rows.rowCount())]
    for place, row in enumerate(rows):
        if not row.heading and row.id != FINISH:
            practitioner.open_row(qtbot, "visit.steps.list", place)
            _assert_spoken(practitioner, row.title)
            while practitioner.has("prompts.next"):
                practitioner.press(qtbot, "prompts.next")
                _assert_spoken(practitioner, f"{row.title}, a later page")


def _assert_spoken(program: Program, where: str) -> None:
    found = tree.nodes(program.window)
    problems = [*tree.unnamed(found), *tree.odd_roles(found), *tree.too_small(program.window)]
    assert (where, [*problems, *tree.unreached(program.window)]) == (where, [])
