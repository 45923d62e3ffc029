"""Seeded mutations of real packages: none is accepted, none raises anything but a refusal with a code."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from homevisit.domain.canonical import canonical
from homevisit.domain.entry import Entry
from homevisit.errors import HomeVisitError
from homevisit.exchange import body
from homevisit.exchange.entries import write_entries
from homevisit.exchange.package import read_frame
from tests.exchange.sealing_desks import Desks
from tests.hostile.forge import Forge, mutate

SEED = 42


def originals(desks: Desks) -> list[tuple[bytes, tuple[Entry, ...]]]:
    """An empty package, a small one, and one with several entries and texts of every kind."""
    entries = tuple(desks.sender.entry({"note": f"{number} \U0001f476 \x00 " * 30}) for number in range(6))
    return [(desks.sealed(*some).data, some) for some in ((), entries[:1], entries)]


def outer_mutants(forge: Forge, rounds: int) -> Iterator[bytes]:
    """Mutants of the sealed bytes: a damaged stick, a meddling relay."""
    chance = random.Random(SEED)
    files = [data for data, _ in originals(forge.desks)]
    for number in range(rounds):
        data = files[number % len(files)]
        changed = mutate(data, chance)
        if changed != data:
            yield changed


def inner_mutants(forge: Forge, rounds: int) -> Iterator[bytes]:
    """Mutants of the plain bytes, sealed again to the right key: whoever has a card can make these."""
    chance = random.Random(SEED)
    plains = [forge.plain(data) for data, _ in originals(forge.desks)]
    for number in range(rounds):
        plain = plains[number % len(plains)]
        changed = mutate(plain, chance)
        if changed != plain:
            yield forge.encrypt(changed)


def faithless_mutants(forge: Forge, rounds: int) -> Iterator[tuple[bytes, tuple[Entry, ...]]]:
    """Mutants that a known sender signs: a changed manifest, or changed entries under an honest manifest."""
    chance = random.Random(SEED)
    cases = originals(forge.desks)
    for number in range(rounds):
        data, entries = cases[number % len(cases)]
        frame = read_frame(forge.plain(data))
        if number % 2:
            plain = forge.signed(mutate(frame.manifest, chance), frame.rest)
        else:
            raw = mutate(write_entries(entries), chance)
            packed = body.compress(raw)
            manifest = forge.manifest(packed, entry_count=len(entries), raw_len=len(raw))
            plain = forge.signed(canonical(manifest), packed)
        yield forge.encrypt(plain), entries


def accepted(forge: Forge, mutants: Iterator[bytes]) -> int:
    """How many were accepted; anything but a refusal ends the test with its own exception."""
    return sum(forge.verdict(data) == "" for data in mutants)


def forged(forge: Forge, mutants: Iterator[tuple[bytes, tuple[Entry, ...]]]) -> int:
    """How many were accepted although they hold an entry that its author never signed."""
    wrong = 0
    for data, genuine in mutants:
        with contextlib.suppress(HomeVisitError):
            # A sender may leave a body out, as after an erasure, but never replace one.
            possible = [*genuine, *(replace(entry, body=None) for entry in genuine)]
            wrong += not all(entry in possible for entry in forge.desks.opened(data).entries)
    return wrong


def test_no_mutant_of_the_sealed_bytes_is_accepted(forge: Forge) -> None:
    assert accepted(forge, outer_mutants(forge, 4_000)) == 0


def test_no_mutant_sealed_again_to_the_right_key_is_accepted(forge: Forge) -> None:
    assert accepted(forge, inner_mutants(forge, 4_000)) == 0


def test_a_known_sender_cannot_make_others_say_what_they_never_signed(forge: Forge) -> None:
    assert forged(forge, faithless_mutants(forge, 3_000)) == 0


def test_the_mutations_reach_every_check(forge: Forge) -> None:
    found = {forge.verdict(data) for data in outer_mutants(forge, 400)}
    found |= {forge.verdict(data) for data in inner_mutants(forge, 1_000)}
    found |= {forge.verdict(data) for data, _ in faithless_mutants(forge, 900)}
    assert found >= {
        "package.not_a_package",
        "package.header",
        "package.not_for_me",
        "package.damaged",
        "package.frame",
        "package.newer",
        "package.manifest",
        "package.signature",
        "package.body",
        "package.entry",
        "package.entry_signature",
    }


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_of_a_million_mutants_none_is_accepted(forge: Forge) -> None:
    assert accepted(forge, outer_mutants(forge, 400_000)) == 0
    assert accepted(forge, inner_mutants(forge, 400_000)) == 0
    assert forged(forge, faithless_mutants(forge, 200_000)) == 0
