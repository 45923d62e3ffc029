"""Who gets an entry: one's own laptops, supervisors, and those who look after the same family. Never anybody else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from homevisit.domain.entry import Entry, Kind
from homevisit.domain.sharing import Reason, Share, Why

DETAILS = frozenset({Kind.FAMILY, Kind.PERSON, Kind.TIE, Kind.SHARE})
Reasons = dict[str, frozenset[Reason]]


@dataclass(frozen=True, slots=True)
class Concern:
    """What of an entry the rules look at. ``about`` is the version that a review read, or the person of a share."""

    id: str
    record: str
    kind: Kind
    family: str
    author: str
    about: str = ""


def concern_of(entry: Entry) -> Concern:
    """What the rules look at, of a whole entry; an erased review or share no longer says whom it is about."""
    envelope, body = entry.envelope, entry.body or {}
    about: object = ""
    if envelope.kind is Kind.REVIEW:
        about = body.get("version")
    elif envelope.kind is Kind.SHARE:
        said = body.get("set")
        about = said.get("person") if isinstance(said, dict) else ""
    return Concern(
        id=entry.id,
        record=envelope.record,
        kind=envelope.kind,
        family=envelope.family,
        author=envelope.author,
        about=about if isinstance(about, str) else "",
    )


class Facts(Protocol):
    """What the rules ask. Everything is as this laptop knows it now."""

    @property
    def me(self) -> str:
        """The person whose laptop this is."""

    def supervisors(self) -> frozenset[str]:
        """The persons who supervise ``me``."""

    def circle(self, family: str) -> dict[str, str]:
        """Who looks after a family, each with the id of the share that says so ("" for whoever entered the family)."""

    def shared_by_me(self, family: str) -> bool:
        """Whether ``me`` signed a share of this family that stands: a supervisor hands a family over."""

    def author_of(self, version: str) -> str:
        """The author of a version, "" where it is not here."""

    def have_written(self, record: str) -> bool:
        """Whether ``me`` signed an entry of this record."""


def audience(concern: Concern, facts: Facts) -> frozenset[str]:
    """The persons an entry goes to; ``me`` among them stands for one's own other laptops."""
    return frozenset(reasons(concern, facts))


def reasons(concern: Concern, facts: Facts) -> Reasons:
    """The persons an entry goes to, each with every reason for it.

    What one wrote goes to one's supervisors and to all who look after the family. What others wrote is passed on, as
    they signed it, only by those who look after the family: to the others who do, and to one's own supervisors as far
    as they need it to read what one wrote oneself. A review goes to the author of the version that was read.
    """
    found: dict[str, set[Reason]] = {facts.me: {Reason(Why.OWN)}}
    if concern.kind is Kind.REVIEW:
        _add(found, _reviewed(concern, facts))
    elif concern.author == facts.me:
        _add(found, _own(concern, facts))
    else:
        _add(found, _passed_on(concern, facts))
    return {person: frozenset(why) for person, why in found.items()}


def alike(concern: Concern, facts: Facts) -> tuple[str, ...] | None:
    """What the rules above look at: entries of which this is the same go to the same persons for the same reasons.

    None for a review or a share, of which each has an answer of its own.
    """
    if concern.kind in (Kind.REVIEW, Kind.SHARE):
        return None
    if concern.author == facts.me:
        return (concern.family,)
    looks_after = facts.me in facts.circle(concern.family)
    needed = looks_after and (concern.kind in DETAILS or facts.have_written(concern.record))
    return (concern.family, concern.author, "needed" if needed else "")


def may_have_back(concern: Concern, person: str) -> bool:
    """Whether somebody may be given back an entry that a laptop of theirs has lost: what they signed, nothing else.

    Whoever holds it may return it, a supervisor too and a colleague who no longer looks after the family: the author
    learns nothing by their own words. What somebody else signed goes by the rules above, lost or not.
    """
    return concern.author == person


def circle(founders: Iterable[str], shares: Iterable[Share], *, supervises: Callable[[str], bool]) -> dict[str, str]:
    """Who looks after a family: whoever entered it and everyone it is shared with, each with the share that says so.

    Only somebody who looked after the family, or a supervisor, shares it or ends that; what anybody else signed
    counts for nothing. An end wins over the share it ends, in whatever order they arrive; a new share is a new record.
    """
    kept = sorted(shares, key=lambda share: (share.since, share.id))
    entered = set(founders)
    known = _everyone(entered, kept, supervises)
    found: dict[str, str] = {}
    for person in entered | known:
        standing = _standing(person, kept, known, supervises)
        if standing is not None:
            found[person] = standing.id
        elif person in entered and not _left(person, kept, known, supervises):
            found[person] = ""
    return found


def told_of_end(family: str, record: str) -> Reason:
    """Why somebody who no longer looks after a family still gets one entry of it: the one that says so."""
    return Reason(Why.COLLEAGUE, family, f"end:{record}")


def _own(concern: Concern, facts: Facts) -> Iterable[tuple[str, Reason]]:
    yield from ((person, Reason(Why.SUPERVISOR)) for person in facts.supervisors())
    yield from _colleagues(concern, facts)
    if concern.kind is Kind.SHARE and concern.about not in (facts.me, *facts.circle(concern.family)):
        yield concern.about, told_of_end(concern.family, concern.record)


def _passed_on(concern: Concern, facts: Facts) -> Iterable[tuple[str, Reason]]:
    looks_after = facts.me in facts.circle(concern.family)
    if looks_after or facts.shared_by_me(concern.family):
        yield from ((person, why) for person, why in _colleagues(concern, facts) if person != concern.author)
    if looks_after and (concern.kind in DETAILS or facts.have_written(concern.record)):
        supervisors = facts.supervisors() - {concern.author}
        yield from ((person, Reason(Why.SUPERVISOR)) for person in supervisors)


def _colleagues(concern: Concern, facts: Facts) -> Iterable[tuple[str, Reason]]:
    for person, share in facts.circle(concern.family).items():
        if person != facts.me:
            yield person, Reason(Why.COLLEAGUE, concern.family, share)


def _reviewed(concern: Concern, facts: Facts) -> Iterable[tuple[str, Reason]]:
    if concern.author == facts.me and concern.about:
        author = facts.author_of(concern.about)
        if author != facts.me:
            yield author, Reason(Why.AUTHOR)


def _everyone(entered: set[str], shares: list[Share], supervises: Callable[[str], bool]) -> set[str]:
    """All who ever looked after the family: a share counts only if somebody of them, or a supervisor, signed it."""
    known = set(entered)
    while added := {share.person for share in shares if share.by in known or supervises(share.by)} - known:
        known |= added
    return known


def _standing(person: str, shares: list[Share], known: set[str], supervises: Callable[[str], bool]) -> Share | None:
    for share in shares:
        said = share.person == person and (share.by in known or supervises(share.by))
        if said and not _is_ended(share, known, supervises):
            return share
    return None


def _left(person: str, shares: list[Share], known: set[str], supervises: Callable[[str], bool]) -> bool:
    return any(share.person == person and _is_ended(share, known, supervises) for share in shares)


def _is_ended(share: Share, known: set[str], supervises: Callable[[str], bool]) -> bool:
    return any(ender in known or supervises(ender) for ender in share.enders)


def _add(found: dict[str, set[Reason]], more: Iterable[tuple[str, Reason]]) -> None:
    for person, reason in more:
        if person != "":
            found.setdefault(person, set()).add(reason)
