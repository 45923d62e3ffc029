"""Families: search as you type, the ones opened last, and the way to a new family."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from homevisit.changes import Changes
from ui.pages import Page
from ui.presenters.families import FamiliesPresenter, FamiliesState
from ui.prompts.flow import flowing
from ui.shell import Shell
from ui.tokens import Space
from ui.views.families_table import FamiliesTable
from ui.views.family_parts import plain_label
from ui.views.visit_places import start_arg
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import Button, PrimaryButton, SecondaryButton
from ui.widgets.empty import BusyState, EmptyState
from ui.widgets.fields import SearchBox
from ui.widgets.header import PageHeader
from ui.widgets.surface import boxed, column, row
from ui.widgets.text import TextLabel
from ui.words import tr, tr_count

ROOM = "families"
RECENT = 5


class FamiliesPage(Page):
    """Renders a FamiliesState."""

    def __init__(self, shell: Shell, presenter: FamiliesPresenter) -> None:
        super().__init__()
        self._shell = shell
        self._presenter = presenter
        presenter.setParent(self)
        self._everything = SecondaryButton(tr(ROOM, "Search notes and answers"), icon="search")
        self._everything.setObjectName("families.search_everything")
        self._add = PrimaryButton(tr(ROOM, "Add a family"), icon="plus")
        self._add.setObjectName("families.add")
        self._header = PageHeader(tr(ROOM, "Families"), "", self._everything, self._add)
        self._box = SearchBox(tr(ROOM, "Find a family by any name or by address"))
        self._box.setObjectName("families.words")
        self._bar = QuietBar()
        self._table = FamiliesTable()
        self._busy = BusyState(tr(ROOM, "Reading the families…"))
        self._empty = EmptyState("users", "", "")
        self._empty.button.setObjectName("families.empty.add")
        self._recent = [Button("", kind="quiet", icon="history") for _ in range(RECENT)]
        self._recent_ids = [""] * RECENT
        self._entered = ""
        self._arrange()
        self._connect()
        self.render_state(presenter.state)

    @property
    def presenter(self) -> FamiliesPresenter:
        return self._presenter

    def render_state(self, state: FamiliesState) -> None:
        self._bar.show_notice(state.notice)
        rows = state.rows
        self._busy.setVisible(rows is None and state.notice is None)
        self._table.setVisible(bool(rows))
        self._empty.setVisible(rows is not None and not rows)
        self._show_empty(state)
        if rows is not None:
            self._table.show_families(rows, state.today)
            self._header.show_text(tr(ROOM, "Families"), _told(state))
        self._show_recent(state)
        if self._entered and self._entered == state.words == state.found_for and self._box.hasFocus():
            self._on_enter()

    @override
    def arrive(self, arg: str) -> None:
        self._presenter.open()

    @override
    def refresh(self, changes: Changes) -> None:
        self._presenter.refresh(changes)

    @override
    def find_here(self) -> None:
        self._box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._box.selectAll()

    @override
    def panes(self) -> Sequence[QWidget]:
        return (self._box, self._table) if self._table.isVisibleTo(self) else (self._box,)

    def _show_empty(self, state: FamiliesState) -> None:
        if state.found_for.strip():
            self._empty.show_text(
                tr(ROOM, "No family here has “{words}” in a name or in its address.", words=state.found_for.strip()),
                tr(ROOM, "Search notes and answers"),
            )
        else:
            self._empty.show_text(
                tr(ROOM, "No families on this laptop yet. A name is enough to begin."), tr(ROOM, "Add a family")
            )

    def _show_recent(self, state: FamiliesState) -> None:
        shown = state.recent if not state.words.strip() else ()
        self._recent_box.setVisible(bool(shown))
        for place, button in enumerate(self._recent):
            button.setVisible(place < len(shown))
            if place < len(shown):
                self._recent_ids[place] = shown[place].id
                button.setText(plain_label(_short(shown[place].name)))
                button.setAccessibleName(tr(ROOM, "Opened recently: {name}", name=shown[place].name))

    def _arrange(self) -> None:
        for place, button in enumerate(self._recent):
            button.setObjectName(f"families.recent.{place}")
        line = row(TextLabel(tr(ROOM, "Opened recently"), "caption"), gap=Space.XS)
        line.addWidget(flowing(*self._recent), 1)
        self._recent_box = boxed(line)
        body = column(self._header, self._bar, self._box, self._recent_box, gap=Space.M, margin=Space.XL)
        for part in (self._busy, self._table, self._empty):
            body.addWidget(part, 1)
        self.setLayout(body)

    def _connect(self) -> None:
        presenter, shell = self._presenter, self._shell
        presenter.state_changed.connect(self.render_state)
        self._box.edited.connect(presenter.search)
        self._box.down_pressed.connect(self._on_down)
        self._box.returnPressed.connect(self._on_enter)
        self._table.opened.connect(lambda family: shell.go("family", family))
        self._table.left_upwards.connect(self._box.setFocus)
        self._add.clicked.connect(lambda: shell.go("new-family"))
        self._everything.clicked.connect(lambda: shell.go("search"))
        self._empty.acted.connect(self._on_empty)
        shell.shortcuts.bind(self, "visit.new", self._on_new_visit)
        for place, button in enumerate(self._recent):
            button.clicked.connect(lambda _=False, at=place: shell.go("family", self._recent_ids[at]))

    def _on_down(self) -> None:
        self._table.choose_first()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_enter(self) -> None:
        """Enter in the search box opens the only family that was found, or goes to the first of several; what is
        still being looked for is waited for.
        """
        state = self._presenter.state
        rows = state.rows or ()
        self._entered = "" if state.found_for == state.words else state.words
        if self._entered:
            self._presenter.search_now()
        elif len(rows) == 1:
            self._shell.go("family", rows[0].id)
        else:
            self._on_down()

    def _on_new_visit(self) -> None:
        """Ctrl+N: a visit to the family that is chosen, or to the only one that was found."""
        rows = self._presenter.state.rows or ()
        family = self._table.chosen() or (rows[0].id if len(rows) == 1 else "")
        if family:
            self._shell.go("family", start_arg(family))

    def _on_empty(self) -> None:
        self._shell.go("search" if self._presenter.state.found_for.strip() else "new-family")


def _told(state: FamiliesState) -> str:
    found = len(state.rows or ())
    if state.found_for.strip():
        return tr_count(ROOM, "{count} family found", "{count} families found", found)
    return tr_count(ROOM, "{count} family on this laptop", "{count} families on this laptop", found)


def _short(name: str) -> str:
    return name if len(name) <= 28 else f"{name[:27]}…"
