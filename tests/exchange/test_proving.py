"""Signatures and bodies of many entries are checked in child programs, with the same verdict as here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from homevisit.domain.card import Desk
from homevisit.domain.entry import Entry
from homevisit.errors import HomeVisitError
from homevisit.exchange import proving
from homevisit.exchange.entries import write_entries
from homevisit.exchange.proving import AT_ONCE, MANY, Claim, Provers
from tests.exchange.sealing_desks import DeskKeys, Desks, new_desk

TALKS_NONSENSE = """
import struct, sys
sys.stdin.buffer.read(1)
sys.stdout.buffer.write(struct.pack(">IIQ", 0, 2, 3) + b"{}odd")
sys.stdout.buffer.flush()
sys.stdin.buffer.read()
"""


@pytest.fixture(scope="module")
def desk() -> DeskKeys:
    return new_desk("Ada Example", Desk.PRACTITIONER)


@pytest.fixture(scope="module")
def entries(desk: DeskKeys) -> list[Entry]:
    return [desk.entry({"note": f"visit {number}"}) for number in range(MANY)]


@pytest.fixture(scope="module")
def provers() -> Iterator[Provers]:
    made = Provers()
    yield made
    made.end()


def claims(entries: list[Entry], desk: DeskKeys) -> list[Claim]:
    keys = {desk.card.device: desk.card.sign_key}
    portions = [entries[start : start + AT_ONCE] for start in range(0, len(entries), AT_ONCE)]
    return [Claim(write_entries(portion), len(portion), keys) for portion in portions]


def changed(entries: list[Entry], place: int, **values: object) -> list[Entry]:
    return [*entries[:place], replace(entries[place], **values), *entries[place + 1 :]]  # type: ignore[arg-type]


def test_what_was_signed_is_proven(provers: Provers, entries: list[Entry], desk: DeskKeys) -> None:
    provers.prove(claims(entries, desk))
    assert provers.running


@pytest.mark.parametrize("place", [0, AT_ONCE, MANY - 1])
def test_one_wrong_signature_among_many_is_found(
    provers: Provers, entries: list[Entry], desk: DeskKeys, place: int
) -> None:
    with pytest.raises(HomeVisitError, match=r"package\.entry_signature"):
        provers.prove(claims(changed(entries, place, signature=bytes(64)), desk))
    provers.prove(claims(entries, desk))


def test_one_changed_body_among_many_is_found(provers: Provers, entries: list[Entry], desk: DeskKeys) -> None:
    with pytest.raises(HomeVisitError, match=r"package\.entry \(why=body digest\)"):
        provers.prove(claims(changed(entries, MANY // 2, body={"note": "altered"}), desk))


def test_children_that_have_gone_are_done_without(provers: Provers, entries: list[Entry], desk: DeskKeys) -> None:
    provers.prove(claims(entries, desk))
    for child in provers.running:
        child.kill()
        child.wait()
    provers.prove(claims(entries, desk))
    with pytest.raises(HomeVisitError, match=r"package\.entry_signature"):
        provers.prove(claims(changed(entries, 7, signature=bytes(64)), desk))


def test_children_whose_answers_cannot_be_read_are_done_without(
    monkeypatch: pytest.MonkeyPatch, entries: list[Entry], desk: DeskKeys
) -> None:
    monkeypatch.setattr(proving, "_CHILD", TALKS_NONSENSE)
    misled = Provers()
    assert len(misled.prove(claims(entries, desk))) == MANY
    assert not misled.running


def test_few_entries_start_no_child(entries: list[Entry], desk: DeskKeys) -> None:
    few = Provers()
    few.prove(claims(entries[:20], desk))
    assert not few.running


def test_several_packages_one_after_the_other_start_children(entries: list[Entry], desk: DeskKeys) -> None:
    several = Provers()
    half = MANY // 2
    several.prove(claims(entries[:half], desk))
    assert not several.running
    several.prove(claims(entries[half:], desk))
    assert several.running
    several.end()


def test_a_large_package_with_one_wrong_signature_is_refused_whole(desks: Desks) -> None:
    genuine = [desks.sender.entry({"note": str(number)}) for number in range(MANY)]
    assert len(desks.opened(desks.sealed(*genuine).data).entries) == MANY
    with pytest.raises(HomeVisitError, match=r"package\.entry_signature"):
        desks.opened(desks.sealed(*changed(genuine, 600, signature=bytes(64))).data)
