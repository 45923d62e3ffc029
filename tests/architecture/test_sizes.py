"""Files and functions stay short enough to be read in one sitting."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Protocol

LONGEST_FILE = 400
LONGEST_TEST_FILE = 500
LONGEST_FUNCTION = 50
LONGEST_CLASS = 250


class Readable(Protocol):
    """A source as the fixtures give it."""

    @property
    def name(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def tree(self) -> ast.Module: ...


def longer_than(limit: int, kinds: tuple[type[ast.stmt], ...], sources: tuple[Readable, ...]) -> Iterator[str]:
    """Where a definition of one of these kinds has more lines than it should, with its length."""
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, kinds) and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > limit:
                yield f"{source.name}:{node.lineno} {length} lines"


def too_long(limit: int, sources: tuple[Readable, ...]) -> list[str]:
    """The files with more lines than they should have."""
    counted = ((source.name, len(source.text.splitlines())) for source in sources)
    return [f"{name} {lines} lines" for name, lines in counted if lines > limit]


def test_no_file_of_the_program_is_too_long(program: tuple[Readable, ...]) -> None:
    assert too_long(LONGEST_FILE, program) == []


def test_no_file_of_the_tests_is_too_long(test_sources: tuple[Readable, ...]) -> None:
    assert too_long(LONGEST_TEST_FILE, test_sources) == []


def test_no_function_is_too_long(every_source: tuple[Readable, ...]) -> None:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    assert list(longer_than(LONGEST_FUNCTION, functions, every_source)) == []


def test_no_class_is_too_long(program: tuple[Readable, ...]) -> None:
    assert list(longer_than(LONGEST_CLASS, (ast.ClassDef,), program)) == []
