"""Before a store is open: what a folder holds, making a store, unlocking one, how strong a passphrase is.

Imports stay inside the functions: the Unlock window is painted before any cryptography is loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from homevisit.clock import Clock
from homevisit.domain.card import Desk
from homevisit.paths import Home

if TYPE_CHECKING:
    from homevisit.assembly import Services
    from homevisit.storage.homes import HomeState, Profile
    from homevisit.storage.keys import Cost

WORDS_SUGGESTED = 5
STRONG_ENOUGH = 3
STRENGTH_WORDS = ("very weak", "weak", "not strong enough", "strong", "very strong")


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """A new store, open, with the recovery code that is shown once."""

    services: Services
    recovery_code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Strength:
    """How long a passphrase would resist: 0 (very weak) to 4; from ``STRONG_ENOUGH`` on it is accepted."""

    score: int
    words: str

    @property
    def accepted(self) -> bool:
        return self.score >= STRONG_ENOUGH


def state(home: Home) -> HomeState:
    """What the folder holds, found without a key."""
    from homevisit.storage.homes import state_of

    return state_of(home)


def profile(name: str, role: Desk, *, title: str = "", registration: str = "", organisation: str = "") -> Profile:
    """Who a new store is for."""
    from homevisit.storage.homes import Profile

    return Profile(
        name=name.strip(),
        role=role,
        title=title.strip(),
        registration=registration.strip(),
        organisation=organisation.strip(),
    )


def joining(file: Path, words: str) -> Profile:
    """Who a further laptop is made for, from the file that the first one wrote and the words it showed."""
    from homevisit.services.second_laptop import begin

    return begin(file, words)


def create(home: Home, profile: Profile, passphrase: str, *, clock: Clock, cost: Cost | None = None) -> Created:
    """Make a store for a person and open it; refuses a folder that already holds one."""
    from homevisit.assembly import assemble
    from homevisit.exchange.age_keys import new_age_keys
    from homevisit.storage.homes import create_store

    made = create_store(home, profile, passphrase, age=new_age_keys(), clock=clock, cost=cost)
    return Created(services=assemble(made.store, clock=clock), recovery_code=made.recovery_code)


def unlock(home: Home, secret: str, *, clock: Clock, recovery: bool = False) -> Services:
    """Open the store with the passphrase, or with the printed recovery code."""
    from homevisit.assembly import assemble
    from homevisit.storage.homes import Passphrase, RecoveryCode, open_store

    store = open_store(home, RecoveryCode(secret) if recovery else Passphrase(secret), clock=clock)
    try:
        services = assemble(store, clock=clock)
        services.escrow.tend_at_unlocking()
        return services
    except BaseException:
        store.close()  # what is read while the services are put together may lie on a damaged page
        raise


def can_organisation_help(home: Home) -> bool:
    """Whether there is a sealed recovery code that the organisation can open."""
    from homevisit.services.escrow_files import has_sealed_code

    return has_sealed_code(home)


def hand_out_code(home: Home, path: Path) -> None:
    """Write the sealed recovery code of a locked home to a new file, for the organisation."""
    from homevisit.services.escrow_files import hand_out

    hand_out(home, path)


def confirm_recovery(code: str, groups: Mapping[int, str]) -> bool:
    """Whether the groups that were typed again (by position from 0) are those of the code."""
    shown = code.split("-")
    return bool(groups) and all(
        0 <= position < len(shown) and typed.strip().upper() == shown[position] for position, typed in groups.items()
    )


def set_aside(home: Home, code: str) -> Path:
    """Move a store that cannot be used out of the way, whole and explained; returns where it lies."""
    from homevisit.storage.homes import set_aside as move

    return move(home, code)


def restore(backup: Path, home: Home, secret: str, *, clock: Clock, recovery: bool = False) -> str:
    """Bring a backup back into an empty home; returns the new epoch, so that a copy is never mistaken for the first."""
    from homevisit.storage.backup import restore as bring_back
    from homevisit.storage.homes import Passphrase, RecoveryCode

    return bring_back(backup, home, RecoveryCode(secret) if recovery else Passphrase(secret), clock=clock)


def strength(passphrase: str, hints: tuple[str, ...] = ()) -> Strength:
    """Judge a passphrase as an attacker's guessing program would; the hints are the person's own names."""
    from zxcvbn import zxcvbn

    if not passphrase:
        return Strength(0, STRENGTH_WORDS[0])
    score = int(zxcvbn(passphrase[:72], user_inputs=[hint for hint in hints if hint])["score"])
    return Strength(score, STRENGTH_WORDS[score])


def suggest_passphrase() -> str:
    """Five random words of a list of 2,048 (55 bits), easy to say and to type."""
    import secrets

    from mnemonic import Mnemonic

    words = Mnemonic("english").wordlist
    return " ".join(secrets.choice(words) for _ in range(WORDS_SUGGESTED))
