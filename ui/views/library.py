"""Library: every prompt set with its licence and source, how it is asked, and packs that bring more of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedLayout, QWidget
from typing_extensions import override

from homevisit.changes import Changes
from homevisit.prompts.library import PromptSet
from homevisit.services.prompt_library import InstalledPack
from ui.dialogs.confirm import Confirm, ConfirmSheet, Question
from ui.pages import Page
from ui.presenters.library import LibraryPresenter
from ui.presenters.library_state import Busy, LibraryState
from ui.privacy import Privacy
from ui.tokens import Space
from ui.views.exchange_files import FileChooser, FileDialogs
from ui.views.exchange_receive import paths_of
from ui.views.library_detail import SetDetail
from ui.views.library_offer import OfferPane
from ui.views.library_trial import TrialPane
from ui.views.library_words import LICENCES, licence_name, short_words
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import SecondaryButton
from ui.widgets.empty import BusyState
from ui.widgets.fields import ChoiceBox, SearchBox
from ui.widgets.rows import Row, RowList
from ui.widgets.surface import Divider, SplitPanes, boxed, column
from ui.widgets.text import BodyText, Caption, Heading
from ui.words import tr, tr_count

ROOM = "library"
HEADING = "heading/"
LIST_WIDTH, DETAIL_WIDTH = 340, 560


class LibraryPage(Page):
    """The list at the left; at the right the chosen set, a pack that is looked into, or a set as it is asked."""

    def __init__(
        self,
        presenter: LibraryPresenter,
        *,
        now: Callable[[], datetime],
        privacy: Privacy,
        files: FileChooser | None = None,
        confirm: Confirm | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("library")
        self._presenter = presenter
        presenter.setParent(self)
        self._files = files or FileDialogs(self)
        self._confirm = confirm or ConfirmSheet(self)
        self._make()
        self._trial = TrialPane(now=now, privacy=privacy)
        self._arrange()
        self._connect()
        self.render_state(presenter.state)

    @property
    def presenter(self) -> LibraryPresenter:
        return self._presenter

    def render_state(self, state: LibraryState) -> None:
        self._bar.show_notice(state.notice)
        self._said.setVisible(state.notice is not None)
        self._count.setText(_count_words(state))
        self._words.show_value(state.words)
        self._licence.show_value(state.licence)
        self._list.show_rows(_rows(state))
        self._list.choose(state.chosen)
        self._nothing.setVisible(state.is_loaded and not state.shown)
        self._browse.setEnabled(state.busy is Busy.NOTHING)
        self._detail.render_state(state)
        self._offer.render_state(state)
        self._trial.show_set(state.trying)
        self._show_layer(state)

    @override
    def arrive(self, arg: str) -> None:
        self._presenter.open(arg)

    @override
    def depart(self) -> None:
        self._presenter.close_trial()

    @override
    def refresh(self, changes: Changes) -> None:
        self._presenter.refresh(changes)

    @override
    def find_here(self) -> None:
        self._words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._words.selectAll()

    @override
    def panes(self) -> Sequence[QWidget]:
        return (self._list, self._layer_focus(), self._browse)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if paths_of(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        paths = paths_of(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self._presenter.look_into(paths[0])

    def _make(self) -> None:
        self._count = Caption("")
        self._words = SearchBox(tr(ROOM, "Find a prompt set"))
        self._words.setObjectName("library.words")
        choices = [("", tr(ROOM, "Any licence")), *((each, licence_name(each)) for each in LICENCES)]
        self._licence = ChoiceBox(tr(ROOM, "Licence"), choices)
        self._licence.setObjectName("library.licence")
        self._list = RowList(tr(ROOM, "Prompt sets"), flat=True)
        self._list.setObjectName("library.list")
        self._nothing = BodyText(tr(ROOM, "No prompt set here has these words."), soft=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._browse = SecondaryButton(tr(ROOM, "Look into a pack…"), icon="package-open")
        self._browse.setObjectName("library.browse")
        self.setAcceptDrops(True)
        self._bar = QuietBar()
        self._detail, self._offer = SetDetail(), OfferPane()

    def _arrange(self) -> None:
        top = column(Heading(tr(ROOM, "Library")), self._count, self._words, self._licence, gap=Space.S)
        top.setContentsMargins(Space.M, 0, Space.M, 0)
        foot = column(self._browse, Caption(tr(ROOM, "or drop its file on this page")), gap=Space.XS)
        foot.setContentsMargins(Space.M, Space.XS, Space.M, Space.M)
        left = column(gap=Space.S)
        left.setContentsMargins(Space.XS, Space.L, Space.XS, 0)
        left.addLayout(top)
        left.addWidget(self._list, 1)
        left.addWidget(self._nothing, 1)
        left.addWidget(Divider())
        left.addLayout(foot)
        shown = QWidget()
        self._layers = QStackedLayout(shown)  # without its parent the first layer would flash up as a window of its own
        for layer in (BusyState(tr(ROOM, "Reading…")), self._detail, self._offer, self._trial):
            self._layers.addWidget(layer)
        around = column(self._bar)
        around.setContentsMargins(Space.XL, Space.M, Space.XL, 0)
        self._said = boxed(around)
        right = column(self._said, gap=0)
        right.addWidget(shown, 1)
        panes = SplitPanes(boxed(left, ground="surface"), boxed(right))
        panes.setSizes([LIST_WIDTH, DETAIL_WIDTH])
        panes.setStretchFactor(1, 1)
        self.setLayout(column(panes))

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.state_changed.connect(self.render_state)
        self._words.edited.connect(presenter.search)
        self._words.down_pressed.connect(self._on_down)
        self._words.returnPressed.connect(self._on_down)
        self._licence.chosen.connect(presenter.only)
        self._list.chosen.connect(self._on_chosen)
        self._list.clicked.connect(lambda _: presenter.choose(self._list.chosen_id()))
        self._list.opened.connect(lambda _: presenter.try_out())
        self._list.left_upwards.connect(self._words.setFocus)
        self._browse.clicked.connect(self._on_browse)
        self._bar.dismissed.connect(presenter.dismiss)
        self._detail.try_asked.connect(presenter.try_out)
        self._detail.remove_asked.connect(self._on_remove)
        self._offer.install_asked.connect(presenter.install)
        self._offer.close_asked.connect(presenter.close_offer)
        self._offer.compared.connect(presenter.words_compared)
        self._offer.try_asked.connect(presenter.try_out)
        self._trial.close_asked.connect(presenter.close_trial)

    def _show_layer(self, state: LibraryState) -> None:
        wanted: QWidget | None = None
        if state.trying is not None:
            wanted = self._trial
        elif state.offer is not None:
            wanted = self._offer
        elif state.found is not None and state.busy is not Busy.READING:
            wanted = self._detail
        before = self._layers.currentWidget()
        if wanted is None:
            self._layers.setCurrentIndex(0)
        elif before is not wanted:
            self._layers.setCurrentWidget(wanted)
            self._follow(before, wanted)

    def _follow(self, before: QWidget | None, now: QWidget) -> None:
        """What came up takes the keyboard; where it went away, the list does."""
        if now is self._trial:
            self._trial.focus_first()
        elif now is self._offer:
            self._offer.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        elif before in {self._trial, self._offer}:
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _layer_focus(self) -> QWidget:
        return self._layers.currentWidget() or self._detail

    def _on_chosen(self, canonical: str) -> None:
        if canonical != self._presenter.state.chosen:  # the list also says what was only shown to it
            self._presenter.choose(canonical)

    def _on_down(self) -> None:
        self._list.choose_first()
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_browse(self) -> None:
        def look(paths: list[Path]) -> None:
            self._presenter.look_into(paths[0])

        self._files.files(tr(ROOM, "A pack to look into"), tr(ROOM, "Packs of prompt sets (*.homevisit-pack)"), look)

    def _on_remove(self, pack: InstalledPack | None) -> None:
        if pack is None:
            return
        question = Question(
            title=tr(ROOM, "Remove the pack “{name}”?", name=pack.manifest.name),
            consequence=tr(
                ROOM,
                "Its prompt sets can no longer be added to visits. What was answered stays readable as it was asked; "
                "sets that nobody answered are erased here; earlier backups still hold them.",
            ),
            yes=tr(ROOM, "Remove the pack"),
        )
        self._confirm.ask(question, lambda: self._presenter.remove(pack))


def _rows(state: LibraryState) -> list[Row]:
    """The sets under headings: what ships with its wording, each pack, then results only."""
    packs = {each.id: each.manifest.name for each in state.packs}
    groups: dict[str, list[PromptSet]] = {}
    for each in state.shown:
        name = packs.get(each.pack)
        title = licence_name(each.licence_class) if name is None else tr(ROOM, "Pack: {name}", name=name)
        groups.setdefault(title, []).append(each)
    rows: list[Row] = []
    for title, sets in groups.items():
        rows.append(Row(id=HEADING + title, title=title, meta=str(len(sets)), heading=True))
        rows += [
            Row(id=each.canonical, title=each.title, subtitle=short_words(each), meta=each.version) for each in sets
        ]
    return rows


def _count_words(state: LibraryState) -> str:
    if not state.is_loaded:
        return ""
    sets = tr_count(ROOM, "{count} prompt set", "{count} prompt sets", len(state.sets))
    return (
        " · ".join((sets, tr_count(ROOM, "{count} pack", "{count} packs", len(state.packs)))) if state.packs else sets
    )
