"""The nation whose programme this home follows, and its contacts with their windows and prompt sets."""

from __future__ import annotations

import json
from functools import cache

from homevisit.domain.visit_templates import Nation, Schedule, schedule_from
from resources import names, read_text

FOLDER = "schedule"


class Schedules:
    """Holds the nation that was chosen in Settings; England until another one is."""

    def __init__(self, nation: str = Nation.ENGLAND) -> None:
        self._nation = Nation(nation) if nation in set(Nation) else Nation.ENGLAND

    @property
    def nation(self) -> Nation:
        return self._nation

    @property
    def current(self) -> Schedule:
        return schedule_of(self._nation)

    def choose(self, nation: Nation) -> None:
        """From now on contacts are due, and prompt sets offered, as this nation's programme says."""
        self._nation = nation


@cache
def schedule_of(nation: Nation) -> Schedule:
    """The newest schedule of a nation: its file ends with the year from which it counts."""
    newest = max(name for name in names(FOLDER, ".json") if name.startswith(f"{FOLDER}/{nation.value}-"))
    found: dict[str, object] = json.loads(read_text(newest))
    return schedule_from(found)
