"""The answers of two or more visits side by side, with what changed said in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from homevisit.services.over_time import Answered
from ui.presenters.family_words import iso_day_words
from ui.presenters.over_time import OverTimeState
from ui.prompts.flow import FlowLayout
from ui.tokens import Space
from ui.views.over_time_words import answer_cells, answer_heads, version_words, whose
from ui.widgets.fields import CheckBox
from ui.widgets.surface import Card, boxed
from ui.widgets.text import Caption, SectionTitle, WrappedText
from ui.widgets.word_table import WordTable
from ui.words import tr

ROOM = "over_time"


class BesideCard(Card):
    """``put_beside`` says that a visit's answers are to stand beside the others, or no longer."""

    put_beside = Signal(int, bool)

    def __init__(self) -> None:
        self._title = SectionTitle("")
        super().__init__(self._title, name=tr(ROOM, "Answers side by side"))
        self.setObjectName("over_time.beside")
        self._whose = WrappedText("", "soft")
        self._once = Caption(tr(ROOM, "Asked once so far. Asked again, the answers stand side by side here."))
        self._days_layout = FlowLayout(gap=Space.M)
        self._days = boxed(self._days_layout)
        self._boxes: list[CheckBox] = []
        self._told: tuple[Answered, ...] = ()
        self.only = CheckBox(tr(ROOM, "Show only what changed"))
        self.only.setObjectName("over_time.only_changes")
        self._versions = Caption("")
        self._nothing = Caption(tr(ROOM, "Nothing changed between these visits."))
        self.table = WordTable(tr(ROOM, "Answers side by side"))
        self.table.setObjectName("over_time.answers")
        for part in (self._whose, self._once, self._days, self.only, self._versions, self._nothing, self.table):
            self.body.addWidget(part)

    def render_state(self, state: OverTimeState) -> None:
        series, columns = state.shown, state.columns
        if series is None:
            return
        self._title.setText(series.title)
        self._whose.setText(whose(series, state.people))
        self._whose.setVisible(bool(self._whose.text()))
        several = len(series.answered) > 1
        self._once.setVisible(not several)
        for part in (self._days, self.only):
            part.setVisible(several)
        self._show_days(series.answered, state.beside)
        self.only.show_value(state.only_changes)
        self._versions.setText(version_words(columns))
        self._versions.setVisible(bool(self._versions.text()))
        rows = state.rows
        self._nothing.setVisible(state.only_changes and not rows)
        self.table.setVisible(bool(rows))
        self.table.show_cells(answer_heads(columns), answer_cells(rows, len(columns), in_home=state.in_home))

    def _show_days(self, answered: Sequence[Answered], beside: Sequence[int]) -> None:
        if tuple(answered) != self._told:
            self._told = tuple(answered)
            self._make_boxes()
        for place, box in enumerate(self._boxes):
            box.show_value(place in beside)

    def _make_boxes(self) -> None:
        for box in self._boxes:
            self._days_layout.removeWidget(box)
            box.deleteLater()
        self._boxes = [self._box(place, each) for place, each in enumerate(self._told)]
        for box in self._boxes:
            self._days_layout.addWidget(box)

    def _box(self, place: int, answered: Answered) -> CheckBox:
        day = iso_day_words(answered.started)
        box = CheckBox(day)
        box.setObjectName(f"over_time.day.{place + 1}")
        box.setAccessibleName(tr(ROOM, "Show the answers of {day}", day=day))
        box.answered.connect(lambda checked: self.put_beside.emit(place, checked))
        return box
