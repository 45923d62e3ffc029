"""Today: what is due, what is in progress, what needs attention, what still has to leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from homevisit.changes import Changes
from homevisit.services.readiness import Ready
from homevisit.services.today import Agenda
from ui.pages import Page
from ui.presenters.family_words import day_words
from ui.presenters.today import TodayPresenter, TodayState
from ui.shell import Shell
from ui.tokens import Space, Tone
from ui.views.family_parts import ACTIONS_FIRST, ROWS_FIRST, ActionRows, Fold, ListCard, emptied, plain_label
from ui.views.today_late import LateCard
from ui.views.today_words import (
    action_words,
    attention_rows,
    draft_row,
    due_row,
    ready_lines,
    recent_row,
    sample_action,
    sample_row,
)
from ui.views.visit_places import start_arg
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import IconButton, PrimaryButton, SecondaryButton
from ui.widgets.empty import BusyState
from ui.widgets.header import PageHeader
from ui.widgets.mark import Mark
from ui.widgets.surface import Card, ScrollColumn, boxed, column, row
from ui.widgets.text import BodyText, Caption, SectionTitle, WrappedText
from ui.words import tr, tr_count

ROOM = "today"
WIDEST = 1180
RECENT_FIRST = 6


class ReadyPanel(Card):
    """Check I'm ready: every line says how it is, good or not, with a mark and in words."""

    def __init__(self) -> None:
        super().__init__(name=tr(ROOM, "Check I’m ready"))
        self.setObjectName("today.ready")
        self.close_button = IconButton("x", tr(ROOM, "Close the check"))
        self.close_button.setObjectName("today.ready.close")
        self._ready: Ready | None = None
        self._busy = Caption(tr(ROOM, "Counting…"))
        self._lines = column(gap=Space.S)
        head = row(SectionTitle(tr(ROOM, "Ready to go out?")))
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.body.addWidget(self._busy)
        self.body.addLayout(self._lines)

    def show_ready(self, ready: Ready | None) -> None:
        self._busy.setVisible(ready is None)
        if ready != self._ready:
            self._ready = ready
            emptied(self._lines)
            for is_good, what, more in ready_lines(ready) if ready else ():
                self._lines.addWidget(_ready_line(is_good, what, more))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and getattr(self, "_ready", None) is not None:
            ready, self._ready = self._ready, None
            self.show_ready(ready)


class FirstSteps(Card):
    """What to do first in an empty home."""

    def __init__(self) -> None:
        super().__init__(name=tr(ROOM, "First steps"))
        self.setObjectName("today.first")
        self.add_family = PrimaryButton(tr(ROOM, "Add a family"), icon="plus")
        self.add_family.setObjectName("today.first.add_family")
        self.cards = SecondaryButton(tr(ROOM, "Exchange cards"), icon="id-card")
        self.cards.setObjectName("today.first.cards")
        self._done = Caption("")
        self.body.setSpacing(Space.L)
        self.body.addWidget(SectionTitle(tr(ROOM, "Two things to begin with")))
        self.body.addLayout(
            _step(
                tr(ROOM, "1  Add a family"),
                tr(ROOM, "A name is enough. Everything else can be written down when you are there."),
                self.add_family,
            )
        )
        self.body.addLayout(
            _step(
                tr(ROOM, "2  Exchange cards with your supervisor"),
                tr(ROOM, "Each of you gives the other a small file; then your visits can be sealed for them alone."),
                self.cards,
            )
        )
        self.body.addWidget(self._done)

    def show_supervisors(self, count: int) -> None:
        words = tr_count(
            ROOM, "You have the card of {count} supervisor.", "You have the cards of {count} supervisors.", count
        )
        self._done.setText(words)
        self._done.setVisible(bool(count))


class TodayPage(Page):
    """Renders a TodayState."""

    def __init__(self, shell: Shell, presenter: TodayPresenter) -> None:
        super().__init__()
        self._shell = shell
        self._presenter = presenter
        presenter.setParent(self)
        self._agenda: Agenda | None = None
        self._check = SecondaryButton(tr(ROOM, "Check I’m ready"), icon="list-checks")
        self._check.setObjectName("today.check")
        self._header = PageHeader(tr(ROOM, "Today"), "", self._check)
        self._bar = QuietBar()
        self._ready = ReadyPanel()
        self._first = FirstSteps()
        self._busy = BusyState(tr(ROOM, "Reading the day…"))
        self._make_cards()
        self._arrange()
        self._connect()
        self.render_state(presenter.state)

    @property
    def presenter(self) -> TodayPresenter:
        return self._presenter

    def render_state(self, state: TodayState) -> None:
        agenda = state.agenda
        self._bar.show_notice(state.notice)
        self._busy.setVisible(agenda is None and state.notice is None)
        self._ready.setVisible(state.ready_open)
        self._ready.show_ready(state.ready)
        self._first.setVisible(state.is_empty)
        self._first.show_supervisors(state.supervisors)
        first, changed = self._agenda is None, agenda is not self._agenda
        if agenda is not None and changed:
            self._agenda = agenda
            self._header.show_text(tr(ROOM, "Today"), _weekday(agenda.day))
            self._show_agenda(agenda)
        self._show_unsent(state.unsent)
        self._show_unfiled(state.unfiled)
        self._late.show_late(state.late)
        self._columns.setVisible(agenda is not None and not state.is_empty)  # last: filled unseen, laid out once
        if first and agenda is not None:
            self._move_in()

    @override
    def arrive(self, arg: str) -> None:
        self._presenter.open()

    @override
    def refresh(self, changes: Changes) -> None:
        self._presenter.refresh(changes)

    @override
    def rehearse(self) -> None:
        for card, count in ((self._drafts, 1), (self._due, ROWS_FIRST), (self._recent, RECENT_FIRST)):
            card.show_rows([sample_row(place) for place in range(count)])
        self._actions.show_actions(range(ACTIONS_FIRST), sample_action)
        self._busy.hide()
        self._columns.show()

    @override
    def clear(self) -> None:
        for card in (self._drafts, self._due, self._recent):
            card.show_rows(())
        self._actions.show_actions((), sample_action)
        self.render_state(self._presenter.state)

    @override
    def panes(self) -> Sequence[QWidget]:
        if self._first.isVisibleTo(self):
            return (self._first,)
        shown = [card for card in (self._attention, self._drafts, self._due) if card.isVisibleTo(self)]
        lists = [card.list for card in shown if card.list.isVisibleTo(self)]
        return (*lists, self._side) if lists else (self._check, self._side)

    def _move_in(self) -> None:
        """The keyboard waited at the only button while the day was read; what there is to do first is here now."""
        first = self._first.add_family if self._first.isVisibleTo(self) else self.panes()[0]
        if self._check.hasFocus():
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_agenda(self, agenda: Agenda) -> None:
        today = agenda.day
        attention = attention_rows(agenda)
        self._attention.setVisible(bool(attention))
        self._attention.show_items(attention, lambda row: row())
        self._drafts.setVisible(bool(agenda.drafts))
        self._drafts.show_items(agenda.drafts, lambda draft: draft_row(draft, today))
        self._due.show_items(agenda.due, lambda item: due_row(item, today))
        self._recent.show_rows([recent_row(visit) for visit in agenda.recent])
        self._actions.show_actions(agenda.actions, lambda named: (named.action, action_words(named, today)))
        self._no_actions.setVisible(not agenda.actions)

    def _show_unsent(self, count: int | None) -> None:
        if count is None:
            said = tr(ROOM, "Counting what waits to be sent.")
        elif count < 0:
            said = tr(ROOM, "Changes to families wait to be sent.")
        elif count:
            said = tr_count(
                ROOM, "{count} signed record waits to be sent.", "{count} signed records wait to be sent.", count
            )
        else:
            said = tr(ROOM, "Everything sent.")
        self._unsent.setText(said)
        self._unsent_mark.show_mark(*(("circle-check", Tone.GOOD) if count == 0 else ("hourglass", Tone.WAITING)))

    def _show_unfiled(self, count: int | None) -> None:
        self._filing.setVisible(count is not None)
        one, many = "{count} visit is not yet filed elsewhere.", "{count} visits are not yet filed elsewhere."
        self._unfiled.setText(
            tr_count(ROOM, one, many, count) if count else tr(ROOM, "Every visit is filed elsewhere.")
        )
        self._unfiled_mark.show_mark(*(("hourglass", Tone.WAITING) if count else ("circle-check", Tone.GOOD)))

    def _make_cards(self) -> None:
        self._attention = ListCard(tr(ROOM, "Needs your attention"), "today.attention")
        self._drafts = ListCard(tr(ROOM, "In progress"), "today.drafts")
        self._due = ListCard(
            tr(ROOM, "Contacts due by age"),
            "today.due",
            empty=tr(ROOM, "No contact is due by age within the next seven days."),
        )
        self._recent = ListCard(
            tr(ROOM, "Recently signed"),
            "today.recent",
            empty=tr(ROOM, "No visit has been signed yet."),
            first=RECENT_FIRST,
        )
        self._actions = ActionRows("today.actions")
        self._no_actions = Caption(tr(ROOM, "Nothing is to be done within the next seven days."))
        self._unsent = BodyText("")
        self._unsent_mark = Mark()
        self._unfiled = BodyText("")
        self._unfiled.setObjectName("today.unfiled")
        self._unfiled_mark = Mark()
        self._file = SecondaryButton(tr(ROOM, "File elsewhere"), icon="archive")
        self._file.setObjectName("today.file")
        self._late = LateCard()
        self._send = SecondaryButton(plain_label(tr(ROOM, "Send & receive")), icon="arrow-up-down")
        self._send.setObjectName("today.send")

    def _arrange(self) -> None:
        doing = Card(SectionTitle(tr(ROOM, "What we said we’d do")), name=tr(ROOM, "What we said we’d do"))
        doing.body.addWidget(self._actions)
        doing.body.addWidget(self._no_actions)
        sending = Card(SectionTitle(tr(ROOM, "Waiting to send")), name=tr(ROOM, "Waiting to send"))
        line = row(self._unsent_mark, gap=Space.S)
        line.addWidget(self._unsent, 1)
        line.addWidget(self._send)
        sending.body.addLayout(line)
        filing = row(self._unfiled_mark, gap=Space.S)
        filing.addWidget(self._unfiled, 1)
        filing.addWidget(self._file)
        self._filing = boxed(filing)
        sending.body.addWidget(self._filing)
        left = boxed(column(self._attention, self._drafts, self._due, gap=Space.L))
        self._side = boxed(column(sending, doing, self._late, self._recent, gap=Space.L))
        self._columns = Fold(left, self._side)
        scroll = ScrollColumn(width_limit=WIDEST)
        self.setLayout(column(scroll))  # before it is filled: a full one would be laid out twice
        for part in (self._header, self._bar, self._busy, self._ready, self._first, self._columns):
            scroll.body.addWidget(part)
        scroll.finish()

    def _connect(self) -> None:
        presenter, shell = self._presenter, self._shell
        presenter.state_changed.connect(self.render_state)
        self._check.clicked.connect(presenter.check_ready)
        self._ready.close_button.clicked.connect(self._on_close_ready)
        self._bar.acted.connect(presenter.act)
        self._actions.ticked.connect(lambda action, _: presenter.tick(action))
        self._first.add_family.clicked.connect(lambda: shell.go("new-family"))
        self._first.cards.clicked.connect(lambda: shell.go("exchange"))
        self._send.clicked.connect(lambda: shell.go("exchange"))
        self._file.clicked.connect(lambda: shell.go("filing"))
        self._late.opened.connect(lambda visit: shell.go("signed", visit))
        for card in (self._attention, self._drafts, self._due, self._recent):
            card.opened.connect(self._on_opened)
        shell.shortcuts.bind(self, "visit.new", self._on_new_visit)

    def _on_new_visit(self) -> None:
        """Ctrl+N: the contact that is due and chosen begins."""
        page, _, family = self._due.list.chosen_id().partition("/")
        if page == "family" and self._due.list.hasFocus():
            self._shell.go("family", start_arg(family))

    def _on_opened(self, place: str) -> None:
        page, _, arg = place.partition("/")
        self._shell.go(page, arg)

    def _on_close_ready(self) -> None:
        self._presenter.close_ready()
        self._check.setFocus(Qt.FocusReason.OtherFocusReason)


def _ready_line(is_good: bool, what: str, more: str) -> QWidget:
    mark = Mark("circle-check", Tone.GOOD) if is_good else Mark("circle-alert", Tone.WAITING)
    mark.setAccessibleName(tr(ROOM, "Ready") if is_good else tr(ROOM, "Look at this"))
    told = column(WrappedText(what, "body" if is_good else "strong"), gap=0)
    if more:
        told.addWidget(Caption(more))
    line = row(gap=Space.S)
    line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    line.addLayout(told, 1)
    return boxed(line)


def _step(title: str, words: str, button: QWidget) -> QHBoxLayout:
    line = row(gap=Space.L)
    line.addLayout(column(WrappedText(title, "strong"), BodyText(words, soft=True), gap=2), 1)
    line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
    return line


def _weekday(day: date) -> str:
    return f"{day:%A} {day_words(day)}"
