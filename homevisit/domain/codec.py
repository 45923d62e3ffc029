"""Bodies of entries as JSON and back. Unknown fields are refused: what was signed is what is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar, cast

from homevisit.domain.canonical import JsonObject
from homevisit.domain.card import Card, Desk
from homevisit.domain.family import FamilyDetails, Level, PersonDetails, Relation, Role
from homevisit.domain.review import Anchor, Comment, Decision, ReviewBody
from homevisit.domain.visit import (
    Asked,
    Attendance,
    ChildSeen,
    Contact,
    Mode,
    Noticed,
    Omission,
    PlannedAction,
    Presence,
    Section,
    SeenAlone,
    VisitBody,
)
from homevisit.errors import HomeVisitError

T = TypeVar("T")
Reader = Callable[[Any], Any]


def plain(value: Any) -> JsonObject:
    """The fields of a frozen dataclass as JSON: enums as their values, tuples as lists, dataclasses as objects."""
    return {item.name: _plain_value(getattr(value, item.name)) for item in fields(value)}


def _plain_value(value: Any) -> object:
    if hasattr(value, "__dataclass_fields__"):
        return plain(value)
    if isinstance(value, tuple | list):
        return [_plain_value(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain_value(item) for key, item in value.items()}
    return value if not isinstance(value, str) else str(value)


def _rebuild(kind: type[T], source: object, readers: Mapping[str, Reader]) -> T:
    """Build a dataclass from a JSON object; ``entry.bad_body`` names the field that does not fit."""
    if not isinstance(source, dict):
        raise HomeVisitError("entry.bad_body", what=kind.__name__)
    if unknown := source.keys() - _names(cast("Any", kind)):
        raise HomeVisitError("entry.bad_body", what=f"{kind.__name__}.{min(unknown)}"[:60])
    values: dict[str, object] = {}
    name = ""
    try:
        for name, raw in source.items():
            values[name] = readers.get(name, _text)(raw)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise HomeVisitError("entry.bad_body", what=f"{kind.__name__}.{name}") from None
    try:
        return kind(**values)
    except TypeError:
        raise HomeVisitError("entry.bad_body", what=kind.__name__) from None


@cache
def _names(kind: type[object]) -> frozenset[str]:
    """The fields of a dataclass: asked for every body that is read, so found out once."""
    return frozenset(item.name for item in fields(cast("Any", kind)))


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise TypeError("text expected")
    return raw


def _flag(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise TypeError("boolean expected")
    return raw


def _whole(raw: object) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise TypeError("whole number expected")
    return raw


def _whole_or_none(raw: object) -> int | None:
    return None if raw is None else _whole(raw)


def _several(reader: Reader) -> Reader:
    def read(raw: object) -> tuple[Any, ...]:
        if not isinstance(raw, list | tuple):
            raise TypeError("list expected")
        return tuple(reader(item) for item in raw)

    return read


def _object(raw: object) -> JsonObject:
    if not isinstance(raw, dict):
        raise TypeError("object expected")
    return raw


def _sections(raw: object) -> dict[Section, str]:
    return {Section(name): _text(text) for name, text in _object(raw).items()}


def _presence(raw: object) -> Presence:
    return _rebuild(Presence, raw, {})


def _child_seen(raw: object) -> ChildSeen:
    return _rebuild(ChildSeen, raw, {"seen": Asked, "awake": Asked})


def _seen_alone(raw: object) -> SeenAlone:
    return _rebuild(SeenAlone, raw, {"alone": Asked})


def _omission(raw: object) -> Omission:
    return _rebuild(Omission, raw, {})


def _action(raw: object) -> PlannedAction:
    return _rebuild(PlannedAction, raw, {})


def _noticed(raw: object) -> Noticed:
    return _rebuild(Noticed, raw, {})


VISIT_READERS: dict[str, Reader] = {
    "contact": Contact,
    "mode": Mode,
    "attendance": Attendance,
    "present": _several(_presence),
    "children": _several(_child_seen),
    "alone": _several(_seen_alone),
    "note": _sections,
    "responses": _several(_object),
    "omissions": _several(_omission),
    "actions": _several(_action),
    "strengths": _several(_noticed),
    "needs": _several(_noticed),
}


def visit_from_json(source: object) -> VisitBody:
    """The body of a visit entry."""
    return _rebuild(VisitBody, source, VISIT_READERS)


def _anchor(raw: object) -> Anchor:
    return _rebuild(Anchor, raw, {"start": _whole, "end": _whole})


def _comment(raw: object) -> Comment:
    return _rebuild(Comment, raw, {"anchor": _anchor})


def review_from_json(source: object) -> ReviewBody:
    """The body of a review entry."""
    return _rebuild(ReviewBody, source, {"decision": Decision, "comments": _several(_comment)})


FIELD_READERS: dict[type[object], dict[str, Reader]] = {
    FamilyDetails: {"level": Level},
    PersonDetails: {"role": Role, "gestation_days": _whole_or_none, "lives_here": _flag},
}


def family_from_fields(source: Mapping[str, object]) -> FamilyDetails:
    """Details of a family from merged fields; a field that was never written keeps its default."""
    return _rebuild(FamilyDetails, {"name": "", **source}, FIELD_READERS[FamilyDetails])


def person_from_fields(source: Mapping[str, object]) -> PersonDetails:
    """Details of a person from merged fields (``family`` is carried beside them and left out here)."""
    known = {key: value for key, value in source.items() if key != "family"}
    return _rebuild(PersonDetails, {"name": "", "role": "other", **known}, FIELD_READERS[PersonDetails])


TIE_READERS: dict[str, Reader] = {"relation": Relation, "shares_home": _flag, "parental_responsibility": _flag}


def card_from_json(source: object) -> Card:
    """A card from the JSON that :meth:`Card.to_json` wrote."""
    if not isinstance(source, dict) or source.get("format") != 1:
        raise HomeVisitError("card.unreadable")
    fields_only = {key: value for key, value in source.items() if key != "format"}
    return _rebuild(Card, fields_only, {"role": Desk})
