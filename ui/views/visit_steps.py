"""The left column: the few steps of this visit, each with an icon and words for how far it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.presenters.visit_state import VisitState
from ui.presenters.visit_steps import FINISH, MORE, PROMPTS, Step
from ui.tokens import Space
from ui.views.visit_prompts import PROGRESS_ICONS
from ui.widgets.rows import Row, RowList
from ui.widgets.surface import column
from ui.words import tr

ROOM = "visit"


class StepsPane(QWidget):
    """``chosen`` carries the id of the step to go to."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("visit.steps")
        self.setAccessibleName(tr(ROOM, "Steps of this visit"))
        self._list = RowList(tr(ROOM, "Steps of this visit"), flat=True, one_click=True)
        self._list.setObjectName("visit.steps.list")
        self._list.opened.connect(self.chosen)
        body = column(self._list)
        body.setContentsMargins(Space.S, Space.M, Space.S, Space.S)
        self.setLayout(body)
        self.setFocusProxy(self._list)

    def render_state(self, state: VisitState) -> None:
        self._list.show_rows(_rows(state.steps))
        open_step = MORE if state.open_prompt == MORE else PROMPTS + state.open_prompt
        self._list.choose(open_step if state.open_prompt else state.step)


def _rows(steps: tuple[Step, ...]) -> tuple[Row, ...]:
    rows: list[Row] = []
    group = ""
    for step in steps:
        if step.group and step.group != group:
            rows.append(Row(id=f"group/{step.group}", title=step.group, heading=True))
        group = step.group
        rows.append(_row(step))
    return tuple(rows)


def _row(step: Step) -> Row:
    icon = {FINISH: "signature", MORE: "plus"}.get(step.id) or PROGRESS_ICONS[step.progress]
    return Row(id=step.id, title=step.title, subtitle=step.detail, icon=icon)
