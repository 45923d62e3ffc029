"""Reads one FHIR item into a typed one. Lenient: what cannot be read falls back, ``support`` has named it by then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from homevisit.domain.canonical import JsonObject
from homevisit.prompts import terms
from homevisit.prompts.items import Answer, Condition, Item, Kind, Limits, Option
from homevisit.prompts.terms import Control


def read_item(raw: JsonObject) -> Item:
    """The item with everything below it."""
    options = _options(raw)
    return Item(
        link_id=text(raw, "linkId"),
        kind=kind_of(raw),
        text=text(raw, "text"),
        prefix=text(raw, "prefix"),
        roles=frozenset(text(code, "code") for code in objects(raw, "code") if code.get("system") == terms.ROLES),
        control=control_of(raw),
        entry_format=str(extension(raw, terms.ENTRY_FORMAT) or ""),
        unit=_unit(raw),
        required=raw.get("required") is True,
        repeats=raw.get("repeats") is True,
        read_only=raw.get("readOnly") is True,
        hidden=extension(raw, terms.HIDDEN) is True,
        limits=_limits(raw),
        options=options,
        initial=_initial(raw, options),
        conditions=tuple(_condition(each) for each in objects(raw, "enableWhen")),
        all_conditions=raw.get("enableBehavior") == "all",
        items=tuple(read_item(child) for child in objects(raw, "item")),
        raw=raw,
    )


def kind_of(raw: Mapping[str, object]) -> Kind:
    try:
        return Kind(text(raw, "type"))
    except ValueError:
        return Kind.DISPLAY


def objects(raw: Mapping[str, object], key: str) -> Iterator[JsonObject]:
    """The objects in the list under a key."""
    found = raw.get(key)
    yield from (each for each in found if isinstance(each, dict)) if isinstance(found, list) else ()


def text(raw: Mapping[str, object], key: str) -> str:
    found = raw.get(key)
    return found if isinstance(found, str) else ""


def extension(raw: Mapping[str, object], url: str) -> object:
    """The value of the first extension with this address."""
    for each in objects(raw, "extension"):
        if each.get("url") == url:
            return next((value for key, value in each.items() if key.startswith("value")), None)
    return None


def extension_answer(raw: Mapping[str, object], url: str) -> Answer | None:
    """The value of an extension together with its type."""
    for each in objects(raw, "extension"):
        if each.get("url") == url:
            return {key: value for key, value in each.items() if key.startswith("value")}
    return None


def control_of(raw: Mapping[str, object]) -> str:
    """The code of the first item control that this engine knows, else the first code there is."""
    concept = extension(raw, terms.ITEM_CONTROL)
    codes = [text(each, "code") for each in objects(concept, "coding")] if isinstance(concept, Mapping) else []
    known = [code for code in codes if code in set(Control)]
    return (known or codes or [""])[0]


def _unit(raw: Mapping[str, object]) -> str:
    coding = extension(raw, terms.UNIT)
    return text(coding, "display") or text(coding, "code") if isinstance(coding, Mapping) else ""


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _limits(raw: Mapping[str, object]) -> Limits:
    pattern = extension(raw, terms.REGEX)
    return Limits(
        max_length=_whole(raw.get("maxLength")),
        min_length=_whole(extension(raw, terms.MIN_LENGTH)) or 0,
        min_value=extension_answer(raw, terms.MIN_VALUE),
        max_value=extension_answer(raw, terms.MAX_VALUE),
        max_decimal_places=_whole(extension(raw, terms.MAX_DECIMAL_PLACES)),
        min_occurs=_whole(extension(raw, terms.MIN_OCCURS)) or 0,
        max_occurs=_whole(extension(raw, terms.MAX_OCCURS)),
        pattern=pattern if isinstance(pattern, str) else "",
    )


def _options(raw: Mapping[str, object]) -> tuple[Option, ...]:
    return tuple(
        Option(
            answer=_valued(each, "value"),
            initially=each.get("initialSelected") is True,
            exclusive=extension(each, terms.OPTION_EXCLUSIVE) is True,
        )
        for each in objects(raw, "answerOption")
    )


def _initial(raw: Mapping[str, object], options: tuple[Option, ...]) -> tuple[Answer, ...]:
    given = tuple(_valued(each, "value") for each in objects(raw, "initial"))
    return given or tuple(option.answer for option in options if option.initially)


def _condition(raw: Mapping[str, object]) -> Condition:
    return Condition(text(raw, "question"), text(raw, "operator"), _valued(raw, "answer"))


def _valued(raw: Mapping[str, object], prefix: str) -> Answer:
    """The polymorphic element under a prefix, renamed to an answer's ``value[x]``."""
    return {
        "value" + key[len(prefix) :]: value
        for key, value in raw.items()
        if key.startswith(prefix) and key[len(prefix) : len(prefix) + 1].isupper()
    }
