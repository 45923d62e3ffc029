"""Who sent a package that was refused: only whoever certainly sent it is told so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from homevisit.domain.canonical import digest
from homevisit.domain.card import Card
from homevisit.errors import HomeVisitError
from homevisit.exchange.manifest import read_manifest
from homevisit.exchange.package import decrypt, read_frame, signing_bytes
from homevisit.signatures import verify


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """The sender's device, and the package as its sender knows it ("" for the id where the manifest is a newer one)."""

    device: str
    package_id: str
    digest: str


def identified(data: bytes, *, identity: str, pinned: Callable[[str], Card | None]) -> Identified | None:
    """Who signed these sealed bytes, None where nobody can be told of it."""
    try:
        frame = read_frame(decrypt(data, identity=identity))
        preface = read_manifest(frame.manifest)
    except HomeVisitError:
        return None
    sender = pinned(preface.device)
    if sender is None or sender.person != preface.author:
        return None
    if not verify(sender.sign_key, frame.signature, signing_bytes(frame.head)):
        return None
    package = preface.manifest.package_id if preface.manifest else ""
    return Identified(device=sender.device, package_id=package, digest=digest(frame.head))
