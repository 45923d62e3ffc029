"""The one place that names the database driver: SQLCipher under sqlite-utils, keyed, with its errors translated.

sqlite-utils catches the exceptions of the module it finds as ``pysqlite3``; without the alias below it would catch
those of the standard library's driver, which SQLCipher never raises. So this module is imported before any other
of the package names sqlite-utils.
"""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3
import sqlcipher3.dbapi2 as driver
from typing_extensions import override

from homevisit.errors import HomeVisitError

sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", driver)

from sqlite_utils import Database, Migrations  # noqa: E402 - the alias above has to come first

__all__ = [
    "Database",
    "KeyedDatabase",
    "Migrations",
    "Row",
    "connect",
    "driver",
    "kept_json",
    "translated",
    "use_write_ahead_log",
]

Row = tuple[Any, ...]
KEY_BYTES = 32
CACHE_KIB = 32_768
BUSY_MILLISECONDS = 5_000
LOG_PAGES = 4_000
"""From so many on (16 MB), the write-ahead log is moved into the file by the write that made it so long."""
MOST_PLACES = 500

SQLITE_CODES = {
    "SQLITE_FULL": "store.disk_full",
    "SQLITE_READONLY": "store.read_only",
    "SQLITE_CANTOPEN": "store.read_only",
    "SQLITE_PERM": "store.read_only",
    "SQLITE_BUSY": "store.in_use",
    "SQLITE_LOCKED": "store.in_use",
    "SQLITE_IOERR": "store.io",
    "SQLITE_NOTADB": "store.unreadable",
    "SQLITE_CORRUPT": "store.unreadable",
}
SYSTEM_CODES = {
    errno.ENOSPC: "store.disk_full",
    errno.EDQUOT: "store.disk_full",
    errno.EROFS: "store.read_only",
    errno.EACCES: "store.read_only",
    errno.EPERM: "store.read_only",
}


@contextmanager
def translated() -> Generator[None]:
    """Turn what the disk and the driver say into a HomeVisitError; a wrong statement of ours stays a bug."""
    try:
        yield
    except driver.Error as problem:
        name = "_".join(str(getattr(problem, "sqlite_errorname", "")).split("_")[:2])
        code = SQLITE_CODES.get(name)
        if code is None:
            raise
        raise HomeVisitError(code) from None
    except OSError as problem:
        raise HomeVisitError(SYSTEM_CODES.get(problem.errno or 0, "store.io")) from None


def kept_json(text: str) -> Any:
    """What was kept as JSON; ``store.unreadable`` where a damaged page lies under a long text.

    SQLCipher gives zeros for such a page of overflow, and says nothing until the next statement.
    """
    try:
        return json.loads(text)
    except ValueError:
        raise HomeVisitError("store.unreadable") from None


class KeyedDatabase(Database):
    """A sqlite-utils database whose statements raise HomeVisitError for what the world does."""

    _stands: tuple[Path, tuple[int, int]] | None = None

    def remember_place(self, path: Path) -> None:
        """From now on nothing is written unless this very file still stands at ``path``."""
        self._stands = (path, _file_at(path))

    def refuse_if_gone(self) -> None:
        """``store.gone`` once the file was moved or removed: the system would take every write and keep none."""
        if self._stands is not None:
            path, known = self._stands
            if _file_at(path) != known:
                raise HomeVisitError("store.gone")

    @override
    def execute(self, *args: Any, **kwargs: Any) -> Any:
        with translated():
            return super().execute(*args, **kwargs)

    @contextmanager
    @override
    def atomic(self) -> Generator[KeyedDatabase]:
        self.refuse_if_gone()
        with translated(), super().atomic():
            yield self

    def change(self, sql: str, values: Sequence[object] = ()) -> None:
        """Run a statement that gives nothing back."""
        self.refuse_if_gone()
        with translated():
            self.conn.execute(sql, values)

    def change_all(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement once for each of these rows, which are made as they are needed."""
        self.refuse_if_gone()
        with translated():
            self.conn.executemany(sql, rows)

    def change_among(self, sql: str, among: Sequence[str | int]) -> None:
        """Run a statement that ends with ``IN`` for all these values, a few hundred at a time."""
        for start in range(0, len(among), MOST_PLACES):
            part = among[start : start + MOST_PLACES]
            self.change(f"{sql} ({', '.join('?' * len(part))})", part)

    def rows_among(self, sql: str, among: Sequence[str]) -> Iterator[Row]:
        """Every row of a query that ends with ``IN``, asked for a few hundred values at a time."""
        for start in range(0, len(among), MOST_PLACES):
            part = among[start : start + MOST_PLACES]
            yield from self.rows_of(f"{sql} ({', '.join('?' * len(part))})", part)

    @property
    def writes(self) -> int:
        """How many rows this connection has changed so far: the same number means that nothing was written."""
        return int(self.conn.total_changes)

    def rows_of(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Every row of a query."""
        with translated():
            return self.conn.execute(sql, values).fetchall()

    def rows_at_once(self, columns: str, source: str, values: Mapping[str, object]) -> list[list[Any]]:
        """Every row of a query, as one JSON text: for a thousand rows a third of the time of :meth:`rows_of`.

        ``source`` is what follows FROM; the rows come in no particular order.
        """
        statement = f"SELECT json_group_array(json_array({columns})) FROM {source}"  # noqa: S608 - our own words
        with translated():
            (text,) = self.conn.execute(statement, values).fetchone()
        rows: list[list[Any]] = kept_json(text)
        return rows

    def row_of(self, sql: str, values: Sequence[object] = ()) -> Row | None:
        """The first row of a query, None for none."""
        with translated():
            found: Row | None = self.conn.execute(sql, values).fetchone()
        return found

    def value_of(self, sql: str, values: Sequence[object] = ()) -> Any:
        """The first column of the first row, None for no row."""
        row = self.row_of(sql, values)
        return row[0] if row else None


def connect(path: Path, key: bytes) -> KeyedDatabase:
    """Open (or make) an encrypted database; ``store.unreadable`` if the key does not fit the file.

    The key goes in as hexadecimal because ``PRAGMA key`` takes no parameters; no text a person typed ever does.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("the data key has 32 bytes")
    with translated():
        # No transactions behind our back: one statement is one commit, unless ``atomic`` began something larger.
        connection = driver.connect(str(path), isolation_level=None)
    database = KeyedDatabase(connection, execute_plugins=False)
    try:
        _prepare(database, key)
        database.remember_place(path)
    except BaseException:
        database.close()
        raise
    return database


def _file_at(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_dev, found.st_ino)


def _prepare(database: KeyedDatabase, key: bytes) -> None:
    database.change("PRAGMA cipher_log_level = NONE")  # first of all: a wrong key would be reported on stderr
    database.change(f"PRAGMA key = \"x'{key.hex()}'\"")
    if not database.value_of("PRAGMA cipher_version"):
        raise RuntimeError("the driver does not encrypt")
    database.value_of("SELECT count(*) FROM sqlite_master")
    database.change("PRAGMA trusted_schema = OFF")
    database.change("PRAGMA foreign_keys = ON")
    database.change(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    database.change(f"PRAGMA cache_size = -{CACHE_KIB}")
    database.change("PRAGMA synchronous = FULL")
    if sys.platform == "darwin":
        database.change("PRAGMA fullfsync = ON")
        database.change("PRAGMA checkpoint_fullfsync = ON")


def use_write_ahead_log(database: KeyedDatabase) -> None:
    """WAL with synchronous=FULL: the pair that lost no acknowledged save in simulated power cuts."""
    if database.value_of("PRAGMA journal_mode = WAL") != "wal":
        raise HomeVisitError("store.read_only")
    database.change(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
