"""Who gets what, as a person sees it: families shared with colleagues, everybody who is sent to, and the consent."""

from __future__ import annotations

from dataclasses import dataclass, field

from homevisit.clock import Clock
from homevisit.domain.canonical import JsonObject
from homevisit.domain.card import Card, Desk
from homevisit.domain.entry import Act, Entry, Kind
from homevisit.domain.sharing import Reason, Share, Why
from homevisit.domain.summaries import VisitRow
from homevisit.errors import HomeVisitError
from homevisit.ids import new_id
from homevisit.services.sharing_facts import NO_TEAM, KnownFacts, Supervision
from homevisit.storage.access import AccessAct
from homevisit.storage.ledger import NewEntry
from homevisit.storage.store import Store
from homevisit.sync.audience import Concern, concern_of, told_of_end

NOT_AGREED, NO_CARD, LOST = "sharing.not_agreed", "sharing.no_card", "sharing.lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Where one entry goes: to these persons now, and to these not yet, each with a code that says why."""

    goes: frozenset[str] = frozenset()
    held: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody who is sent something. ``card`` is None where no card of theirs was confirmed yet.

    ``waiting`` counts the entries that were not sent yet; ``agreed`` says that they go by themselves from now on;
    ``is_lost`` that no laptop of theirs is left that anything could be sealed for.
    """

    person: str
    name: str = field(repr=False)
    card: Card | None
    why: tuple[Reason, ...]
    families: tuple[str, ...] = field(default=(), repr=False)
    waiting: int = 0
    visits: tuple[VisitRow, ...] = ()
    agreed: bool = False
    is_lost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """Somebody who looks after a family. ``share`` is None for whoever entered it."""

    person: str
    name: str = field(repr=False)
    me: bool = False
    share: Share | None = None
    shared_by: str = field(default="", repr=False)
    agreed: bool = False
    has_card: bool = True


class Sharing:
    """Decides where entries go, by the rules of :mod:`homevisit.sync.audience` and by what was agreed to here."""

    def __init__(self, store: Store, clock: Clock, supervision: Supervision = NO_TEAM) -> None:
        self._store = store
        self._clock = clock
        self._supervision = supervision

    @property
    def _me(self) -> str:
        return self._store.identity.card.person

    def facts(self) -> KnownFacts:
        """What the rules ask, as it stands now; it answers quickly for many entries, so make one for each run."""
        return KnownFacts(self._store, self._supervision)

    def who(self, entry: Entry, facts: KnownFacts | None = None) -> Who:
        """Where an entry goes. One's own other laptops are meant by one's own person id, and need no consent."""
        return self.who_of(concern_of(entry), facts or self.facts())

    def who_of(self, concern: Concern, known: KnownFacts) -> Who:
        """Where an entry goes, by what the rules look at."""
        goes: set[str] = set()
        held: dict[str, str] = {}
        for person, why in known.reasons(concern).items():
            if not known.has_card(person):
                held[person] = NO_CARD
            elif known.is_lost(person):
                held[person] = LOST
            elif any(known.is_agreed(person, reason) for reason in why):
                goes.add(person)
            else:
                held[person] = NOT_AGREED
        return Who(goes=frozenset(goes), held=held)

    def agree(self, person: str) -> None:
        """What this person gets for the reasons that stand now goes by itself; a new reason is asked about again."""
        found = next((each for each in self.recipients() if each.person == person), None)
        if found is None:
            raise HomeVisitError("sharing.nothing_to_agree")
        with self._store.database.atomic():
            self._store.sharing.agree(person, {reason.scope for reason in found.why})
            self._store.access.record(AccessAct.AGREED, f"person/{person}", f"reasons={len(found.why)}")

    def stop(self, person: str) -> None:
        """Nothing more goes to this person until it is agreed to again; what was sent stays sent."""
        with self._store.database.atomic():
            self._store.sharing.stop(person)
            self._store.access.record(AccessAct.STOPPED, f"person/{person}")

    def recipients(self) -> tuple[Recipient, ...]:
        """Everybody who is sent something by the rules, by name, with what waits for each."""
        facts = self.facts()
        waiting = self._waiting(facts)
        found = {person: set(why) for person, why in self._standing(facts).items()}
        for person, entries in waiting.items():
            for _, why in entries:
                found.setdefault(person, set()).update(why)
        rows = [self._recipient(person, why, waiting.get(person, []), facts) for person, why in found.items()]
        return tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.person)))

    def by_hand(self, facts: KnownFacts) -> frozenset[str]:
        """To whom packages may be carried: supervisors and colleagues; a supervisor also carries reviews."""
        reviewed = facts.possible() if self._store.identity.card.role is Desk.SUPERVISOR else frozenset()
        return frozenset(self._standing(facts)) | reviewed

    def keepers(self, family: str) -> tuple[Keeper, ...]:
        """Who looks after a family, oneself first, then by name."""
        facts = self.facts()
        shares = {share.id: share for share in self._store.sharing.shares(family)}
        found = []
        for person, share in facts.circle(family).items():
            standing = shares.get(share)
            reason = Reason(Why.COLLEAGUE, family, share)
            found.append(
                Keeper(
                    person=person,
                    name=facts.name(person),
                    me=person == self._me,
                    share=standing,
                    shared_by=facts.name(standing.by) if standing else "",
                    agreed=person == self._me or facts.is_agreed(person, reason),
                    has_card=facts.has_card(person),
                )
            )
        return tuple(sorted(found, key=lambda keeper: (not keeper.me, keeper.name.casefold(), keeper.person)))

    def shares(self, family: str) -> tuple[Share, ...]:
        """Every share of a family that was ever signed, the oldest first."""
        return self._store.sharing.shares(family)

    def could_join(self, family: str) -> tuple[Card, ...]:
        """Confirmed colleagues who do not look after this family yet and can be sent to, by name."""
        facts = self.facts()
        circle = facts.circle(family)
        cards = {kept.card.person: kept.card for kept in self._store.cards.all()}
        free = [card for person, card in cards.items() if person not in (self._me, *circle)]
        free = [card for card in free if not facts.is_lost(card.person)]
        return tuple(sorted(free, key=lambda card: card.name.casefold()))

    def share(self, family: str, person: str, why: str) -> Entry:
        """Say that somebody looks after this family too; what is here of it goes to them, and theirs comes here."""
        facts = self._asked(family, why)
        if not facts.has_card(person) or person == self._me:
            raise HomeVisitError(NO_CARD)
        if facts.is_lost(person):
            raise HomeVisitError(LOST)
        if person in facts.circle(family):
            raise HomeVisitError("sharing.already")
        record = new_id()

        def agreed() -> None:
            ids = [share.id for share in self._store.sharing.shares(family) if share.record == record]
            self._store.sharing.agree(person, [Reason(Why.COLLEAGUE, family, share).scope for share in ids])
            self._store.access.record(AccessAct.SHARED, f"family/{family}", f"with={person}")

        new = _new(family, record, {"person": person}, why)
        return self._store.ledger.append([new], also=agreed)[0]

    def end(self, family: str, person: str, why: str) -> tuple[Entry, ...]:
        """Say that somebody looks after this family no longer: from now on nothing new of it goes to them.

        It may be oneself, after a hand-over. What they have stays with them: a copy cannot be called back.
        """
        facts = self._asked(family, why)
        circle = facts.circle(family)
        if person not in circle:
            raise HomeVisitError("sharing.not_shared")
        if set(circle) == {person}:
            raise HomeVisitError("sharing.last_keeper")
        standing = [share for share in self.shares(family) if share.person == person and not share.ended_at]
        new = [_new(family, share.record, {"person": person, "ended": True}, why) for share in standing]
        if not circle[person]:  # who entered the family has no share that could end
            new.append(_new(family, new_id(), {"person": person, "ended": True}, why))

        def told() -> None:
            self._store.sharing.agree(person, [told_of_end(family, each.record).scope for each in new])
            self._store.access.record(AccessAct.ENDED_SHARE, f"family/{family}", f"with={person}")

        return self._store.ledger.append(new, also=told)

    def _asked(self, family: str, why: str) -> KnownFacts:
        facts = self.facts()
        if self._store.views.brief(family) is None:
            raise HomeVisitError("family.unknown", family=family)
        if not facts.may_share(family):
            raise HomeVisitError("sharing.not_yours")
        if not why.strip():
            raise HomeVisitError("sharing.reason_needed")
        return facts

    def _standing(self, facts: KnownFacts) -> dict[str, frozenset[Reason]]:
        """Who is sent to even while nothing waits: supervisors, and colleagues of families that are shared."""
        found: dict[str, set[Reason]] = {person: {Reason(Why.SUPERVISOR)} for person in facts.supervisors()}
        if facts.has_card(self._me):
            found[self._me] = {Reason(Why.OWN)}
        for family in {share.family for share in self._store.sharing.shares()}:
            circle = facts.circle(family)
            for person, share in circle.items():
                if person != self._me and self._me in circle:
                    found.setdefault(person, set()).add(Reason(Why.COLLEAGUE, family, share))
        return {person: frozenset(why) for person, why in found.items()}

    def _waiting(self, facts: KnownFacts) -> dict[str, list[tuple[Concern, frozenset[Reason]]]]:
        """Entries that were not sent yet, by the person they are for."""
        found: dict[str, list[tuple[Concern, frozenset[Reason]]]] = {}
        for person, concern in facts.unsent():
            if why := facts.reasons(concern).get(person):
                found.setdefault(person, []).append((concern, why))
        return found

    def _recipient(
        self,
        person: str,
        why: set[Reason],
        entries: list[tuple[Concern, frozenset[Reason]]],
        facts: KnownFacts,
    ) -> Recipient:
        visits = sorted({concern.record for concern, _ in entries if concern.kind is Kind.VISIT})
        names = self._store.views.family_names()
        return Recipient(
            person=person,
            name=facts.name(person),
            card=facts.card(person),
            why=tuple(sorted(why)),
            families=tuple(sorted({names[reason.family] for reason in why if reason.family in names})),
            waiting=len(entries),
            visits=self._store.views.visits_among(visits),
            agreed=all(facts.is_agreed(person, reason) for reason in why),
            is_lost=facts.is_lost(person),
        )


def _new(family: str, record: str, said: JsonObject, why: str) -> NewEntry:
    body: JsonObject = {"set": said}
    act = Act.AMEND if said.get("ended") else Act.SIGN
    return NewEntry(record=record, kind=Kind.SHARE, act=act, family=family, body=body, reason=why.strip())
