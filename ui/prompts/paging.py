"""The pages of a prompt set: which occurrences stand on each, its title, and which page comes next. No widgets here."""

from __future__ import annotations

from homevisit.prompts.evaluate import ItemState
from homevisit.prompts.paths import Path
from homevisit.prompts.session import Session


class Paging:
    """Each group that is a page by itself; what stands between pages together on one."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.tops = _pages_of(session)

    def renew(self) -> None:
        """Repeats came or went; the number of pages stays."""
        self.tops = _pages_of(self._session)

    def __len__(self) -> int:
        return len(self.tops)

    def title(self, number: int) -> str:
        first = self._session.item_state(self.tops[number][0]).item
        return first.label if first.is_page and not first.repeats else self._session.questionnaire.title

    def children(self, number: int) -> tuple[Path, ...]:
        """What is shown below the title."""
        first = self._session.item_state(self.tops[number][0])
        return first.children if first.item.is_page and not first.item.repeats else self.tops[number]

    def page_of(self, path: Path) -> int | None:
        """The page that holds an occurrence."""
        return next((n for n, tops in enumerate(self.tops) if any(path[: len(top)] == top for top in tops)), None)

    def has_something(self, number: int) -> bool:
        return any(self._session.item_state(path).shown for path in self.tops[number])

    def neighbour(self, number: int, step: int) -> int | None:
        """The next page in a direction that has something to show."""
        numbers = range(number + step, len(self.tops) if step > 0 else -1, step)
        return next((each for each in numbers if self.has_something(each)), None)


def _pages_of(session: Session) -> tuple[tuple[Path, ...], ...]:
    pages: list[list[ItemState]] = []
    for each in _shown(session):
        before = pages[-1][-1].item if pages else None
        same = before is not None and before.link_id == each.item.link_id
        if before is None or (not same and (each.item.is_page or before.is_page)):
            pages.append([each])
        else:
            pages[-1].append(each)
    return tuple(tuple(each.path for each in page) for page in pages)


def _shown(session: Session) -> tuple[ItemState, ...]:
    state = session.state()
    return tuple(state.items[path] for path in state.top if not state.items[path].item.hidden)
