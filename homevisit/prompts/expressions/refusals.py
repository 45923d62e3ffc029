"""The two ways in which an expression does not give a value: refused when a set is loaded, or at fault when it runs."""

from __future__ import annotations

MOST_SECONDS = 2.0  # of processor time for one expression


class ExpressionRefused(Exception):  # noqa: N818 - it names what the loader lists, not an error of ours
    """The expression will not be honoured. ``code``: ``syntax``, ``not-proven`` or ``offline`` (needs a network)."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(f"{code}: {why}")
        self.code = code
        self.why = why


class ExpressionFault(Exception):  # noqa: N818 - as above
    """The expression gave no value on these answers. ``why`` holds no word of an answer, so it may be logged.

    ``code``: ``failed`` (the values do not fit, such as text + number), ``too-long``, ``too-large``, ``no-clock``.
    """

    def __init__(self, code: str, why: str) -> None:
        super().__init__(f"{code}: {why}")
        self.code = code
        self.why = why
