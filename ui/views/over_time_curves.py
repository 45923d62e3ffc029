"""A score over the visits as values: what the plot draws and what the table says, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from homevisit.domain.family import parse_date
from homevisit.prompts.scoring import Band, Direction, Rule, Score
from homevisit.services.over_time import Answered, Series
from ui.models.word_table import Cell
from ui.presenters.family_words import day_words, iso_day_words
from ui.views.score_plot import Plot, PlotBand, PlotPoint
from ui.words import tr

ROOM = "over_time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One score of one instrument at every visit that asked for it, oldest first."""

    title: str
    rule: Rule
    scores: tuple[tuple[Answered, Score], ...]


def curves_of(series: Series) -> tuple[Curve, ...]:
    """The scores of a series; a tool named by hand makes a curve of its own for each name."""
    found: dict[tuple[str, str], list[tuple[Answered, Score]]] = {}
    for each in series.answered:
        for score in each.scores:
            found.setdefault((score.instrument, score.link), []).append((each, score))
    return tuple(_curve(scores) for scores in found.values())


def plot_of(curve: Curve) -> Plot:
    """What is drawn. Where no range is published it reaches from nought to the highest score."""
    values = [float(score.value) for _, score in curve.scores if score.value is not None]
    rule = curve.rule
    return Plot(
        lowest=float(rule.lowest) if rule.lowest is not None else min([0.0, *values]),
        highest=float(rule.highest) if rule.highest is not None else max([1.0, *values]),
        points=tuple(_point(answered, score) for answered, score in curve.scores),
        bands=tuple(PlotBand(low=float(b.low), high=float(b.high), words=band_words(b)) for b in rule.bands),
        spoken=". ".join(": ".join((_day(answered), score_words(score))) for answered, score in curve.scores),
    )


def heads() -> list[str]:
    """The heads of a score's table."""
    return [tr(ROOM, "Visit"), tr(ROOM, "Score"), tr(ROOM, "Band"), tr(ROOM, "How it was asked")]


def cells_of(curve: Curve) -> list[tuple[Cell, ...]]:
    """A score's table: one row a visit."""
    return [_row(answered, score) for answered, score in curve.scores]


def score_words(score: Score) -> str:
    """``12 of 27``, or how many were answered where there is no score."""
    if score.value is None and score.of:
        return tr(ROOM, "{answered} of {of} answered, no score", answered=score.answered, of=score.of)
    if score.value is None:
        return tr(ROOM, "no score")
    if score.highest is None:
        return str(score.value)
    return tr(ROOM, "{value} of {highest}", value=score.value, highest=score.highest)


def direction_words(rule: Rule) -> str:
    """What a higher score says, and what no score is."""
    higher = {
        Direction.WORSE: tr(ROOM, "Higher scores say more difficulty."),
        Direction.BETTER: tr(ROOM, "Higher scores say more of what is hoped for."),
        Direction.NONE: tr(ROOM, "The tool does not say whether higher is better."),
    }[rule.direction]
    return f"{higher} {tr(ROOM, 'A screening result, not a diagnosis.')}"


def band_words(band: Band) -> str:
    """A band as it fits beside a plot: its range and its first words; the table has all of them."""
    first = re.split(r"[.;:(]", band.text, maxsplit=1)[0].strip()
    ends = f"{band.low}–{band.high}" if band.low != band.high else f"{band.low}"
    return f"{ends} {first}"


def sources_of(rule: Rule) -> tuple[str, ...]:
    """Where the score and its bands come from, each source once."""
    return tuple(dict.fromkeys(source for source in (rule.citation, *(band.citation for band in rule.bands)) if source))


def _curve(scores: list[tuple[Answered, Score]]) -> Curve:
    newest = scores[-1][1]
    title = newest.instrument
    if newest.label and newest.label.casefold() not in title.casefold():
        title = f"{title}: {newest.label}"
    return Curve(title=title, rule=newest.rule, scores=tuple(scores))


def _point(answered: Answered, score: Score) -> PlotPoint:
    value = None if score.value is None else float(score.value)
    missing = tr(ROOM, "{answered} of {of}", answered=score.answered, of=score.of) if score.of else tr(ROOM, "none")
    day = parse_date(answered.started[:10]) or date.min
    label = missing if value is None else str(score.value)
    return PlotPoint(day=day, value=value, label=label, day_words=day_words(day))


def _row(answered: Answered, score: Score) -> tuple[Cell, ...]:
    return (
        Cell(_day(answered), is_label=True),
        Cell(score_words(score), quiet=score.value is None),
        Cell(score.band_text or "–", quiet=not score.band_text),
        Cell(", ".join(_circumstances(answered, score)) or "–", quiet=True),
    )


def _circumstances(answered: Answered, score: Score) -> Iterator[str]:
    asked = score.asked
    if answered.author_name:
        yield tr(ROOM, "asked by {name}", name=answered.author_name)
    if asked.by:
        yield tr(ROOM, "completed by {who}", who=asked.by)
    version = asked.form or score.version
    if version:
        yield tr(ROOM, "version {version}", version=version)
    for words in (asked.language, asked.interpreter, asked.setting):
        if words:
            yield words


def _day(answered: Answered) -> str:
    return iso_day_words(answered.started)
