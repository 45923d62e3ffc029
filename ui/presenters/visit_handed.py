"""Which responses of a visit were given on a screen that was handed over, and wait to be opened."""

from __future__ import annotations

from collections.abc import Mapping

from homevisit.domain.canonical import JsonObject
from homevisit.prompts.handing import is_unopened, self_answered


class Handed:
    """The keys of responses that their subject gave; ``unopened`` are those that nobody has looked at since."""

    def __init__(self, responses: Mapping[str, JsonObject]) -> None:
        self.unopened = frozenset(key for key, response in responses.items() if is_unopened(response))
        self._given = set(self.unopened)

    def hand(self, key: str) -> None:
        """The screen goes out of the practitioner's hands."""
        self._given.add(key)
        self.unopened |= {key}

    def open(self, key: str) -> None:
        """The practitioner opens the answers."""
        self.unopened -= {key}

    def written(self, key: str, response: JsonObject) -> JsonObject:
        """The response as it is kept."""
        return self_answered(response, unopened=key in self.unopened) if key in self._given else response
