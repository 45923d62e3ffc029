"""Places: adding one with what opens it, trying it, reaching it. Keys go to the store and the transport only."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from homevisit.clock import Clock
from homevisit.domain.place import FOLDER, S3, Place
from homevisit.errors import HomeVisitError
from homevisit.ids import new_id
from homevisit.services.inside import Inside, at_once
from homevisit.storage.access import AccessAct
from homevisit.storage.places import PlaceBox
from homevisit.storage.store import Store
from homevisit.sync.transports import options
from homevisit.sync.transports.opening import opened

if TYPE_CHECKING:
    from homevisit.sync.transports.transport import Transport

_LONGEST_TITLE = 200


class _TeamFile(Protocol):
    @property
    def places(self) -> tuple[Place, ...]: ...


class TeamPlaces(Protocol):
    """The part of a team that says where its packages go, and gives this device what opens it."""

    def current(self) -> _TeamFile | None: ...

    def place_secrets(self) -> dict[str, dict[str, str]]: ...


class Places:
    """One's own places and those of the team, which come and go with its file."""

    def __init__(self, store: Store, clock: Clock, team: TeamPlaces | None = None) -> None:
        self._store = store
        self._own = PlaceBox(store.database, clock)
        self._team = team

    def add(self, kind: str, title: str, settings: Mapping[str, str], secret: Mapping[str, str]) -> Place:
        """Keep a place; nothing is connected to. ``place.kind``, ``.settings``, ``.insecure`` or ``.known`` refuse."""
        options.check(kind, settings, secret)
        place = Place(id=new_id(), kind=kind, title=_title(kind, title, settings), settings=dict(settings))
        with self._store.database.atomic():
            self._own.add(place, secret)
            self._store.access.record(AccessAct.ADDED_PLACE, f"place/{place.id}", f"kind={kind}")
        return place

    def all(self) -> tuple[Place, ...]:
        """Every place, the team's first."""
        return self.of_team() + self._own.all()

    def of_team(self) -> tuple[Place, ...]:
        """The places that the team file names."""
        file = self._team.current() if self._team else None
        return tuple(file.places) if file else ()

    def place(self, identifier: str) -> Place:
        """One place; ``place.unknown`` if there is none."""
        return next((each for each in self.of_team() if each.id == identifier), None) or self._own.place(identifier)

    def own_with_secret(self, title: str) -> tuple[Place, dict[str, str]]:
        """A place of one's own by its title or id, with what opens it, for a team file of which one keeps the key."""
        found = next((each for each in self._own.all() if title in (each.title, each.id)), None)
        if found is None:
            raise HomeVisitError("place.unknown")
        return found, self._own.secret(found.id)

    def renew(self, identifier: str, secret: Mapping[str, str]) -> None:
        """Another password or key for the same place, as when the old one has run out."""
        place = self._own_place(identifier)
        options.check(place.kind, place.settings, secret)
        self._own.renew(identifier, secret)

    def remove(self, identifier: str) -> None:
        """Forget a place and what opens it; what lies there stays there."""
        self._own_place(identifier)
        with self._store.database.atomic():
            self._own.remove(identifier)
            self._store.access.record(AccessAct.REMOVED_PLACE, f"place/{identifier}")

    def test(self, identifier: str, *, inside: Inside = at_once) -> None:
        """Whether a package could be put there now; raises why not. The place is waited for on the calling thread."""
        transport = inside(lambda: self.transport(self.place(identifier)))
        try:
            transport.check()
        finally:
            transport.close()

    def transport(self, place: Place) -> Transport:
        """The transport of a place, to be closed by the caller. Reads the store; connects to nothing yet."""
        return opened(place, self._secret(place))

    def _secret(self, place: Place) -> dict[str, str]:
        if self._team and any(each.id == place.id for each in self.of_team()):
            return self._team.place_secrets().get(place.id, {})
        return self._own.secret(place.id)

    def _own_place(self, identifier: str) -> Place:
        if any(each.id == identifier for each in self.of_team()):
            raise HomeVisitError("place.of_team")
        return self._own.place(identifier)


def _title(kind: str, title: str, settings: Mapping[str, str]) -> str:
    """What the person called it, or else the folder's own name, the bucket, or the computer it lies on."""
    named = " ".join(title.split())[:_LONGEST_TITLE]
    if named:
        return named
    if kind == FOLDER:
        return PurePath(settings["path"]).name or settings["path"]
    if kind == S3:
        return settings["bucket"]
    return urlsplit(settings.get(options.ENDPOINT, "")).hostname or kind
