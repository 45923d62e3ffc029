"""The slot whose code the organisation can read: made and ended while the store is open, handed out without a key."""

from __future__ import annotations

from collections.abc import Callable

from homevisit.errors import HomeVisitError
from homevisit.paths import Home
from homevisit.storage import keyfile, recovery
from homevisit.storage.access import AccessAct
from homevisit.storage.homes import change_keys
from homevisit.storage.keyfile import KeyFile
from homevisit.storage.keys import ESCROW, RecoveryCode, seal_escrow_slot
from homevisit.storage.store import Store

Seal = Callable[[str], bytes]


def make_escrow(home: Home, store: Store, *, recipient: str, seal: Seal) -> None:
    """A new code in the place of the one before, kept only as ``seal`` seals it; nobody here ever sees it."""

    def made(keys: KeyFile) -> KeyFile:
        code = recovery.code_of(recovery.new_secret())
        secret, sealed = RecoveryCode(code), seal(code)
        return keys.with_slot(seal_escrow_slot(store.data_key, secret, keys.vault, recipient=recipient, sealed=sealed))

    change_keys(home, store, made)
    store.escrowed_to = recipient
    store.spend_escrow(spent=False)
    store.access.record(AccessAct.MADE_ESCROW)


def end_escrow(home: Home, store: Store) -> None:
    """The code that the organisation could read opens this store no more (earlier backups keep theirs)."""
    change_keys(home, store, lambda keys: keys.without(ESCROW))
    store.escrowed_to = ""
    store.spend_escrow(spent=False)
    store.access.record(AccessAct.ENDED_ESCROW)


def sealed_code(home: Home) -> bytes | None:
    """The sealed code of the newest key file; None where there is none. No key is needed."""
    newest = max(keyfile.usable(home), key=lambda keys: keys.generation, default=None)
    slot = newest.slot(ESCROW) if newest else None
    return slot.sealed if slot else None


def code_in(text: str) -> str:
    """A code as it was typed, or read from a file, in its proper form; refused where a character is wrong."""
    try:
        return recovery.code_of(recovery.secret_of(text))
    except HomeVisitError:
        raise HomeVisitError("escrow.damaged") from None
