"""Who may see whom: the contracts of pyproject.toml, and what they cannot say."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import dev

BASE = {
    "changes",
    "clock",
    "errors",
    "hardening",
    "ids",
    "jobs",
    "lazily",
    "logs",
    "packed",
    "paths",
    "settings",
    "siblings",
    "signatures",
}
ROOMS = {"cli", "domain", "exchange", "prompts", "services", "storage", "sync"}
WIRING = {"__init__", "__main__", "assembly"}

IMPORT_EVERYTHING = """
import importlib, pkgutil, sys
import homevisit
for module in pkgutil.walk_packages(homevisit.__path__, "homevisit."):
    importlib.import_module(module.name)
print(*sorted(name for name in sys.modules if name.split(".")[0] in {"PySide6", "shiboken6", "ui"}))
"""
IMPORT_START = """
import sys
import homevisit.__main__, homevisit.paths, homevisit.errors, homevisit.jobs
print(*sorted({"sqlite_utils", "sqlcipher3", "cryptography", "pyrage", "zxcvbn", "PySide6"} & set(sys.modules)))
"""


class Parsed(Protocol):
    """A source as the fixtures give it."""

    @property
    def name(self) -> str: ...
    @property
    def tree(self) -> ast.Module: ...


def printed_by(program: str) -> str:
    """What a fresh interpreter prints for these lines."""
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=dev.ROOT, capture_output=True, text=True, check=True).stdout.strip()


def imported(tree: ast.Module) -> Iterator[str]:
    """Names of the modules, and of what is taken from them, that a file imports anywhere."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_the_rooms_keep_their_direction() -> None:
    # In a process of its own: the linter switches every other logger of its process off.
    lint = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    done = subprocess.run(lint, cwd=dev.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_core_loads_no_window() -> None:
    assert printed_by(IMPORT_EVERYTHING) == ""


def test_starting_loads_neither_database_nor_crypto_nor_window() -> None:
    assert printed_by(IMPORT_START) == ""


def test_beside_the_rooms_stand_only_the_base_modules() -> None:
    found = {Path(path).stem for path in (dev.ROOT / "homevisit").iterdir() if not path.name.startswith("__pycache__")}
    assert found <= BASE | ROOMS | WIRING


def test_presenters_and_models_draw_nothing(program: tuple[Parsed, ...]) -> None:
    quiet = [source for source in program if source.name.startswith(("ui/presenters/", "ui/models/"))]
    drawing = [source.name for source in quiet if any("QtWidgets" in name for name in imported(source.tree))]
    assert drawing == []
