"""One thing that is wrong with a store, named by a code; wording belongs to the window and the commands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """``subject`` is an id where one is known, ``count`` how many there are."""

    code: str
    subject: str = ""
    count: int = 1
