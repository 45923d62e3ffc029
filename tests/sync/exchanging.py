"""What the tests of the exchange do again and again."""

from __future__ import annotations

from pathlib import Path

from homevisit.assembly import Services
from homevisit.clock import SystemClock
from homevisit.domain.review import Decision, ReviewBody
from homevisit.paths import Home
from homevisit.services import homes
from homevisit.services.second_laptop import SecondLaptop
from tests.desks import CHEAP, PASSPHRASE, add_family, whole_draft


def agree_with_all(desk: Services) -> None:
    """Everybody who is sent something by the rules may be sent it."""
    for recipient in desk.sharing.recipients():
        desk.sharing.agree(recipient.person)


def signed(desk: Services, words: str = "Seen and awake.") -> str:
    """A new family with a signed visit."""
    return desk.signing.sign(whole_draft(desk, add_family(desk), words)).envelope.record


def reviewed(desk: Services, visit: str) -> str:
    """A review of the version that stands."""
    row = desk.records.visit(visit).row
    return desk.reviews.decide(ReviewBody(visit=visit, version=row.head, decision=Decision.READ)).id


def entries_of(desk: Services) -> set[str]:
    """The ids of everything in the ledger."""
    return {entry.id for entry in desk.store.ledger.all()}


def second_laptop(desk: Services, folder: Path) -> Services:
    """Another laptop of the person of a desk, with the same places."""
    file = folder / "second.homevisit-laptop"
    words = SecondLaptop(desk.store, SystemClock(), cost=CHEAP).write(file)
    profile = homes.joining(file, words)
    return homes.create(Home(folder / "second"), profile, PASSPHRASE, clock=SystemClock(), cost=CHEAP).services


def introduce(giver: Services, taker: Services, folder: Path) -> None:
    """Give one desk the card of the other."""
    file = folder / f"{giver.store.identity.card.device}-{taker.store.identity.card.device}.card"
    taker.cards.confirm(taker.cards.read(giver.cards.save(file)))


def until_quiet(*desks: Services, most: int = 6) -> None:
    """Let every desk send and receive in turn until nothing moves any more."""
    for _ in range(most):
        runs = [desk.syncing.run() for desk in desks]
        assert [summary.refused for summary in runs] == [()] * len(desks)
        if not any(summary.sent or summary.received or summary.receipts for summary in runs):
            return
    raise AssertionError("they go on and on")
