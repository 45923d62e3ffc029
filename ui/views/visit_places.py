"""How one field of a visit is written as the argument of a page: letters, digits, "-", "_" and "." only."""

from __future__ import annotations


def visit_arg(visit: str, what: str = "") -> str:
    """The visit's id, and the code of what should get the cursor."""
    return f"{visit}.{what.replace('/', '..')}" if what else visit


def visit_place(arg: str) -> tuple[str, str]:
    """The id and the code that :func:`visit_arg` put together."""
    visit, _, what = arg.partition(".")
    return visit, what.replace("..", "/")
