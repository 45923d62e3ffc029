"""Opening packages away from the store: keys and cards as they stood a moment ago, for work on any thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from homevisit.domain.card import Card
from homevisit.errors import HomeVisitError
from homevisit.exchange.identifying import Identified, identified
from homevisit.exchange.package import Opened, open_package
from homevisit.storage.store import Store

WANTING_A_CARD = frozenset({"package.unknown_sender", "package.unknown_author"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyring:
    """``cards`` are those confirmed, by device, and one's own; ``person_keys`` the confirmed keys of persons."""

    me: str
    device: str
    identity: str = field(repr=False)
    cards: Mapping[str, Card] = field(repr=False)
    person_keys: Mapping[str, str] = field(repr=False)

    def open(self, data: bytes) -> Opened:
        """Check a package whole; a refusal is a HomeVisitError with a code."""
        return open_package(
            data,
            identity=self.identity,
            me=self.me,
            pinned=self.cards.get,
            person_key=lambda person: self.person_keys.get(person, ""),
        )

    def identify(self, data: bytes) -> Identified | None:
        """Who sent a package that was refused, if that is certain."""
        return identified(data, identity=self.identity, pinned=self.cards.get)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What came of opening a file: ``data`` is b"" where it could not be read, ``outcome`` the package or a refusal."""

    data: bytes = field(repr=False)
    outcome: Opened | HomeVisitError = field(repr=False)


def opened_ahead(keys: Callable[[], Keyring], sources: Iterable[Callable[[], bytes]]) -> Iterator[Arrival]:
    """Each source read and opened, the next one on a thread of its own while the caller takes in what it was given.

    ``keys`` are asked for again before a refusal is believed: what was taken in meanwhile may have brought a card.
    """
    at_first = keys()
    with ThreadPoolExecutor(1, thread_name_prefix="opening") as thread:
        waiting: Future[Arrival] | None = None
        for source in sources:
            following = thread.submit(arrived, at_first, source)
            if waiting is not None:
                yield _believed(waiting.result(), keys)
            waiting = following
        if waiting is not None:
            yield _believed(waiting.result(), keys)


def arrived(keys: Keyring, source: Callable[[], bytes]) -> Arrival:
    """One source read and opened, or why not."""
    data = b""
    try:
        data = source()
        return Arrival(data=data, outcome=keys.open(data))
    except HomeVisitError as refusal:
        return Arrival(data=data, outcome=refusal)


def _believed(found: Arrival, keys: Callable[[], Keyring]) -> Arrival:
    if isinstance(found.outcome, HomeVisitError) and found.outcome.code in WANTING_A_CARD:
        return arrived(keys(), lambda: found.data)
    return found


def keyring_of(store: Store) -> Keyring:
    """The keys and cards of a store as they stand."""
    identity, lost = store.identity, store.team.revoked()
    cards = [kept.card for kept in store.cards.all()]
    # Whoever has a lost laptop may have its person's key, and could make "further laptops" with it.
    doubtful = {card.person for card in cards if card.device in lost}
    return Keyring(
        me=identity.card.person,
        device=identity.card.device,
        identity=identity.age_identity,
        cards={card.device: card for card in (*cards, identity.card)},
        person_keys={card.person: card.person_key for card in (*cards, identity.card) if card.person not in doubtful},
    )
