"""What a fold gives: rows for the read models of one record, and the text it is found by."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from homevisit.domain.entry import Act, Entry
from homevisit.domain.merge import Field, heads
from homevisit.domain.summaries import IN_ERROR, HitKind

ModelRow = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchText:
    """One searchable text: ``name`` is what people look somebody up by, ``text`` everything else."""

    kind: HitKind
    family: str
    day: str = ""
    name: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Folded:
    """The rows of one record by table. The columns of a row are those of the table."""

    rows: Mapping[str, Sequence[ModelRow]] = field(default_factory=dict)
    texts: Sequence[SearchText] = ()


def compact(value: object) -> str:
    """JSON text of a column, the same for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def text_of(value: object) -> str:
    """A field as text: "" for what is not one."""
    return value if isinstance(value, str) else ""


def values_of(merged: Mapping[str, Field]) -> dict[str, object]:
    """The value shown of every field."""
    return {name: found.shown.value for name, found in merged.items()}


def is_withdrawn(ordered: Sequence[Entry]) -> bool:
    """Whether the record was marked as entered in error, and nobody's other version stands beside the mark."""
    return all(entry.envelope.act is Act.WITHDRAW for entry in heads(ordered))


def family_of(ordered: Sequence[Entry]) -> str:
    """The family of the record: that of the version shown."""
    return heads(ordered)[0].envelope.family


def conflicts(record: str, ordered: Sequence[Entry], merged: Mapping[str, Field]) -> list[ModelRow]:
    """One row for every value of a field that people gave without seeing each other's."""
    return _disputed(record, ordered) + [
        {
            "record": record,
            "family": family_of(ordered),
            "field": name,
            "entry": write.entry.id,
            "author": write.entry.envelope.author,
            "value": write.value if isinstance(write.value, str) else compact(write.value),
            "shown": int(write is found.shown),
        }
        for name, found in merged.items()
        if found.in_conflict
        for write in found.writes
    ]


def _disputed(record: str, ordered: Sequence[Entry]) -> list[ModelRow]:
    """Marked as entered in error by one, changed by another: it stays until somebody settles it."""
    standing = heads(ordered)
    marks = [entry.envelope.act is Act.WITHDRAW for entry in standing]
    if all(marks) or not any(marks):
        return []
    return [
        {
            "record": record,
            "family": family_of(ordered),
            "field": IN_ERROR,
            "entry": entry.id,
            "author": entry.envelope.author,
            "value": compact(mark),
            "shown": int(place == marks.index(False)),
        }
        for place, (entry, mark) in enumerate(zip(standing, marks, strict=True))
    ]
