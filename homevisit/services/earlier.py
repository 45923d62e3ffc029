"""What was answered to the same prompts before, to stand beside them when they are asked again. Never copied in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from homevisit.prompts.library import Library
from homevisit.prompts.reading import LineKind
from homevisit.storage.store import Store
from homevisit.storage.views import ResponseRow


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierAnswers:
    """``started`` is the local wall time of the visit they were given at; ``answers`` are texts by the text of a
    place, those in ``quoted`` a person's own words.
    """

    started: str
    answers: Mapping[str, str] = field(repr=False)
    quoted: frozenset[str] = frozenset()


class EarlierResponses:
    """The last responses before a visit; each is read when its prompts are opened, without the store."""

    def __init__(self, library: Library, rows: Mapping[str, ResponseRow] | None = None) -> None:
        self._library = library
        self._rows = rows or {}

    def of(self, key: str) -> EarlierAnswers | None:
        """What was answered last by the key of a response; None where there is nothing."""
        row = self._rows.get(key)
        if row is None:
            return None
        lines = [line for line in self._library.readable(row.response) if line.answer]
        return EarlierAnswers(
            started=row.started,
            answers={line.path: line.answer for line in lines},
            quoted=frozenset(line.path for line in lines if line.kind is LineKind.VERBATIM),
        )


class Earlier:
    """Finds signed responses; visits entered in error are left out, of amended ones the shown version counts."""

    def __init__(self, store: Store, library: Library) -> None:
        self._store = store
        self._library = library

    def before(self, family: str, visit: str, started: str) -> EarlierResponses:
        """By the key of a response, what was answered last at a visit before this one."""
        rows = (row for row in self._store.views.responses(family) if row.visit != visit and row.started < started)
        return EarlierResponses(self._library, {f"{row.prompt_set}/{row.subject}": row for row in rows})
