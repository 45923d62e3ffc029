"""Reading a file that might be a package: only regular files, and never more than a package may hold."""

from __future__ import annotations

import stat
from pathlib import Path

from homevisit.errors import HomeVisitError
from homevisit.exchange import limits


def read_sealed(path: Path) -> bytes:
    """The bytes of a file that is to be opened: ``package.too_large`` beyond the cap, ``place.*`` where unreadable."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise HomeVisitError("package.not_a_package")
        with path.open("rb") as file:
            data = file.read(limits.PACKAGE_BYTES + 1)
    except FileNotFoundError:
        raise HomeVisitError("place.missing") from None
    except OSError:
        raise HomeVisitError("place.unreadable") from None
    if len(data) > limits.PACKAGE_BYTES:
        raise HomeVisitError("package.too_large", size=path.stat().st_size)
    return data
