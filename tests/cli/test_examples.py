"""What the help and the documents tell people to type is understood as it stands there."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator

import pytest

import dev
from homevisit.cli.program import parser

PAGES = ("README.md", "docs/sync.md", "docs/user-guide.md", "docs/fhir.md", "docs/prompts.md")
WHOLE = parser()
SHOWN = re.compile(r"^homevisit .+$", re.MULTILINE)


def leaves(made: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Every command below a parser that does something."""
    below = [action for action in made._actions if isinstance(action, argparse._SubParsersAction)]
    if not below:
        yield made
    for action in below:
        for each in action.choices.values():
            yield from leaves(each)


def examples() -> list[str]:
    found = [re.findall(r"example: homevisit (.+)", made.epilog or "") for made in leaves(WHOLE)]
    assert all(found), "a command without an example"
    return [line for lines in found for line in lines]


def documented() -> list[str]:
    texts = [(dev.ROOT / page).read_text("utf-8") for page in PAGES]
    return [line.removeprefix("homevisit ") for text in texts for line in SHOWN.findall(text)]


@pytest.mark.parametrize("line", [*examples(), *documented()])
def test_what_people_are_told_to_type_is_a_command(line: str) -> None:
    words = shlex.split(line, comments=True)
    assert callable(WHOLE.parse_args(words).run)
