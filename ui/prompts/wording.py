"""Sentences of the prompts room: what is wrong with an answer, how far a date is, how much is open."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QLocale

from homevisit.clock import parse_instant
from homevisit.prompts.checking import Problem
from homevisit.prompts.items import Item, Kind
from homevisit.prompts.known_by import How, KnownBy
from ui.prompts.completion import Count
from ui.prompts.spoken_dates import distance
from ui.words import tr, tr_count

ROOM = "prompts"


def problem_words(problem: Problem, item: Item) -> str:
    """What a person can do about a problem; "" where only the author of the form can."""
    if problem.code == "constraint":
        return problem.limit or tr(ROOM, "This does not go together with another answer.")
    if problem.code == "not-calculated":
        return tr(ROOM, "This cannot be worked out from the answers as they are.")
    if not problem.blocking:
        return ""
    if problem.code == "not-understood":
        return _not_understood(item.kind)
    sentences = {
        "required": tr(ROOM, "Please answer this, or leave it and give a reason when you finish."),
        "not-repeating": tr(ROOM, "Only one answer fits here."),
        "minOccurs": tr(ROOM, "At least {limit} answers are asked for.", limit=problem.limit),
        "maxOccurs": tr(ROOM, "At most {limit} answers fit here.", limit=problem.limit),
        "optionExclusive": tr(ROOM, "One of these answers cannot go together with another."),
        "maxLength": tr(ROOM, "At most {limit} characters fit here; nothing was cut.", limit=problem.limit),
        "minLength": tr(ROOM, "At least {limit} characters are asked for.", limit=problem.limit),
        "regex": tr(ROOM, "This is not in the form that is asked for."),
        "minValue": tr(ROOM, "The least that fits here is {limit}.", limit=problem.limit),
        "maxValue": tr(ROOM, "The most that fits here is {limit}.", limit=problem.limit),
        "maxDecimalPlaces": tr(ROOM, "At most {limit} decimal places fit here.", limit=problem.limit),
        "not-an-option": tr(ROOM, "This answer is no longer one of the choices."),
        "wrong-type": tr(ROOM, "This answer does not fit the question."),
        "unit-not-allowed": tr(ROOM, "The unit must be one of these: {limit}.", limit=problem.limit),
        "invalid-uri": tr(ROOM, "This cannot be a web address."),
        "reference-invalid": tr(ROOM, "This cannot be looked up; it is kept as it came."),
    }
    return sentences.get(problem.code, problem.code)


def date_words(day: date, today: date) -> str:
    """The day in full with how far it is: ``Sunday, 1 March 2026 (3 weeks ago)``."""
    full = QLocale().toString(day, "dddd d MMMM yyyy")  # type: ignore[call-overload]
    return f"{full} ({_distance_words(distance(day, today))})"


def short_date(day: date) -> str:
    return str(QLocale().toString(day, "d MMMM yyyy"))  # type: ignore[call-overload]


def part_words(text: str) -> str:
    """What was understood of a part of a date: ``March 2025, the day is not known``."""
    if len(text) == 7:
        return tr(ROOM, "{month}; the day is left open", month=day_or_part(text))
    return tr(ROOM, "The year {year}; month and day are left open", year=text) if len(text) == 4 else ""


def day_or_part(text: str) -> str:
    """A FHIR date in words: a day, a month or a year; what is none stays as it is."""
    try:
        if len(text) == 7:
            first = date.fromisoformat(f"{text}-01")
            return str(QLocale().toString(first, "MMMM yyyy"))  # type: ignore[call-overload]
        return short_date(date.fromisoformat(text)) if len(text) == 10 else text
    except ValueError:
        return text


def no_date_words(problem: str) -> str:
    """Why a typed date is none."""
    if problem == "no-birth":
        return tr(ROOM, "The date of birth is not known here, so this is no day yet. It is kept as you typed it.")
    if problem == "no-such-day":
        return tr(ROOM, "There is no such day. It is kept as you typed it.")
    return tr(ROOM, "Not understood as a date. Try 1/3/26, 3 weeks ago or tomorrow. It is kept as you typed it.")


def how_words(how: How) -> str:
    """How an answer is known, short enough for three in a row."""
    if how is How.OBSERVED:
        return tr(ROOM, "Seen")
    return tr(ROOM, "Told") if how is How.TOLD else tr(ROOM, "Inferred")


def known_words(known: KnownBy) -> str:
    """The same when it is read back: ``told by his grandmother``."""
    if known.how is How.TOLD:
        return tr(ROOM, "told by {who}", who=known.who) if known.who else tr(ROOM, "told")
    return tr(ROOM, "observed") if known.how is How.OBSERVED else tr(ROOM, "inferred")


def time_words(stamp: str) -> str:
    """The time of an instant on this machine's clock, ``10:05``; "" for what is none."""
    try:
        return f"{parse_instant(stamp).astimezone():%H:%M}" if stamp else ""
    except ValueError:
        return ""


def count_words(count: Count) -> str:
    """How much of a page is left."""
    if not count.unanswered and not count.faulty:
        return tr(ROOM, "nothing unanswered")
    open_ = tr_count(ROOM, "{count} unanswered", "{count} unanswered", count.unanswered) if count.unanswered else ""
    return ", ".join(filter(None, (open_, _faulty_words(count.faulty))))


def done_words(count: Count) -> str:
    """How far the whole is: ``7 of 9 answered``."""
    if count.answered == count.expected:
        done = tr_count(ROOM, "{count} of {count} answered", "All {count} answered", count.expected)
    else:
        done = tr(ROOM, "{answered} of {expected} answered", answered=count.answered, expected=count.expected)
    return ", ".join(filter(None, (done, _faulty_words(count.faulty))))


def _faulty_words(count: int) -> str:
    return tr_count(ROOM, "{count} to put right", "{count} to put right", count) if count else ""


def _not_understood(kind: Kind) -> str:
    if kind in (Kind.DATE, Kind.DATE_TIME):
        return no_date_words("not-a-date")
    if kind is Kind.TIME:
        return tr(ROOM, "Not understood as a time. Try 9:30. It is kept as you typed it.")
    if kind is Kind.INTEGER:
        return tr(ROOM, "Not a whole number. It is kept as you typed it.")
    return tr(ROOM, "Not a number. It is kept as you typed it.")


def _distance_words(code: str) -> str:
    if code == "today":
        return tr(ROOM, "today")
    count, unit = code.split(" ")
    size, past = abs(int(count)), count.startswith("-")
    units = {
        "days": ("{count} day", "{count} days"),
        "weeks": ("{count} week", "{count} weeks"),
        "months": ("{count} month", "{count} months"),
        "years": ("{count} year", "{count} years"),
    }
    words = tr_count(ROOM, *units[unit], size)
    return tr(ROOM, "{span} ago", span=words) if past else tr(ROOM, "in {span}", span=words)
