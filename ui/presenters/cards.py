"""Cards: handing out one's own, and trusting another only after six words were compared aloud."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from homevisit.changes import Changes
from homevisit.domain.summaries import KnownCard
from homevisit.errors import HomeVisitError
from homevisit.services.cards import OfferedCard
from ui.bridge import Where
from ui.card_picture import grey_of
from ui.messages import notice_of
from ui.notices import Notice
from ui.shell import Shell
from ui.tokens import Tone
from ui.words import tr

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".webp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CardsState:
    """``offered`` is a card that was read and waits for the answer about its six words."""

    mine: KnownCard | None = None
    known: tuple[KnownCard, ...] = ()
    offered: OfferedCard | None = field(default=None, repr=False)
    notice: Notice | None = None


class CardsPresenter(QObject):
    """``confirmed`` fires when a card became trusted: packages refused for its lack may be taken in now.

    ``code_made`` carries the rows of the code of one's own card.
    """

    state_changed = Signal(object)
    confirmed = Signal()
    code_made = Signal(object)

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._state = CardsState()

    @property
    def state(self) -> CardsState:
        return self._state

    def load(self) -> None:
        cards = self._shell.services.cards
        self._shell.bridge.run(lambda: (cards.mine(), cards.known()), self._on_loaded, self._on_failed)

    def save_mine(self, path: Path) -> None:
        """Write one's own card to a new file."""
        cards = self._shell.services.cards
        self._shell.bridge.run(lambda: cards.save(path), self._on_saved, self._on_failed)

    def make_code(self) -> None:
        """Draw one's own card as a code."""
        self._shell.bridge.run(self._shell.services.cards.qr, self.code_made.emit, self._on_failed, owner=self)

    def read(self, path: Path) -> None:
        """Look at a card file, or at a picture of a code; nothing is trusted yet."""
        cards = self._shell.services.cards
        self._put(replace(self._state, offered=None, notice=None))
        if path.suffix.casefold() in PICTURES:
            self._shell.bridge.run(lambda: grey_of(path), self._on_picture, self._on_failed, where=Where.WORKER)
        else:
            self._shell.bridge.run(lambda: cards.read(path), self._on_read, self._on_failed)

    def same_words(self) -> None:
        """The six words are the same on both screens."""
        offered = self._state.offered
        if offered is not None:
            cards = self._shell.services.cards
            self._shell.bridge.run(lambda: cards.confirm(offered), self._on_confirmed, self._on_failed)

    def other_words(self) -> None:
        """The six words differ: the card is not this person's."""
        if self._state.offered is None:
            return
        notice = Notice(
            sentence=tr("cards", "The card was not added."),
            next_step=tr("cards", "Ask the person for the card again, by another way, and compare the words anew."),
            tone=Tone.WAITING,
        )
        self._put(replace(self._state, offered=None, notice=notice))

    def dismiss(self) -> None:
        self._put(replace(self._state, notice=None))

    def _on_loaded(self, found: tuple[KnownCard, tuple[KnownCard, ...]]) -> None:
        mine, known = found
        others = tuple(each for each in known if each.card.person != mine.card.person)  # own laptops: see Settings
        self._put(replace(self._state, mine=mine, known=others))

    def _on_saved(self, path: Path) -> None:
        notice = Notice(
            sentence=tr("cards", "Your card is in “{name}”.", name=path.name),
            next_step=tr("cards", "Give it to the other person, then compare the six words aloud."),
            tone=Tone.GOOD,
        )
        self._put(replace(self._state, notice=notice))

    def _on_picture(self, grey: tuple[bytes, int, int]) -> None:
        cards = self._shell.services.cards
        self._shell.bridge.run(lambda: cards.read_picture(*grey), self._on_read, self._on_failed)

    def _on_read(self, offered: OfferedCard) -> None:
        """A further laptop of somebody who is known was signed with the key that was compared then."""
        self._put(replace(self._state, offered=offered))
        if offered.is_certified:
            self.same_words()

    def _on_confirmed(self, known: KnownCard) -> None:
        notice = Notice(
            sentence=tr("cards", "{name} is now known on this laptop.", name=known.card.name), tone=Tone.GOOD
        )
        self._put(replace(self._state, offered=None, notice=notice))
        self.confirmed.emit()
        self._shell.tell(Changes.CARDS)

    def _on_failed(self, error: HomeVisitError) -> None:
        self._put(replace(self._state, offered=None, notice=notice_of(error)))

    def _put(self, state: CardsState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)
