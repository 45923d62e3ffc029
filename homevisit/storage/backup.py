"""Verified backups, and bringing one back: a restored store always goes on in a new epoch."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from homevisit.clock import Clock, instant, parse_instant
from homevisit.errors import HomeVisitError
from homevisit.paths import Home
from homevisit.storage.access import AccessAct
from homevisit.storage.driver import KeyedDatabase, connect, translated
from homevisit.storage.files import (
    private_folder,
    private_umask,
    read_small,
    sync_file,
    sync_folder,
    write_whole,
)
from homevisit.storage.homes import HomeState, open_store, refuse_unless_ready, state_of
from homevisit.storage.keys import Secret
from homevisit.storage.migrations import check_version
from homevisit.storage.store import Store

ABOUT = "backup.json"
FORMAT = "homevisit backup"
LARGEST = 4 * 1024
DUE_AFTER = timedelta(days=1)
KEPT = 14
STORE_FILES = ("homevisit.db", "keys.json", "keys.copy.json", "head.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One backup folder."""

    path: Path
    made_at: str
    entries: int
    size: int


def make_backup(store: Store, *, clock: Clock | None = None) -> Path:
    """Copy the store, open the copy with the key, check every page and count, and only then give it its name.

    Works on a connection of its own, so that any thread may call it while the store is being written to.
    """
    now = instant((clock or store.clock).now())
    store.database.refuse_if_gone()
    folder = private_folder(store.home.backups)
    making = Home(folder / f"making-{secrets.token_hex(4)}")
    target = folder / f"{now[:19].replace(':', '')}Z-{secrets.token_hex(3)}"
    try:
        entries = _copy(store, making)
        about = {"entries": entries, "format": FORMAT, "made_at": now, "version": 1}
        write_whole(making.store / ABOUT, json.dumps(about, sort_keys=True).encode())
        with translated():
            making.store.rename(target)
            sync_folder(folder)
    finally:
        shutil.rmtree(making.root, ignore_errors=True)
    return target


def make_backup_when_due(store: Store) -> Path | None:
    """The daily backup, made after an unlock; keeps the newest fourteen. Runs on any thread.

    One that says it was made later than now is from a clock that was wrong: it is no reason to make none today, and
    the first to go.
    """
    now = store.clock.now()
    past = [at for each in list_backups(store.home) if (at := parse_instant(each.made_at)) <= now]
    if past and now - past[0] < DUE_AFTER:
        return None
    made = make_backup(store)
    standing = sorted(list_backups(store.home), key=lambda each: parse_instant(each.made_at) > now)
    for old in standing[KEPT:]:
        shutil.rmtree(old.path, ignore_errors=True)
    return made


def list_backups(home: Home) -> tuple[Backup, ...]:
    """The finished backups of a home, newest first."""
    if not home.backups.is_dir():
        return ()
    found = [backup for path in home.backups.iterdir() if (backup := _about(path)) is not None]
    return tuple(sorted(found, key=lambda backup: (backup.made_at, backup.path.name), reverse=True))


def restore(backup: Path, home: Home, secret: Secret, *, clock: Clock) -> str:
    """Bring a backup into a home without a store; returns the new epoch. The backup itself is not touched.

    Whatever fails, the home is as it was: ``store.exists``, ``backup.unreadable`` or what unlocking says.
    """
    if state_of(home) is not HomeState.EMPTY:
        raise HomeVisitError("store.exists")
    if _about(backup) is None:
        raise HomeVisitError("backup.unreadable")
    private_folder(home.root)
    trial = Home(home.root / f"restoring-{secrets.token_hex(4)}")
    try:
        _bring(backup, trial)
        with _open(trial, secret, clock) as store:
            store.ledger.renew_epoch()
            store.access.record(AccessAct.RESTORED)
            epoch = store.identity.epoch
        with translated():
            if home.store.exists():
                home.store.rmdir()
            trial.store.rename(home.store)
            sync_folder(home.root)
    finally:
        shutil.rmtree(trial.root, ignore_errors=True)
    return epoch


@contextmanager
def _open(home: Home, secret: Secret, clock: Clock) -> Generator[Store]:
    refuse_unless_ready(home)
    store = open_store(home, secret, clock=clock)
    try:
        if _damage(store.database):
            raise HomeVisitError("backup.unreadable")
        yield store
    finally:
        store.close()


def _copy(store: Store, making: Home) -> int:
    private_folder(making.store)
    with translated():  # the head first: a copy may be ahead of its head, never behind it
        for name in STORE_FILES[1:]:
            source = store.home.store / name
            if source.exists():
                write_whole(making.store / name, source.read_bytes())
    least = _copy_database(store, making)
    with translated():
        sync_file(making.database)
    return _verified(store, making, least=least)


def _copy_database(store: Store, making: Home) -> int:
    """Copy every page as at one moment; returns how many entries there were just before it."""
    source = connect(store.home.database, store.data_key)
    try:
        least = _count(source)
        with private_umask():
            source.change("VACUUM INTO ?", (str(making.database),))
    finally:
        source.close()
    return least


def _verified(store: Store, making: Home, *, least: int) -> int:
    """Open the copy and check it; ``backup.not_verified`` leaves no backup rather than a doubtful one."""
    copy = connect(making.database, store.data_key)
    try:
        check_version(copy)
        if _count(copy) < least or _damage(copy):
            raise HomeVisitError("backup.not_verified")
        return _count(copy)
    finally:
        copy.close()


def _count(database: KeyedDatabase) -> int:
    return int(database.value_of("SELECT count(*) FROM entry"))


def _damage(database: KeyedDatabase) -> bool:
    database.rows_of("PRAGMA wal_checkpoint(TRUNCATE)")  # or the check below reads pages the log has replaced
    bad = database.rows_of("PRAGMA cipher_integrity_check")
    return bool(bad) or database.value_of("PRAGMA quick_check(1)") != "ok"


def _bring(backup: Path, trial: Home) -> None:
    private_folder(trial.store)
    with translated():
        for name in STORE_FILES:
            source = backup / name
            if source.exists():
                shutil.copyfile(source, trial.store / name)
                (trial.store / name).chmod(0o600)
                sync_file(trial.store / name)


def _about(path: Path) -> Backup | None:
    data = read_small(path / ABOUT, LARGEST)
    database = path / STORE_FILES[0]
    if data is None or not database.is_file():
        return None
    try:
        source = json.loads(data)
        made_at, entries = str(source["made_at"]), int(source["entries"])
        parse_instant(made_at)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if source.get("format") != FORMAT:
        return None
    return Backup(path=path, made_at=made_at, entries=entries, size=database.stat().st_size)
