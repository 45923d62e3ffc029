"""Places and what opens them: passwords and keys are read only for the transport that needs them."""

from __future__ import annotations

import json
from collections.abc import Mapping

from homevisit.clock import Clock, instant
from homevisit.domain.place import Place
from homevisit.errors import HomeVisitError
from homevisit.storage.driver import KeyedDatabase, Row, kept_json

PLACE = "SELECT id, kind, title, settings FROM place"


class PlaceBox:
    """The table of places, in the order they were added."""

    def __init__(self, database: KeyedDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, place: Place, secret: Mapping[str, str]) -> None:
        """Keep a place; ``place.known`` if one with the same kind and settings is there."""
        if any(kept.kind == place.kind and kept.settings == place.settings for kept in self.all()):
            raise HomeVisitError("place.known")
        self._database.change(
            "INSERT INTO place (id, kind, title, settings, secret, added_at) VALUES (?, ?, ?, ?, ?, ?)",
            (place.id, place.kind, place.title, _text(place.settings), _text(secret), instant(self._clock.now())),
        )

    def all(self) -> tuple[Place, ...]:
        """Every place, without what opens it."""
        return tuple(_place(row) for row in self._database.rows_of(f"{PLACE} ORDER BY added_at, rowid"))

    def place(self, identifier: str) -> Place:
        """One place; ``place.unknown`` if it was removed."""
        row = self._database.row_of(f"{PLACE} WHERE id = ?", (identifier,))
        if row is None:
            raise HomeVisitError("place.unknown")
        return _place(row)

    def secret(self, identifier: str) -> dict[str, str]:
        """What opens a place, for its transport only."""
        row = self._database.row_of("SELECT secret FROM place WHERE id = ?", (identifier,))
        if row is None:
            raise HomeVisitError("place.unknown")
        return _texts(row[0])

    def renew(self, identifier: str, secret: Mapping[str, str]) -> None:
        """Another password or key for a place that stays the same."""
        self.place(identifier)
        self._database.change("UPDATE place SET secret = ? WHERE id = ?", (_text(secret), identifier))

    def remove(self, identifier: str) -> None:
        """Forget a place and what opens it."""
        self.place(identifier)
        self._database.change("DELETE FROM place WHERE id = ?", (identifier,))


def _place(row: Row) -> Place:
    identifier, kind, title, settings = row
    return Place(id=identifier, kind=kind, title=title, settings=_texts(settings))


def _texts(text: str) -> dict[str, str]:
    return {str(name): str(value) for name, value in kept_json(text).items()}


def _text(values: Mapping[str, str]) -> str:
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True)
