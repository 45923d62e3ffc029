"""Packs of prompt sets on this laptop: what one would bring, installing and removing it, and the library they make."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from homevisit.clock import Clock, instant
from homevisit.domain.card import Card
from homevisit.domain.prompt_pack import PackManifest
from homevisit.errors import HomeVisitError
from homevisit.exchange.packs import read_manifest
from homevisit.prompts.library import Library, Origin, PromptSet
from homevisit.prompts.prompt_sets import listed
from homevisit.prompts.terms import BASE
from homevisit.services.cards import Cards, OfferedCard
from homevisit.services.pack_reading import ExaminedPack, OfferedSet, Standing, examine
from homevisit.storage.access import AccessAct
from homevisit.storage.prompt_packs import KeptPack, KeptSet
from homevisit.storage.store import Store

PACK_CLASS = "B"
OURS = frozenset({Origin.SHIPPED, Origin.EARLIER})


@dataclass(frozen=True, slots=True, kw_only=True)
class PackOffer:
    """What would be installed. ``unknown`` is the signer's card where it is still to be confirmed by its words."""

    examined: ExaminedPack = field(repr=False)
    sets: tuple[OfferedSet, ...]
    signer: Card
    unknown: OfferedCard | None
    is_installed: bool

    @property
    def manifest(self) -> PackManifest:
        return self.examined.pack.manifest

    @property
    def problem(self) -> HomeVisitError | None:
        """Why the pack cannot be installed, whoever signed it."""
        return next((each.problem for each in self.sets if each.problem is not None), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledPack:
    """A pack that is installed; ``signer`` is the name on the card it was signed with."""

    id: str
    manifest: PackManifest
    signer: str
    installed_at: str


class PromptLibrary:
    """The only writer of installed sets; after each change the library that everybody holds has them."""

    def __init__(self, store: Store, library: Library, cards: Cards, clock: Clock) -> None:
        self._store = store
        self._library = library
        self._cards = cards
        self._clock = clock

    def bring_up(self) -> None:
        """Put what is installed into the library."""
        packs = {each.id: each for each in self.packs()}
        self._library.put_installed(_installed(self._store.prompt_packs.sets(), packs))

    def warm_up(self) -> None:
        """Load the reference engine ahead where an installed set will want it: a first answer must not wait for it."""
        installed = (each for each in self._library.sets if each.origin is Origin.INSTALLED)
        if any(each.questionnaire.programme.wants_engine for each in installed):
            importlib.import_module("homevisit.prompts.expressions.compiling").warm()

    def packs(self) -> tuple[InstalledPack, ...]:
        """Every installed pack, by name."""
        found = [
            InstalledPack(
                id=each.id, manifest=read_manifest(each.manifest), signer=each.card.name, installed_at=each.installed_at
            )
            for each in self._store.prompt_packs.packs()
            if not each.removed_at
        ]
        return tuple(sorted(found, key=lambda pack: (pack.manifest.name.casefold(), pack.installed_at)))

    def preview(self, path: Path) -> PackOffer:
        """Look into a pack file; nothing is taken in."""
        return self.judge(examine(path))

    def judge(self, examined: ExaminedPack) -> PackOffer:
        """How an examined pack stands to this store: is its signer known, are its sets here already."""
        signer = examined.pack.signer
        return PackOffer(
            examined=examined,
            sets=tuple(self._judged(each, examined.sets) for each in examined.sets),
            signer=signer.card,
            unknown=None if self._is_known(signer.card) else self._cards.offered(signer),
            is_installed=examined.pack.manifest.id in {each.id for each in self.packs()},
        )

    def confirm_signer(self, offer: PackOffer) -> PackOffer:
        """The six words of the signer were compared: their card is trusted from now on."""
        if offer.unknown is not None:
            self._cards.confirm(offer.unknown)
        return self.judge(offer.examined)

    def install(self, offer: PackOffer) -> InstalledPack:
        """Take the whole pack in, or refuse it with a code and change nothing."""
        judged = self.judge(offer.examined)
        if judged.unknown is not None:
            raise HomeVisitError("pack.unknown_signer")
        if judged.problem is not None:
            raise judged.problem
        pack, now = offer.examined.pack, instant(self._clock.now())
        kept = KeptPack(
            id=pack.manifest.id,
            manifest=pack.manifest.to_json(),
            card=pack.signer.card,
            signature=pack.signature,
            installed_at=now,
        )
        log = self._store.access
        self._store.prompt_packs.install(
            kept,
            tuple(_kept(each, data) for each, data in zip(judged.sets, pack.contents, strict=True)),
            also=lambda: log.record(AccessAct.INSTALLED_PACK, f"pack/{kept.id}", f"sets={len(pack.contents)}"),
        )
        self.bring_up()
        return InstalledPack(id=kept.id, manifest=pack.manifest, signer=pack.signer.card.name, installed_at=now)

    def remove(self, pack: str) -> None:
        """Offer its sets no longer. What was answered stays readable as it was asked."""
        log = self._store.access
        self._store.prompt_packs.remove(pack, also=lambda: log.record(AccessAct.REMOVED_PACK, f"pack/{pack}"))
        self.bring_up()

    def note_export(self, sets: int) -> None:
        """Write into the access log that prompt sets were written out as files."""
        self._store.access.record(AccessAct.EXPORTED, "prompts", f"sets={sets}")

    def _is_known(self, card: Card) -> bool:
        own = self._store.identity.card
        if card.device == own.device:
            return card.sign_key == own.sign_key
        kept = self._store.cards.by_device(card.device)
        return kept is not None and (kept.card.person, kept.card.sign_key) == (card.person, card.sign_key)

    def _judged(self, offered: OfferedSet, others: Iterable[OfferedSet]) -> OfferedSet:
        found = offered.prompt_set
        if found is None or offered.problem is not None:
            return offered
        beside = [each.prompt_set for each in others if each.prompt_set is not None]
        if code := _clash(found, (*self._library.all, *beside)):
            return replace(offered, problem=HomeVisitError(code, set=offered.place))
        return replace(offered, standing=_standing(found, [one for one in self._library.all if one.is_offered]))


def _clash(found: PromptSet, beside: Iterable[PromptSet]) -> str:
    """The code of what stands against a set, "" for nothing."""
    here = tuple(beside)
    same_address = [each for each in here if each.url == found.url]
    if found.url.startswith(f"{BASE}/") or any(each.origin in OURS for each in same_address):
        return "pack.shipped"
    if any(each.id == found.id and each.url != found.url for each in here):
        return "pack.name_taken"
    same = (each for each in same_address if each.version == found.version)
    if any(each.questionnaire.raw != found.questionnaire.raw for each in same):
        return "pack.other_content"
    return ""


def _standing(found: PromptSet, offered: Iterable[PromptSet]) -> Standing:
    versions = [each for each in offered if each.url == found.url]
    if not versions:
        return Standing.NEW
    if any(each.version == found.version for each in versions):
        return Standing.SAME
    return Standing.NEWER if all(each.newness < found.newness for each in versions) else Standing.OLDER


def _kept(offered: OfferedSet, data: bytes) -> KeptSet:
    found = offered.prompt_set
    if found is None:
        raise HomeVisitError("pack.set_unreadable", set=offered.place)
    return KeptSet(canonical=found.canonical, id=found.id, content=data)


def _installed(kept: Iterable[KeptSet], packs: Mapping[str, InstalledPack]) -> Iterator[PromptSet]:
    for each in kept:
        with suppress(HomeVisitError):  # a damaged page is the full check's to name; nobody is kept from unlocking
            yield _as_installed(listed(partial(bytes, each.content)), packs.get(each.pack))


def _as_installed(found: PromptSet, pack: InstalledPack | None) -> PromptSet:
    """A set of a pack as the library lists it; what it does not say itself, its pack does."""
    if pack is None:
        return replace(found, origin=Origin.KEPT)
    said = next((each for each in pack.manifest.sets if (each.url, each.version) == (found.url, found.version)), None)
    return replace(
        found,
        origin=Origin.INSTALLED,
        pack=pack.id,
        licence=said.licence if said else "",
        licence_class=found.licence_class or PACK_CLASS,
        attribution=found.attribution or found.copyright,
        source=found.source or found.url,
        checked_on=found.checked_on or pack.manifest.made_at[:10],
    )
