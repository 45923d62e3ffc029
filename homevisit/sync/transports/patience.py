"""How long a place may take: for one step, for one package, and how often a step is tried."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from homevisit.sync.transports.frames import Head

LARGE = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds. A large package may take longer by what a slow line needs for it."""

    step: float = 20.0
    retries: int = 3
    whole: float = 60.0
    listing: float = 120.0
    slowest_line: float = 64 * 1024.0

    def step_of(self, size: int) -> float:
        """For one attempt at one step with this many bytes."""
        return self.step + (size / self.slowest_line if size > LARGE else 0.0)

    def whole_of(self, size: int) -> float:
        """For everything about one package: it is written and read back."""
        return self.whole + (2 * size / self.slowest_line if size > LARGE else 0.0)

    def to_json(self) -> Head:
        """For the worker."""
        return dict(asdict(self))
