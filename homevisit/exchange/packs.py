"""Packs of prompt sets as files: Questionnaires and what is stated about them, signed by a card; nothing is run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from homevisit.domain.canonical import JsonObject, canonical, digest
from homevisit.domain.card import SignedCard
from homevisit.domain.prompt_pack import FORMAT, PackManifest, PackSet
from homevisit.errors import HomeVisitError
from homevisit.exchange import limits
from homevisit.exchange.cards import card_json, read_card
from homevisit.exchange.fields import INSTANT, SHA256, SHA512, Fields
from homevisit.exchange.strict_json import check_unambiguous, read_canonical
from homevisit.signatures import sign

SUFFIX = ".homevisit-pack"
LONGEST_NAME, LONGEST_STATEMENT = 200, 2000
_MALFORMED = "pack.malformed"
_LANGUAGE = re.compile(r"[A-Za-z0-9-]{2,35}", re.ASCII)
_VERSION = re.compile(r"[A-Za-z0-9._+-]{1,64}", re.ASCII)
# The last part of the address names the set everywhere, so it must be a plain name.
_ADDRESS = re.compile(r"https?://[!#-{}~]{1,300}/[A-Za-z0-9._-]{1,64}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A pack whose signature and digests are right; whether its signer is known is not decided here."""

    manifest: PackManifest
    signer: SignedCard
    signature: bytes = field(repr=False)
    contents: tuple[bytes, ...] = field(repr=False)


def pack_file(manifest: PackManifest, contents: Sequence[bytes], *, signer: SignedCard, key: bytes) -> bytes:
    """The file, signed with the device key that the card names. What no reader would take is refused here already."""
    whole = {
        "card": card_json(signer.card, signer.signature),
        "format": FORMAT,
        "manifest": manifest.to_json(),
        "sets": [_as_text(each, place) for place, each in enumerate(contents, 1)],
        "signature": sign(key, manifest.signing_bytes()).hex(),
    }
    data = canonical(whole)
    read_pack(data)
    return data


def read_pack(data: bytes) -> Pack:
    """The pack in a file, checked in the order of docs/formats.md."""
    if len(data) > limits.PACK_BYTES:
        raise HomeVisitError("pack.too_large", size=len(data))
    fields = Fields(read_canonical(data, code="pack.not_a_pack"), code=_MALFORMED)
    if fields.integer("format", least=1) > FORMAT:
        raise HomeVisitError("pack.newer")
    fields.only(("card", "format", "manifest", "sets", "signature"))
    signer = _signer(fields.nested("card"))
    manifest = read_manifest(fields.nested("manifest"))
    signature = bytes.fromhex(fields.text("signature", SHA512))
    if not manifest.signed_by(signer.card, signature):
        raise HomeVisitError("pack.signature")
    return Pack(manifest=manifest, signer=signer, signature=signature, contents=_contents(fields, manifest))


def read_manifest(value: JsonObject) -> PackManifest:
    """A manifest, with ``pack.malformed`` for any fault."""
    fields = Fields(value, code=_MALFORMED)
    if fields.integer("format", least=1) > FORMAT:
        raise HomeVisitError("pack.newer")
    sets = fields.items("sets", most=limits.PACK_SETS)
    manifest = PackManifest(
        name=fields.line("name", least=1, most=LONGEST_NAME),
        version=fields.text("version", _VERSION),
        organisation=fields.line("organisation", least=1, most=LONGEST_NAME),
        languages=fields.texts("languages", _LANGUAGE, most=limits.PACK_SETS),
        made_at=fields.moment("made_at", INSTANT),
        sets=tuple(_set(each) for each in sets),
    )
    fields.only(manifest.to_json())
    names = {(each.url, each.version) for each in manifest.sets}
    if not sets or len(names) != len(sets):
        raise fields.fault("sets")
    return manifest


def _signer(value: JsonObject) -> SignedCard:
    try:
        return read_card(canonical(value))
    except HomeVisitError as refusal:
        raise HomeVisitError("pack.card", why=refusal.code) from None


def _set(value: object) -> PackSet:
    if not isinstance(value, dict):
        raise HomeVisitError(_MALFORMED, why="sets")
    fields = Fields(value, code=_MALFORMED)
    found = PackSet(
        url=fields.text("url", _ADDRESS),
        version=fields.text("version", _VERSION),
        title=fields.line("title", least=1, most=LONGEST_NAME),
        licence=fields.line("licence", least=1, most=LONGEST_STATEMENT),
        sha256=fields.text("sha256", SHA256),
    )
    fields.only(found.to_json())
    return found


def _contents(fields: Fields, manifest: PackManifest) -> tuple[bytes, ...]:
    texts = fields.items("sets", most=limits.PACK_SETS)
    if len(texts) != len(manifest.sets):
        raise fields.fault("sets")
    return tuple(
        _content(text, said, place) for place, (text, said) in enumerate(zip(texts, manifest.sets, strict=True), 1)
    )


def _content(text: object, said: PackSet, place: int) -> bytes:
    if not isinstance(text, str):
        raise HomeVisitError(_MALFORMED, why="sets")
    data = text.encode()
    if len(data) > limits.PACK_SET_BYTES:
        raise HomeVisitError("pack.too_large", size=len(data))
    if digest(data) != said.sha256:
        raise HomeVisitError("pack.changed", set=place)
    try:
        check_unambiguous(data, deepest=limits.PACK_SET_DEPTH, code="pack.set_unreadable")
    except HomeVisitError as refusal:
        raise HomeVisitError(refusal.code, set=place, **refusal.values) from None
    return data


def _as_text(data: bytes, place: int) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise HomeVisitError("pack.set_unreadable", set=place) from None
