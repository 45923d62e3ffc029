"""What the tests of the exchange do again and again."""

from __future__ import annotations

from homevisit.assembly import Services
from homevisit.domain.review import Decision, ReviewBody
from tests.desks import add_family, whole_draft


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
