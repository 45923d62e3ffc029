"""Searching everything on this laptop: people, notes, answers, actions."""

from __future__ import annotations

from homevisit.domain.summaries import SearchHit
from homevisit.storage.files import read_ahead
from homevisit.storage.store import Store

MOST = 40
READ_AHEAD_BYTES = 256 * 1024 * 1024


class Finding:
    """Search over all signed text."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read_ahead(self) -> None:
        """Read the file of the store: from a disk, page by page, takes longer than a search. Needs no connection."""
        read_ahead(self._store.home.database, most=READ_AHEAD_BYTES)

    def warm_up(self) -> None:
        """Make the first search as quick as the others; called once, some time before it."""
        self._store.search.warm_up()

    def search(self, words: str, *, family: str = "", most: int = MOST) -> tuple[SearchHit, ...]:
        """Finds for any text a person may type (it is never read as a query language); none for blank text."""
        if not words.strip():
            return ()
        return self._store.search.query(words, family=family, limit=most)
