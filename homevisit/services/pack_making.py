"""Making a pack: an organisation puts the Questionnaires it is licensed for into one file and signs it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from homevisit.clock import Clock, instant
from homevisit.domain.canonical import digest
from homevisit.domain.card import SignedCard
from homevisit.domain.prompt_pack import PackManifest, PackSet
from homevisit.errors import HomeVisitError
from homevisit.exchange.chosen_file import read_chosen
from homevisit.exchange.limits import PACK_SET_BYTES
from homevisit.exchange.packs import pack_file
from homevisit.prompts.prompt_sets import PromptSet, listed
from homevisit.prompts.questionnaire import require_usable
from homevisit.prompts.terms import BASE
from homevisit.storage.access import AccessAct
from homevisit.storage.store import Store

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackWords:
    """What a person says about a new pack. ``licence`` is stated for every set that has none of its own in

    ``licences`` (by the set's id); ``organisation`` is that of the signer's card where it is "".
    """

    name: str
    version: str
    licence: str = ""
    licences: Mapping[str, str] = field(default_factory=dict)
    organisation: str = ""


class PackMaking:
    """Signs with the card of this store; whoever installs the pack compares its six words."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def make(self, files: Sequence[Path], words: PackWords, out: Path) -> PackManifest:
        """Write a pack of these Questionnaire files to a new file; nothing is written where one cannot be used."""
        identity = self._store.identity
        contents = [_content(path) for path in files]
        sets = [_checked(data, place) for place, data in enumerate(contents, 1)]
        if unknown := words.licences.keys() - {each.id for each in sets}:
            raise HomeVisitError("pack.licence_of_nothing", sets=len(unknown))
        manifest = PackManifest(
            name=words.name.strip(),
            version=words.version.strip(),
            organisation=words.organisation.strip() or identity.card.organisation,
            languages=tuple(dict.fromkeys(language for each in sets for language in each.languages)),
            made_at=instant(self._clock.now()),
            sets=tuple(_said(each, data, words) for each, data in zip(sets, contents, strict=True)),
        )
        signer = SignedCard(card=identity.card, signature=identity.card_signature)
        _write_new(out, pack_file(manifest, contents, signer=signer, key=identity.sign_key))
        self._store.access.record(AccessAct.EXPORTED, f"pack/{manifest.id}", f"sets={len(sets)}")
        return manifest


def _content(path: Path) -> bytes:
    return read_chosen(path, most=PACK_SET_BYTES, code="pack.cannot_read").removeprefix(_BOM)


def _checked(data: bytes, place: int) -> PromptSet:
    try:
        found = listed(lambda: data)
        require_usable(found.questionnaire)
    except HomeVisitError as refusal:
        fault = refusal.values.get("fault")
        if fault is None:
            raise HomeVisitError("pack.set_unreadable", set=place) from None
        raise HomeVisitError("pack.set_refused", set=place, fault=fault) from None
    if found.url.startswith(f"{BASE}/"):
        raise HomeVisitError("pack.shipped", set=place)
    return found


def _said(found: PromptSet, data: bytes, words: PackWords) -> PackSet:
    return PackSet(
        url=found.url,
        version=found.version,
        title=found.title,
        licence=(words.licences.get(found.id) or words.licence or found.copyright).strip(),
        sha256=digest(data),
    )


def _write_new(path: Path, data: bytes) -> None:
    """Whole or not at all; a file that is there already stays as it is."""
    try:
        with path.open("xb") as target:
            target.write(data)
            target.flush()
            os.fsync(target.fileno())
    except FileExistsError:
        raise HomeVisitError("pack.file_exists") from None
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise HomeVisitError("pack.cannot_write") from None
