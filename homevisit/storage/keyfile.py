"""The key file: vault id, generation and slots as JSON, authenticated by the data key, kept in two copies."""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path

from homevisit.domain.canonical import JsonObject, canonical
from homevisit.errors import HomeVisitError
from homevisit.paths import Home
from homevisit.storage.files import read_small, write_whole
from homevisit.storage.keys import ESCROW, PASSPHRASE, Passphrase, Secret, Slot, derived, open_slot

FORMAT = "homevisit keys"
VERSION = 1
LARGEST = 64 * 1024
MOST_SLOTS = 8
PURPOSE = b"key file v1"


class KeyFileFault(Enum):
    """Why a key file cannot be used."""

    MISSING = auto()
    DAMAGED = auto()
    FOREIGN = auto()
    NEWER = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """One store's slots. ``generation`` counts changes, so that an old file put back is noticed."""

    vault: str
    generation: int
    slots: tuple[Slot, ...]
    mac: str = ""

    def to_json(self) -> JsonObject:
        return {
            "format": FORMAT,
            "generation": self.generation,
            "slots": [slot.to_json() for slot in self.slots],
            "vault": self.vault,
            "version": VERSION,
        }

    def authenticated(self, data_key: bytes) -> KeyFile:
        """With the code over everything else, by a key derived from the data key."""
        return replace(self, mac=self._code(data_key))

    def genuine(self, data_key: bytes) -> bool:
        """Whether nothing was taken out, put in or changed since it was written."""
        return hmac.compare_digest(self.mac, self._code(data_key))

    def with_slot(self, slot: Slot) -> KeyFile:
        """The next generation, this slot in the place of the one of its kind."""
        others = tuple(kept for kept in self.slots if kept.kind != slot.kind)
        return replace(self, generation=self.generation + 1, slots=(*others, slot), mac="")

    def without(self, kind: str) -> KeyFile:
        """The next generation without the slot of a kind."""
        others = tuple(kept for kept in self.slots if kept.kind != kind)
        return replace(self, generation=self.generation + 1, slots=others, mac="")

    def slot(self, kind: str) -> Slot | None:
        """The slot of a kind, None for none."""
        return next((slot for slot in self.slots if slot.kind == kind), None)

    def opened_by(self, secret: Secret) -> str:
        """The kind of the slot that a secret which opened this file belongs to; costs nothing for a passphrase."""
        if isinstance(secret, Passphrase):
            return PASSPHRASE
        return next((slot.kind for slot in self.slots if open_slot(slot, secret, self.vault) is not None), "")

    def open(self, secret: Secret) -> bytes | None:
        """The data key, if one of the slots opens."""
        keys = (open_slot(slot, secret, self.vault) for slot in self.slots)
        return next((key for key in keys if key is not None), None)

    def data(self) -> bytes:
        return json.dumps({**self.to_json(), "mac": self.mac}, indent=1, sort_keys=True).encode()

    def _code(self, data_key: bytes) -> str:
        return hmac.digest(derived(data_key, PURPOSE), canonical(self.to_json()), "sha256").hex()


def write_keys(home: Home, keys: KeyFile) -> None:
    """Both copies, one after the other, so that one whole file stands at any moment."""
    write_whole(home.keys, keys.data())
    write_whole(home.keys_copy, keys.data())


def read_keys(path: Path) -> KeyFile | KeyFileFault:
    """The key file at a path, or what is wrong with it."""
    data = read_small(path, LARGEST)
    if data is None:
        return KeyFileFault.DAMAGED if path.exists() else KeyFileFault.MISSING
    try:
        source = json.loads(data)
    except (ValueError, RecursionError):
        return KeyFileFault.DAMAGED
    if not isinstance(source, dict) or source.get("format") != FORMAT:
        return KeyFileFault.FOREIGN
    if isinstance(source.get("version"), int) and source["version"] > VERSION:
        return KeyFileFault.NEWER
    try:
        return _key_file(source)
    except (KeyError, TypeError, ValueError):
        return KeyFileFault.DAMAGED


def usable(home: Home) -> tuple[KeyFile, ...]:
    """The readable copies, the main one first, each once."""
    found = [keys for path in (home.keys, home.keys_copy) if isinstance(keys := read_keys(path), KeyFile)]
    return tuple(found[:1] if len(found) == 2 and found[0] == found[1] else found)


def unlock(candidates: tuple[KeyFile, ...], secret: Secret) -> tuple[KeyFile, bytes] | None:
    """The data key and the file that gave it; a damaged slot in one copy is made good by the other."""
    for keys in candidates:
        data_key = keys.open(secret)
        if data_key is not None:
            return keys, data_key
    return None


def _key_file(source: JsonObject) -> KeyFile:
    slots = source["slots"]
    generation, vault, mac = source["generation"], source["vault"], source["mac"]
    if not isinstance(slots, list) or not 1 <= len(slots) <= MOST_SLOTS:
        raise ValueError("slots")
    if type(generation) is not int or not isinstance(vault, str) or not isinstance(mac, str):
        raise TypeError("fields")
    return KeyFile(vault=vault, generation=generation, slots=tuple(map(_slot, slots)), mac=mac)


def _slot(source: JsonObject) -> Slot:
    kdf = source["kdf"]
    if not isinstance(kdf, dict):
        raise TypeError("kdf")
    try:
        canonical(kdf)
    except HomeVisitError:
        raise ValueError("kdf") from None
    is_escrow = source["type"] == ESCROW
    return Slot(
        kind=str(source["type"]),
        recipient=str(source["recipient"]) if is_escrow else "",
        sealed=bytes.fromhex(str(source["sealed"])) if is_escrow else b"",
        kdf=kdf,
        salt=bytes.fromhex(str(source["salt"])),
        nonce=_exactly(bytes.fromhex(str(source["nonce"])), 12),
        wrapped=_exactly(bytes.fromhex(str(source["wrapped"])), 48),
    )


def _exactly(data: bytes, length: int) -> bytes:
    if len(data) != length:
        raise ValueError("length")
    return data
