"""Names that say nothing, waits that guess, and words that do not belong in the repository."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path
from typing import Protocol

import dev

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
BY_GUESS = re.compile(r"\btime\.sleep\(|\bqtbot\.wait\(|\bprocessEvents\(|\bQEventLoop\b|\bQTest\.qWait\(")
NESTED_LOOP = re.compile(r"\bprocessEvents\(|\bQEventLoop\b|dialog\.exec\(|\bself\.exec\(|\btime\.sleep\(")
FOREIGN = re.compile("|".join(("py" + r"pi\.org", "pyth" + "onhosted", "npm" + r"js\.org", "deb" + r"ian\.org")))
MACHINE = re.compile("|".join(("/wo" + "rk/", "/ro" + "ot/", r"/home/\w", r"/Users/\w", r"[A-Z]:\\\\Users")))
TEXT = {"", ".cfg", ".csv", ".in", ".json", ".md", ".py", ".qss", ".svg", ".toml", ".ts", ".txt", ".typ", ".yaml"}


class Readable(Protocol):
    """A source as the fixtures give it."""

    @property
    def path(self) -> Path: ...
    @property
    def name(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def tree(self) -> ast.Module: ...


def lines_with(pattern: re.Pattern[str], name: str, text: str) -> list[str]:
    """Where the pattern stands, as ``file:line``."""
    return [f"{name}:{number}" for number, line in enumerate(text.splitlines(), 1) if pattern.search(line)]


def test_files_are_named_after_what_they_do(every_source: tuple[Readable, ...]) -> None:
    assert [source.name for source in every_source if source.path.stem in EMPTY_NAMES] == []


def test_no_class_is_called_a_manager(every_source: tuple[Readable, ...]) -> None:
    classes = [(s.name, n.name) for s in every_source for n in ast.walk(s.tree) if isinstance(n, ast.ClassDef)]
    assert [place for place in classes if place[1].endswith("Manager")] == []


def test_every_module_says_why_it_exists(every_source: tuple[Readable, ...]) -> None:
    assert [s.name for s in every_source if s.text.strip() and not ast.get_docstring(s.tree)] == []


def test_every_module_with_code_defers_its_annotations(every_source: tuple[Readable, ...]) -> None:
    definitions = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    with_code = [s for s in every_source if any(isinstance(node, definitions) for node in s.tree.body)]
    assert [s.name for s in with_code if "from __future__ import annotations" not in s.text] == []


def test_packaging_does_not_shadow_the_library_of_its_name() -> None:
    assert not (dev.ROOT / "packaging" / "__init__.py").exists()


def test_test_files_have_names_of_their_own_and_no_packages(test_sources: tuple[Readable, ...]) -> None:
    names = Counter(source.path.name for source in test_sources)
    assert [name for name, count in names.items() if count > 1 and name != "conftest.py"] == []
    assert "__init__.py" not in names


def test_tests_wait_for_something_not_for_a_while(test_sources: tuple[Readable, ...]) -> None:
    others = [source for source in test_sources if source.path != Path(__file__)]
    assert [place for source in others for place in lines_with(BY_GUESS, source.name, source.text)] == []


def test_the_program_runs_no_loop_inside_its_loop(program: tuple[Readable, ...]) -> None:
    assert [place for source in program for place in lines_with(NESTED_LOOP, source.name, source.text)] == []


def test_no_file_names_a_registry_or_a_folder_of_one_machine(tracked: tuple[Path, ...]) -> None:
    found: list[str] = []
    for path in (path for path in tracked if path.suffix in TEXT):
        text = path.read_text("utf-8")
        found += lines_with(FOREIGN, path.name, text) + lines_with(MACHINE, path.name, text)
    assert found == []
