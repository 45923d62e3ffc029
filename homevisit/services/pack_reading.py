"""Looking into a pack file without any store: its signature, its digests, and what the engine says of every set."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from homevisit.domain.prompt_pack import PackSet
from homevisit.errors import HomeVisitError
from homevisit.exchange.chosen_file import read_chosen
from homevisit.exchange.limits import PACK_BYTES
from homevisit.exchange.packs import Pack, read_pack
from homevisit.prompts.items import Fault, Verdict
from homevisit.prompts.prompt_sets import Origin, PromptSet, listed


class Standing(StrEnum):
    """How a set in a pack stands to what is here already."""

    NEW = "new"
    SAME = "same"
    NEWER = "newer"
    OLDER = "older"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedSet:
    """One set of a pack: what the manifest says, what the engine says, and why it cannot be installed, if so."""

    place: int
    said: PackSet
    prompt_set: PromptSet | None = None
    faults: tuple[Fault, ...] = ()
    standing: Standing = Standing.NEW
    problem: HomeVisitError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminedPack:
    """A pack whose signature is right and whose sets the engine has read; nothing of a store was asked."""

    pack: Pack = field(repr=False)
    sets: tuple[OfferedSet, ...]


def examine(path: Path) -> ExaminedPack:
    """Read and check a pack file; safe on any thread. A set that cannot be used is named, the others are read."""
    pack = read_pack(read_chosen(path, most=PACK_BYTES, code="pack.cannot_read"))
    places = enumerate(zip(pack.manifest.sets, pack.contents, strict=True), 1)
    return ExaminedPack(pack=pack, sets=tuple(_examined(place, said, data) for place, (said, data) in places))


def _examined(place: int, said: PackSet, data: bytes) -> OfferedSet:
    try:
        found = replace(listed(lambda: data), origin=Origin.INSTALLED)
        faults = found.questionnaire.faults
    except HomeVisitError:
        return OfferedSet(place=place, said=said, problem=HomeVisitError("pack.set_unreadable", set=place))
    refused = next((fault.code for fault in faults if fault.verdict is Verdict.REFUSED), "")
    problem = None
    if (found.url, found.version, found.title) != (said.url, said.version, said.title):
        problem = HomeVisitError("pack.set_differs", set=place)
    elif refused:
        problem = HomeVisitError("pack.set_refused", set=place, fault=refused)
    return OfferedSet(place=place, said=said, prompt_set=found, faults=faults, problem=problem)
