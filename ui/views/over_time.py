"""Answers over time: one family, one prompt set, its scores as they went and its answers side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from homevisit.changes import Changes
from ui.pages import Page
from ui.presenters.over_time import OverTimePresenter, OverTimeState
from ui.shell import Shell
from ui.tokens import Space
from ui.views.family_parts import Fold, ListCard
from ui.views.over_time_beside import BesideCard
from ui.views.over_time_scores import ScoreCards
from ui.views.over_time_words import series_rows
from ui.widgets.bars import QuietBar
from ui.widgets.empty import BusyState, EmptyState
from ui.widgets.header import PageHeader
from ui.widgets.surface import ScrollColumn, boxed, column
from ui.words import tr

ROOM = "over_time"
WIDEST = 1280


class OverTimePage(Page):
    """Renders an OverTimeState."""

    def __init__(self, shell: Shell, presenter: OverTimePresenter) -> None:
        super().__init__()
        self._shell = shell
        self._presenter = presenter
        self._awaited = False
        presenter.setParent(self)
        self._header = PageHeader(tr(ROOM, "Answers over time"))
        self._bar = QuietBar()
        self._busy = BusyState(tr(ROOM, "Reading the answers…"))
        self._empty = EmptyState("message-square-text", tr(ROOM, "No prompts were answered and signed yet."))
        self._sets = ListCard(tr(ROOM, "What was asked"), "over_time.sets", first=40)
        self._scores = ScoreCards()
        self._beside = BesideCard()
        right = boxed(column(self._scores, self._beside, gap=Space.L))
        self._columns = Fold(self._sets, right, shares=(2, 5))
        self._scroll = ScrollColumn(width_limit=WIDEST)
        for part in (self._header, self._bar, self._busy, self._empty, self._columns):
            self._scroll.body.addWidget(part)
        self._scroll.finish()
        self.setLayout(column(self._scroll))
        self._connect()
        self.render_state(presenter.state)

    @property
    def presenter(self) -> OverTimePresenter:
        return self._presenter

    def render_state(self, state: OverTimeState) -> None:
        rows = series_rows(state)
        self._bar.show_notice(state.notice)
        self._header.show_text(tr(ROOM, "Answers over time"), state.name)
        self._busy.setVisible(state.series is None and state.notice is None)
        self._empty.setVisible(state.series is not None and not rows)
        self._columns.setVisible(bool(rows))
        self._sets.show_rows(rows)
        chosen = next((row.id for row in rows if row.id == state.chosen), "")
        if chosen and self._sets.list.chosen_id() != chosen:
            self._sets.list.choose(chosen)
        self._scores.show_series(state.shown if chosen else None)
        self._beside.setVisible(bool(chosen))
        if chosen:
            self._beside.render_state(state)
        self._move_in(state)

    @override
    def arrive(self, arg: str) -> None:
        self._awaited = True
        self._presenter.open(arg)

    @override
    def refresh(self, changes: Changes) -> None:
        self._presenter.refresh(changes)

    @override
    def family(self) -> str:
        return self._presenter.state.family

    @override
    def panes(self) -> Sequence[QWidget]:
        return (self._sets.list, self._beside.table)

    def _move_in(self, state: OverTimeState) -> None:
        """The page had nothing to focus while it was read; now the keyboard goes to what was asked."""
        if self._awaited and state.series is not None and self._columns.isVisibleTo(self):
            self._awaited = False
            self._sets.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.state_changed.connect(self.render_state)
        self._sets.list.chosen.connect(presenter.choose)
        self._beside.put_beside.connect(presenter.put_beside)
        self._beside.only.answered.connect(presenter.show_only_changes)
        self._beside.table.opened.connect(lambda _, place: presenter.open_visit(place - 1) if place else None)
