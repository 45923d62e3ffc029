"""One family: the brief, the people, the timeline, and a visit started with two keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from homevisit.changes import Changes
from homevisit.domain.visit import Contact
from ui.pages import Page
from ui.presenters.family import FamilyPresenter, FamilyState
from ui.presenters.family_sharing import SharingPresenter, SharingState
from ui.presenters.family_words import level_words
from ui.presenters.people_form import FormState, PeopleFormPresenter
from ui.shell import Shell
from ui.tokens import Space
from ui.views.family_brief import BriefCards
from ui.views.family_parts import Fold, ListCard
from ui.views.family_people import PeopleCard
from ui.views.family_sharing import SharingCard
from ui.views.family_visits import ConflictCard, StartPanel, timeline_rows
from ui.views.people_sheet import PeopleSheet
from ui.views.visit_places import start_place
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.empty import BusyState, EmptyState
from ui.widgets.header import PageHeader
from ui.widgets.surface import ScrollColumn, boxed, column
from ui.words import tr

ROOM = "family"
WIDEST = 1180
SHEET_WIDEST = 860


class FamilyPage(Page):
    """Renders a FamilyState, and the form in it for changing people and details."""

    def __init__(self, shell: Shell, presenter: FamilyPresenter, form: PeopleFormPresenter) -> None:
        super().__init__()
        self._shell = shell
        self._presenter = presenter
        self._form = form
        presenter.setParent(self)
        form.setParent(self)
        self._sharing = SharingPresenter(shell, self)
        self._edit = SecondaryButton(tr(ROOM, "Change details"), icon="pencil")
        self._edit.setObjectName("family.edit")
        self._over_time = SecondaryButton(tr(ROOM, "Answers over time"), icon="chart-line")
        self._over_time.setObjectName("family.over_time")
        self._start = PrimaryButton(tr(ROOM, "Start a visit"), icon="plus")
        self._start.setObjectName("family.start_visit")
        self._header = PageHeader("", "", self._over_time, self._edit, self._start)
        self._bar = QuietBar()
        self._panel = StartPanel()
        self._conflicts = ConflictCard()
        self._brief = BriefCards(shell.privacy)
        self._people = PeopleCard()
        self._keepers = SharingCard()
        self._sheet: PeopleSheet | None = None
        self._sheet_place = column()
        self._timeline = ListCard(
            tr(ROOM, "Timeline"),
            "family.timeline",
            empty=tr(ROOM, "No visit yet. Ctrl+N starts the first one."),
            first=20,
        )
        self._busy = BusyState(tr(ROOM, "Reading the family…"))
        self._missing = EmptyState("users", tr(ROOM, "This family is not on this laptop."), tr(ROOM, "Families"))
        self._missing.button.setObjectName("family.missing.families")
        self._arrange()
        self._connect()
        self.render_state(presenter.state)
        self._render_form(form.state)

    @property
    def presenter(self) -> FamilyPresenter:
        return self._presenter

    def render_state(self, state: FamilyState) -> None:
        brief = state.brief
        self._bar.show_notice(state.notice)
        self._busy.setVisible(brief is None and not state.missing and state.notice is None)
        self._missing.setVisible(state.missing)
        for part in (self._header, self._columns):
            part.setVisible(brief is not None)
        self._panel.render_state(state)
        conflicts = brief.conflicts if brief and not state.in_home else ()
        self._conflicts.show_conflicts(conflicts, brief.people if brief else (), state.before)
        if brief is None:
            return
        self._header.show_text(brief.details.name, _subtitle(state))
        self._brief.render_state(state)
        self._people.render_state(state)
        self._timeline.show_rows(timeline_rows(state))
        self._render_sharing(self._sharing.state)

    @override
    def arrive(self, arg: str) -> None:
        family, choosing = start_place(arg)
        if self._form.state.is_open and family != self._presenter.state.family:
            self._form.close()
        self._presenter.open(family, choosing=choosing)
        self._sharing.open(family)

    @override
    def depart(self) -> None:
        self._form.flush()
        self._presenter.drop_choice()
        self._sharing.drop()

    @override
    def refresh(self, changes: Changes) -> None:
        self._presenter.refresh(changes)
        self._sharing.refresh(changes)

    @override
    def family(self) -> str:
        return "" if self._presenter.state.missing else self._presenter.state.family

    @override
    def panes(self) -> Sequence[QWidget]:
        if self._sheet is not None and self._sheet.isVisibleTo(self):
            return (self._sheet, self._timeline.list, self._people.list)
        return (self._start, self._timeline.list, self._brief.doing, self._people.list)

    def _arrange(self) -> None:
        left = boxed(column(self._brief.who, self._timeline, gap=Space.L))
        right = boxed(column(self._brief.doing, self._brief.noticed, self._people, self._keepers, gap=Space.L))
        self._columns = Fold(left, right, shares=(5, 4))
        self._scroll = ScrollColumn(width_limit=WIDEST)
        for part in (self._header, self._bar, self._missing, self._busy, self._panel, self._conflicts):
            self._scroll.body.addWidget(part)
        self._scroll.body.addLayout(self._sheet_place)
        self._scroll.body.addWidget(self._columns)
        self._scroll.finish()
        self.setLayout(column(self._scroll))

    def _connect(self) -> None:
        presenter, form = self._presenter, self._form
        presenter.state_changed.connect(self.render_state)
        form.state_changed.connect(self._render_form)
        form.entered.connect(lambda _: self._back_to_page())
        form.closed.connect(self._back_to_page)
        self._bar.acted.connect(presenter.act)
        self._start.clicked.connect(presenter.choose_visit)
        self._edit.clicked.connect(self._on_edit)
        self._over_time.clicked.connect(lambda: self._shell.go("over-time", presenter.state.family))
        self._missing.acted.connect(lambda: self._shell.go("families"))
        self._panel.chosen.connect(lambda value: presenter.choose_contact(Contact(value)))
        self._panel.started.connect(presenter.start_visit)
        self._panel.dropped.connect(self._on_dropped)
        self._panel.draft_asked.connect(presenter.open_draft)
        self._conflicts.settled.connect(presenter.settle)
        self._brief.ticked.connect(presenter.complete)
        self._timeline.opened.connect(presenter.open_visit)
        self._connect_people()
        self._connect_sharing()
        self._shell.shortcuts.bind(self, "visit.new", presenter.choose_visit)

    def _connect_people(self) -> None:
        presenter, people = self._presenter, self._people
        people.edit_asked.connect(self._on_person)
        people.add_asked.connect(lambda: self._form.open_new_person(presenter.state.family))
        people.tie_asked.connect(presenter.begin_tie)
        panel = people.tie_panel
        panel.changed.connect(lambda name, value: presenter.change_tie(**{name: value}))
        panel.entered.connect(presenter.enter_tie)
        panel.dropped.connect(presenter.drop_tie)
        people.error_asked.connect(presenter.begin_error)
        people.error_panel.agreed.connect(presenter.withdraw)
        people.error_panel.dropped.connect(self._on_error_dropped)

    def _connect_sharing(self) -> None:
        sharing, card = self._sharing, self._keepers
        sharing.state_changed.connect(self._render_sharing)
        card.join_asked.connect(sharing.ask_join)
        card.end_asked.connect(sharing.ask_end)
        card.shared.connect(sharing.share)
        card.ended.connect(sharing.end)
        card.dropped.connect(self._on_sharing_dropped)

    def _render_sharing(self, state: SharingState) -> None:
        """Who else looks after a family is nobody's business at home."""
        self._keepers.render_state(SharingState() if self._presenter.state.in_home else state)

    def _on_sharing_dropped(self) -> None:
        self._sharing.drop()
        self._keepers.share.setFocus(Qt.FocusReason.OtherFocusReason)

    def _render_form(self, state: FormState) -> None:
        if state.is_open and self._sheet is None:
            self._sheet = self._make_sheet()
        if self._sheet is None:
            return
        was_open = self._sheet.isVisibleTo(self)
        self._sheet.setVisible(state.is_open)
        self._sheet.render_state(state)
        if state.is_open and not was_open:
            self._scroll.verticalScrollBar().setValue(0)

    def _make_sheet(self) -> PeopleSheet:
        """The form is made when it is first asked for: most people only read this page."""
        sheet = PeopleSheet(self._form, self._shell.privacy, "family.form")
        sheet.setMaximumWidth(SHEET_WIDEST)
        sheet.filled.connect(sheet.focus_first, Qt.ConnectionType.QueuedConnection)
        self._sheet_place.addWidget(sheet)
        return sheet

    def _on_edit(self) -> None:
        brief = self._presenter.state.brief
        self._presenter.drop_choice()
        if brief is not None:
            self._form.open_family(brief.id, brief.details)

    def _on_person(self, person: str) -> None:
        brief = self._presenter.state.brief
        found = next((each for each in brief.people if each.id == person), None) if brief else None
        self._presenter.drop_choice()
        if found is not None:
            self._form.open_person(found)

    def _on_dropped(self) -> None:
        self._presenter.drop_choice()
        self._start.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_error_dropped(self) -> None:
        self._presenter.drop_error()
        self._people.add_error.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back_to_page(self) -> None:
        if self.isVisible():
            self._edit.setFocus(Qt.FocusReason.OtherFocusReason)


def _subtitle(state: FamilyState) -> str:
    if state.brief is None:
        return ""
    details = state.brief.details
    parts = [level_words(details.level)]
    if details.level_reason and not state.in_home:
        parts.append(details.level_reason)
    return " – ".join(parts)
