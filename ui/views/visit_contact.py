"""The contact: its kind, how it took place, what became of it, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from homevisit.domain.visit import Attendance, Contact, Mode, VisitBody
from ui.presenters.visit_contact import with_times
from ui.presenters.visit_state import VisitState
from ui.presenters.visit_times import TypedTimes, split
from ui.prompts.flow import FlowLayout
from ui.tokens import Space
from ui.visit_words import attendance_words, contact_words, mode_words
from ui.widgets.fields import ChoiceBox, FieldRow, LineText
from ui.widgets.segmented import Segmented
from ui.widgets.surface import Card, ScrollColumn, row
from ui.widgets.text import BodyText, SectionTitle
from ui.words import tr

ROOM = "visit"
WIDEST = 760


class ContactPane(ScrollColumn):
    """``changed`` carries what makes the new body of the old one; ``left`` says that a field lost the cursor."""

    changed = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(width_limit=WIDEST, margin=Space.L)
        self.setObjectName("visit.contact")
        self.setAccessibleName(tr(ROOM, "Contact"))
        self._revision = 0
        self._body = VisitBody(family="")
        self._today = date.min
        self._make_kind()
        self._make_times()
        self._failed = BodyText(
            tr(ROOM, "Nobody was seen: facts and plan are enough. Write them down and finish."), soft=True
        )
        self._failed.setObjectName("visit.contact.failed")
        self._arrange()
        self._connect()

    def render_state(self, state: VisitState) -> None:
        body = self._body = state.body
        self._today = state.today
        self._kind.show_value(body.contact.value)
        self._mode.show_value(body.mode.value)
        self._attendance.show_value(body.attendance.value)
        self._failed.setVisible(body.attendance is not Attendance.SEEN)
        self._show_times(body, loaded=state.revision != self._revision)
        self._revision = state.revision
        self._day_row.show_problem(state.times.day)
        self._start_row.show_problem(state.times.start)
        self._end_row.show_problem(state.times.end)

    def focus_field(self, what: str) -> None:
        """The cursor goes to the field in which ``time.start``, ``time.end`` … is put right."""
        wrong_day = bool(self._day_row.problem)
        field = {"time.end": self._end, "time.start": self._start}.get(
            what, self._day if "time" in what else self._attendance
        )
        (self._day if what == "time.start" and wrong_day else field).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_times(self, body: VisitBody, *, loaded: bool) -> None:
        """What is being typed is left alone: it is shown in its usual form once the cursor has left the field."""
        start, end = split(body.started), split(body.ended)
        for line, text in ((self._day, start.day), (self._start, start.time), (self._end, end.time)):
            if loaded or not line.hasFocus():
                line.show_value(text)

    def _make_kind(self) -> None:
        self._kind = ChoiceBox(tr(ROOM, "Kind of contact"), [(item.value, contact_words(item)) for item in Contact])
        self._kind.setObjectName("visit.contact.kind")
        modes = [(item.value, mode_words(item)) for item in Mode]
        self._mode = Segmented(tr(ROOM, "How it took place"), modes, layout=FlowLayout())
        self._mode.setObjectName("visit.contact.mode")
        became = [(item.value, attendance_words(item)) for item in Attendance]
        self._attendance = Segmented(tr(ROOM, "What became of it"), became, layout=FlowLayout())
        self._attendance.setObjectName("visit.contact.attendance")

    def _make_times(self) -> None:
        self._day = LineText(tr(ROOM, "Date"), placeholder="1/3/2026")
        self._day.setObjectName("visit.contact.day")
        self._start = LineText(tr(ROOM, "Start"), placeholder="10:05")
        self._start.setObjectName("visit.contact.start")
        self._end = LineText(tr(ROOM, "End"), placeholder="11:10")
        self._end.setObjectName("visit.contact.end")
        self._day_row = FieldRow(tr(ROOM, "Date"), self._day)
        self._start_row = FieldRow(tr(ROOM, "Start"), self._start)
        self._end_row = FieldRow(tr(ROOM, "End"), self._end, optional=True)

    def _arrange(self) -> None:
        times = row(self._day_row, self._start_row, self._end_row, gap=Space.L)
        for place, part in enumerate((self._day_row, self._start_row, self._end_row)):
            times.setStretch(place, 1)
            times.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        card = Card(SectionTitle(tr(ROOM, "Contact")), name=tr(ROOM, "Contact"))
        card.body.setSpacing(Space.L)
        card.body.addWidget(FieldRow(tr(ROOM, "What became of it"), self._attendance))
        card.body.addWidget(self._failed)
        card.body.addWidget(FieldRow(tr(ROOM, "Kind of contact"), self._kind))
        card.body.addWidget(FieldRow(tr(ROOM, "How it took place"), self._mode))
        card.body.addLayout(times)
        self.body.addWidget(card)
        self.finish()
        self.setFocusProxy(self._attendance)
        order: tuple[QWidget, ...] = (self._attendance, self._kind, self._mode, self._day, self._start, self._end)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self._kind.chosen.connect(lambda value: self.changed.emit(lambda body: replace(body, contact=Contact(value))))
        self._mode.answer_given.connect(self._on_mode)
        self._attendance.answer_given.connect(self._on_attendance)
        for line in (self._day, self._start, self._end):
            line.edited.connect(self._on_times)
            line.editingFinished.connect(self._on_times_left)

    def _on_mode(self, value: str) -> None:
        if value:
            self.changed.emit(lambda body: replace(body, mode=Mode(value)))
        else:
            self._mode.show_value(self._body.mode.value)

    def _on_attendance(self, value: str) -> None:
        if value:
            self.changed.emit(lambda body: replace(body, attendance=Attendance(value)))
        else:
            self._attendance.show_value(self._body.attendance.value)

    def _on_times(self) -> None:
        typed = TypedTimes(self._day.value(), self._start.value(), self._end.value())
        today = self._today
        self.changed.emit(lambda body: with_times(body, typed, today))

    def _on_times_left(self) -> None:
        self._show_times(self._body, loaded=False)
        self.left.emit()
