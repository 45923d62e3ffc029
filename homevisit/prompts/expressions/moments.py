"""Dates and times as FHIR texts that still know what they are: as a bare text, date arithmetic would not know them."""

from __future__ import annotations

KINDS = frozenset({"date", "dateTime", "instant", "time"})


class Moment(str):
    """A ``date``, ``dateTime``, ``instant`` or ``time``: equal to its text, and written as its text."""

    __slots__ = ("kind",)
    kind: str

    def __new__(cls, text: str, kind: str) -> Moment:
        made = super().__new__(cls, text)
        made.kind = kind
        return made
