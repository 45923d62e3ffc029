"""Search everything on this laptop: families and people first, then what was written, the found words marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from homevisit.changes import Changes
from homevisit.domain.summaries import HitKind, SearchHit
from ui.pages import Page
from ui.presenters.family_words import iso_day_words
from ui.presenters.search import SearchPresenter, SearchState, key_of
from ui.tokens import Space
from ui.views.search_list import BLANK, Find, FindList, unmarked
from ui.widgets.bars import QuietBar
from ui.widgets.empty import EmptyState
from ui.widgets.fields import SearchBox
from ui.widgets.header import PageHeader
from ui.widgets.surface import column
from ui.widgets.text import Caption
from ui.words import tr

ROOM = "search"
_ICONS = {
    HitKind.FAMILY: "users",
    HitKind.PERSON: "user",
    HitKind.NOTE: "file-text",
    HitKind.ANSWER: "message-square-text",
    HitKind.ACTION: "square-check",
}


class SearchPage(Page):
    """Renders a SearchState."""

    def __init__(self, presenter: SearchPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        presenter.setParent(self)
        self._box = SearchBox(tr(ROOM, "Search people, notes, answers and actions"))
        self._box.setObjectName("search.words")
        self._bar = QuietBar()
        self._list = FindList(tr(ROOM, "What was found"))
        self._list.setObjectName("search.finds")
        self._empty = EmptyState("search", "")
        self._empty.button.setObjectName("search.empty.button")
        self._full = Caption(tr(ROOM, "Only the first finds are shown: one more word narrows them down."))
        header = PageHeader(
            tr(ROOM, "Search everything"), tr(ROOM, "Signed visits, people and actions. Drafts are not searched.")
        )
        body = column(header, self._box, self._bar, gap=Space.M, margin=Space.XL)
        for part in (self._list, self._empty):
            body.addWidget(part, 1)
        body.addWidget(self._full)
        self.setLayout(body)
        self._connect()
        self.render_state(presenter.state)

    @property
    def presenter(self) -> SearchPresenter:
        return self._presenter

    def render_state(self, state: SearchState) -> None:
        self._bar.show_notice(state.notice)
        self._list.setVisible(bool(state.hits))
        self._empty.setVisible(not state.hits)
        self._full.setVisible(state.is_full)
        if state.hits is None:
            self._empty.show_text(tr(ROOM, "Type a word: a name, a street, something that was said."))
        elif not state.hits:
            self._empty.show_text(tr(ROOM, "Nothing here holds “{words}”.", words=state.found_for.strip()))
        self._list.show_rows(finds_of(state))

    @override
    def arrive(self, arg: str) -> None:
        self._presenter.look_again()
        self._box.selectAll()

    @override
    def refresh(self, changes: Changes) -> None:
        self._presenter.refresh(changes)

    @override
    def find_here(self) -> None:
        self._box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._box.selectAll()

    @override
    def panes(self) -> Sequence[QWidget]:
        return (self._box, self._list) if self._list.isVisibleTo(self) else (self._box,)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.state_changed.connect(self.render_state)
        self._box.edited.connect(presenter.search)
        self._box.down_pressed.connect(self._on_down)
        self._box.returnPressed.connect(self._on_enter)
        self._list.opened.connect(presenter.open)
        self._list.left_upwards.connect(self._box.setFocus)

    def _on_down(self) -> None:
        self._list.choose_first()
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_enter(self) -> None:
        if self._presenter.state.words != self._presenter.state.found_for:
            self._presenter.search_now()
        else:
            self._on_down()


def finds_of(state: SearchState) -> list[Find]:
    """The finds under the heading of their kind."""
    finds: list[Find] = []
    for kind, hits in state.groups():
        finds.append(Find(id="", title=kind_words(kind), meta=str(len(hits)), heading=True))
        finds += [find_of(hit) for hit in hits]
    return finds


def find_of(hit: SearchHit) -> Find:
    """One find: whose it is, when, and the passage."""
    when = iso_day_words(hit.when) if hit.when else ""
    if hit.kind is HitKind.PERSON:
        title, snippet = unmarked(hit.snippet).strip(), tr(ROOM, "Family {name}", name=hit.family_name)
        when = tr(ROOM, "born {day}", day=when) if when else ""
    else:
        is_name = hit.kind is HitKind.FAMILY and unmarked(hit.snippet).strip() == hit.family_name
        title, snippet = hit.family_name, "" if is_name else hit.snippet
    return Find(
        id=key_of(hit),
        title=title,
        subtitle=BLANK if snippet else "",
        snippet=snippet,
        meta=when,
        icon=_ICONS[hit.kind],
    )


def kind_words(kind: HitKind) -> str:
    """The heading over finds of one kind."""
    return {
        HitKind.FAMILY: tr(ROOM, "Families"),
        HitKind.PERSON: tr(ROOM, "People"),
        HitKind.NOTE: tr(ROOM, "In notes"),
        HitKind.ANSWER: tr(ROOM, "In answers"),
        HitKind.ACTION: tr(ROOM, "Actions"),
    }[kind]
