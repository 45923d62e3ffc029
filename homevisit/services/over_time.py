"""What a family answered to the same prompt set over its visits: words side by side, scores as they went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from homevisit.prompts.library import Library
from homevisit.prompts.reading import ReadLine
from homevisit.prompts.scoring import Score, scores_of
from homevisit.storage.store import Store
from homevisit.storage.views import ResponseRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One response as its visit's shown version holds it. ``started`` is the visit's local wall time, ``set_version``
    the version of the prompt set that was asked, ``known`` whether that version is on this computer.
    """

    visit: str
    started: str
    author_name: str = field(repr=False)
    set_version: str = ""
    known: bool = True
    lines: tuple[ReadLine, ...] = field(default=(), repr=False)
    scores: tuple[Score, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The responses of one prompt set about one person ("" for the whole visit), oldest first."""

    prompt_set: str
    subject: str
    title: str
    answered: tuple[Answered, ...]

    @property
    def key(self) -> str:
        return f"{self.prompt_set}/{self.subject}"

    @property
    def has_scores(self) -> bool:
        return any(each.scores for each in self.answered)


class OverTime:
    """Reads signed responses; visits entered in error are left out, of amended ones the shown version counts."""

    def __init__(self, store: Store, library: Library) -> None:
        self._store = store
        self._library = library

    def of_family(self, family: str) -> tuple[Series, ...]:
        """Every prompt set that was answered for a family, the most recently asked first."""
        rows = self._store.views.responses(family)
        names = {row.id: row.author_name for row in self._store.views.visits_among([row.visit for row in rows])}
        grouped: dict[tuple[str, str], list[ResponseRow]] = {}
        for row in rows:
            grouped.setdefault((row.prompt_set, row.subject), []).append(row)
        series = [self._series(each, names) for each in grouped.values()]
        return tuple(sorted(series, key=lambda each: each.answered[-1].started, reverse=True))

    def _series(self, rows: Sequence[ResponseRow], names: dict[str, str]) -> Series:
        newest = self._library.of_response(rows[-1].response)
        return Series(
            prompt_set=rows[0].prompt_set,
            subject=rows[0].subject,
            title=newest.title if newest else rows[0].prompt_set,
            answered=tuple(self._answered(row, names.get(row.visit, "")) for row in rows),
        )

    def _answered(self, row: ResponseRow, author: str) -> Answered:
        known = self._library.of_response(row.response)
        return Answered(
            visit=row.visit,
            started=row.started,
            author_name=author,
            set_version=str(row.response.get("questionnaire", "")).partition("|")[2],
            known=known is not None,
            lines=self._library.readable(row.response),
            scores=scores_of(known.questionnaire, row.response) if known else (),
        )
