"""What a folder holds is named; nothing in it is ever overwritten or made anew."""

from __future__ import annotations

import json
import sqlite3
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from homevisit.clock import ManualClock
from homevisit.errors import HomeVisitError
from homevisit.paths import Home
from homevisit.storage.access import AccessAct
from homevisit.storage.attempts import delay_after
from homevisit.storage.homes import (
    CreatedStore,
    HomeState,
    Passphrase,
    RecoveryCode,
    open_store,
    set_aside,
    state_of,
)
from homevisit.storage.store import Store
from tests.storage.making import START, WORDS, family, made, reopened


def refusal_of(home: Home, secret: str, clock: ManualClock) -> HomeVisitError:
    with pytest.raises(HomeVisitError) as refusal:
        open_store(home, Passphrase(secret), clock=clock)
    return refusal.value


def test_a_folder_without_a_store_is_empty_and_says_so(home: Home, clock: ManualClock) -> None:
    assert state_of(home) is HomeState.EMPTY
    assert refusal_of(home, WORDS, clock).code == "store.missing"


def test_a_second_store_is_never_made_over_a_first(home: Home, store: Store, clock: ManualClock) -> None:
    store.close()
    before = home.database.read_bytes()
    with pytest.raises(HomeVisitError, match=r"store\.exists"):
        made(home, clock)
    assert home.database.read_bytes() == before


def test_files_are_for_their_owner_only(home: Home, store: Store) -> None:
    store.ledger.append([family()])
    for path in home.root.rglob("*"):
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path.name


def test_one_home_opens_once_at_a_time(home: Home, store: Store, clock: ManualClock) -> None:
    assert refusal_of(home, WORDS, clock).code == "store.in_use"
    store.close()
    reopened(home).close()


def test_a_store_without_its_key_files_is_unreadable_and_can_be_set_aside(home: Home, store: Store) -> None:
    store.close()
    home.keys.unlink()
    home.keys_copy.unlink()
    assert state_of(home) is HomeState.UNREADABLE
    aside = set_aside(home, "store.unreadable")
    assert (aside / "homevisit.db").exists()
    assert "store.unreadable" in (aside / "WHY.txt").read_text()
    assert state_of(home) is HomeState.EMPTY


def test_a_store_of_a_later_program_is_newer_by_its_key_file(home: Home, store: Store, clock: ManualClock) -> None:
    store.close()
    for path in (home.keys, home.keys_copy):
        path.write_text(json.dumps({**json.loads(path.read_bytes()), "version": 2}))
    assert state_of(home) is HomeState.NEWER
    assert refusal_of(home, WORDS, clock).code == "store.newer"


def test_a_later_schema_is_found_after_opening_and_left_alone(home: Home, store: Store, clock: ManualClock) -> None:
    store.database.change("PRAGMA user_version = 99")
    store.close()
    before = home.database.read_bytes()
    assert refusal_of(home, WORDS, clock).code == "store.newer"
    assert home.database.read_bytes() == before


def test_an_encrypted_file_of_another_program_is_foreign(home: Home, store: Store, clock: ManualClock) -> None:
    store.database.change("PRAGMA application_id = 7")
    store.close()
    assert refusal_of(home, WORDS, clock).code == "store.foreign"


def test_a_plain_database_in_the_place_of_the_store_is_foreign(home: Home, clock: ManualClock) -> None:
    home.store.mkdir(parents=True)
    with sqlite3.connect(home.database) as plain:
        plain.execute("CREATE TABLE t (x)")
    plain.close()
    assert state_of(home) is HomeState.FOREIGN
    assert refusal_of(home, WORDS, clock).code == "store.foreign"


@pytest.mark.parametrize("content", [b"", b"nonsense" * 1000])
def test_a_database_that_cannot_be_read_is_named_and_kept(
    home: Home, store: Store, clock: ManualClock, content: bytes
) -> None:
    store.close()
    home.database.write_bytes(content)
    assert refusal_of(home, WORDS, clock).code in {"store.unreadable", "store.foreign"}
    assert home.database.read_bytes() == content


def test_wrong_passphrases_wait_longer_and_longer() -> None:
    assert [delay_after(failures) for failures in range(7)] == [0, 0, 0, 1, 2, 4, 8]
    assert delay_after(10_000) == 300


def test_the_wait_survives_a_restart_and_ends(home: Home, store: Store, clock: ManualClock) -> None:
    store.close()
    codes = [refusal_of(home, "wrong", clock).code for _ in range(4)]
    assert codes == ["store.wrong_passphrase"] * 3 + ["store.wait"]
    assert refusal_of(home, WORDS, clock).values == {"seconds": 1}
    clock.advance(timedelta(seconds=1))
    open_store(home, Passphrase(WORDS), clock=clock).close()
    assert not home.attempts.exists()


def test_a_clock_set_back_does_not_lock_the_person_out(home: Home, store: Store, clock: ManualClock) -> None:
    store.close()
    for _ in range(3):
        refusal_of(home, "wrong", clock)
    clock.set(START - timedelta(days=4000))
    assert refusal_of(home, WORDS, clock).code == "store.wait"
    clock.advance(timedelta(seconds=1))
    open_store(home, Passphrase(WORDS), clock=clock).close()


@pytest.mark.parametrize("damage", ["", "[]", '{"failures": "x"}', '{"failures": 1, "last": "soon"}'])
def test_a_damaged_count_of_attempts_neither_crashes_nor_locks_out(home: Home, store: Store, damage: str) -> None:
    store.close()
    home.attempts.write_text(damage)
    reopened(home).close()


def test_a_mistyped_recovery_code_is_no_attempt(home: Home, store: Store, clock: ManualClock) -> None:
    store.close()
    with pytest.raises(HomeVisitError, match="mistyped"):
        open_store(home, RecoveryCode("ABCD"), clock=clock)
    assert not home.attempts.exists()


def test_wrong_tries_are_in_the_access_log_after_the_next_unlock(home: Home, store: Store, clock: ManualClock) -> None:
    store.close()
    refusal_of(home, "wrong", clock)
    opened = reopened(home, clock)
    assert [line.act for line in opened.access.recent(2)] == [AccessAct.UNLOCKED, AccessAct.FAILED_UNLOCK]
    opened.close()


def test_a_wrong_passphrase_says_nothing_on_stderr(home: Home, store: Store) -> None:
    store.close()
    program = (
        "import sys\nfrom pathlib import Path\nfrom homevisit.clock import SystemClock\n"
        "from homevisit.errors import HomeVisitError\nfrom homevisit.paths import Home\n"
        "from homevisit.storage.driver import connect\nfrom homevisit.storage.homes import Passphrase, open_store\n"
        "home = Home(Path(sys.argv[1]))\n"
        "for attempt in (lambda: open_store(home, Passphrase('no'), clock=SystemClock()),"
        " lambda: connect(home.database, bytes(32))):\n"
        "    try:\n        attempt()\n    except HomeVisitError as refusal:\n        print(refusal.code)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(home.root)], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout.split() == ["store.wrong_passphrase", "store.unreadable"]


def test_making_a_store_where_nothing_can_be_written_is_refused_with_a_code(tmp_path: Path, clock: ManualClock) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file, not a folder")
    with pytest.raises(HomeVisitError) as refusal:
        made(Home(blocked / "home"), clock)
    assert refusal.value.code in {"store.io", "store.read_only"}


def test_the_identity_never_shows_its_keys(created: CreatedStore) -> None:
    identity = created.store.identity
    shown = repr(identity) + repr(created)
    assert identity.sign_key.hex() not in shown
    assert "AGE-SECRET" not in shown
    assert created.recovery_code not in shown
