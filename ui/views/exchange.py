"""Send & receive: what waits, what left, what came, and who is known, on one page and without a dialog."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QProgressBar, QWidget
from typing_extensions import override

from homevisit.changes import Changes
from homevisit.domain.card import Desk
from ui.pages import Page
from ui.presenters.cards import CardsPresenter, CardsState
from ui.presenters.exchange import ExchangePresenter
from ui.presenters.exchange_state import ExchangeState, Stage
from ui.theme import theme_now
from ui.tokens import Space
from ui.views.cards import PeopleCard
from ui.views.exchange_files import FileChooser, FileDialogs
from ui.views.exchange_receive import ReceiveCard
from ui.views.exchange_send import OutboxCard, SendCard
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import QuietButton
from ui.widgets.header import PageHeader
from ui.widgets.surface import ScrollColumn, boxed, column, row
from ui.widgets.text import WrappedText
from ui.words import tr, tr_count

ROOM = "exchange"
FOLDS_BELOW = 900
MINE = Changes.OUTBOX | Changes.INBOX | Changes.CARDS | Changes.VISITS | Changes.REVIEWS
CARD_FILE = "homevisit-card.json"


class ExchangePage(Page):
    """The page; files come from ``files`` or by drag and drop."""

    def __init__(
        self, presenter: ExchangePresenter, cards: CardsPresenter, *, files: FileChooser | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("exchange")
        self._presenter, self._cards = presenter, cards
        presenter.setParent(self)
        cards.setParent(self)
        self._files = files or FileDialogs(self)
        self._header = PageHeader(tr(ROOM, "Send & receive"))
        self._bar = QuietBar()
        self._progress = Progress()
        self._send, self._outbox = SendCard(), OutboxCard()
        self._receive, self._people = ReceiveCard(), PeopleCard()
        self._arrange()
        self._connect()
        self.render_state(presenter.state)
        self._people.render_state(cards.state)

    def render_state(self, state: ExchangeState) -> None:
        self._header.show_text(tr(ROOM, "Send & receive"), unsent_words(state))
        self._bar.show_notice(state.notice)
        self._progress.render_state(state)
        for part in (self._send, self._outbox, self._receive):
            part.render_state(state)

    @override
    def arrive(self, arg: str) -> None:
        self._presenter.load()
        self._cards.load()

    @override
    def refresh(self, changes: Changes) -> None:
        if changes & MINE and not self._presenter.state.is_busy:
            self._presenter.load()
        if changes & Changes.CARDS:
            self._cards.load()

    @override
    def panes(self) -> Sequence[QWidget]:
        return (self._send, self._outbox, self._receive, self._people)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = event.size().width() < theme_now().px(FOLDS_BELOW)
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if self._sides.direction() != direction:
            self._sides.setDirection(direction)

    def _arrange(self) -> None:
        left = column(self._send, self._outbox, gap=Space.L)
        left.addStretch(1)
        right = column(self._receive, self._people, gap=Space.L)
        right.addStretch(1)
        self._sides = row(gap=Space.L)
        self._sides.addLayout(left, 1)
        self._sides.addLayout(right, 1)
        scroll = self._scroll = ScrollColumn()
        for part in (self._header, self._bar, self._progress, boxed(self._sides)):
            scroll.body.addWidget(part)
        scroll.finish()
        self.setLayout(column(scroll))

    def _connect(self) -> None:
        presenter, cards = self._presenter, self._cards
        presenter.state_changed.connect(self.render_state)
        cards.state_changed.connect(self._on_cards)
        cards.confirmed.connect(presenter.try_all_again)
        self._bar.dismissed.connect(presenter.dismiss)
        self._progress.stop_asked.connect(presenter.stop)
        self._send.recipient_chosen.connect(presenter.choose_recipient)
        self._send.folder_asked.connect(self._on_folder)
        self._send.send_asked.connect(presenter.send)
        self._send.people_asked.connect(self._people.focus_add)
        self._receive.files_given.connect(self._on_files)
        self._receive.files_asked.connect(self._on_browse)
        self._receive.row_chosen.connect(presenter.choose_inbox)
        self._receive.again_asked.connect(presenter.try_again)
        self._receive.forget_asked.connect(presenter.forget)
        self._people.save_asked.connect(self._on_save_card)
        self._people.card_asked.connect(self._on_browse_card)
        self._people.card_given.connect(lambda paths: cards.read(paths[0]))
        self._people.answered.connect(lambda same: cards.same_words() if same else cards.other_words())
        self._people.dismissed.connect(cards.dismiss)

    def _on_cards(self, state: CardsState) -> None:
        self._people.render_state(state)
        if state.offered is not None:  # the question may stand below what is seen; it has its place after this event
            QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(self._people.question))

    def _on_folder(self) -> None:
        self._files.folder(
            tr(ROOM, "Folder or stick to send to"), self._presenter.state.place, self._presenter.choose_place
        )

    def _on_browse(self) -> None:
        kinds = tr(ROOM, "Packages (*.age)")
        self._files.files(tr(ROOM, "Packages to take in"), kinds, self._on_files)

    def _on_files(self, paths: list[Path]) -> None:
        """A card dropped among packages is a card: it is looked at, and the words are asked for."""
        cards = [path for path in paths if path.suffix.casefold() == ".json"]
        if cards:
            self._cards.read(cards[0])
        self._presenter.take_in([path for path in paths if path not in cards])

    def _on_save_card(self) -> None:
        self._files.new_file(tr(ROOM, "Save my card"), CARD_FILE, self._cards.save_mine)

    def _on_browse_card(self) -> None:
        kinds = tr(ROOM, "Cards (*.json)")
        self._files.files(tr(ROOM, "Card to add"), kinds, lambda paths: self._cards.read(paths[0]))


class Progress(QWidget):
    """What is being done, in a word; nothing is shown when nothing is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("exchange.progress")
        self._words = WrappedText(style="soft")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._stop = QuietButton(tr(ROOM, "Stop after this file"))
        self._stop.setObjectName("exchange.progress.stop")
        self.stop_asked = self._stop.clicked
        line = row(self._words, gap=Space.M)
        line.addWidget(self._bar, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._stop)
        self.setLayout(line)

    def render_state(self, state: ExchangeState) -> None:
        self.setVisible(state.is_busy and state.stage is not Stage.LOADING)
        words = stage_words(state)
        self._words.setText(words)
        self._bar.setAccessibleName(words)
        several = state.stage is Stage.READING and state.steps > 1
        self._bar.setRange(0, state.steps if several else 0)
        self._bar.setValue(state.step)
        self._stop.setVisible(several)


def stage_words(state: ExchangeState) -> str:
    """The stage in words."""
    if state.stage is Stage.SENDING:
        return tr(ROOM, "Sealing and putting into the folder…")
    if state.stage is Stage.READING and state.steps > 1:
        return tr(ROOM, "Opening and checking {step} of {steps}…", step=state.step, steps=state.steps)
    return tr(ROOM, "Opening and checking…") if state.stage is Stage.READING else tr(ROOM, "Reading the lists…")


def unsent_words(state: ExchangeState) -> str:
    """Everything is said to be sent only for a counted zero; until then nothing is claimed."""
    if state.unsent is None:
        return ""
    if not state.unsent and not state.waiting_packages:
        return tr(ROOM, "Everything sent.")
    if not state.unsent:
        return tr(ROOM, "A package was made and has not been put into a folder yet.")
    if state.desk is Desk.SUPERVISOR:
        return tr_count(ROOM, "1 review is still to be sent.", "{count} reviews are still to be sent.", state.unsent)
    return tr_count(ROOM, "1 visit is still to be sent.", "{count} visits are still to be sent.", state.unsent)
