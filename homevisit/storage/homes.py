"""What a folder holds, and making, opening and setting aside the store in it. Nothing is ever overwritten."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from homevisit.clock import Clock, instant
from homevisit.domain.card import Card, Desk
from homevisit.errors import HomeVisitError
from homevisit.ids import new_id
from homevisit.paths import Home
from homevisit.signatures import new_signing_key, public_key, sign
from homevisit.storage import keyfile, recovery
from homevisit.storage.access import AccessAct
from homevisit.storage.attempts import Attempts
from homevisit.storage.driver import KEY_BYTES, KeyedDatabase, connect, translated, use_write_ahead_log
from homevisit.storage.files import private_folder, private_umask, sync_folder, write_whole
from homevisit.storage.findings import Finding
from homevisit.storage.head import Head, HeadFile
from homevisit.storage.joining import Joining, bring
from homevisit.storage.keyfile import KeyFile, KeyFileFault
from homevisit.storage.keys import ESCROW, PASSPHRASE, Cost, Passphrase, RecoveryCode, Secret, seal_slot
from homevisit.storage.lock import HomeLock
from homevisit.storage.migrations import check_version, migrate
from homevisit.storage.store import Identity, Store

__all__ = [
    "CreatedStore",
    "HomeState",
    "Passphrase",
    "Profile",
    "RecoveryCode",
    "change_passphrase",
    "create_store",
    "make_recovery",
    "open_store",
    "set_aside",
    "state_of",
]

PLAIN_DATABASE = b"SQLite format 3\x00"


class HomeState(StrEnum):
    """What a folder holds, decided without a key."""

    EMPTY = "empty"
    READY = "ready"
    UNREADABLE = "unreadable"
    NEWER = "newer"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Who a store is made for, in the words of the first run; ``joining`` where it is a further laptop of theirs."""

    name: str = field(repr=False)
    role: Desk
    title: str = ""
    registration: str = field(default="", repr=False)
    organisation: str = ""
    joining: Joining | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class CreatedStore:
    """A new store, open, and the recovery code that is shown once and kept nowhere."""

    store: Store
    recovery_code: str = field(repr=False)


def state_of(home: Home) -> HomeState:
    """What the folder holds: looks at the key files and the presence of the database only."""
    faults = [keyfile.read_keys(path) for path in (home.keys, home.keys_copy)]
    database = home.database.exists()
    if not database and all(found is KeyFileFault.MISSING for found in faults):
        return HomeState.EMPTY
    if any(isinstance(found, KeyFile) for found in faults):
        return HomeState.READY if database else HomeState.UNREADABLE
    if KeyFileFault.NEWER in faults:
        return HomeState.NEWER
    if KeyFileFault.FOREIGN in faults or (database and _is_plain(home.database)):
        return HomeState.FOREIGN
    return HomeState.UNREADABLE


def create_store(  # noqa: PLR0913 - each is a different thing that a new store needs
    home: Home,
    profile: Profile,
    passphrase: str,
    *,
    age: tuple[str, str],
    clock: Clock,
    cost: Cost | None = None,
) -> CreatedStore:
    """Make a store and open it; ``store.exists`` if the home is not empty.

    Args:
        home: where it goes; the folder is made.
        profile: who it is for.
        passphrase: what opens it.
        age: the sealing identity (secret) and its recipient (public), made by the exchange.
        clock: the present moment.
        cost: of a guess at the passphrase; None measures this machine.
    """
    if state_of(home) is not HomeState.EMPTY:
        raise HomeVisitError("store.exists")
    private_folder(home.root)
    lock = HomeLock(home.lock)
    lock.take()
    making = Home(home.root / f"making-{secrets.token_hex(4)}")
    try:
        code = _build(making, profile, age, Passphrase(passphrase), clock=clock, cost=cost)
        _move_in(making, home)
        store = _opened(home, Passphrase(passphrase), clock, lock)
    except BaseException:
        lock.release()
        raise
    finally:
        shutil.rmtree(making.root, ignore_errors=True)
    return CreatedStore(store, code)


def open_store(home: Home, secret: Secret, *, clock: Clock) -> Store:
    """Open the store with a passphrase or the recovery code. A wrong one slows the next try down."""
    refuse_unless_ready(home)
    lock = HomeLock(home.lock)
    lock.take()
    try:
        return _opened(home, secret, clock, lock)
    except BaseException:
        lock.release()
        raise


def refuse_unless_ready(home: Home) -> None:
    """``store.missing``, ``.unreadable``, ``.newer`` or ``.foreign`` for a home without a usable store."""
    state = state_of(home)
    if state is HomeState.EMPTY:
        raise HomeVisitError("store.missing")
    if state is not HomeState.READY:
        raise HomeVisitError(f"store.{state.value}")


def change_passphrase(home: Home, store: Store, new_passphrase: str, *, cost: Cost | None = None) -> None:
    """Wrap the data key for another passphrase; the old one opens this store no more (old backups keep theirs)."""
    secret = Passphrase(new_passphrase)
    change_keys(home, store, lambda keys: keys.with_slot(seal_slot(store.data_key, secret, keys.vault, cost)))
    store.opened_by = PASSPHRASE  # there is a passphrase that is known again
    store.access.record(AccessAct.CHANGED_PASSPHRASE)


def make_recovery(home: Home, store: Store) -> str:
    """A new recovery code in the place of the old one."""
    code = recovery.code_of(recovery.new_secret())
    change_keys(home, store, lambda keys: keys.with_slot(seal_slot(store.data_key, RecoveryCode(code), keys.vault)))
    store.access.record(AccessAct.MADE_RECOVERY)
    return code


def set_aside(home: Home, code: str) -> Path:
    """Move a store that cannot be used out of the way, whole, with a plain explanation; returns its new folder."""
    lock = HomeLock(home.lock)
    lock.take()
    try:
        stamp = secrets.token_hex(3)
        target = private_folder(home.set_aside) / f"{_code_name(code)}-{stamp}"
        with translated():
            home.store.rename(target)
            sync_folder(home.root)
    finally:
        lock.release()
    write_whole(target / "WHY.txt", EXPLANATION.format(code=code).encode())
    return target


EXPLANATION = """This folder is a Homevisit store that could not be used. Nothing in it was changed or removed.
Reason: {code}
To try it again, move its files into an empty "store" folder of a Homevisit home.
A backup can be brought back with "homevisit --home FOLDER restore BACKUP".
"""


def unlock_keys(home: Home, secret: Secret) -> tuple[KeyFile, bytes]:
    """The key file and the data key; ``store.wrong_passphrase`` or ``store.wrong_recovery_code``."""
    found = keyfile.unlock(keyfile.usable(home), secret)
    if found is None:
        kind = "passphrase" if isinstance(secret, Passphrase) else "recovery_code"
        raise HomeVisitError(f"store.wrong_{kind}")
    return found


def confirm_passphrase(home: Home, passphrase: str, *, clock: Clock) -> None:
    """Refuse anybody but the one whose store this is; a wrong try counts and makes the next one wait, as at Unlock."""
    attempts = Attempts(home.attempts, clock)
    attempts.begin()
    unlock_keys(home, Passphrase(passphrase))
    attempts.succeed()


def open_database(home: Home, data_key: bytes) -> KeyedDatabase:
    """The keyed database of a home, brought up to the present schema."""
    with private_umask():
        database = connect(home.database, data_key)
        try:
            check_version(database)
            use_write_ahead_log(database)
            migrate(database)
        except BaseException:
            database.close()
            raise
    return database


def _opened(home: Home, secret: Secret, clock: Clock, lock: HomeLock) -> Store:
    attempts = Attempts(home.attempts, clock)
    if isinstance(secret, RecoveryCode):
        secret.secret()  # a mistyped code is not a try
    failures = attempts.failures
    attempts.begin()
    keys, data_key = unlock_keys(home, secret)
    attempts.succeed()
    database = open_database(home, data_key)
    try:
        store = Store(home, database, data_key, lock=lock, clock=clock)
        _say_how_it_opened(store, keys, secret)
        store.examine_start(_tend_keys(home, keys, data_key, database))
        _log_unlock(store, failures)
    except BaseException:
        database.close()
        raise
    return store


def _say_how_it_opened(store: Store, keys: KeyFile, secret: Secret) -> None:
    store.opened_by = keys.opened_by(secret)
    slot = keys.slot(ESCROW)
    store.escrowed_to = slot.recipient if slot else ""
    if store.opened_by == ESCROW:
        store.spend_escrow()


def _log_unlock(store: Store, failures: int) -> None:
    if failures:
        store.access.record(AccessAct.FAILED_UNLOCK, detail=f"count={failures}")
    store.access.record(AccessAct.UNLOCKED if store.opened_by != ESCROW else AccessAct.UNLOCKED_BY_ESCROW)


def _tend_keys(home: Home, keys: KeyFile, data_key: bytes, database: KeyedDatabase) -> tuple[Finding, ...]:
    """Notice a changed or older key file and bring both copies in line with the one that opened."""
    found = []
    if not keys.genuine(data_key):
        found.append(Finding("store.keys_changed"))
    known = int(database.value_of("SELECT value FROM meta WHERE name = 'keys_generation'") or 0)
    if keys.generation < known:
        found.append(Finding("store.keys_older"))
    elif keys.generation > known:
        _keep_generation(database, keys)
    if found or all(keyfile.read_keys(path) == keys for path in (home.keys, home.keys_copy)):
        return tuple(found)
    with suppress(HomeVisitError):  # the other copy still opens the store; the next unlock tries again
        keyfile.write_keys(home, keys)
    return (Finding("store.keys_repaired"),)


def change_keys(home: Home, store: Store, change: Callable[[KeyFile], KeyFile]) -> None:
    """Write the next generation of both key files, changed in this way."""
    current = keyfile.usable(home)
    if not current:
        raise HomeVisitError("store.unreadable")
    keys = change(current[0]).authenticated(store.data_key)
    keyfile.write_keys(home, keys)
    _keep_generation(store.database, keys)


def _keep_generation(database: KeyedDatabase, keys: KeyFile) -> None:
    database.change("INSERT OR REPLACE INTO meta (name, value) VALUES ('keys_generation', ?)", (str(keys.generation),))


def _new_identity(profile: Profile, age: tuple[str, str], clock: Clock) -> Identity:
    joining, sign_key = profile.joining, new_signing_key()
    person_key = joining.person_key if joining else new_signing_key()
    age_identity, age_recipient = age
    card = Card(
        person=joining.person if joining else new_id(),
        name=profile.name,
        role=profile.role,
        title=profile.title,
        registration=profile.registration,
        organisation=profile.organisation,
        person_key=public_key(person_key),
        device=new_id(),
        sign_key=public_key(sign_key),
        age_recipient=age_recipient,
        made_at=instant(clock.now()),
    )
    return Identity(
        card=card,
        card_signature=sign(person_key, card.signing_bytes()),
        person_key=person_key,
        sign_key=sign_key,
        age_identity=age_identity,
        epoch=new_id(),
    )


def _build(  # noqa: PLR0913 - as create_store
    making: Home, profile: Profile, age: tuple[str, str], passphrase: Passphrase, *, clock: Clock, cost: Cost | None
) -> str:
    """Write a whole store beside its place, so that a power cut never leaves half of one there."""
    identity = _new_identity(profile, age, clock)
    private_folder(making.store)
    data_key, vault = secrets.token_bytes(KEY_BYTES), new_id()
    code = recovery.code_of(recovery.new_secret())
    slots = (seal_slot(data_key, passphrase, vault, cost), seal_slot(data_key, RecoveryCode(code), vault))
    keys = KeyFile(vault=vault, generation=1, slots=slots).authenticated(data_key)
    keyfile.write_keys(making, keys)
    with private_umask():
        database = connect(making.database, data_key)
        try:
            migrate(database)
            values = {"vault": vault, "identity": identity.to_json(), "epoch": identity.epoch, "keys_generation": "1"}
            with database.atomic():
                for name, value in values.items():
                    database.change("INSERT INTO meta (name, value) VALUES (?, ?)", (name, value))
                if profile.joining:
                    bring(database, profile.joining, clock=clock)
        finally:
            database.close()
    HeadFile(making.head, data_key).write(Head(identity.card.device, identity.epoch))
    return code


def _move_in(making: Home, home: Home) -> None:
    with translated(), suppress(FileNotFoundError):
        home.store.rmdir()  # an empty folder only; anything in it refuses
    with translated():
        making.store.rename(home.store)
        sync_folder(home.root)


def _is_plain(path: Path) -> bool:
    with suppress(OSError), path.open("rb") as source:
        return source.read(len(PLAIN_DATABASE)) == PLAIN_DATABASE
    return False


def _code_name(code: str) -> str:
    return "".join(character if character.isalnum() else "-" for character in code)[:40]
