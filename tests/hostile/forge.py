"""A forger's workshop: packages cut by hand, with every part under the forger's control."""

from __future__ import annotations

import hashlib
import random
import struct
from dataclasses import dataclass

import pyrage

from homevisit.domain.canonical import JsonObject, canonical
from homevisit.errors import HomeVisitError
from homevisit.exchange import package
from homevisit.exchange.manifest import Manifest
from homevisit.exchange.padding import pad
from homevisit.signatures import sign
from tests.exchange.sealing_desks import Desks


@dataclass
class Forge:
    """Seals anything to the reader: as a stranger (who has only public keys) or with the sender's own key."""

    desks: Desks

    def encrypt(self, plain: bytes) -> bytes:
        recipient = pyrage.x25519.Recipient.from_str(self.desks.reader.card.age_recipient)
        return pyrage.encrypt(plain, [recipient])

    def plain(self, data: bytes) -> bytes:
        return package.decrypt(data, identity=self.desks.reader.identity)

    def signed(self, manifest: bytes, packed: bytes, *, padding: bytes | None = None) -> bytes:
        """A plain package around any manifest and body, signed by the real sender."""
        head = struct.pack(">7sBI", package.MAGIC, package.VERSION, len(manifest)) + manifest
        signature = sign(self.desks.sender.sign_key, package.signing_bytes(head))
        whole = head + signature + packed
        return pad(whole) if padding is None else whole + padding

    def manifest(self, packed: bytes, **changes: object) -> JsonObject:
        """An honest manifest for this body, with some fields changed."""
        contents = self.desks.contents()
        honest = Manifest(
            package_id="a" * 26,
            kind=contents.kind,
            author=contents.author,
            device=contents.device,
            epoch=contents.epoch,
            seq=contents.seq,
            prev=contents.prev,
            recipients=contents.recipients,
            addressed=contents.addressed,
            in_reply_to=(),
            known_heads=(),
            created=contents.created,
            entry_count=0,
            body_len=len(packed),
            raw_len=0,
            body_sha512=hashlib.sha512(packed).hexdigest(),
        )
        return honest.to_json() | changes

    def sealed(self, packed: bytes, **changes: object) -> bytes:
        """A file that is wrong only where it was asked to be."""
        return self.encrypt(self.signed(canonical(self.manifest(packed, **changes)), packed))

    def verdict(self, data: bytes) -> str:
        """The code a file is refused with, "" if it was accepted; anything else than a refusal is a fault."""
        try:
            self.desks.opened(data)
        except HomeVisitError as refusal:
            return refusal.code
        return ""


def mutate(data: bytes, chance: random.Random) -> bytes:
    """A copy with one to three changes of the kinds that damage, malice and bad transports make."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 3)):
        _CHANGES[chance.randrange(len(_CHANGES))](changed, chance)
    return bytes(changed)


def _place(data: bytearray, chance: random.Random) -> int:
    # The headers are small and the rest is large: half of the changes go to the first 600 bytes.
    return chance.randrange(min(600, len(data)) if chance.random() < 0.5 else len(data)) if data else 0


def _flip(data: bytearray, chance: random.Random) -> None:
    if data:
        data[_place(data, chance)] ^= 1 << chance.randrange(8)


def _set(data: bytearray, chance: random.Random) -> None:
    if data:
        data[_place(data, chance)] = chance.choice(b'\x00\xff\n "0{}[]\\-') if chance.random() < 0.5 else 0x41


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[_place(data, chance) :]


def _remove(data: bytearray, chance: random.Random) -> None:
    start = _place(data, chance)
    del data[start : start + chance.randint(1, 70)]


def _repeat(data: bytearray, chance: random.Random) -> None:
    start = _place(data, chance)
    data[start:start] = data[start : start + chance.randint(1, 200)]


def _insert(data: bytearray, chance: random.Random) -> None:
    start = _place(data, chance)
    data[start:start] = chance.randbytes(chance.randint(1, 40))


def _number(data: bytearray, chance: random.Random) -> None:
    start = _place(data, chance)
    data[start : start + 4] = chance.choice([b"\xff\xff\xff\xff", bytes(4), b"\x7f\xff\xff\xff", b"\x00\x10\x00\x00"])


_CHANGES = (_flip, _flip, _set, _cut, _remove, _repeat, _insert, _number)
