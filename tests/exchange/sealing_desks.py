"""Two desks with real keys, and entries signed by them: shared by the exchange and the hostile tests."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pyrage

from homevisit import ids, signatures
from homevisit.domain.canonical import JsonObject
from homevisit.domain.card import Card, Desk
from homevisit.domain.entry import Act, Entry, Envelope, Kind, body_digest
from homevisit.exchange.manifest import Addressed, PackageKind
from homevisit.exchange.package import Contents, Opened, Sealed, open_package, seal

NOW = "2026-03-01T09:30:00.000Z"
SALT = bytes(32)


@dataclass
class DeskKeys:
    """One person at one device, with the private keys."""

    card: Card
    person_key: bytes
    sign_key: bytes
    identity: str
    chain: list[Entry] = field(default_factory=list)

    def card_signature(self) -> bytes:
        return signatures.sign(self.person_key, self.card.signing_bytes())

    def entry(self, body: JsonObject | None = None, **changes: object) -> Entry:
        """The next entry of this device's chain; ``changes`` replace fields of the envelope before signing."""
        content = {"note": {"facts": "Mira smiled"}} if body is None else body
        last = self.chain[-1].id if self.chain else ""
        envelope = replace(first_envelope(self.card), seq=len(self.chain) + 1, prev=last)
        envelope = replace(envelope, body_digest=body_digest(SALT, content), **changes)  # type: ignore[arg-type]
        signature = signatures.sign(self.sign_key, envelope.signing_bytes())
        entry = Entry(id=envelope.id(), envelope=envelope, signature=signature, salt=SALT, body=content)
        self.chain.append(entry)
        return entry


@dataclass
class Desks:
    """A practitioner who sends and a supervisor who opens; a stranger holds only the supervisor's public key."""

    sender: DeskKeys
    reader: DeskKeys
    stranger: DeskKeys

    def pinned(self, device: str) -> Card | None:
        return {desk.card.device: desk.card for desk in (self.sender, self.reader)}.get(device)

    def contents(self, *entries: Entry, **changes: object) -> Contents:
        card = self.sender.card
        plain = Contents(
            kind=PackageKind.EXPORT,
            author=card.person,
            device=card.device,
            epoch="epoch-1",
            seq=1,
            prev="",
            recipients=(self.reader.card.person,),
            addressed=(Addressed(device=self.reader.card.device, number=1),),
            created=f"{NOW}-0000",
            entries=entries,
        )
        return replace(plain, **changes)  # type: ignore[arg-type]

    def sealed(self, *entries: Entry, **changes: object) -> Sealed:
        recipients = [self.reader.card.age_recipient]
        return seal(self.contents(*entries, **changes), signer=self.sender.sign_key, recipients=recipients)

    def opened(self, data: bytes) -> Opened:
        return open_package(data, identity=self.reader.identity, me=self.reader.card.person, pinned=self.pinned)


def first_envelope(card: Card) -> Envelope:
    return Envelope(
        record="5d0f6a52-5b4e-4f34-9d2b-0c4a0e9f8f11",
        kind=Kind.VISIT,
        act=Act.SIGN,
        family="6c1c7b43-7a65-4c0e-8a67-f4ad1d6a0d22",
        parents=(),
        author=card.person,
        device=card.device,
        epoch="epoch-1",
        seq=1,
        prev="",
        happened_at=NOW,
        recorded_at=NOW,
        hlc=f"{NOW}-0000",
        body_digest="",
    )


def new_desk(name: str, role: Desk) -> DeskKeys:
    person_key, sign_key = signatures.new_signing_key(), signatures.new_signing_key()
    identity = pyrage.x25519.Identity.generate()
    card = Card(
        person=ids.new_id(),
        name=name,
        role=role,
        title="Health visitor",
        registration="00A0000X",
        organisation="Example Trust",
        person_key=signatures.public_key(person_key),
        device=ids.new_id(),
        sign_key=signatures.public_key(sign_key),
        age_recipient=str(identity.to_public()),
        made_at=NOW,
    )
    return DeskKeys(card=card, person_key=person_key, sign_key=sign_key, identity=str(identity))


def new_desks() -> Desks:
    return Desks(
        sender=new_desk("Ada Example", Desk.PRACTITIONER),
        reader=new_desk("Grace Example", Desk.SUPERVISOR),
        stranger=new_desk("Nobody Example", Desk.PRACTITIONER),
    )
