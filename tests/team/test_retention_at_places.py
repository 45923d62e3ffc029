"""How long a package may lie at a place is the team's to say; what was not fetched by then is packed anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from homevisit.domain.summaries import PackageState
from homevisit.domain.team import Policy
from tests.desks import Desks
from tests.sync.exchanging import agree_with_all, signed
from tests.team.conftest import Organisation, take


def test_what_nobody_fetched_in_time_is_packed_anew(desks: Desks, organisation: Organisation, tmp_path: Path) -> None:
    mine, theirs = desks.practitioner, desks.supervisor
    organisation.change(replace(organisation.team, policy=Policy(retention=7)))
    take(mine, organisation.sign())
    for desk in (mine, theirs):
        desk.places.add("folder", "", {"path": str(tmp_path)}, {})
    agree_with_all(mine)
    signed(mine)
    mine.syncing.run()
    before = set(tmp_path.glob("*.age"))
    mine.syncing.run()
    assert set(tmp_path.glob("*.age")) == before
    mine.store.database.change("UPDATE outbox_place SET at = '2026-01-01T00:00:00.000Z'")
    mine.syncing.run()
    mine.syncing.run()
    after = set(tmp_path.glob("*.age"))
    assert len(after) == len(before)
    assert not after & before
    states = {row.name: (row.state, row.code) for row in mine.sending.outbox() if row.kind == "export"}
    assert set(states.values()) == {(PackageState.REFUSED, "sync.expired"), (PackageState.CONFIRMED, "")}
    assert theirs.syncing.run().received == len(after)
