"""From a place to the transport that reaches it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from homevisit.domain.place import FOLDER, Place

if TYPE_CHECKING:
    from homevisit.sync.transports.patience import Patience
    from homevisit.sync.transports.transport import Transport


def opened(place: Place, secret: Mapping[str, str], *, patience: Patience | None = None) -> Transport:
    """The transport of a place; nothing is read, written or connected to before it is asked for something."""
    from homevisit.sync.transports.options import options

    told = options(place.kind, place.settings, secret)
    if place.kind == FOLDER:
        from homevisit.sync.transports.folder import Folder

        return Folder(Path(place.settings["path"]))
    from homevisit.sync.transports.patience import Patience
    from homevisit.sync.transports.remote import Remote

    return Remote(told, patience=patience or Patience())
