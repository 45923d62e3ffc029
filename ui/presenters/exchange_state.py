"""What Send & receive shows, as one value."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from homevisit.domain.card import Card, Desk
from homevisit.domain.conflicts import Oddity
from homevisit.domain.summaries import InboxRow, OutboxRow, PackageState, VisitRow
from homevisit.domain.sync_summary import Gap
from ui.notices import Notice


class Stage(Enum):
    """What is being done now; the view has the words."""

    NOTHING = auto()
    LOADING = auto()
    CHOOSING = auto()
    SENDING = auto()
    READING = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody who can be sent to, and what waits for this person. ``mine`` stands for one's own other laptops."""

    laptops: tuple[Card, ...]
    mine: bool = False
    entries: int = 0
    visits: tuple[VisitRow, ...] = ()
    chosen: bool = False

    @property
    def card(self) -> Card:
        """The card of theirs that was confirmed last."""
        return self.laptops[-1]

    @property
    def person(self) -> str:
        return self.card.person


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeState:
    """``unsent`` counts visits or reviews, ``left`` every entry that should leave; None until the store has counted.

    ``step`` of ``steps`` says how far an import is. ``gaps`` are packages that were numbered elsewhere and have not
    arrived, ``oddities`` what does not add up in the chains of entries.
    """

    desk: Desk = Desk.PRACTITIONER
    is_loaded: bool = False
    recipients: tuple[Recipient, ...] = ()
    unsent: int | None = None
    left: int | None = None
    gaps: tuple[Gap, ...] = ()
    oddities: tuple[Oddity, ...] = ()
    place: str = field(default="", repr=False)
    outbox: tuple[OutboxRow, ...] = ()
    inbox: tuple[InboxRow, ...] = ()
    chosen_inbox: str = ""
    stage: Stage = Stage.NOTHING
    step: int = 0
    steps: int = 0
    notice: Notice | None = None

    @property
    def is_busy(self) -> bool:
        return self.stage is not Stage.NOTHING

    @property
    def waiting_packages(self) -> tuple[OutboxRow, ...]:
        """Packages that were made and could not be put anywhere yet."""
        return tuple(row for row in self.outbox if row.state is PackageState.WAITING)

    @property
    def chosen(self) -> tuple[Recipient, ...]:
        return tuple(each for each in self.recipients if each.chosen)

    @property
    def can_send(self) -> bool:
        """A folder, and somebody for whom something waits or a package that was made before."""
        waits = any(each.entries for each in self.chosen) or (bool(self.chosen) and bool(self.waiting_packages))
        return bool(self.place) and waits and not self.is_busy

    @property
    def chosen_row(self) -> InboxRow | None:
        """The line of the inbox that is looked at."""
        return next((row for row in self.inbox if row.id == self.chosen_inbox), None)
