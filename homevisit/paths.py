"""Where one user's store lives on this device: every path the program writes is named here."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds one store with its keys, backups, quarantine and logs."""

    root: Path

    @property
    def store(self) -> Path:
        return self.root / "store"

    @property
    def database(self) -> Path:
        return self.store / "homevisit.db"

    @property
    def keys(self) -> Path:
        return self.store / "keys.json"

    @property
    def keys_copy(self) -> Path:
        return self.store / "keys.copy.json"

    @property
    def head(self) -> Path:
        return self.store / "head.json"

    @property
    def attempts(self) -> Path:
        return self.store / "attempts.json"

    @property
    def lock(self) -> Path:
        return self.root / "in-use.lock"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def outgoing(self) -> Path:
        return self.root / "outgoing"

    @property
    def quarantine(self) -> Path:
        return self.root / "quarantine"

    @property
    def set_aside(self) -> Path:
        return self.root / "set-aside"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def settings(self) -> Path:
        return self.root / "settings.json"


def default_home() -> Home:
    """The home that is used when none is named: the user's own data folder, or ``HOMEVISIT_HOME``."""
    named = os.environ.get("HOMEVISIT_HOME")
    return Home(Path(named) if named else platformdirs.user_data_path("Homevisit", appauthor=False))
