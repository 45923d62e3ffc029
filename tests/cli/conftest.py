"""Demo homes made once and copied for each test, and the program itself as a subprocess."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import dev

DEMO_PASSPHRASE = "demo passphrase only"
Run = Callable[..., "Done"]


@dataclass(frozen=True)
class Done:
    """What a finished command left behind."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


def homevisit(*words: str | Path, stdin: str = "", secret: Path | None = None) -> Done:
    """Run one command of the real program without a terminal."""
    options = ["--passphrase-file", str(secret)] if secret else []
    command = [sys.executable, "-m", "homevisit", *options, *map(str, words)]
    environment = {**os.environ, "PYTHONPATH": str(dev.ROOT), "PYTHONWARNINGS": "error"}
    done = subprocess.run(command, input=stdin, capture_output=True, encoding="utf-8", env=environment, check=False)
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def demo_pair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a practitioner's demo home ``desk`` and its supervisor's ``other``, never written to again."""
    folder = tmp_path_factory.mktemp("pair")
    made = homevisit("--home", folder / "desk", "demo", "--supervisor", folder / "other")
    assert made.status == 0, made.err
    return folder


@pytest.fixture
def pair(demo_pair: Path, tmp_path: Path) -> Path:
    """A copy of both homes that a test may change."""
    shutil.copytree(demo_pair, tmp_path / "pair")
    return tmp_path / "pair"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file with the passphrase of demo homes."""
    path = tmp_path / "secret.txt"
    path.write_text(DEMO_PASSPHRASE + "\n", "utf-8")
    return path


@pytest.fixture
def desk(pair: Path, secret: Path) -> Run:
    """Runs a command on the practitioner's home."""
    return lambda *words, **options: homevisit("--home", pair / "desk", *words, secret=secret, **options)


@pytest.fixture
def other(pair: Path, secret: Path) -> Run:
    """Runs a command on the supervisor's home."""
    return lambda *words, **options: homevisit("--home", pair / "other", *words, secret=secret, **options)


@pytest.fixture
def run() -> Run:
    """Runs a command on whatever home it names."""
    return homevisit
