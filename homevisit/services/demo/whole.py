"""A demo home appears whole or not at all: half a demo looks like a whole one, also to whoever killed the program."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from contextlib import ExitStack, contextmanager

from homevisit.errors import HomeVisitError
from homevisit.paths import Home
from homevisit.storage.files import private_folder
from homevisit.storage.lock import HomeLock

MAKING = "making-demo"
"""A home is made in this folder inside it; what a killed program left there is thrown away by the next demo."""


def refuse_unless_empty(home: Home) -> None:
    """``demo.home_not_empty`` where anything is but the remains of an unfinished demo."""
    left = {MAKING, home.lock.name}
    if home.root.exists() and (not home.root.is_dir() or any(path.name not in left for path in home.root.iterdir())):
        raise HomeVisitError("demo.home_not_empty")


@contextmanager
def whole_or_not_at_all(*homes: Home) -> Generator[tuple[Home, ...]]:
    """Homes to be filled in place of these; they are moved in when all went well, and gone where it did not."""
    with ExitStack() as stack:
        fresh = tuple(stack.enter_context(_beside(home)) for home in homes)
        yield fresh
        for home, made in zip(homes, fresh, strict=True):
            _move_in(made, home)


@contextmanager
def _beside(home: Home) -> Generator[Home]:
    private_folder(home.root)
    lock = HomeLock(home.lock)
    lock.take()
    making = Home(home.root / MAKING)
    shutil.rmtree(making.root, ignore_errors=True)
    try:
        yield making
    except BaseException:
        shutil.rmtree(making.root, ignore_errors=True)
        lock.release()
        home.lock.unlink(missing_ok=True)
        raise
    lock.release()


def _move_in(made: Home, home: Home) -> None:
    """The store comes last: until then the folder holds no home."""
    made.lock.unlink(missing_ok=True)
    for path in sorted(made.root.iterdir(), key=lambda each: each.name == made.store.name):
        path.rename(home.root / path.name)
    made.root.rmdir()
