"""What a typed line means for an item: a number, a quantity, a time, a date in words. No widgets here.

What cannot be understood is kept as it was typed and never taken for a value.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from homevisit.prompts.items import Answer, Item, Kind
from homevisit.prompts.values import answer_text, as_typed, number, typed, typed_answer
from ui.prompts.spoken_dates import interpret, interpret_part, interpret_time
from ui.prompts.wording import day_or_part

_AMOUNT = re.compile(r"\s*([-+]?\d[\d\s]*(?:[.,]\d+)?)\s*(.*?)\s*")
Answers = tuple[Answer, ...]


def read_line(item: Item, text: str, today: date) -> Answer:
    """The answer that a line of text means for a kind of item."""
    if item.kind is Kind.URL:
        return {"valueUri": text.strip()}
    if item.kind is Kind.TIME:
        moment = interpret_time(text)
        return {"valueTime": moment.isoformat()} if moment else typed_answer(text)
    if item.kind is Kind.DATE_TIME:
        return _date_time(text, today)
    return _number(item.kind, text)


def read_date(text: str, today: date, born: date | None) -> Answer:
    """A whole date, or a year or a month of one."""
    found = interpret(text, today, born=born)
    if found.day is not None:
        return {"valueDate": found.day.isoformat()}
    part = interpret_part(text)
    return {"valueDate": part} if part else typed_answer(text)


def read_quantity(text: str, units: tuple[Answer, ...], chosen: Answer | None) -> Answer:
    """A number with a unit: the one that was typed behind it, else the one that is chosen."""
    found = _AMOUNT.fullmatch(text)
    value = _plain(found[1]) if found else ""
    if found is None or number(value) is None:
        return typed_answer(text)
    named = next((unit for unit in units if found[2] and _is_called(unit, found[2])), None)
    if found[2] and named is None and units:
        return typed_answer(text)
    unit = named or chosen or {}
    quantity = {"value": value, **_coded(unit)}
    if found[2] and not units:
        quantity["unit"] = found[2]
    return {"valueQuantity": quantity}


def bare(answers: Answers) -> Answers:
    """The answers without what is kept beside them: when they were given, and how they are known."""
    return tuple(
        {key: value for key, value in answer.items() if key.startswith("value")}
        if as_typed(answer) is None
        else typed_answer(as_typed(answer) or "")
        for answer in answers
    )


def shown(answers: Answers) -> str:
    """The first answer as it stands in a line."""
    found = typed(answers[0]) if answers else None
    if found is None:
        return as_typed(answers[0]) or "" if answers else ""
    if found[0] == "Quantity" and isinstance(found[1], dict):
        return str(found[1].get("value", ""))
    if found[0] == "DateTime":
        return _moment_words(str(found[1]))
    if found[0] == "Time":
        return str(found[1]).removesuffix(":00") if str(found[1]).count(":") == 2 else str(found[1])
    return day_or_part(str(found[1])) if found[0] == "Date" else answer_text(answers[0])


def unit_words(unit: Answer) -> str:
    return str(unit.get("display") or unit.get("unit") or unit.get("code") or "")


def _coded(unit: Answer) -> dict[str, object]:
    given = {"unit": unit_words(unit), "system": unit.get("system"), "code": unit.get("code")}
    return {key: value for key, value in given.items() if value}


def _is_called(unit: Answer, words: str) -> bool:
    names = (str(unit.get(key, "")).casefold() for key in ("display", "unit", "code"))
    return words.casefold() in names


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text).replace(",", ".").removeprefix("+")


def _number(kind: Kind, text: str) -> Answer:
    plain = _plain(text)
    if kind is Kind.INTEGER:
        whole = plain.removeprefix("-")
        return {"valueInteger": int(plain)} if whole.isascii() and whole.isdigit() else typed_answer(text)
    return typed_answer(text) if number(plain) is None else {"valueDecimal": plain}


def _date_time(text: str, today: date) -> Answer:
    """A day with a time, a day alone, or a time today."""
    day_text, _, time_text = text.strip().replace("T", " ").rpartition(" ")
    moment = interpret_time(time_text)
    day = interpret(day_text, today).day if day_text else today
    if moment is not None and day is not None:
        return {"valueDateTime": datetime.combine(day, moment).astimezone().isoformat()}
    alone = interpret(text, today).day
    return {"valueDateTime": alone.isoformat()} if alone else typed_answer(text)


def _moment_words(text: str) -> str:
    """``1 March 2026 14:30`` in the time of this machine; what is no whole moment stays as it is."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    if "T" not in text:
        return day_or_part(text)
    local = moment.astimezone() if moment.tzinfo else moment
    return f"{day_or_part(local.date().isoformat())} {local:%H:%M}"
