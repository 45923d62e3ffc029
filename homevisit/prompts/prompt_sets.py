"""A prompt set as it is listed: what it says of itself. The set itself is loaded when somebody first asks it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from homevisit.errors import HomeVisitError
from homevisit.prompts import fhir_json, terms
from homevisit.prompts.fitting import Fit, fit_of
from homevisit.prompts.questionnaire import Questionnaire, load
from homevisit.prompts.reading_items import extension, objects, text

_TRANSLATION = b"/translation"
_DIGITS = re.compile(r"(\d+)")


class Origin(StrEnum):
    """Where a version of a set comes from; only the first two are offered for new answers."""

    SHIPPED = "shipped"
    INSTALLED = "installed"
    EARLIER = "earlier"
    KEPT = "kept"


OFFERED = frozenset({Origin.SHIPPED, Origin.INSTALLED})


@dataclass(frozen=True, kw_only=True)
class PromptSet:
    """One version of a prompt set. ``per`` says whom one response is about: carer, child or visit.

    ``id`` is the last part of its address, as in the keys of responses. ``pack`` is the id of the pack that brought
    it, ``licence`` what the organisation states there. ``earlier`` is shipped once and replaced since, ``kept`` is
    from a pack that was removed: both are read with, not asked.
    """

    id: str
    url: str
    version: str
    title: str
    reader: Callable[[], bytes] = field(repr=False, compare=False)
    language: str = ""
    languages: tuple[str, ...] = ()
    licence_class: str = ""
    attribution: str = ""
    source: str = ""
    checked_on: str = ""
    per: str = ""
    copyright: str = ""
    description: str = ""
    publisher: str = ""
    fit: Fit = field(default_factory=Fit)
    origin: Origin = Origin.SHIPPED
    pack: str = ""
    licence: str = ""

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """The set itself, loaded on first use."""
        return load(self.reader())

    @property
    def canonical(self) -> str:
        return f"{self.url}|{self.version}" if self.version else self.url

    @property
    def is_offered(self) -> bool:
        """Whether it may be asked anew."""
        return self.origin in OFFERED

    @property
    def newness(self) -> tuple[tuple[int, int, str], ...]:
        """Orders versions: runs of digits as numbers, so that 1.10 comes after 1.9."""
        parts = (part for part in _DIGITS.split(self.version) if part not in {"", "."})
        return tuple((1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts)


def listed(read: Callable[[], bytes]) -> PromptSet:
    """The set in some FHIR JSON, without loading it: a list of forty costs less than one form."""
    data = read()
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError):
        raise HomeVisitError("prompts.unreadable", why="not JSON") from None
    if not isinstance(raw, dict) or raw.get("resourceType") != "Questionnaire":
        raise HomeVisitError("prompts.not_a_questionnaire")
    further = _translated(raw) if _TRANSLATION in data else ()
    return _from_raw(raw, read, further)


def prompt_set(questionnaire: Questionnaire) -> PromptSet:
    """A loaded Questionnaire as the library lists it."""
    raw = questionnaire.raw
    return _from_raw(raw, lambda: fhir_json.write(raw), _translated(raw))


def _from_raw(raw: Mapping[str, object], reader: Callable[[], bytes], further: Iterable[str]) -> PromptSet:
    def said(url: str) -> str:
        return str(extension(raw, url) or "")

    url, language = text(raw, "url"), text(raw, "language")
    return PromptSet(
        id=url.rpartition("/")[2] or text(raw, "id"),
        url=url,
        version=text(raw, "version"),
        title=text(raw, "title") or text(raw, "name") or text(raw, "id"),
        reader=reader,
        language=language,
        languages=tuple(dict.fromkeys(each for each in (language, *further) if each)),
        licence_class=said(terms.LICENCE_CLASS),
        attribution=said(terms.ATTRIBUTION),
        source=said(terms.SOURCE),
        checked_on=said(terms.CHECKED_ON),
        per=said(terms.PER),
        copyright=text(raw, "copyright"),
        description=text(raw, "description"),
        publisher=text(raw, "publisher"),
        fit=fit_of(raw),
    )


def _translated(value: object) -> Iterator[str]:
    """The languages that translations anywhere in the set are for."""
    if isinstance(value, Mapping):
        if str(value.get("url", "")).endswith("/translation"):
            yield from (text(each, "valueCode") for each in objects(value, "extension") if each.get("url") == "lang")
        for each in value.values():
            yield from _translated(each)
    elif isinstance(value, list):
        for each in value:
            yield from _translated(each)
