"""Sharing a family: who said that somebody looks after it, since when, and whether that has ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Why(StrEnum):
    """Why something goes to somebody; nothing goes to anybody for another reason."""

    OWN = "own-device"  # another laptop of the same person
    SUPERVISOR = "supervisor"
    COLLEAGUE = "shared"  # looks after the same family
    AUTHOR = "review"  # wrote the version that a review has read


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """One reason. ``share`` is the id of the share it rests on ("" where it needs none), ``family`` its family."""

    why: Why
    family: str = ""
    share: str = ""

    @property
    def scope(self) -> str:
        """What a person agrees to when agreeing: each share is asked about, what is entered by somebody only once."""
        return f"{self.why.value}:{self.share}" if self.share else self.why.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """``person`` looks after ``family``, as ``by`` signed; ended once anybody who may say so has signed that.

    ``id`` is the entry that began it, ``record`` its record. ``ended_at`` "" means that nobody signed its end;
    ``enders`` are all who did.
    """

    id: str
    record: str
    family: str
    person: str
    by: str
    since: str
    why: str = field(default="", repr=False)
    ended_at: str = ""
    enders: tuple[str, ...] = ()
    ended_why: str = field(default="", repr=False)
