"""Bodies at rest are sealed with their family's content key: destroying the key erases them, the chain stays whole."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from homevisit.clock import Clock, instant
from homevisit.domain.entry import Entry
from homevisit.packed import BodyPacker
from homevisit.storage.driver import KeyedDatabase

NONCE_BYTES = 12
KEY_BYTES = 32


class ContentKeys:
    """The content key of each family; records of no family share one of their own."""

    def __init__(self, database: KeyedDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._ciphers: dict[str, ChaCha20Poly1305 | None] = {}
        self._packer = BodyPacker()

    def seal(self, entry: Entry) -> bytes | None:
        """The body of an entry, sealed for it alone; None if it is erased or the family's key was destroyed."""
        cipher = self._cipher(entry.envelope.family, make=True)
        if entry.is_erased or cipher is None:
            return None
        prepared, nonce = entry.prepared, secrets.token_bytes(NONCE_BYTES)
        packed = prepared.packed if prepared else self._packer.pack(entry.body_bytes() or b"")
        return nonce + cipher.encrypt(nonce, packed, entry.id.encode())

    def open(self, family: str, entry: str, sealed: bytes | None) -> bytes | None:
        """The bytes of the body, or None if it was erased or the sealed bytes are not this entry's."""
        cipher = self._cipher(family, make=False)
        if sealed is None or cipher is None:
            return None
        try:
            plain = cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], entry.encode())
        except InvalidTag:
            return None
        return self._packer.unpack(plain)

    def keeps(self, family: str) -> bool:
        """Whether bodies of this family are kept at all: not once its key was destroyed."""
        return self._cipher(family, make=True) is not None

    def destroy(self, family: str) -> None:
        """Destroy a family's key; bodies that arrive for it later are not kept either."""
        self._cipher(family, make=True)
        self._database.change(
            "UPDATE content_key SET key = NULL, destroyed_at = ? WHERE family = ?", (instant(self._clock.now()), family)
        )
        self._ciphers.clear()

    def is_destroyed(self, family: str) -> bool:
        """Whether the family was erased by law."""
        return bool(self._database.value_of("SELECT destroyed_at FROM content_key WHERE family = ?", (family,)))

    def forget_cached(self) -> None:
        """After a transaction was undone, a key that was made in it is no longer there."""
        self._ciphers.clear()

    def _cipher(self, family: str, *, make: bool) -> ChaCha20Poly1305 | None:
        if family not in self._ciphers:
            row = self._database.row_of("SELECT key FROM content_key WHERE family = ?", (family,))
            if row is None and not make:
                return None
            key = row[0] if row else self._new_key(family)
            self._ciphers[family] = ChaCha20Poly1305(key) if key else None
        return self._ciphers[family]

    def _new_key(self, family: str) -> bytes:
        key = secrets.token_bytes(KEY_BYTES)
        self._database.change(
            "INSERT INTO content_key (family, key, made_at) VALUES (?, ?, ?)", (family, key, instant(self._clock.now()))
        )
        return key
