"""Packs for tests: made-up Questionnaires, a pack of them, and a pack cut by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from homevisit.assembly import Services
from homevisit.domain.canonical import JsonObject, canonical, digest
from homevisit.domain.card import SignedCard
from homevisit.domain.prompt_pack import PackManifest, PackSet
from homevisit.exchange.packs import pack_file
from homevisit.services.pack_making import PackWords

ADDRESS = "https://trust.example/fhir/Questionnaire"


def questionnaire(name: str = "sleep-diary", version: str = "1.0", **changes: object) -> JsonObject:
    """A small set of one question."""
    return {
        "resourceType": "Questionnaire",
        "id": name,
        "url": f"{ADDRESS}/{name}",
        "version": version,
        "title": "Sleep diary",
        "language": "en-GB",
        "status": "active",
        "item": [
            {"linkId": "slept", "text": "Where did the baby sleep last night?", "type": "string"},
            {"linkId": "hours", "text": "For how many hours?", "type": "decimal", "initial": [{"valueDecimal": 1.5}]},
        ],
        **changes,
    }


def save(folder: Path, *sets: Mapping[str, object]) -> list[Path]:
    """The sets as files."""
    paths = [folder / f"set-{place}.json" for place in range(len(sets))]
    for path, each in zip(paths, sets, strict=True):
        path.write_text(json.dumps(each, indent=1, ensure_ascii=False), encoding="utf-8")
    return paths


def make(services: Services, folder: Path, *sets: Mapping[str, object], name: str = "Sleep") -> Path:
    """A pack signed by this desk."""
    out = folder / f"{name}-{len(list(folder.iterdir()))}.homevisit-pack"
    words = PackWords(name=name, version="1", licence="Example Trust holds the licence", organisation="Example Trust")
    services.pack_making.make(save(folder, *(sets or (questionnaire(),))), words, out)
    return out


def forge(services: Services, path: Path, *sets: Mapping[str, object]) -> Path:
    """A rightly signed pack of sets that no honest program would have packed."""
    contents = [json.dumps(each).encode() for each in sets]
    manifest = PackManifest(
        name="Forged",
        version="1",
        organisation="Example Trust",
        languages=("en-GB",),
        made_at="2026-03-01T09:30:00.000Z",
        sets=tuple(_said(each, data) for each, data in zip(sets, contents, strict=True)),
    )
    identity = services.store.identity
    signer = SignedCard(card=identity.card, signature=identity.card_signature)
    path.write_bytes(pack_file(manifest, contents, signer=signer, key=identity.sign_key))
    return path


def _said(each: Mapping[str, object], data: bytes) -> PackSet:
    url, version, title = (str(each[name]) for name in ("url", "version", "title"))
    return PackSet(url=url, version=version, title=title, licence="none", sha256=digest(data))


def cut(path: Path, **changes: object) -> Path:
    """The same pack with some of its members replaced and nothing signed anew."""
    whole = json.loads(path.read_bytes())
    path.write_bytes(canonical({**whole, **changes}))
    return path
