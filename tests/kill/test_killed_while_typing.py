"""A killed program loses at most one second of typing, and its store opens again without a false alarm."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from homevisit.assembly import Services
from homevisit.clock import SystemClock
from homevisit.domain.visit import Section
from homevisit.paths import Home
from homevisit.services import homes
from tests.desks import PASSPHRASE, add_family, open_desks, whole_draft
from tests.kill.victim import Killed, type_and_kill

SERIES, KILLS_EACH = 4, 4
MANY = 1_000
LONGEST_LOSS = 1.0
TYPES_FOR = (0.05, 2.0)


class Desk:
    """One home that is killed again and again with the same draft open."""

    def __init__(self, folder: Path, seed: int) -> None:
        desks = open_desks(folder)
        self.home = Home(folder / "practitioner")
        self.visit = whole_draft(desks.practitioner, add_family(desks.practitioner), words="")
        desks.practitioner.drafting.settle(self.visit)
        desks.close()
        self._random = random.Random(seed)
        self._before = ""

    def kill_once(self) -> Killed:
        after = self._random.uniform(*TYPES_FOR)
        return type_and_kill(self.home.root, self.visit, seed=self._random.randrange(1_000_000), after=after)

    def judge(self, killed: Killed) -> float:
        """Open the store as the next start would; gives the seconds of typing that are gone."""
        services = homes.unlock(self.home, PASSPHRASE, clock=SystemClock())
        try:
            return self._judge(services, killed)
        finally:
            services.close()

    def _judge(self, services: Services, killed: Killed) -> float:
        text = services.drafting.open(self.visit).body.note.get(Section.FACTS, "")
        kept = text.removeprefix(self._before)
        assert text.startswith(self._before)
        assert killed.typed.text().startswith(kept)
        assert kept.startswith(killed.typed.text(until=killed.at - LONGEST_LOSS))
        assert services.store.start_report.findings == ()
        assert services.upkeep.check() == ()
        assert [draft.visit for draft in services.drafting.recovered()] == ([self.visit] if kept else [])
        assert killed.complaints == ""
        services.drafting.settle(self.visit)
        self._before = text
        return killed.lost(kept)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("series", range(SERIES))
def test_a_kill_while_typing_costs_less_than_a_second(
    series: int, tmp_path: Path, tell: Callable[[Killed, float], None]
) -> None:
    desk = Desk(tmp_path, series)
    for _ in range(KILLS_EACH):
        killed = desk.kill_once()
        tell(killed, desk.judge(killed))


@pytest.mark.slow
@pytest.mark.timeout(3 * 60 * 60)
def test_a_thousand_kills_cost_less_than_a_second_each(tmp_path: Path, tell: Callable[[Killed, float], None]) -> None:
    desk = Desk(tmp_path, random.randrange(1_000_000))
    for _ in range(MANY):
        killed = desk.kill_once()
        tell(killed, desk.judge(killed))
