"""Send & receive: what waits, what left, what came, where it goes and who is known, on one page without a dialog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from homevisit.changes import Changes
from homevisit.domain.card import Desk
from ui.pages import Page
from ui.preferences import Preferences
from ui.presenters.cards import PICTURES, CardsPresenter, CardsState
from ui.presenters.exchange import ExchangePresenter
from ui.presenters.exchange_who import WhoPresenter
from ui.presenters.exchange_words import last_words, unsent_words
from ui.presenters.places import PlacesPresenter
from ui.shell import Shell
from ui.theme import theme_now
from ui.tokens import Space
from ui.views.cards import PeopleCard
from ui.views.exchange_code import CodeSheet
from ui.views.exchange_files import FileChooser, FileDialogs
from ui.views.exchange_progress import Progress
from ui.views.exchange_receive import ReceiveCard
from ui.views.exchange_send import OutboxCard, SendCard
from ui.views.exchange_who import WhoCard
from ui.views.places import PlacesCard
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import PrimaryButton, QuietButton
from ui.widgets.header import PageHeader
from ui.widgets.surface import ScrollColumn, boxed, column, row
from ui.words import tr

ROOM = "exchange"
FOLDS_BELOW = 900
MINE = Changes.OUTBOX | Changes.INBOX | Changes.CARDS | Changes.VISITS | Changes.REVIEWS | Changes.FAMILIES
CARD_FILE = "homevisit-card.json"
CARDS = PICTURES | {".json"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Presenters:
    """Whoever decides what the page shows, part by part."""

    exchange: ExchangePresenter
    cards: CardsPresenter
    places: PlacesPresenter
    who: WhoPresenter

    @staticmethod
    def of(shell: Shell) -> Presenters:
        """All of them, for one desk."""
        return Presenters(
            exchange=ExchangePresenter(shell),
            cards=CardsPresenter(shell),
            places=PlacesPresenter(shell),
            who=WhoPresenter(shell),
        )


class ExchangePage(Page):
    """The page; files come from ``files`` or by drag and drop."""

    def __init__(
        self,
        shell: Shell,
        presenters: Presenters,
        *,
        preferences: Preferences | None = None,
        files: FileChooser | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("exchange")
        self._shell, self._sync = shell, shell.sync
        self._presenter, self._cards = presenters.exchange, presenters.cards
        self._places, self._who = presenters.places, presenters.who
        for each in (self._presenter, self._cards, self._places, self._who):
            each.setParent(self)
        self._files = files or FileDialogs(self)
        self._go = PrimaryButton(tr(ROOM, "Send && receive now"), icon="refresh-cw")
        self._go.setAccessibleName(tr(ROOM, "Send & receive now"))
        self._go.setObjectName("exchange.sync.go")
        self._go.setToolTip(shell.shortcuts.shown("saved"))
        self._file = QuietButton(tr(ROOM, "File elsewhere"), icon="archive")
        self._file.setObjectName("exchange.file")
        self._header = PageHeader(tr(ROOM, "Send & receive"), "", self._file, self._go)
        self._file.setHidden(shell.desk is not Desk.PRACTITIONER)  # nobody files what somebody else signed
        self._bar, self._run_bar = QuietBar(), QuietBar()
        self._progress = Progress()
        self._who_card, self._send, self._outbox = WhoCard(), SendCard(), OutboxCard()
        self._places_card = PlacesCard(preferences)
        self._receive, self._people = ReceiveCard(), PeopleCard()
        self._arrange()
        self._connect()
        self._render()
        self._people.render_state(self._cards.state)

    @override
    def arrive(self, arg: str) -> None:
        self._load()
        self._cards.load()

    @override
    def refresh(self, changes: Changes) -> None:
        if changes & Changes.PLACES:
            self._places.load()
        if changes & (MINE | Changes.PLACES) and not self._presenter.state.is_busy:
            self._presenter.load()
            self._who.load()
        if changes & Changes.CARDS:
            self._cards.load()

    @override
    def save_asked(self) -> bool:
        """Ctrl+S here means: send and receive."""
        if not self._places.state.lines:
            return False
        self._sync.start(asked=True)
        return True

    @override
    def panes(self) -> Sequence[QWidget]:
        every = (self._go, self._who_card, self._send, self._outbox, self._places_card, self._receive, self._people)
        return [pane for pane in every if pane.isVisibleTo(self)]

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = event.size().width() < theme_now().px(FOLDS_BELOW)
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if self._sides.direction() != direction:
            self._sides.setDirection(direction)

    def _load(self) -> None:
        self._presenter.load()
        self._places.load()
        self._who.load()

    def _render(self) -> None:
        """Everything but the people; each part shows only what changed."""
        state, sync, places = self._presenter.state, self._sync.state, self._places.state
        has_places = bool(places.lines)
        said = [unsent_words(state), last_words(sync) if has_places and not sync.notice else ""]
        self._header.show_text(tr(ROOM, "Send & receive"), " ".join(part for part in said if part))
        self._go.setVisible(has_places)
        self._go.setEnabled(not sync.is_running)
        self._bar.show_notice(state.notice)
        self._run_bar.show_notice(sync.notice)
        self._progress.render_state(state, sync)
        self._who_card.setVisible(has_places)
        self._who_card.render_state(self._who.state, state.desk)
        self._send.show_aside(has_places)
        self._send.setEnabled(not sync.is_running)
        self._places_card.render_state(places)
        for part in (self._send, self._outbox, self._receive):
            part.render_state(state)

    def _on_sync(self) -> None:
        """A run knows best which place works."""
        summary = self._sync.state.summary
        if summary is not None and not self._sync.is_running:
            self._places.note(summary.places)
        self._render()

    def _arrange(self) -> None:
        left = column(self._who_card, self._send, self._outbox, gap=Space.L)
        left.addStretch(1)
        right = column(self._places_card, self._receive, self._people, gap=Space.L)
        right.addStretch(1)
        self._sides = row(gap=Space.L)
        self._sides.addLayout(left, 1)
        self._sides.addLayout(right, 1)
        scroll = self._scroll = ScrollColumn()
        for part in (self._header, self._run_bar, self._bar, boxed(self._sides)):
            scroll.body.addWidget(part)
        scroll.finish()
        self.setLayout(column(scroll, self._progress, gap=0))  # at the foot: what one reads stays where it is

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.state_changed.connect(self._render)
        self._bar.dismissed.connect(presenter.dismiss)
        self._progress.stop_asked.connect(self._on_stop)
        self._send.recipient_chosen.connect(presenter.choose_recipient)
        self._send.folder_asked.connect(self._on_folder)
        self._send.send_asked.connect(presenter.send)
        self._send.people_asked.connect(self._people.focus_add)
        self._receive.files_given.connect(self._on_files)
        self._receive.files_asked.connect(self._on_browse)
        self._receive.row_chosen.connect(presenter.choose_inbox)
        self._receive.again_asked.connect(presenter.try_again)
        self._receive.forget_asked.connect(presenter.forget)
        self._connect_runs()
        self._connect_places()
        self._connect_people()

    def _connect_runs(self) -> None:
        self._sync.state_changed.connect(self._on_sync)
        self._go.clicked.connect(lambda: self._sync.start(asked=True))
        self._file.clicked.connect(lambda: self._shell.go("filing"))
        self._run_bar.dismissed.connect(self._sync.dismiss)
        self._who.state_changed.connect(self._render)
        self._who_card.agreed.connect(self._who.agree)
        self._who_card.stopped.connect(self._who.stop)
        self._who_card.dismissed.connect(self._who.dismiss)

    def _connect_places(self) -> None:
        places, card = self._places, self._places_card
        places.state_changed.connect(self._render)
        card.add_asked.connect(places.begin)
        card.check_asked.connect(places.check)
        card.removed.connect(places.remove)
        card.renewal_asked.connect(places.begin_renewal)
        card.dismissed.connect(places.dismiss)
        card.form.given.connect(places.add)
        card.form.all_the_same.connect(places.add_all_the_same)
        card.form.given_up.connect(places.give_up)
        card.form.folder_asked.connect(self._on_place_folder)
        card.form.file_asked.connect(self._on_certificates)

    def _connect_people(self) -> None:
        cards, people = self._cards, self._people
        cards.state_changed.connect(self._on_cards)
        cards.confirmed.connect(self._presenter.try_all_again)
        people.save_asked.connect(self._on_save_card)
        people.code_asked.connect(cards.make_code)
        cards.code_made.connect(self._on_code)
        people.card_asked.connect(self._on_browse_card)
        people.card_given.connect(lambda paths: cards.read(paths[0]))
        people.answered.connect(lambda same: cards.same_words() if same else cards.other_words())
        people.dismissed.connect(cards.dismiss)

    def _on_stop(self) -> None:
        self._presenter.stop()
        self._sync.stop()

    def _on_cards(self, state: CardsState) -> None:
        self._people.render_state(state)
        if state.offered is not None:  # the question may stand below what is seen; it has its place after this event
            QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(self._people.question))

    def _on_place_folder(self, start: str) -> None:
        self._files.folder(tr(ROOM, "Folder or stick"), start, self._places_card.form.show_file)

    def _on_certificates(self) -> None:
        form = self._places_card.form
        kinds = tr(ROOM, "Certificates (*.pem *.crt *.cer)")
        self._files.files(tr(ROOM, "Certificates of your organisation"), kinds, lambda paths: form.show_file(paths[0]))

    def _on_folder(self) -> None:
        self._files.folder(
            tr(ROOM, "Folder or stick to send to"), self._presenter.state.place, self._presenter.choose_place
        )

    def _on_browse(self) -> None:
        kinds = tr(ROOM, "Packages (*.age)")
        self._files.files(tr(ROOM, "Packages to take in"), kinds, self._on_files)

    def _on_files(self, paths: list[Path]) -> None:
        """A card dropped among packages is a card: it is looked at, and the words are asked for."""
        cards = [path for path in paths if path.suffix.casefold() in CARDS]
        if cards:
            self._cards.read(cards[0])
        self._presenter.take_in([path for path in paths if path not in cards])

    def _on_save_card(self) -> None:
        self._files.new_file(tr(ROOM, "Save my card"), CARD_FILE, self._cards.save_mine)

    def _on_code(self, rows: Sequence[Sequence[bool]]) -> None:
        mine = self._cards.state.mine
        CodeSheet(self.window(), rows, mine.words if mine else ()).open_over()

    def _on_browse_card(self) -> None:
        kinds = tr(ROOM, "Cards and pictures of codes (*.json *.card *.png *.jpg *.jpeg)")
        self._files.files(tr(ROOM, "Card to add"), kinds, lambda paths: self._cards.read(paths[0]))
