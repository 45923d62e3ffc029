"""The words of an element in a chosen language: a translation where the set has one, its own words otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from homevisit.prompts import addresses
from homevisit.prompts.raw import extension, inside, objects, text


def words_in(raw: Mapping[str, object], key: str, language: str) -> str:
    """The text under a key; ``cy`` also serves ``cy-GB`` and the other way round."""
    return translated(inside(raw, f"_{key}"), language) or text(raw, key)


def translated(beside: Mapping[str, object], language: str) -> str:
    """The translation that stands beside a text, "" where there is none."""
    if not language or not beside:
        return ""
    found = dict(_translations(beside))
    return found.get(language) or next((v for k, v in found.items() if _main(k) == _main(language)), "")


def languages_in(value: object) -> Iterator[str]:
    """The languages that translations anywhere below are for, with repeats."""
    if isinstance(value, Mapping):
        for each in objects(value, "extension"):
            if each.get("url") == addresses.TRANSLATION:
                yield str(extension(each, "lang") or "")
        for each in value.values():
            yield from languages_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from languages_in(each)


def _translations(beside: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for each in objects(beside, "extension"):
        if each.get("url") == addresses.TRANSLATION:
            yield str(extension(each, "lang") or ""), str(extension(each, "content") or "")


def _main(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()
