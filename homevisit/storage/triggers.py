"""The triggers that must stand: append-only guards, fork detection, search in step. Compared after every migration.

sqlite-utils' ``transform`` drops a table's triggers without a word, so the list here is the truth and is put back.
"""

from __future__ import annotations

import re

from homevisit.errors import HomeVisitError
from homevisit.storage.driver import KeyedDatabase

TRIGGERS = {
    f"{table}_no_{verb.lower()}": (
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )
    for table in ("entry", "access_log")
    for verb in ("UPDATE", "DELETE")
}
TRIGGERS["entry_fork"] = (
    "CREATE TRIGGER entry_fork AFTER INSERT ON entry WHEN EXISTS (SELECT 1 FROM entry AS other "
    "WHERE other.device = NEW.device AND other.epoch = NEW.epoch AND other.seq = NEW.seq AND other.id <> NEW.id) "
    "BEGIN INSERT OR IGNORE INTO fork (device, epoch, seq, id) SELECT device, epoch, seq, id FROM entry "
    "WHERE device = NEW.device AND epoch = NEW.epoch AND seq = NEW.seq; END"
)
TRIGGERS["search_added"] = (
    "CREATE TRIGGER search_added AFTER INSERT ON search_text "
    "BEGIN INSERT INTO search (rowid, name, text) VALUES (NEW.id, NEW.name, NEW.text); END"
)
TRIGGERS["search_removed"] = (
    "CREATE TRIGGER search_removed AFTER DELETE ON search_text "
    "BEGIN INSERT INTO search (search, rowid, name, text) VALUES ('delete', OLD.id, OLD.name, OLD.text); END"
)


def put_in_place(database: KeyedDatabase) -> None:
    """Make every trigger that is missing or different as it should be, then compare."""
    standing = _standing(database)
    for name in standing.keys() - TRIGGERS.keys():
        database.change(f'DROP TRIGGER "{name}"')
    for name, statement in TRIGGERS.items():
        if standing.get(name) != _plain(statement):
            database.change(f"DROP TRIGGER IF EXISTS {name}")
            database.change(statement)
    compare(database)


def differing(database: KeyedDatabase) -> tuple[str, ...]:
    """Names of triggers that are missing, changed or not ours."""
    standing = _standing(database)
    expected = {name: _plain(statement) for name, statement in TRIGGERS.items()}
    names = standing.keys() | expected.keys()
    return tuple(sorted(name for name in names if standing.get(name) != expected.get(name)))


def compare(database: KeyedDatabase) -> None:
    """``store.guards_missing`` unless exactly the expected triggers stand."""
    if different := differing(database):
        raise HomeVisitError("store.guards_missing", triggers=len(different))


def _standing(database: KeyedDatabase) -> dict[str, str]:
    rows = database.rows_of("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {name: _plain(sql) for name, sql in rows}


def _plain(statement: str) -> str:
    return re.sub(r"\s+", " ", statement).strip()
