"""The options of a value set that came with the prompt set; None where its codes are not all written out in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from homevisit.domain.canonical import JsonObject
from homevisit.prompts import addresses
from homevisit.prompts.items import Option
from homevisit.prompts.raw import extension, inside, objects, text
from homevisit.prompts.wording import translated

ValueSets = Mapping[str, JsonObject]
MOST_OPTIONS = 5_000
_DEEPEST = 8


def value_sets_of(raw: JsonObject, packaged: ValueSets | None = None) -> ValueSets:
    """What a set can look up: contained resources as ``#id``, packaged ones by canonical with and without version."""
    found: dict[str, JsonObject] = {}
    for each in (packaged or {}).values():
        for name in (text(each, "url"), f"{text(each, 'url')}|{text(each, 'version')}"):
            found.setdefault(name, each)
    for each in objects(raw, "contained"):
        found[f"#{text(each, 'id')}"] = each
        found.setdefault(text(each, "url"), each)
        found.setdefault(f"{text(each, 'url')}|{text(each, 'version')}", each)
    found.pop("", None)
    found.pop("|", None)
    return found


def options_of(reference: str, sets: ValueSets, language: str = "") -> tuple[Option, ...] | None:
    """The options in their order."""
    codings = codings_of(reference, sets)
    return None if codings is None else tuple(_option(each, language) for each in codings[:MOST_OPTIONS])


def codings_of(reference: str, sets: ValueSets, *, depth: int = 0) -> list[JsonObject] | None:
    """The concepts with their systems, as they stand in the value set."""
    found = sets.get(reference) or sets.get(reference.partition("|")[0] if "|" in reference else "")
    if found is None or found.get("resourceType") != "ValueSet" or depth > _DEEPEST:
        return None
    expansion = inside(found, "expansion")
    if expansion.get("contains"):
        return list(_contained(expansion, depth=0))
    return _composed(inside(found, "compose"), sets, depth)


def _contained(raw: JsonObject, *, depth: int) -> Iterator[JsonObject]:
    for each in objects(raw, "contains"):
        if each.get("abstract") is not True and text(each, "code"):
            yield each
        if depth < _DEEPEST:
            yield from _contained(each, depth=depth + 1)


def _composed(compose: JsonObject, sets: ValueSets, depth: int) -> list[JsonObject] | None:
    if compose.get("exclude") or not compose.get("include"):
        return None
    found: list[JsonObject] = []
    for include in objects(compose, "include"):
        concepts = _included(include, sets, depth)
        if concepts is None:
            return None
        found.extend(concepts)
    return found


def _included(include: JsonObject, sets: ValueSets, depth: int) -> list[JsonObject] | None:
    system = text(include, "system")
    if include.get("filter"):
        return None
    if include.get("concept"):
        return [{"system": system, **each} for each in objects(include, "concept")]
    if include.get("valueSet") and not system:
        lists = [codings_of(each, sets, depth=depth + 1) for each in _canonicals(include)]
        return [each for found in lists if found for each in found] if lists and None not in lists else None
    concepts = sets.get(system, {})
    if concepts.get("resourceType") != "CodeSystem" or include.get("valueSet"):
        return None
    return [{"system": system, **each} for each in _concepts(concepts, depth=0)]


def _concepts(raw: JsonObject, *, depth: int) -> Iterator[JsonObject]:
    for each in objects(raw, "concept"):
        yield each
        if depth < _DEEPEST:
            yield from _concepts(each, depth=depth + 1)


def _canonicals(include: JsonObject) -> list[str]:
    found = include.get("valueSet")
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _option(concept: JsonObject, language: str) -> Option:
    display = text(concept, "display") or text(concept, "code")
    coding: JsonObject = {key: concept[key] for key in ("system", "version", "code", "display") if concept.get(key)}
    words = translated(inside(concept, "_display"), language) or _designated(concept, language) or display
    return Option({"valueCoding": coding}, words=words, weight=weight_of(concept))


def _designated(concept: JsonObject, language: str) -> str:
    if not language:
        return ""
    found = {text(each, "language"): text(each, "value") for each in objects(concept, "designation")}
    return found.get(language, "")


def weight_of(raw: JsonObject) -> str:
    """The ordinal value of an option, a coding or a concept, as text; "" where it has none."""
    if "extension" not in raw:
        return ""
    for url in addresses.WEIGHTS:
        found = extension(raw, url)
        if found is not None:
            return str(found)
    for each in objects(raw, "extension"):
        if each.get("url") == addresses.EXPANSION_PROPERTY and extension(each, "code") == "itemWeight":
            return str(extension(each, "value") or 0)
    return ""
