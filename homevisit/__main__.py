"""Where the program starts: the window, or a command when one is named."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from homevisit import siblings

WINDOW_OPTIONS_WITH_VALUE = frozenset({"--home", "--return-to"})
"""Options that the window takes; anything else on the command line belongs to a command."""


def opens_window(argv: Sequence[str]) -> bool:
    """Whether these arguments hold nothing but options of the window."""
    words = iter(argv)
    for word in words:
        name, has_value, _ = word.partition("=")
        if name not in WINDOW_OPTIONS_WITH_VALUE:
            return False
        if not has_value and next(words, None) is None:
            return False
    return True


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window or carry out one command; gives the exit status."""
    siblings.check()
    words = list(sys.argv[1:] if argv is None else argv)
    if opens_window(words):
        import ui.main

        return ui.main.main(words)
    import homevisit.cli

    return homevisit.cli.main(words)


if __name__ == "__main__":
    sys.exit(main())
