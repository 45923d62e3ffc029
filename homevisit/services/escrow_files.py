"""Handing out a laptop's sealed recovery code, and opening it at the organisation: files only, no store is opened."""

from __future__ import annotations

from pathlib import Path

from homevisit.clock import Clock, instant
from homevisit.errors import HomeVisitError
from homevisit.exchange import escrow, limits
from homevisit.exchange.chosen_file import read_chosen
from homevisit.exchange.escrow import EscrowedCode
from homevisit.paths import Home
from homevisit.storage.escrow import code_in, sealed_code
from homevisit.storage.files import write_new

LARGEST_KEY_FILE = 64 * 1024


def has_sealed_code(home: Home) -> bool:
    """Whether the organisation can help to open this locked home."""
    return sealed_code(home) is not None


def hand_out(home: Home, path: Path) -> None:
    """Write the sealed code of a locked home to a new file: ``escrow.none`` where there is none."""
    data = sealed_code(home)
    if data is None:
        raise HomeVisitError("escrow.none")
    _write_new(path, data)


def recover(path: Path, key_file: Path) -> EscrowedCode:
    """What a sealed code says, opened with the organisation's key; a wrong character in it is noticed."""
    found = escrow.open_code(_read(path, most=limits.ESCROW_BYTES), _text(key_file))
    code_in(found.code)
    return found


def make_key(path: Path, clock: Clock) -> str:
    """A new key for the organisation in a new file; gives the recipient that goes into the team file."""
    text, recipient = escrow.identity_file(instant(clock.now()))
    _write_new(path, text.encode())
    return recipient


def _text(path: Path) -> str:
    try:
        return _read(path, most=LARGEST_KEY_FILE).decode()
    except UnicodeDecodeError:
        raise HomeVisitError("escrow.no_key") from None


def _read(path: Path, *, most: int) -> bytes:
    return read_chosen(path, most=most, code="escrow.cannot_read")


def _write_new(path: Path, data: bytes) -> None:
    try:
        write_new(path, data)
    except FileExistsError:
        raise HomeVisitError("escrow.file_exists") from None
    except OSError:
        raise HomeVisitError("escrow.cannot_write") from None
