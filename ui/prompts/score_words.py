"""A score in words: how much of how much, the published band and its source, and how it came about."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from homevisit.prompts.scoring import Band, Direction, Score
from ui.prompts.wording import ROOM, short_date
from ui.words import tr


def number_words(value: Decimal) -> str:
    """A number without needless zeros, never in scientific notation."""
    plain = f"{value.normalize():f}"
    return "0" if plain == "-0" else plain


def value_words(score: Score) -> str:
    """``14 of 27``, ``34 (10 to 50)``, or how many are answered where there is no score yet."""
    if score.value is None:
        return count_words(score) or tr(ROOM, "no score")
    value = number_words(score.value)
    if score.highest is None:
        return value
    if score.lowest:
        lowest, highest = number_words(score.lowest), number_words(score.highest)
        return tr(ROOM, "{value} (from {lowest} to {highest})", value=value, lowest=lowest, highest=highest)
    return tr(ROOM, "{value} of {highest}", value=value, highest=number_words(score.highest))


def count_words(score: Score) -> str:
    """How many of the counted items are answered; "" for a score that is entered by hand."""
    return tr(ROOM, "{answered} of {of} answered", answered=score.answered, of=score.of) if score.of else ""


def missing_words(score: Score) -> str:
    """Why there is no score, "" where there is one."""
    if score.value is not None:
        return ""
    if score.of and not score.complete:
        return tr(ROOM, "There is no score until all are answered; nothing is filled in for a missing answer.")
    return ""


def band_words(band: Band) -> str:
    """``moderate (10–14)``."""
    return tr(ROOM, "{text} ({low}–{high})", text=band.text, low=number_words(band.low), high=number_words(band.high))


def direction_words(direction: Direction) -> str:
    """What a higher score says, in words instead of a colour."""
    return {
        Direction.WORSE: tr(ROOM, "Higher means more difficulty."),
        Direction.BETTER: tr(ROOM, "Higher means it goes better."),
        Direction.NONE: tr(
            ROOM, "What a higher score means is not declared here: read it with the tool’s own guidance."
        ),
    }[direction]


def not_a_diagnosis() -> str:
    return tr(ROOM, "Screening result, not a diagnosis.")


def source_words(score: Score) -> str:
    """Where band and range come from."""
    return " ".join(
        f"{part.rstrip('.')}." for part in dict.fromkeys((score.band_citation, score.rule.citation)) if part
    )


def asked_words(score: Score) -> str:
    """Who completed it, in which language, where: what is not recorded is said for the person only."""
    asked = score.asked
    parts = [
        tr(ROOM, "form: {form}", form=asked.form) if asked.form else "",
        tr(ROOM, "completed by: {who}", who=_lower(asked.by) or tr(ROOM, "not recorded")),
        tr(ROOM, "on {date}", date=_day(asked.on)) if asked.on else "",
        tr(ROOM, "language: {language}", language=asked.language) if asked.language else "",
        _lower(asked.interpreter),
        _lower(asked.setting),
        tr(ROOM, "trained in the tool: {answer}", answer=_lower(asked.trained)) if asked.trained else "",
    ]
    return "; ".join(part for part in parts if part)


def tool_words(score: Score) -> str:
    """The tool, the version of the prompt set, and how it was asked."""
    tool = tr(ROOM, "{tool}, prompt set version {version}", tool=score.instrument, version=score.version)
    return f"{tool}; {asked_words(score)}."


def reading_words(score: Score) -> str:
    """The score as it is read back: ``14 of 27, moderate (10–14)``."""
    band = band_words(score.band) if score.band else ""
    return ", ".join(part for part in (value_words(score), band) if part)


def beside_words(score: Score) -> str:
    """Everything that has to stand beside a score that is read back or printed."""
    parts = (not_a_diagnosis(), direction_words(score.direction), tool_words(score), source_words(score))
    return " ".join(part for part in parts if part)


def _lower(words: str) -> str:
    """The beginning in small letters, unless it is a name in capitals or the word I."""
    first = words.partition(" ")[0]
    return words if first == "I" or first.isupper() else words[:1].lower() + words[1:]


def _day(text: str) -> str:
    try:
        return short_date(date.fromisoformat(text))
    except ValueError:
        return text
