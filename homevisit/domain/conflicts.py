"""What people have to settle: values and versions that were signed without seeing each other, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from homevisit.domain.canonical import canonical
from homevisit.domain.codec import plain
from homevisit.domain.draft_parts import CONTACT_PART, NOTE_PREFIX, RESPONSE_PREFIX, body_of, parts_of
from homevisit.domain.entry import Kind
from homevisit.domain.visit import VisitBody

BASE = "base"
"""The choice of what stood before either of them."""
# Read out of the responses again when a visit is signed; reasons for leaving out are kept from every version.
DERIVED = frozenset({"family", "actions", "strengths", "needs", "omissions"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the entries that stand beside each other. ``is_mark``: it marks the record as entered in error."""

    entry: str
    author: str
    author_name: str = field(repr=False)
    recorded_at: str
    device: str = ""
    reason: str = field(default="", repr=False)
    is_mark: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One part that differs: its value on each side (None: not there), what stood before, and what is suggested.

    Where only one side changed the part, that side is suggested; where both did, the latest one is, and no more than
    that: a clock never decides.
    """

    part: str
    base: object = field(repr=False)
    values: Mapping[str, object] = field(repr=False)
    suggested: str

    @property
    def both_changed(self) -> bool:
        """Whether more than one side says something else than what stood before."""
        before = canonical(self.base)
        return sum(canonical(value) != before for value in self.values.values()) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Everything about one record that has to be settled. ``sides`` are newest first, ``base`` may be unknown ("").

    ``disputed`` says that one side marks the record as entered in error and another one does not.
    """

    record: str
    kind: Kind
    family: str
    family_name: str = field(repr=False)
    title: str = field(repr=False)
    sides: tuple[Side, ...]
    base: str = ""
    differences: tuple[Difference, ...] = ()
    disputed: bool = False


class Oddness(StrEnum):
    """What does not add up in the chains of entries."""

    FORK = "fork"
    GAP = "gap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Oddity:
    """A chain that forked, or an end of one's own that is gone: nothing to settle, but something to know.

    ``count`` is how many entries claim the place of a fork, or how many are missing.
    """

    kind: Oddness
    device: str
    whose: str = field(default="", repr=False)
    mine: bool = False
    place: int = 0
    count: int = 0
    entries: tuple[str, ...] = ()


def visit_parts(body: VisitBody) -> dict[str, object]:
    """A visit cut into the parts that are chosen one by one: fields of the contact, sections, responses."""
    parts = parts_of(body)
    parts.pop(CONTACT_PART)
    contact = {name: value for name, value in plain(body).items() if name not in DERIVED}
    contact.pop("note")
    contact.pop("responses")
    return {**contact, **{name: part for name, part in parts.items() if part not in ("", None)}}


def visit_of(parts: Mapping[str, object], versions: Sequence[VisitBody]) -> VisitBody:
    """The visit that chosen parts make up; the reasons for leaving out are those of any version that is settled."""
    omissions = {item.what: plain(item) for body in reversed(versions) for item in body.omissions}
    prefixes = (NOTE_PREFIX, RESPONSE_PREFIX)
    contact = {name: value for name, value in parts.items() if not name.startswith(prefixes) and value is not None}
    contact.update(family=versions[0].family, omissions=list(omissions.values()))
    return body_of(
        {**{name: value for name, value in parts.items() if name.startswith(prefixes)}, CONTACT_PART: contact}
    )


def differences(base: Mapping[str, object], sides: Mapping[str, Mapping[str, object]]) -> tuple[Difference, ...]:
    """The parts in which the sides differ, in their order; the first side is the latest one."""
    names = dict.fromkeys(name for parts in (base, *sides.values()) for name in parts)
    found = []
    for name in names:
        values = {entry: parts.get(name) for entry, parts in sides.items()}
        if len({canonical(value) for value in values.values()}) > 1:
            before = base.get(name)
            found.append(Difference(part=name, base=before, values=values, suggested=suggestion(before, values)))
    return tuple(found)


def suggestion(base: object, values: Mapping[str, object]) -> str:
    """The latest side that changed something."""
    before = canonical(base)
    changed = [entry for entry, value in values.items() if canonical(value) != before]
    return changed[0] if changed else next(iter(values))
