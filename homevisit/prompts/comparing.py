"""Several readings of the same prompt set side by side: which answers were given when, and which of them changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from homevisit.prompts.reading import LineKind, ReadLine

Reading = Sequence[ReadLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One prompt with an answer for each reading, the oldest first; "" where that reading has none.

    ``changed[n]`` says that answer n differs from the one before it (the first never does); a heading has no answers.
    """

    path: str
    prompt: str
    kind: LineKind
    depth: int = 0
    sensitive: bool = False
    answers: tuple[str, ...] = field(default=(), repr=False)
    changed: tuple[bool, ...] = ()

    @property
    def any_change(self) -> bool:
        return any(self.changed)


def compared(readings: Sequence[Reading]) -> tuple[Compared, ...]:
    """Every prompt that any of the readings holds, in the order of the newest; what only older ones hold stands
    where it stood in them. Notes and credit lines are left out: nobody answered them.
    """
    lines = [{line.path: line for line in reading if line.kind is not LineKind.NOTE} for reading in readings]
    return tuple(_row(path, lines) for path in _merged([list(each) for each in reversed(lines)]))


def _row(path: str, lines: Sequence[dict[str, ReadLine]]) -> Compared:
    given = [each.get(path) for each in lines]
    newest = next(line for line in reversed(given) if line is not None)
    answers = tuple(line.answer if line else "" for line in given)
    return Compared(
        path=path,
        prompt=newest.prompt,
        kind=newest.kind,
        depth=newest.depth,
        sensitive=any(line.sensitive for line in given if line),
        answers=() if newest.kind is LineKind.HEADING else answers,
        changed=() if newest.kind is LineKind.HEADING else tuple(_changes(answers)),
    )


def _changes(answers: Sequence[str]) -> Iterator[bool]:
    yield from (index > 0 and answer != answers[index - 1] for index, answer in enumerate(answers))


def _merged(orders: Sequence[Sequence[str]]) -> list[str]:
    """One order of all paths: the first order holds, the others' own paths follow the path they followed there."""
    merged: list[str] = []
    for order in orders:
        after = -1
        for path in order:
            if path in merged:
                after = merged.index(path)
            else:
                after += 1
                merged.insert(after, path)
    return merged
