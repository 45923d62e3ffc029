"""What a lying relay and a dishonest colleague do to packages: none of it may be taken in."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from homevisit.domain.entry import Entry
from homevisit.domain.hlc import tick
from homevisit.exchange.manifest import PackageKind
from homevisit.exchange.package import Contents, seal
from homevisit.exchange.receipts import Acknowledged, Receipt
from homevisit.signatures import new_signing_key, sign
from tests.property.merging.people import START, Laptop

Forgery = Callable[[Entry, Laptop], Entry]


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A relay flips one bit, cuts the end off or adds something."""
    kind = chance.randrange(3)
    if kind == 0:
        place = chance.randrange(len(data))
        return data[:place] + bytes([data[place] ^ 1 << chance.randrange(8)]) + data[place + 1 :]
    return data[: chance.randrange(len(data))] if kind == 1 else data + b"\x00"


def other_words(entry: Entry, _: Laptop) -> Entry:
    """Words that its author never wrote, under the author's own signature."""
    body = {**(entry.body or {}), "set": {"name": "Forged"}, "note": {"facts": "Forged"}}
    return replace(entry, body=body)


def other_parents(entry: Entry, _: Laptop) -> Entry:
    """An entry that claims to build on nothing: the signature no longer fits."""
    envelope = replace(entry.envelope, parents=(), reason="forged")
    return replace(entry, id=envelope.id(), envelope=envelope)


def other_signer(entry: Entry, forger: Laptop) -> Entry:
    """An entry in the name of its author, signed with the forger's key."""
    envelope = replace(entry.envelope, reason="forged")
    signature = sign(forger.store.identity.sign_key, envelope.signing_bytes())
    return replace(entry, id=envelope.id(), envelope=envelope, signature=signature)


def no_words(entry: Entry, _: Laptop) -> Entry:
    """An entry passed on as if its author had erased it."""
    return replace(entry, body=None)


FORGERIES: tuple[Forgery, ...] = (other_words, other_parents, other_signer, no_words)


def forged_package(forger: Laptop, to: Laptop, entries: Sequence[Entry]) -> bytes:
    """A package that is signed and sealed as it should be, with whatever the forger put into it."""
    identity = forger.store.identity
    contents = Contents(
        kind=PackageKind.EXPORT,
        author=identity.card.person,
        device=identity.card.device,
        epoch=identity.epoch,
        seq=1,
        prev="",
        recipients=(to.store.identity.card.person,),
        created=tick("", START),
        entries=tuple(entries),
    )
    return seal(contents, signer=identity.sign_key, recipients=[to.store.identity.card.age_recipient]).data


def forged_receipt(named: Laptop, to: Laptop, package: str, digest: str) -> bytes:
    """A receipt in the name of a laptop that never signed it: sealing needs no more than a public key."""
    card = named.store.identity.card
    contents = Contents(
        kind=PackageKind.RECEIPT,
        author=card.person,
        device=card.device,
        epoch=named.store.identity.epoch,
        seq=1,
        prev="",
        recipients=(to.store.identity.card.person,),
        created=tick("", START),
        document=Receipt((Acknowledged(package, digest),)).to_json(),
    )
    return seal(contents, signer=new_signing_key(), recipients=[to.store.identity.card.age_recipient]).data
