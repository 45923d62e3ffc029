"""The escrow slot opens with its own code, is written like the other slots, and costs unlocking nothing."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from homevisit.clock import ManualClock
from homevisit.errors import HomeVisitError
from homevisit.paths import Home
from homevisit.storage.escrow import end_escrow, make_escrow, sealed_code
from homevisit.storage.homes import CreatedStore, RecoveryCode, change_passphrase, make_recovery, open_store
from homevisit.storage.keyfile import KeyFile, read_keys
from homevisit.storage.keys import ESCROW, RECOVERY, Passphrase, open_slot, seal_escrow_slot
from homevisit.storage.recovery import code_of, new_secret
from homevisit.storage.store import Store
from tests.storage.making import WEAK, reopened

KEY, RECIPIENT = bytes(range(32)), "age1…"


def kept(home: Home) -> KeyFile:
    keys = read_keys(home.keys)
    assert isinstance(keys, KeyFile)
    assert keys == read_keys(home.keys_copy)
    return keys


def code_kept(home: Home, store: Store) -> str:
    """A code that was sealed by not sealing it, so that the test can read it."""
    make_escrow(home, store, recipient=RECIPIENT, seal=str.encode)
    data = sealed_code(home)
    assert data is not None
    return data.decode()


def test_the_code_opens_the_store_and_says_so(home: Home, store: Store, clock: ManualClock) -> None:
    code = code_kept(home, store)
    store.close()
    opened = open_store(home, RecoveryCode(code), clock=clock)
    assert (opened.opened_by, opened.escrowed_to, opened.is_escrow_spent) == (ESCROW, RECIPIENT, True)
    assert opened.start_report.ok
    assert opened.access.recent(1)[0].act == "unlocked-by-escrow"
    opened.close()
    usual = reopened(home)
    assert (usual.opened_by, usual.escrowed_to, usual.is_escrow_spent) == ("passphrase", RECIPIENT, True)
    make_escrow(home, usual, recipient=RECIPIENT, seal=str.encode)
    assert not usual.is_escrow_spent
    usual.close()


def test_passphrase_recovery_code_and_escrow_do_not_touch_each_other(
    created: CreatedStore, home: Home, clock: ManualClock
) -> None:
    store = created.store
    code = code_kept(home, store)
    change_passphrase(home, store, "another one", cost=WEAK)
    recovery = make_recovery(home, store)
    store.close()
    for secret in (Passphrase("another one"), RecoveryCode(recovery), RecoveryCode(code)):
        open_store(home, secret, clock=clock).close()
    assert [slot.kind for slot in kept(home).slots] == ["escrow", "passphrase", "recovery"]


def test_a_new_code_makes_the_old_one_void_and_an_ended_one_opens_nothing(
    home: Home, store: Store, clock: ManualClock
) -> None:
    first = code_kept(home, store)
    second = code_kept(home, store)
    assert kept(home).generation == 3
    end_escrow(home, store)
    assert sealed_code(home) is None
    store.close()
    for code in (first, second):
        with pytest.raises(HomeVisitError, match=r"store\.wrong_recovery_code"):
            open_store(home, RecoveryCode(code), clock=clock)


def test_the_newest_of_two_key_files_is_handed_out_and_a_damaged_one_is_made_good(home: Home, store: Store) -> None:
    older = home.keys.read_bytes()
    code = code_kept(home, store)
    store.close()
    newest = home.keys.read_bytes()
    home.keys.write_bytes(older)
    assert sealed_code(home) == code.encode()
    home.keys.write_bytes(b"{")
    assert sealed_code(home) == code.encode()
    reopened(home).close()
    assert home.keys.read_bytes() == newest


@pytest.mark.parametrize("change", [{"sealed": "zz"}, {"sealed": None}, {"recipient": None}])
def test_a_slot_that_cannot_be_read_leaves_the_copy_to_open_the_store(
    home: Home, store: Store, change: dict[str, str | None]
) -> None:
    code_kept(home, store)
    store.close()
    source = json.loads(home.keys.read_bytes())
    for name, value in change.items():
        slot = source["slots"][-1]
        if value is None:
            del slot[name]
        else:
            slot[name] = value
    home.keys.write_text(json.dumps(source))
    opened = reopened(home)
    assert [finding.code for finding in opened.start_report.findings] == ["store.keys_repaired"]
    opened.close()


def test_another_sealed_code_put_into_the_key_file_is_noticed(home: Home, store: Store) -> None:
    code_kept(home, store)
    store.close()
    for path in (home.keys, home.keys_copy):
        source = json.loads(path.read_bytes())
        source["slots"][-1]["sealed"] = b"another".hex()
        path.write_text(json.dumps(source))
    opened = reopened(home)
    assert [finding.code for finding in opened.start_report.findings] == ["store.keys_changed"]
    opened.close()


def test_a_slot_opens_with_its_own_code_only_and_as_its_own_kind_only() -> None:
    code, other = (RecoveryCode(code_of(new_secret())) for _ in range(2))
    slot = seal_escrow_slot(KEY, code, "vault", recipient=RECIPIENT, sealed=b"x")
    assert open_slot(slot, code, "vault") == KEY
    assert open_slot(slot, other, "vault") is None
    assert open_slot(slot, code, "another vault") is None
    assert open_slot(replace(slot, kind=RECOVERY), code, "vault") is None
    assert open_slot(replace(slot, kind="of-a-later-version"), code, "vault") is None
    assert open_slot(slot, Passphrase(code.text), "vault") is None
