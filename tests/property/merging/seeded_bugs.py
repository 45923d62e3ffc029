"""Faults that a program like this one could have: each takes the place of one function, and the traces must find it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FunctionType
from typing import Any

from homevisit import signatures
from homevisit.domain import merge
from homevisit.domain.card import Card
from homevisit.domain.entry import Entry, Envelope
from homevisit.domain.merge import Field, Write
from homevisit.exchange import package
from homevisit.exchange.manifest import Preface
from homevisit.exchange.package import Frame
from homevisit.storage.admission import Admission, Admitting, ReceivedPackage
from homevisit.storage.chain import Chain, Place
from homevisit.storage.driver import KeyedDatabase
from homevisit.storage.folds import rows


@dataclass(frozen=True, slots=True)
class SeededBug:
    """``target`` and ``name`` say what is replaced, ``wrong`` by what; ``weights`` make what reveals it more common."""

    what: str
    target: Any
    name: str
    wrong: Callable[..., Any]
    weights: Mapping[str, int] = field(default_factory=dict)

    @contextmanager
    def planted(self) -> Generator[None]:
        """The wrong function in the place of the right one.

        A module's function gets other code instead, since whoever imported it by name must meet the fault too.
        """
        right = getattr(self.target, self.name)
        if isinstance(right, FunctionType) and not isinstance(self.target, type):
            code, right.__code__ = right.__code__, self.wrong.__code__
            try:
                yield
            finally:
                right.__code__ = code
        else:
            setattr(self.target, self.name, self.wrong)
            try:
                yield
            finally:
                setattr(self.target, self.name, right)


def _last_writer_wins(ordered: Sequence[Entry]) -> dict[str, Field]:
    standing: dict[str, Write] = {}
    for entry in sorted(ordered, key=lambda entry: entry.envelope.hlc):
        said = entry.body.get("set") if entry.body else None
        for name, value in (said if isinstance(said, dict) else {}).items():
            standing[name] = Write(entry, value)
    return {name: Field((write,)) for name, write in sorted(standing.items())}


def _parents_ignored(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.envelope.hlc, entry.id)))


def _any_mark_hides(ordered: Sequence[Entry]) -> bool:
    return any(entry.envelope.act.value == "withdraw" for entry in ordered)


_right_take = Admitting.take


def _once_for_each_number(self: Admitting, entries: Sequence[Entry], *, package: ReceivedPackage | None) -> Admission:
    fresh = [entry for entry in entries if not _has_number(self._database, entry)]
    return _right_take(self, fresh, package=package)


def _has_number(database: KeyedDatabase, entry: Entry) -> bool:
    place = (entry.envelope.device, entry.envelope.epoch, entry.envelope.seq)
    query = "SELECT 1 FROM entry WHERE device = ? AND epoch = ? AND seq = ?"
    return database.row_of(query, place) is not None


def _anything_is_bound(_self: Envelope, _salt: bytes, _body: bytes) -> bool:
    return True


def _anybody_signed(public_hex: str, signature: bytes, message: bytes) -> bool:
    return bool(public_hex and signature and message)


@contextmanager
def _not_atomic(self: KeyedDatabase) -> Generator[KeyedDatabase]:
    yield self


def _clock_alone(self: Place, _hlc: str) -> Place:
    return self


def _same_epoch(_self: Chain, place: Place) -> Place:
    return place


LONG = {"steps": 30, "pack": 14, "deliver": 14}


def _whoever_says_so(frame: Frame, preface: Preface, sender: Card | None) -> Card:
    if sender is None or sender.person != preface.author or not frame.signature:
        raise RuntimeError
    return sender


RESTORES = {"steps": 30, "back_up": 5, "put_back": 5, "pack": 10, "deliver": 14}
OLD_DISKS = {"steps": 30, "back_up": 5, "put_back": 7, "work": 14, "pack": 14, "deliver": 2}
BUGS = (
    SeededBug("the last writer wins", merge, "merged_fields", _last_writer_wins),
    SeededBug("a number is taken for an entry", Admitting, "take", _once_for_each_number, RESTORES),
    SeededBug("words are not compared with their digest", Envelope, "binds", _anything_is_bound, {"forge": 20}),
    SeededBug("parents are ignored", merge, "visible", _parents_ignored, LONG),
    SeededBug("an import is not one transaction", KeyedDatabase, "atomic", _not_atomic, {"crash": 8}),
    SeededBug("signatures of entries are not checked", signatures, "verify", _anybody_signed, {"forge": 8}),
    SeededBug("the logical clock forgets what it saw", Place, "seen", _clock_alone, {"steps": 30, "jump": 6}),
    SeededBug("one mark hides what another changed", rows, "is_withdrawn", _any_mark_hides),
    SeededBug("a restored store goes on in its old epoch", Chain, "renewed", _same_epoch, OLD_DISKS),
)
RECEIPT = SeededBug("a receipt is trusted without its signature", package, "_check_sender", _whoever_says_so)
"""Found by whole runs of sending and receiving: nothing else makes receipts."""
