"""Looks into raw FHIR JSON without trusting its shape: what is missing or of another type reads as empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from homevisit.domain.canonical import JsonObject


def objects(raw: Mapping[str, object], key: str) -> Sequence[JsonObject]:
    """The objects in the list under a key."""
    found = raw.get(key)
    if not isinstance(found, list):
        return ()
    return [each for each in found if isinstance(each, dict)]


def text(raw: Mapping[str, object], key: str) -> str:
    found = raw.get(key)
    return found if isinstance(found, str) else ""


def inside(raw: Mapping[str, object], key: str) -> JsonObject:
    """The object under a key, an empty one where there is none."""
    found = raw.get(key)
    return found if isinstance(found, dict) else {}


def whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def extension(raw: Mapping[str, object], url: str) -> object:
    """The value of the first extension with this address."""
    found = raw.get("extension")
    for each in found if isinstance(found, list) else ():
        if isinstance(each, dict) and each.get("url") == url:
            return next((value for key, value in each.items() if key.startswith("value")), None)
    return None


def extensions(raw: Mapping[str, object], url: str) -> Iterator[object]:
    """The values of all extensions with this address."""
    for each in objects(raw, "extension"):
        if each.get("url") == url:
            yield from (value for key, value in each.items() if key.startswith("value"))


def extension_answer(raw: Mapping[str, object], url: str) -> JsonObject | None:
    """The value of an extension together with its type."""
    for each in objects(raw, "extension"):
        if each.get("url") == url:
            return {key: value for key, value in each.items() if key.startswith("value")}
    return None


def valued(raw: Mapping[str, object], prefix: str) -> JsonObject:
    """The polymorphic element under a prefix, renamed to an answer's ``value[x]``."""
    return {
        "value" + key[len(prefix) :]: value
        for key, value in raw.items()
        if key.startswith(prefix) and key[len(prefix) : len(prefix) + 1].isupper()
    }
