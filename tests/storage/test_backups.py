"""A backup is verified before it has a name; what is brought back goes on in a new epoch."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from homevisit.clock import ManualClock
from homevisit.errors import HomeVisitError
from homevisit.paths import Home
from homevisit.storage.backup import KEPT, list_backups, make_backup, make_backup_when_due, restore
from homevisit.storage.health import check
from homevisit.storage.homes import CreatedStore, HomeState, Passphrase, RecoveryCode, state_of
from homevisit.storage.store import Store
from tests.storage.making import WORDS, dump, family, reopened, visit


@pytest.fixture
def empty(tmp_path: Path) -> Home:
    return Home(tmp_path / "new")


def test_a_backup_holds_everything_and_names_itself(home: Home, store: Store) -> None:
    store.ledger.append([family(), visit()])
    made = make_backup(store)
    (backup,) = list_backups(home)
    assert (backup.path, backup.entries) == (made, 2)
    assert {path.name for path in made.iterdir()} == {
        "homevisit.db",
        "keys.json",
        "keys.copy.json",
        "head.json",
        "backup.json",
    }


@pytest.mark.parametrize("by_code", [False, True])
def test_a_backup_comes_back_with_either_secret_in_a_new_epoch(
    created: CreatedStore, empty: Home, clock: ManualClock, by_code: bool
) -> None:
    store = created.store
    store.ledger.append([family(), visit()])
    store.drafts.save("visit/v2", "note/facts", "unsigned")
    before = dump(store.database)
    backup = make_backup(store)
    secret = RecoveryCode(created.recovery_code) if by_code else Passphrase(WORDS)
    epoch = restore(backup, empty, secret, clock=clock)
    opened = reopened(empty)
    assert opened.identity.epoch == epoch != store.identity.epoch
    assert (opened.start_report.ok, check(opened)) == (True, ())
    assert dump(opened.database) == before
    assert opened.drafts.exists("visit/v2")
    opened.close()


def test_what_was_signed_after_the_backup_never_forks_with_what_is_signed_after_the_restore(
    store: Store, empty: Home, clock: ManualClock
) -> None:
    backup = make_backup(store)
    lost = store.ledger.append([family("f2")])
    restore(backup, empty, Passphrase(WORDS), clock=clock)
    opened = reopened(empty)
    opened.ledger.append([family("f3")])
    opened.ledger.admit(lost)
    assert opened.ledger.forks() == ()
    assert len(opened.views.families()) == 2
    opened.close()


def test_a_home_with_a_store_is_never_restored_over(store: Store, home: Home, clock: ManualClock) -> None:
    backup = make_backup(store)
    with pytest.raises(HomeVisitError, match=r"store\.exists"):
        restore(backup, home, Passphrase(WORDS), clock=clock)


def test_a_wrong_passphrase_leaves_the_home_empty_and_the_backup_whole(
    store: Store, empty: Home, clock: ManualClock
) -> None:
    backup = make_backup(store)
    before = {path.name: path.read_bytes() for path in backup.iterdir()}
    with pytest.raises(HomeVisitError, match=r"store\.wrong_passphrase"):
        restore(backup, empty, Passphrase("wrong"), clock=clock)
    assert state_of(empty) is HomeState.EMPTY
    assert {path.name: path.read_bytes() for path in backup.iterdir()} == before


def test_a_damaged_backup_is_refused_and_leaves_the_home_empty(store: Store, empty: Home, clock: ManualClock) -> None:
    store.ledger.append([family(), visit(facts="long " * 5000)])
    backup = make_backup(store)
    content = bytearray((backup / "homevisit.db").read_bytes())
    content[len(content) // 2] ^= 1
    (backup / "homevisit.db").write_bytes(content)
    with pytest.raises(HomeVisitError) as refusal:
        restore(backup, empty, Passphrase(WORDS), clock=clock)
    assert refusal.value.code in {"backup.unreadable", "store.unreadable"}
    assert state_of(empty) is HomeState.EMPTY
    assert list(empty.root.glob("restoring-*")) == []


def test_a_folder_that_is_no_backup_is_refused(tmp_path: Path, empty: Home, clock: ManualClock) -> None:
    with pytest.raises(HomeVisitError, match=r"backup\.unreadable"):
        restore(tmp_path, empty, Passphrase(WORDS), clock=clock)


def test_the_daily_backup_is_made_when_due_and_old_ones_go(home: Home, store: Store, clock: ManualClock) -> None:
    assert make_backup_when_due(store) is not None
    assert make_backup_when_due(store) is None
    for _ in range(KEPT + 1):
        clock.advance(timedelta(days=1))
        assert make_backup_when_due(store) is not None
    kept = list_backups(home)
    assert len(kept) == KEPT
    assert kept[0].made_at > kept[-1].made_at


def test_an_unfinished_backup_is_not_listed(home: Home, store: Store) -> None:
    made = make_backup(store)
    (made / "backup.json").unlink()
    assert list_backups(home) == ()


def test_a_backup_from_a_clock_that_ran_ahead_stops_no_later_one(store: Store, clock: ManualClock) -> None:
    clock.advance(timedelta(days=3650))
    ahead = [make_backup(store) for _ in range(KEPT)]
    clock.advance(timedelta(days=-3650))
    made = make_backup_when_due(store)
    assert made is not None
    assert made.exists()
    assert make_backup_when_due(store) is None
    assert sum(path.exists() for path in ahead) == KEPT - 1
