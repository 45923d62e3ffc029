"""From a place to the transport that reaches it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from homevisit.domain.place import FOLDER, Place
from homevisit.sync.transports import options
from homevisit.sync.transports.folder import Folder
from homevisit.sync.transports.patience import Patience
from homevisit.sync.transports.remote import Remote
from homevisit.sync.transports.transport import Transport


def opened(place: Place, secret: Mapping[str, str], *, patience: Patience | None = None) -> Transport:
    """The transport of a place; nothing is read, written or connected to before it is asked for something."""
    told = options.options(place.kind, place.settings, secret)
    if place.kind == FOLDER:
        return Folder(Path(place.settings["path"]))
    return Remote(told, patience=patience or Patience())
