"""The schema is made in steps, the guards stand after each, and every page of it is encrypted."""

from __future__ import annotations

from pathlib import Path

import pytest

from homevisit.errors import HomeVisitError
from homevisit.storage import triggers
from homevisit.storage.driver import connect, use_write_ahead_log
from homevisit.storage.migrations import APPLICATION_ID, SCHEMA_VERSION, migrate, migrations
from homevisit.storage.store import Store

KEY = bytes(range(32))


def test_a_new_database_has_every_step_and_every_guard(tmp_path: Path) -> None:
    database = connect(tmp_path / "new.db", KEY)
    migrate(database)
    assert migrations.pending(database) == []
    assert triggers.differing(database) == ()
    assert database.value_of("PRAGMA user_version") == SCHEMA_VERSION
    assert database.value_of("PRAGMA application_id") == APPLICATION_ID
    database.close()


def test_guards_that_a_transform_drops_are_missed_and_put_back(store: Store) -> None:
    store.database.table("search_text").transform(rename={"day": "date"})
    assert triggers.differing(store.database) == ("search_added", "search_removed")
    with pytest.raises(HomeVisitError, match=r"store\.guards_missing"):
        triggers.compare(store.database)
    triggers.put_in_place(store.database)
    assert triggers.differing(store.database) == ()


def test_the_connection_has_the_settings_that_were_measured(store: Store) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "cache_size": -32768}
    assert {name: store.database.value_of(f"PRAGMA {name}") for name in wanted} == wanted
    assert str(store.database.value_of("PRAGMA cipher_memory_security")) == "0"
    assert store.database.value_of("PRAGMA wal_autocheckpoint") == 4_000
    assert store.database.value_of("SELECT v FROM search_config WHERE k = 'automerge'") == 8


def test_another_key_reads_nothing(tmp_path: Path) -> None:
    database = connect(tmp_path / "new.db", KEY)
    use_write_ahead_log(database)
    migrate(database)
    database.close()
    with pytest.raises(HomeVisitError, match=r"store\.unreadable"):
        connect(tmp_path / "new.db", bytes(32))


def test_a_wrong_statement_of_ours_stays_a_bug(store: Store) -> None:
    with pytest.raises(Exception, match="no such table") as problem:
        store.database.change("SELECT * FROM nowhere")
    assert not isinstance(problem.value, HomeVisitError)


def test_a_store_of_the_first_schema_is_brought_up_and_keeps_its_rows(tmp_path: Path) -> None:
    database = connect(tmp_path / "old.db", KEY)
    first, *rest = migrations.pending(database)
    migrations.apply(database, stop_before=[rest[0].name])
    triggers.put_in_place(database)
    database.change("PRAGMA user_version = 1")
    database.change("INSERT INTO meta (name, value) VALUES ('vault', 'v')")
    migrate(database)
    assert first.name not in [each.name for each in migrations.pending(database)]
    assert database.value_of("SELECT value FROM meta WHERE name = 'vault'") == "v"
    assert database.value_of("SELECT count(*) FROM prompt_pack") == 0
    assert (triggers.differing(database), database.value_of("PRAGMA user_version")) == ((), SCHEMA_VERSION)
    database.close()
