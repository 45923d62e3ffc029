"""Loads a FHIR R4 Questionnaire into a prompt set and names every feature that this engine does not honour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from homevisit.domain.canonical import JsonObject
from homevisit.errors import HomeVisitError
from homevisit.prompts import fhir_json
from homevisit.prompts.dependencies import Dependencies
from homevisit.prompts.items import Fault, Item, Verdict
from homevisit.prompts.reading_items import objects, read_item, text
from homevisit.prompts.support import faults_in

DEEPEST_ITEM = 20


@dataclass(frozen=True, kw_only=True)
class Questionnaire:
    """A loaded prompt set with the faults found in it; one with a refused feature can be shown but not answered."""

    url: str
    version: str
    title: str
    language: str
    copyright: str
    items: tuple[Item, ...]
    faults: tuple[Fault, ...] = ()
    raw: JsonObject = field(default_factory=dict, repr=False, compare=False)

    @property
    def canonical(self) -> str:
        return f"{self.url}|{self.version}" if self.version else self.url

    @property
    def usable(self) -> bool:
        return all(fault.verdict is not Verdict.REFUSED for fault in self.faults)

    @cached_property
    def by_link(self) -> Mapping[str, Item]:
        return {item.link_id: item for item in self.walk()}

    @cached_property
    def lineage(self) -> Mapping[str, tuple[str, ...]]:
        """For each linkId those of its ancestors, outermost first, and its own last."""
        return dict(_lineages(self.items, ()))

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The position of each linkId in document order."""
        return {item.link_id: position for position, item in enumerate(self.walk())}

    @cached_property
    def dependencies(self) -> Dependencies:
        return Dependencies.of(self.items)

    def walk(self) -> Iterator[Item]:
        for item in self.items:
            yield from item.walk()


def load(data: bytes | str | Mapping[str, object]) -> Questionnaire:
    """The prompt set in some FHIR JSON. Raises only where there is no Questionnaire at all
    (``prompts.unreadable``, ``prompts.not_a_questionnaire``); unsupported features are in ``faults``.
    """
    raw = fhir_json.plain(data) if isinstance(data, Mapping) else fhir_json.parse(data)
    if raw.get("resourceType") != "Questionnaire":
        raise HomeVisitError("prompts.not_a_questionnaire")
    if _depth(raw) > DEEPEST_ITEM:
        raise HomeVisitError("prompts.unreadable", why="too deep")
    return Questionnaire(
        url=text(raw, "url"),
        version=text(raw, "version"),
        title=text(raw, "title") or text(raw, "name") or text(raw, "id"),
        language=text(raw, "language"),
        copyright=text(raw, "copyright"),
        items=tuple(read_item(item) for item in objects(raw, "item")),
        faults=faults_in(raw),
        raw=raw,
    )


def require_usable(questionnaire: Questionnaire) -> None:
    """Raise ``prompts.refused`` for a set with a feature that would make its answers wrong."""
    for fault in questionnaire.faults:
        if fault.verdict is Verdict.REFUSED:
            raise HomeVisitError("prompts.refused", fault=fault.code)


def _depth(raw: Mapping[str, object]) -> int:
    return 1 + max((_depth(item) for item in objects(raw, "item")), default=0)


def _lineages(items: tuple[Item, ...], above: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for item in items:
        own = (*above, item.link_id)
        yield item.link_id, own
        yield from _lineages(item.items, own)
