"""Who was said to look after a family, and whether that was ended: the entry that began a share gives its row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from homevisit.domain.entry import Act, Entry
from homevisit.storage.folds.rows import Folded, ModelRow, text_of

TABLES = {"share": "record"}


def fold(record: str, ordered: Sequence[Entry]) -> Folded:
    """One row for each entry that began a share.

    An amendment ends it and can do nothing else: who shares with whom stands in the entry that began it, so nobody
    turns a share into one with somebody else.
    """
    rows = [_row(record, entry, _after(entry, ordered)) for entry in ordered if not entry.envelope.parents]
    return Folded({"share": [row for row in rows if row["person"]]})


def _row(record: str, began: Entry, after: Sequence[Entry]) -> ModelRow:
    ends = [entry for entry in (began, *after) if _is_end(entry)]
    first = ends[0] if ends else None
    return {
        "id": began.id,
        "record": record,
        "family": began.envelope.family,
        "person": text_of(_said(began).get("person")),
        "author": began.envelope.author,
        "since": began.envelope.recorded_at,
        "why": began.envelope.reason,
        "ended_at": first.envelope.recorded_at if first else "",
        "enders": " ".join(sorted({entry.envelope.author for entry in ends})),
        "ended_why": first.envelope.reason if first else "",
    }


def _after(began: Entry, ordered: Sequence[Entry]) -> list[Entry]:
    """What builds on an entry, parents first."""
    known, found = {began.id}, []
    for entry in ordered:
        if known.intersection(entry.envelope.parents):
            known.add(entry.id)
            found.append(entry)
    return found


def _is_end(entry: Entry) -> bool:
    return entry.envelope.act is Act.WITHDRAW or _said(entry).get("ended") is True


def _said(entry: Entry) -> Mapping[str, object]:
    said = entry.body.get("set") if entry.body else None
    return said if isinstance(said, dict) else {}
