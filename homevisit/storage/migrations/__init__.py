"""Schema versions. A store of a later version is named and left alone; one of an earlier version is brought up."""

from __future__ import annotations

from homevisit.errors import HomeVisitError
from homevisit.storage import triggers
from homevisit.storage.driver import Database, KeyedDatabase, Migrations
from homevisit.storage.migrations import (
    m0001_first,
    m0002_prompt_packs,
    m0003_today_indexes,
    m0004_agenda_indexes,
    m0005_places,
    m0006_outbox,
    m0007_team,
    m0008_sharing,
    m0009_filings,
    m0010_late_reviews,
    m0011_void_numbers,
    m0012_catching_up,
)

APPLICATION_ID = 0x48564954  # "HVIT": what the file is, readable once it is open
SCHEMA_VERSION = 12

migrations = Migrations("homevisit")


@migrations()
def m0001_first_schema(database: Database) -> None:
    _run(database, m0001_first.STATEMENTS)


@migrations()
def m0002_prompt_packs_table(database: Database) -> None:
    _run(database, m0002_prompt_packs.STATEMENTS)


@migrations()
def m0003_indexes_of_today(database: Database) -> None:
    _run(database, m0003_today_indexes.STATEMENTS)


@migrations()
def m0004_indexes_of_the_agenda(database: Database) -> None:
    _run(database, m0004_agenda_indexes.STATEMENTS)


@migrations()
def m0005_places_table(database: Database) -> None:
    _run(database, m0005_places.STATEMENTS)


@migrations()
def m0006_sending_by_itself(database: Database) -> None:
    _run(database, m0006_outbox.STATEMENTS)


@migrations()
def m0007_team_tables(database: Database) -> None:
    _run(database, m0007_team.STATEMENTS)


@migrations()
def m0008_shared_families(database: Database) -> None:
    _run(database, m0008_sharing.STATEMENTS)


@migrations()
def m0009_filings_elsewhere(database: Database) -> None:
    _run(database, m0009_filings.STATEMENTS)


@migrations()
def m0010_indexes_of_late_reviews(database: Database) -> None:
    _run(database, m0010_late_reviews.STATEMENTS)


@migrations()
def m0011_numbers_that_are_void(database: Database) -> None:
    _run(database, m0011_void_numbers.STATEMENTS)


@migrations()
def m0012_joining_of_the_index(database: Database) -> None:
    _run(database, m0012_catching_up.STATEMENTS)


def _run(database: Database, statements: str) -> None:
    # One by one: executescript would commit the migration's transaction first.
    for statement in statements.split(";\n"):
        if statement.strip():
            database.execute(statement)


def check_version(database: KeyedDatabase) -> int:
    """The schema version of an open store; ``store.foreign`` or ``store.newer`` for what is not ours to touch."""
    if database.value_of("PRAGMA application_id") != APPLICATION_ID:
        raise HomeVisitError("store.foreign")
    version = int(database.value_of("PRAGMA user_version"))
    if version > SCHEMA_VERSION:
        raise HomeVisitError("store.newer", version=version)
    return version


def migrate(database: KeyedDatabase) -> None:
    """Apply what is pending, each step in its own transaction, and compare the triggers after each."""
    for pending in migrations.pending(database):
        following = [later.name for later in migrations.pending(database) if later.name > pending.name]
        migrations.apply(database, stop_before=following[:1])
        triggers.put_in_place(database)
    for name, value in (("application_id", APPLICATION_ID), ("user_version", SCHEMA_VERSION)):
        if database.value_of(f"PRAGMA {name}") != value:  # opening a store writes nothing into it
            database.change(f"PRAGMA {name} = {value}")
