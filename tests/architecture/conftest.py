"""The files that the rules are checked on."""

from __future__ import annotations

import ast
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

import dev

PROGRAM = ("homevisit", "ui", "resources")


@dataclass(frozen=True)
class Source:
    """One Python file, parsed when asked."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(dev.ROOT).as_posix()

    @cached_property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.name)


def sources(*folders: str) -> tuple[Source, ...]:
    """Every Python file under these folders of the repository."""
    found = (path for folder in folders for path in (dev.ROOT / folder).rglob("*.py"))
    return tuple(Source(path) for path in sorted(found))


@pytest.fixture(scope="session")
def program() -> tuple[Source, ...]:
    """The sources that ship, and dev.py, which is held to the same rules."""
    return (*sources(*PROGRAM), Source(dev.ROOT / "dev.py"))


@pytest.fixture(scope="session")
def test_sources() -> tuple[Source, ...]:
    """The sources of the tests."""
    return sources("tests")


@pytest.fixture(scope="session")
def every_source(program: tuple[Source, ...], test_sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """All Python in the repository."""
    return (*program, *test_sources, *sources("benchmarks", "packaging"))


@pytest.fixture(scope="session")
def tracked() -> tuple[Path, ...]:
    """Every file that git keeps, as far as it is still there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=dev.ROOT, capture_output=True, text=True, check=True)
    return tuple(path for name in listed.stdout.split("\0") if name and (path := dev.ROOT / name).is_file())
