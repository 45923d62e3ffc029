"""What page encryption does not notice is noticed by the chain and its head; a normal power cut is no alarm."""

from __future__ import annotations

import shutil
import signal
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from homevisit.errors import HomeVisitError
from homevisit.paths import Home
from homevisit.storage.health import check
from homevisit.storage.homes import CreatedStore
from homevisit.storage.store import Store
from tests.storage.making import WORDS, change, dump, family, person, reopened, visit

PAGE = 4096


def codes(store: Store) -> list[str]:
    return [finding.code for finding in store.start_report.findings]


def wal(home: Home) -> Path:
    return home.database.with_name(home.database.name + "-wal")


def put_back(home: Home, older: bytes) -> None:
    for path in home.store.glob("homevisit.db-*"):
        path.unlink()
    home.database.write_bytes(older)


def test_a_whole_older_file_is_noticed_at_start_and_goes_on_in_a_new_epoch(home: Home, store: Store) -> None:
    store.ledger.append([family()])
    epoch = store.identity.epoch
    store.close()
    older = home.database.read_bytes()
    later = reopened(home)
    lost = later.ledger.append([visit()])[0]
    later.close()
    put_back(home, older)
    opened = reopened(home)
    assert codes(opened) == ["store.rolled_back"]
    assert opened.identity.epoch != epoch
    assert [finding.subject for finding in check(opened)] == [lost.id]
    opened.close()


def test_a_rollback_is_remembered_until_the_lost_entries_return(home: Home, store: Store) -> None:
    store.close()
    older = home.database.read_bytes()
    later = reopened(home)
    lost = later.ledger.append([family(), visit()])
    later.close()
    put_back(home, older)
    reopened(home).close()
    opened = reopened(home)
    assert codes(opened) == []
    assert [finding.code for finding in check(opened)] == ["store.rolled_back"]
    opened.ledger.admit(lost)
    assert check(opened) == ()
    opened.close()


def test_a_deleted_write_ahead_log_is_noticed_at_start(home: Home, store: Store) -> None:
    store.database.rows_of("PRAGMA wal_checkpoint(TRUNCATE)")
    store.ledger.append([family()])
    without_log = home.database.read_bytes()
    store.close()
    put_back(home, without_log)
    opened = reopened(home)
    assert codes(opened) == ["store.rolled_back"]
    opened.close()


def test_a_flipped_bit_in_the_write_ahead_log_is_noticed_at_start(home: Home, store: Store) -> None:
    store.database.rows_of("PRAGMA wal_checkpoint(TRUNCATE)")
    store.ledger.append([family()])
    main, log = home.database.read_bytes(), bytearray(wal(home).read_bytes())
    store.close()
    put_back(home, main)
    log[32 + 24 + 100] ^= 1
    wal(home).write_bytes(log)
    opened = reopened(home)
    assert codes(opened) == ["store.rolled_back"]
    opened.close()


def test_an_older_page_spliced_in_is_refused_or_found_by_the_check(home: Home, store: Store) -> None:
    store.ledger.append([family(), person("p1"), visit(facts="v2 SAFEGUARDING CONCERN")])
    store.close()
    older = home.database.read_bytes()
    later = reopened(home)
    later.ledger.append([change(name="Elm"), visit("v2"), person("p2")])
    truth = dump(later.database)
    later.close()
    newer = home.database.read_bytes()
    head = home.head.read_bytes()
    for start in range(0, len(older), PAGE):
        if older[start : start + PAGE] != newer[start : start + PAGE]:
            put_back(home, newer[:start] + older[start : start + PAGE] + newer[start + PAGE :])
            home.head.write_bytes(head)
            assert noticed(home, truth), f"page {start // PAGE}"


def noticed(home: Home, truth: dict[str, list[str]]) -> bool:
    """Refused, announced at start, found by the check, or without any effect on what is shown."""
    try:
        opened = reopened(home)
    except HomeVisitError:
        return True
    try:
        return bool(codes(opened)) or bool(check(opened)) or dump(opened.database) == truth
    finally:
        opened.close()


def test_a_missing_or_changed_head_file_is_announced(home: Home, store: Store) -> None:
    store.ledger.append([family()])
    store.close()
    home.head.unlink()
    opened = reopened(home)
    assert codes(opened) == ["store.head_missing"]
    opened.close()
    home.head.write_bytes(home.head.read_bytes().replace(b'"seq": 1', b'"seq": 2'))
    opened = reopened(home)
    assert codes(opened) == ["store.head_damaged"]
    opened.close()
    opened = reopened(home)
    assert codes(opened) == []
    opened.close()


def test_a_head_that_is_behind_the_ledger_is_sound(home: Home, store: Store) -> None:
    store.ledger.append([family()])
    behind = home.head.read_bytes()
    store.ledger.append([visit()])
    store.close()
    home.head.write_bytes(behind)
    opened = reopened(home)
    assert (codes(opened), check(opened)) == ([], ())
    opened.close()


def test_missing_guards_are_announced_and_put_back(home: Home, store: Store) -> None:
    store.database.change("DROP TRIGGER entry_no_delete")
    assert [finding.code for finding in check(store)] == ["store.guards_missing"]
    store.close()
    opened = reopened(home)
    assert (codes(opened), check(opened)) == (["store.guards_missing"], ())
    opened.close()


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE family SET name = 'Elm'", "store.models_differ"),
        ("DELETE FROM person", "store.models_differ"),
        ("INSERT INTO search (search) VALUES ('delete-all')", "store.search_differs"),
    ],
)
def test_a_changed_read_model_is_found_and_a_rebuild_repairs_it(store: Store, statement: str, code: str) -> None:
    store.ledger.append([family(), person("p1"), visit()])
    store.database.change(statement)
    assert [finding.code for finding in check(store)] == [code]
    store.rebuild()
    assert check(store) == ()


@pytest.mark.parametrize(
    ("change_made", "code"),
    [
        ("envelope = replace(envelope, 'Larch', 'Elm'), salt = zeroblob(32)", "entry.damaged"),
        ("sealed = zeroblob(40)", "entry.body_lost"),
        ("signature = zeroblob(64)", "entry.bad_signature"),
    ],
)
def test_a_changed_entry_is_found(store: Store, change_made: str, code: str) -> None:
    store.ledger.append([family()])
    store.database.change("DROP TRIGGER entry_no_update")
    store.database.change(f"UPDATE entry SET {change_made}")  # noqa: S608
    store.database.change(
        "CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entry is append-only'); END"
    )
    assert code in {finding.code for finding in check(store)}


def test_an_entry_taken_out_of_the_middle_is_found(store: Store) -> None:
    entries = store.ledger.append([family(), visit(), visit("v2")])
    store.database.change("DROP TRIGGER entry_no_delete")
    store.database.change("DELETE FROM entry WHERE id = ?", (entries[1].id,))
    store.database.change(
        "CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entry is append-only'); END"
    )
    assert "store.chain_gap" in {finding.code for finding in check(store)}


def test_a_checkpoint_torn_by_a_power_cut_is_no_alarm(created: CreatedStore, tmp_path: Path) -> None:
    store, home, cut = created.store, created.store.home, Home(tmp_path / "cut")
    store.database.rows_of("PRAGMA wal_checkpoint(TRUNCATE)")
    store.ledger.append([family(), person("p1"), visit()])
    shutil.copytree(home.store, cut.store)
    torn = bytearray(cut.database.read_bytes())
    for page, content in frames(wal(cut).read_bytes()):
        start = (page - 1) * PAGE
        torn[start:] = torn[start:].ljust(PAGE, b"\0")
        torn[start : start + PAGE // 2] = content[: PAGE // 2]
    cut.database.write_bytes(torn)
    opened = reopened(cut)
    assert (codes(opened), check(opened)) == ([], ())
    assert dump(opened.database) == dump(store.database)
    opened.close()


def frames(log: bytes) -> list[tuple[int, bytes]]:
    """The pages in a write-ahead log: a header of 32 bytes, then 24 bytes and a page for each frame."""
    found = []
    for start in range(32, len(log) - PAGE, PAGE + 24):
        (page,) = struct.unpack(">I", log[start : start + 4])
        found.append((page, log[start + 24 : start + 24 + PAGE]))
    return found


WRITER = """
import sys
from pathlib import Path
from homevisit.clock import SystemClock
from homevisit.paths import Home
from tests.storage.making import reopened, visit
store = reopened(Home(Path(sys.argv[1])), SystemClock())
for number in range(10_000):
    store.drafts.save("visit/d", "note/facts", str(number))
    print(number, store.ledger.append([visit(f"{sys.argv[2]}-{number}")])[0].id, flush=True)
"""


def test_a_killed_program_loses_nothing_it_acknowledged(home: Home, store: Store) -> None:
    store.close()
    for turn in range(4):
        command = [sys.executable, "-c", WRITER, str(home.root), str(turn)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
            assert program.stdout is not None
            said = [program.stdout.readline().split() for _ in range(3 + 2 * turn)]
            program.send_signal(signal.SIGKILL)
            said += [line.split() for line in program.stdout if line.endswith("\n")]
        opened = reopened(home)
        assert all(opened.ledger.entry(entry) for _, entry in said)
        draft = opened.drafts.load("visit/d")
        assert draft is not None
        assert int(str(draft.parts["note/facts"])) >= int(said[-1][0])
        assert (codes(opened), check(opened)) == ([], ())
        opened.close()


def test_a_full_disk_is_a_code_and_loses_nothing(store: Store) -> None:
    store.ledger.append([family()])
    pages = store.database.value_of("PRAGMA page_count")
    store.database.rows_of(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(HomeVisitError) as refusal:
        store.ledger.append([visit(facts="long " * 50_000)])
    assert refusal.value.code == "store.disk_full"
    store.database.rows_of("PRAGMA max_page_count = 1000000")
    assert store.ledger.append([visit()])[0].envelope.seq == 2
    assert check(store) == ()


def test_nothing_that_was_written_is_readable_in_any_file(home: Home, store: Store) -> None:
    store.ledger.append([family(name="Marker-7Q"), visit(facts="Marker-7Q " * 500)])
    store.drafts.save("visit/v9", "note/facts", "Marker-7Q")
    store.cards.all()
    for path in home.root.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"Marker-7Q" not in content
            assert WORDS.encode() not in content
            assert store.data_key not in content
            assert store.data_key.hex().encode() not in content
