"""What the window needs before a store is open; ``homevisit.services.homes`` is it, tests bring their own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from homevisit.clock import Clock
from homevisit.paths import Home

if TYPE_CHECKING:
    from homevisit.assembly import Services
    from homevisit.services.homes import Created, Strength


class Homes(Protocol):
    """The use cases of a locked home. All but ``state`` are slow and run on a lane."""

    def state(self, home: Home) -> str: ...

    def create(self, home: Home, profile: Any, passphrase: str, *, clock: Clock) -> Created: ...

    def joining(self, file: Path, words: str) -> Any: ...

    def unlock(self, home: Home, secret: str, *, clock: Clock, recovery: bool = False) -> Services: ...

    def confirm_recovery(self, code: str, groups: Mapping[int, str]) -> bool: ...

    def can_organisation_help(self, home: Home) -> bool: ...

    def hand_out_code(self, home: Home, path: Path) -> None: ...

    def set_aside(self, home: Home, code: str) -> Path: ...

    def strength(self, passphrase: str, hints: tuple[str, ...] = ()) -> Strength: ...

    def suggest_passphrase(self) -> str: ...
