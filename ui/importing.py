"""The desk's modules, imported one after another while the passphrase is typed, on the window's own thread.

On no other: their import makes Qt's classes for Python, each at its first use and without a lock, and beside a window
at work one start in a hundred ended in a crash of native code.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Generator
from importlib import import_module

PACKAGES = ("ui.widgets", "ui.models", "ui.prompts", "ui.dialogs", "ui.presenters", "ui.views")
"""Those that others import come first, so that no single import brings half of the program with it."""
LAST = ("ui.open_session", "ui.ahead")


def desk_modules() -> Generator[None]:
    """Import what a desk is made of; one step for each module."""
    for name in (*(name for package in PACKAGES for name in _modules_of(package)), *LAST):
        import_module(name)
        yield


def _modules_of(package: str) -> list[str]:
    found = pkgutil.iter_modules(import_module(package).__path__, f"{package}.")
    return sorted((each.name for each in found), key=lambda name: (name.endswith("_pages"), name))
