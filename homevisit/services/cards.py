"""Cards: handing out one's own public keys and taking in somebody else's after six words were compared."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from homevisit.clock import Clock, instant
from homevisit.domain.card import Card, Desk, SignedCard
from homevisit.domain.summaries import KnownCard
from homevisit.errors import HomeVisitError
from homevisit.exchange.cards import card_file, read_card, six_words
from homevisit.exchange.chosen_file import read_chosen
from homevisit.exchange.qr import Matrix, card_drawing, card_matrix, read_picture
from homevisit.storage.access import AccessAct
from homevisit.storage.store import Store

LARGEST_CARD = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedCard:
    """A card that was read but not yet confirmed, with the six words to compare.

    ``is_certified`` says that a key which was confirmed earlier signed it: another laptop of somebody who is known.
    """

    signed: SignedCard
    words: tuple[str, ...]
    replaces: bool = False
    is_certified: bool = False

    @property
    def card(self) -> Card:
        return self.signed.card


class Cards:
    """The people whose packages are taken in and who can be sent to."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def mine(self) -> KnownCard:
        """One's own card with its six words."""
        card = self._store.identity.card
        return KnownCard(card=card, words=six_words(card), confirmed_at=card.made_at, mine=True)

    def file(self) -> bytes:
        """One's own card as a file to hand out."""
        return card_file(self._store.identity.card, self._store.identity.card_signature)

    def save(self, path: Path) -> Path:
        """Write one's own card to a file that must not exist yet."""
        return _written(path, self.file())

    def qr(self) -> Matrix:
        """One's own card as the rows of a QR code, True for dark; it needs a quiet margin of four around it."""
        return card_matrix(self._signed())

    def save_drawing(self, path: Path) -> Path:
        """Write the QR code of one's own card as an SVG file that must not exist yet."""
        return _written(path, card_drawing(self._signed()))

    def read_picture(self, pixels: bytes, width: int, height: int) -> OfferedCard:
        """Read a card from a picture of its code (8-bit grey rows); nothing is trusted yet."""
        return self.offered(read_card_picture(pixels, width, height))

    def read(self, path: Path) -> OfferedCard:
        """Read a card file and show its six words; nothing is trusted yet."""
        return self.offered(read_card_file(path))

    def offered(self, signed: SignedCard) -> OfferedCard:
        """A card that came in a file of its own or with something that it signed."""
        own, card = self._store.identity.card, signed.card
        if card.person == own.person and (card.device == own.device or card.person_key != own.person_key):
            raise HomeVisitError("card.own")
        known = self._store.cards.by_person(card.person)
        key = own.person_key if card.person == own.person else known.card.person_key if known else ""
        return OfferedCard(
            signed=signed,
            words=six_words(card),
            replaces=known is not None,
            is_certified=card.person_key == key and self._is_further(card),
        )

    def _is_further(self, card: Card) -> bool:
        """A laptop that is new here, of a person none of whose laptops was lost."""
        lost = self._store.team.revoked()
        devices = {kept.card.device for kept in self._store.cards.of_person(card.person)}
        return card.device not in devices and not devices & lost.keys()

    def confirm(self, offered: OfferedCard) -> KnownCard:
        """Trust the card: the person said that the six words are the same on both screens."""
        now = instant(self._clock.now())
        self._store.cards.add(offered.signed.card, offered.signed.signature, confirmed_at=now)
        self._store.access.record(AccessAct.CONFIRMED_CARD, f"person/{offered.card.person}")
        return KnownCard(card=offered.card, words=offered.words, confirmed_at=now)

    def known(self) -> tuple[KnownCard, ...]:
        """Every confirmed card, by name."""
        found = [
            KnownCard(card=kept.card, words=six_words(kept.card), confirmed_at=kept.confirmed_at)
            for kept in self._store.cards.all()
        ]
        return tuple(sorted(found, key=lambda known: known.card.name.casefold()))

    def laptops_of(self, name: str) -> tuple[KnownCard, ...]:
        """Every laptop of the one person with this name, for commands; refuses no person and several."""
        wanted = name.casefold().strip()
        found = [known for known in self.known() if known.card.name.casefold() == wanted]
        if len({known.card.person for known in found}) != 1:
            raise HomeVisitError("card.no_such_name" if not found else "card.name_not_unique")
        return tuple(found)

    def named(self, name: str) -> KnownCard:
        """The one person with this name, as on the card that was confirmed last."""
        return max(self.laptops_of(name), key=lambda known: known.confirmed_at)

    def supervisors(self) -> tuple[KnownCard, ...]:
        """Confirmed supervisors: to whom visits are offered to be sent. Lost laptops are left out."""
        lost = self._store.team.revoked()
        known = (each for each in self.known() if each.card.device not in lost)
        return tuple(each for each in known if each.card.role is Desk.SUPERVISOR)

    def _signed(self) -> SignedCard:
        identity = self._store.identity
        return SignedCard(card=identity.card, signature=identity.card_signature)


def read_card_file(path: Path) -> SignedCard:
    """The card in a file; nothing is trusted yet."""
    return read_card(read_chosen(path, most=LARGEST_CARD, code="card.cannot_read"))


def read_card_picture(pixels: bytes, width: int, height: int) -> SignedCard:
    """The card in a picture of its code (8-bit grey rows); nothing is trusted yet."""
    return read_picture(pixels, width=width, height=height)


def _written(path: Path, data: bytes) -> Path:
    try:
        with path.open("xb") as target:
            target.write(data)
    except FileExistsError:
        raise HomeVisitError("card.file_exists") from None
    except OSError:
        raise HomeVisitError("card.cannot_write") from None
    return path
