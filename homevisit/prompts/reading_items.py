"""Reads one FHIR item into a typed one. Lenient: what cannot be read falls back, ``support`` has named it by then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from homevisit.domain.canonical import JsonObject
from homevisit.prompts import addresses, terms
from homevisit.prompts.items import Answer, Condition, Item, Kind, Limits, Looks, Option
from homevisit.prompts.raw import extension, extension_answer, extensions, inside, objects, text, valued, whole
from homevisit.prompts.reading_formulas import read_formulas
from homevisit.prompts.rich_text import rich_text
from homevisit.prompts.terms import Control
from homevisit.prompts.value_sets import ValueSets, options_of, weight_of
from homevisit.prompts.values import answer_text, typed
from homevisit.prompts.wording import translated, words_in

__all__ = ["Reading", "control_of", "extension", "kind_of", "objects", "read_item", "text"]

_CONTROLS = frozenset(Control)


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading an item may look up: the value sets that came along, and the language to read in."""

    value_sets: ValueSets = field(default_factory=dict)
    language: str = ""


def read_item(raw: JsonObject, reading: Reading | None = None) -> Item:
    """The item with everything below it."""
    reading = reading or Reading()
    kind, options = kind_of(raw), _options(raw, reading)
    return Item(
        link_id=text(raw, "linkId"),
        kind=kind,
        text=words_in(raw, "text", reading.language),
        prefix=words_in(raw, "prefix", reading.language),
        roles=frozenset(text(code, "code") for code in objects(raw, "code") if code.get("system") == terms.ROLES),
        control=control_of(raw),
        entry_format=_entry_format(raw, reading.language),
        unit=_unit(raw),
        units=_units(raw, reading.value_sets),
        required=raw.get("required") is True,
        repeats=raw.get("repeats") is True,
        read_only=raw.get("readOnly") is True,
        hidden=extension(raw, terms.HIDDEN) is True,
        lacks_options=kind is Kind.CHOICE and not options,
        limits=_limits(raw),
        looks=_looks(raw, reading.language),
        options=options,
        initial=_initial(raw, options),
        conditions=tuple(_condition(each) for each in objects(raw, "enableWhen")),
        all_conditions=raw.get("enableBehavior") == "all",
        formulas=read_formulas(raw),
        items=tuple(read_item(child, reading) for child in objects(raw, "item")),
        raw=raw,
    )


def kind_of(raw: Mapping[str, object]) -> Kind:
    try:
        return Kind(text(raw, "type"))
    except ValueError:
        return Kind.DISPLAY


def control_of(raw: Mapping[str, object]) -> str:
    """The code of the first item control that this engine knows, else the first code there is."""
    concept = extension(raw, terms.ITEM_CONTROL)
    codes = [text(each, "code") for each in objects(concept, "coding")] if isinstance(concept, Mapping) else []
    known = [code for code in codes if code in _CONTROLS]
    return (known or codes or [""])[0]


def _entry_format(raw: JsonObject, language: str) -> str:
    for each in objects(raw, "extension"):
        if each.get("url") == terms.ENTRY_FORMAT:
            return words_in(each, "valueString", language)
    return ""


def _unit(raw: Mapping[str, object]) -> str:
    coding = extension(raw, terms.UNIT)
    if isinstance(coding, Mapping):
        return text(coding, "display") or text(coding, "code")
    # Some sets say the unit in a text below the question instead.
    below = (each for each in objects(raw, "item") if control_of(each) == Control.UNIT)
    return next((text(each, "text") for each in below), "")


def _units(raw: JsonObject, value_sets: ValueSets) -> tuple[JsonObject, ...]:
    """The codings a quantity may be given in: its one unit, else its unit options or unit value set."""
    named = [each for each in extensions(raw, addresses.UNIT_OPTION) if isinstance(each, dict)]
    listed = options_of(str(extension(raw, addresses.UNIT_VALUE_SET) or ""), value_sets) or ()
    found = [*named, *(inside(dict(option.answer), "valueCoding") for option in listed)]
    single = extension(raw, terms.UNIT)
    return tuple(found) or ((single,) if isinstance(single, dict) else ())


def _limits(raw: Mapping[str, object]) -> Limits:
    pattern = extension(raw, terms.REGEX)
    least = extension_answer(raw, terms.MIN_VALUE) or extension_answer(raw, addresses.MIN_QUANTITY)
    most = extension_answer(raw, terms.MAX_VALUE) or extension_answer(raw, addresses.MAX_QUANTITY)
    return Limits(
        max_length=whole(raw.get("maxLength")),
        min_length=whole(extension(raw, terms.MIN_LENGTH)) or 0,
        min_value=least if least and typed(least) and "valueExpression" not in least else None,
        max_value=most if most and typed(most) and "valueExpression" not in most else None,
        max_decimal_places=whole(extension(raw, terms.MAX_DECIMAL_PLACES)),
        min_occurs=whole(extension(raw, terms.MIN_OCCURS)) or 0,
        max_occurs=whole(extension(raw, terms.MAX_OCCURS)),
        pattern=pattern if isinstance(pattern, str) else "",
        mime_types=tuple(str(each) for each in extensions(raw, addresses.MIME_TYPE)),
        max_size=_megabytes(extension(raw, addresses.MAX_SIZE)),
    )


def _megabytes(value: object) -> int | None:
    try:
        return int(float(str(value)) * 1024 * 1024) if value is not None else None
    except (ValueError, OverflowError):
        return None


def _looks(raw: JsonObject, language: str) -> Looks:
    if not raw.get("extension") and not raw.get("_text"):
        return Looks()
    beside = inside(raw, "_text")
    # Marked-up words exist in the set's own language only.
    rich = "" if translated(beside, language) else rich_text(beside)
    return Looks(
        orientation=str(extension(raw, addresses.ORIENTATION) or ""),
        slider_step=whole(extension(raw, addresses.SLIDER_STEP)),
        short_text=str(extension(beside, addresses.SHORT_TEXT) or extension(raw, addresses.SHORT_TEXT) or ""),
        support_link=str(extension(raw, addresses.SUPPORT_LINK) or ""),
        usage=str(extension(raw, addresses.USAGE) or ""),
        rich=rich,
    )


def _options(raw: JsonObject, reading: Reading) -> tuple[Option, ...]:
    reference = text(raw, "answerValueSet")
    looked_up = options_of(reference, reading.value_sets, reading.language) if reference else None
    return looked_up or tuple(_option(each, reading.language) for each in objects(raw, "answerOption"))


def _option(raw: JsonObject, language: str) -> Option:
    answer, coding = valued(raw, "value"), inside(raw, "valueCoding")
    words = words_in(coding, "display", language) if coding else translated(inside(raw, "_valueString"), language)
    prefix = extension(raw, addresses.OPTION_PREFIX) or extension(coding, addresses.OPTION_PREFIX)
    return Option(
        answer=answer,
        initially=raw.get("initialSelected") is True,
        exclusive=extension(raw, terms.OPTION_EXCLUSIVE) is True,
        words=words or answer_text(answer),
        prefix=str(prefix or ""),
        weight=weight_of(raw) or weight_of(coding) or weight_of(inside(raw, "_valueString")),
    )


def _initial(raw: Mapping[str, object], options: tuple[Option, ...]) -> tuple[Answer, ...]:
    given = tuple(valued(each, "value") for each in objects(raw, "initial"))
    return given or tuple(option.answer for option in options if option.initially)


def _condition(raw: Mapping[str, object]) -> Condition:
    return Condition(text(raw, "question"), text(raw, "operator"), valued(raw, "answer"))
