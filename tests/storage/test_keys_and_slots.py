"""The data key opens with the right secret only, whatever a key file says."""

from __future__ import annotations

import json

import pytest

from homevisit.clock import ManualClock
from homevisit.errors import HomeVisitError
from homevisit.paths import Home
from homevisit.storage import recovery
from homevisit.storage.homes import (
    CreatedStore,
    Passphrase,
    RecoveryCode,
    change_passphrase,
    make_recovery,
    open_store,
)
from homevisit.storage.keyfile import read_keys
from homevisit.storage.keys import Cost, calibrated, open_slot, seal_slot
from homevisit.storage.store import Store
from tests.storage.making import WEAK, reopened

KEY = bytes(range(32))


def test_a_slot_opens_with_its_secret_and_no_other() -> None:
    slot = seal_slot(KEY, Passphrase("one"), "vault", WEAK)
    assert open_slot(slot, Passphrase("one"), "vault") == KEY
    assert open_slot(slot, Passphrase("two"), "vault") is None
    assert open_slot(slot, Passphrase("one"), "another vault") is None


def test_a_passphrase_is_the_same_in_any_composition_of_accents() -> None:
    slot = seal_slot(KEY, Passphrase("Zoe\u0308"), "vault", WEAK)
    assert open_slot(slot, Passphrase("Zo\u00eb"), "vault") == KEY


def test_a_lone_surrogate_in_a_passphrase_is_no_crash() -> None:
    slot = seal_slot(KEY, Passphrase("a\ud800b"), "vault", WEAK)
    assert open_slot(slot, Passphrase("a\ud800b"), "vault") == KEY


def test_a_weak_cost_needs_to_be_asked_for() -> None:
    with pytest.raises(ValueError, match="floor"):
        seal_slot(KEY, Passphrase("one"), "vault", Cost(memory_kib=1024))


def test_the_measured_cost_is_between_64_and_256_mebibytes() -> None:
    assert 64 * 1024 <= calibrated().memory_kib <= 256 * 1024


@pytest.mark.parametrize(
    "kdf", [{"memory_kib": 2**21}, {"iterations": 11}, {"lanes": 0}, {"lanes": True}, {"name": "x"}]
)
def test_costs_beyond_the_bounds_are_refused_before_they_are_spent(
    home: Home, store: Store, kdf: dict[str, int]
) -> None:
    store.close()
    for path in (home.keys, home.keys_copy):
        source = json.loads(path.read_bytes())
        source["slots"][0]["kdf"].update(kdf)
        path.write_text(json.dumps(source))
    with pytest.raises(HomeVisitError) as refusal:
        reopened(home)
    assert refusal.value.code == "store.key_cost"


def test_a_recovery_code_survives_being_typed_by_hand() -> None:
    secret = recovery.new_secret()
    code = recovery.code_of(secret)
    assert [len(group) for group in code.split("-")] == [4] * 9
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert recovery.secret_of(typed) == secret


def test_every_single_wrong_symbol_in_a_recovery_code_is_noticed() -> None:
    code = recovery.code_of(bytes(range(20)))
    for position, symbol in enumerate(code):
        wrong = code[:position] + ("7" if symbol != "7" else "8") + code[position + 1 :]
        with pytest.raises(HomeVisitError, match="mistyped"):
            recovery.secret_of(wrong)


def test_the_recovery_code_opens_the_store(created: CreatedStore, home: Home, clock: ManualClock) -> None:
    created.store.close()
    open_store(home, RecoveryCode(created.recovery_code), clock=clock).close()


def test_a_changed_passphrase_replaces_the_old_one_in_both_copies(home: Home, store: Store, clock: ManualClock) -> None:
    change_passphrase(home, store, "another one", cost=WEAK)
    store.close()
    assert read_keys(home.keys) == read_keys(home.keys_copy)
    with pytest.raises(HomeVisitError, match=r"store\.wrong_passphrase"):
        reopened(home)
    open_store(home, Passphrase("another one"), clock=clock).close()


def test_a_new_recovery_code_replaces_the_old_one(created: CreatedStore, home: Home, clock: ManualClock) -> None:
    code = make_recovery(home, created.store)
    created.store.close()
    with pytest.raises(HomeVisitError, match=r"store\.wrong_recovery_code"):
        open_store(home, RecoveryCode(created.recovery_code), clock=clock)
    open_store(home, RecoveryCode(code), clock=clock).close()


def test_an_old_key_file_put_back_is_noticed(home: Home, store: Store) -> None:
    before = home.keys.read_bytes()
    change_passphrase(home, store, "another one", cost=WEAK)
    store.close()
    home.keys.write_bytes(before)
    with_old = reopened(home)
    assert [finding.code for finding in with_old.start_report.findings] == ["store.keys_older"]
    with_old.close()


def test_a_slot_taken_out_of_the_key_file_is_noticed(home: Home, store: Store) -> None:
    store.close()
    for path in (home.keys, home.keys_copy):
        source = json.loads(path.read_bytes())
        source["slots"].pop()
        path.write_text(json.dumps(source))
    opened = reopened(home)
    assert [finding.code for finding in opened.start_report.findings] == ["store.keys_changed"]
    opened.close()


@pytest.mark.parametrize("damage", [b"", b"{", b"[" * 100_000, b"\xff\x00", b"x" * 100_000])
def test_a_damaged_key_file_falls_back_to_its_copy_and_is_made_good(home: Home, store: Store, damage: bytes) -> None:
    store.close()
    home.keys.write_bytes(damage)
    opened = reopened(home)
    assert [finding.code for finding in opened.start_report.findings] == ["store.keys_repaired"]
    opened.close()
    assert read_keys(home.keys) == read_keys(home.keys_copy)


def test_a_flipped_bit_in_a_slot_falls_back_to_the_copy(home: Home, store: Store) -> None:
    store.close()
    source = json.loads(home.keys.read_bytes())
    wrapped = bytearray.fromhex(source["slots"][0]["wrapped"])
    wrapped[5] ^= 1
    source["slots"][0]["wrapped"] = wrapped.hex()
    home.keys.write_text(json.dumps(source))
    reopened(home).close()
