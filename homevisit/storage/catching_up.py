"""What the database puts off while somebody waits: done in short steps once nobody does."""

from __future__ import annotations

from homevisit.storage.driver import KeyedDatabase

PAGES = 64
"""So much of the search index is joined in one step: some ten milliseconds of the lane."""


class CatchingUp:
    """Every write leaves a small piece of the search index, and pages in the write-ahead log.

    A few pieces cost a search next to nothing, and the log is read like the file. To join and to move them within the
    write itself took a quarter of the time in which five hundred changed visits come in.
    """

    def __init__(self, database: KeyedDatabase) -> None:
        self._database = database

    def step(self) -> bool:
        """Join some pieces of the index; once there is nothing to join, move the log. Says whether to go on."""
        before = self._database.writes
        self._database.change("INSERT INTO search (search, rank) VALUES ('merge', ?)", (PAGES,))
        if self._database.writes - before > 1:  # one is the command itself
            return True
        self._database.rows_of("PRAGMA wal_checkpoint(PASSIVE)")
        return False
