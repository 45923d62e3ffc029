"""How one field of a visit is written as the argument of a page: letters, digits, "-", "_" and "." only."""

from __future__ import annotations

from ui.navigation import PASSING


def visit_arg(visit: str, what: str = "") -> str:
    """The visit's id, and the code of what should get the cursor."""
    return f"{visit}.{what.replace('/', '..')}" if what else visit


def visit_place(arg: str) -> tuple[str, str]:
    """The id and the code that :func:`visit_arg` put together."""
    visit, _, what = arg.partition(".")
    return visit, what.replace("..", "/")


def start_arg(family: str) -> str:
    """The argument with which the page of a family asks at once what kind of contact begins."""
    return f"{family}{PASSING}start"


def start_place(arg: str) -> tuple[str, bool]:
    """The family of an argument, and whether a visit is to begin."""
    family, _, wish = arg.partition(PASSING)
    return family, wish == "start"
