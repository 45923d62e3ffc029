"""Loads a FHIR R4 Questionnaire into a prompt set and names every feature that this engine does not honour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from homevisit.domain.canonical import JsonObject
from homevisit.errors import HomeVisitError
from homevisit.prompts import fhir_json
from homevisit.prompts.graph import Graph, calculation_circles
from homevisit.prompts.items import Fault, Item, Verdict
from homevisit.prompts.programme import NO_PROGRAMME, Programme, Purpose, programme_of
from homevisit.prompts.raw import objects, text
from homevisit.prompts.reading_formulas import read_formulas
from homevisit.prompts.reading_items import Reading, read_item
from homevisit.prompts.support import faults_in
from homevisit.prompts.value_sets import ValueSets, value_sets_of
from homevisit.prompts.wording import languages_in, words_in

DEEPEST_ITEM = 20
# Ten times the largest form that is known; more would only be an attack, and would stop the window for seconds.
MOST_ITEMS = 10_000


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
    programme: Programme = field(default=NO_PROGRAMME, repr=False, compare=False)
    value_sets: ValueSets = field(default_factory=dict, repr=False, compare=False)
    raw: JsonObject = field(default_factory=dict, repr=False, compare=False)

    @property
    def canonical(self) -> str:
        return f"{self.url}|{self.version}" if self.version else self.url

    @property
    def usable(self) -> bool:
        return all(fault.verdict is not Verdict.REFUSED for fault in self.faults)

    @cached_property
    def by_link(self) -> Mapping[str, Item]:
        found: dict[str, Item] = {}
        for item in self.walk():
            found.setdefault(item.link_id, item)
        return found

    @cached_property
    def lineage(self) -> Mapping[str, tuple[str, ...]]:
        """For each linkId those of its ancestors, outermost first, and its own last."""
        return dict(_lineages(self.items, ()))

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The position of each linkId in document order."""
        return {item.link_id: position for position, item in enumerate(self.walk())}

    @cached_property
    def graph(self) -> Graph:
        return Graph.of(self.items, self.programme)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The set's own language first, then those that it has translations for."""
        return tuple(dict.fromkeys(each for each in (text(self.raw, "language"), *languages_in(self.raw)) if each))

    def in_language(self, language: str) -> Questionnaire:
        """The same set in other words; what is not translated stays in the set's own."""
        if language == self.language:
            return self
        reading = Reading(self.value_sets, "" if language == text(self.raw, "language") else language)
        return replace(
            self,
            title=_title(self.raw, language),
            language=language,
            items=tuple(read_item(item, reading) for item in objects(self.raw, "item")),
        )

    def walk(self) -> Iterator[Item]:
        for item in self.items:
            yield from item.walk()


def load(data: bytes | str | Mapping[str, object], *, value_sets: ValueSets | None = None) -> Questionnaire:
    """The prompt set in some FHIR JSON; ``value_sets`` came in the same package. Raises only where there is no
    Questionnaire at all (``prompts.unreadable``, ``prompts.not_a_questionnaire``); unsupported features are in
    ``faults``.
    """
    _refuse_too_many(data)
    raw = fhir_json.plain(data) if isinstance(data, Mapping) else fhir_json.parse(data)
    _refuse_too_many(raw)
    if raw.get("resourceType") != "Questionnaire":
        raise HomeVisitError("prompts.not_a_questionnaire")
    if _depth(raw) > DEEPEST_ITEM:
        raise HomeVisitError("prompts.unreadable", why="too deep")
    known = value_sets_of(raw, value_sets)
    items = tuple(read_item(item, Reading(known)) for item in objects(raw, "item"))
    programme = programme_of(raw, read_formulas(raw), items)
    return Questionnaire(
        url=text(raw, "url"),
        version=text(raw, "version"),
        title=_title(raw, ""),
        language=text(raw, "language"),
        copyright=text(raw, "copyright"),
        items=items,
        faults=_ordered((*faults_in(raw, known), *programme.faults, *_circles(items, programme))),
        programme=programme,
        value_sets=known,
        raw=raw,
    )


def _refuse_too_many(data: bytes | str | Mapping[str, object]) -> None:
    """Looked for before anything large is built, and again in what was read."""
    if _items_in(data) > MOST_ITEMS:
        raise HomeVisitError("prompts.unreadable", why=f"more than {MOST_ITEMS} prompts")


def _items_in(data: bytes | str | Mapping[str, object]) -> int:
    if isinstance(data, bytes):
        return data.count(b'"linkId"')
    if isinstance(data, str):
        return data.count('"linkId"')
    waiting, count = [data], 0
    while waiting and count <= MOST_ITEMS:
        below = objects(waiting.pop(), "item")
        waiting.extend(below)
        count += len(below)
    return count


def _title(raw: JsonObject, language: str) -> str:
    return words_in(raw, "title", language) or text(raw, "name") or text(raw, "id")


def _ordered(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    ranks = list(Verdict)
    return tuple(sorted(dict.fromkeys(faults), key=lambda fault: ranks.index(fault.verdict)))


def _circles(items: tuple[Item, ...], programme: Programme) -> Iterator[Fault]:
    if programme.bound[Purpose.CALCULATED]:
        for link in sorted(calculation_circles(items, programme)):
            yield Fault(Verdict.REFUSED, "calculation-circle", link)


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
