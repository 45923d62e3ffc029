"""What the world does to us: one exception with a code; every other exception is a bug."""

from __future__ import annotations

from typing_extensions import override

SafeValue = str | int | float | bool | None


class HomeVisitError(Exception):
    """An expected refusal, named by a stable dotted code such as ``store.wrong_passphrase``.

    Values must be safe to log: random ids, counts, durations, codes, file names the person chose. Never
    free text, names or keys. Wording belongs to ``ui/messages.py`` and ``homevisit/cli/wording.py``.
    """

    def __init__(self, code: str, **values: SafeValue) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    @override
    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in sorted(self.values.items()))
        return f"{self.code} ({details})" if details else self.code
