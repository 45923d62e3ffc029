"""A family's answers over time in words: whose they are, cells of the tables."""

from __future__ import annotations

from collections.abc import Sequence

from homevisit.domain.family import Person
from homevisit.prompts.comparing import Compared
from homevisit.prompts.reading import LineKind
from homevisit.services.over_time import Answered, Series
from ui.models.word_table import Cell
from ui.presenters.family_words import iso_day_words
from ui.presenters.over_time import OverTimeState
from ui.visit_words import person_name
from ui.widgets.rows import Row
from ui.words import tr

ROOM = "over_time"


def series_rows(state: OverTimeState) -> list[Row]:
    """The prompt sets that were asked, for choosing one."""
    return [
        Row(
            id=each.key,
            title=each.title,
            subtitle=" · ".join(part for part in (whose(each, state.people), _times(each)) if part),
            icon="chart-line" if each.has_scores else "message-square-text",
        )
        for each in visible_series(state)
    ]


def visible_series(state: OverTimeState) -> tuple[Series, ...]:
    """In in-home view a set that holds sensitive answers only is not even named."""
    series = state.series or ()
    return tuple(each for each in series if not (state.in_home and _is_sensitive(each)))


def whose(series: Series, people: Sequence[Person]) -> str:
    """Whom the answers are about; "" for the whole visit."""
    return next((person_name(person) for person in people if person.id == series.subject), "")


def answer_heads(columns: Sequence[Answered]) -> list[str]:
    """The head of each column: when, and who asked."""
    asked = ("\n".join((iso_day_words(each.started), each.author_name)).strip() for each in columns)
    return [tr(ROOM, "Prompt"), *asked]


def answer_cells(rows: Sequence[Compared], count: int, *, in_home: bool) -> list[tuple[Cell, ...]]:
    """The prompts with their answers, one of ``count`` columns a visit."""
    return [_cells(row, count, in_home=in_home) for row in rows]


def version_words(columns: Sequence[Answered]) -> str:
    """What to know before comparing: the versions that were asked differ, or one is not on this computer."""
    if any(not each.known for each in columns):
        return tr(ROOM, "One of these was asked with a version that is not on this computer; its own words are shown.")
    versions = sorted({each.set_version for each in columns})
    if len(versions) < 2:
        return ""
    return tr(
        ROOM,
        "Asked with different versions of this prompt set ({versions}): wording may differ.",
        versions=", ".join(versions),
    )


def _cells(row: Compared, count: int, *, in_home: bool) -> tuple[Cell, ...]:
    if row.kind is LineKind.HEADING:
        return (Cell(row.prompt, is_heading=True), *[Cell("", is_heading=True)] * count)
    label = Cell(row.prompt, is_label=True)
    if in_home and row.sensitive:
        return (label, *[Cell(tr(ROOM, "Not shown in in-home view"), quiet=True)] * count)
    return (label, *(_answer(row, place) for place in range(count)))


def _answer(row: Compared, place: int) -> Cell:
    words = row.answers[place]
    mark = _mark(row, place) if row.changed[place] else ""
    if not words:
        return Cell(tr(ROOM, "Not answered"), mark, quiet=True)
    is_quoted = words.startswith(("“", '"'))
    return Cell(f"“{words}”" if row.kind is LineKind.VERBATIM and not is_quoted else words, mark)


def _mark(row: Compared, place: int) -> str:
    """How an answer differs from the one before it."""
    if not row.answers[place - 1]:
        return tr(ROOM, "New")
    return tr(ROOM, "Changed") if row.answers[place] else tr(ROOM, "Not answered any more")


def _times(series: Series) -> str:
    last, count = iso_day_words(series.answered[-1].started), len(series.answered)
    if count == 1:
        return tr(ROOM, "asked once, {day}", day=last)
    return tr(ROOM, "asked {count} times, last {day}", count=count, day=last)


def _is_sensitive(series: Series) -> bool:
    lines = [line for each in series.answered for line in each.lines if line.answer]
    return bool(lines) and all(line.sensitive for line in lines)
