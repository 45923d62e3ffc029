"""Every code that is raised has a sentence and a next step, and no sentence is left over."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from homevisit.errors import HomeVisitError
from ui.messages import MESSAGES, notice_of, words_of

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r"[a-z]+\.[a-z_]+")
ROOMS = {code.partition(".")[0] for code in MESSAGES}
NOT_CODES = frozenset({"backup.json", "settings.json", "store.wrong_"})
JOINED = frozenset({"store.wrong_passphrase", "store.wrong_recovery_code"})


def known_codes() -> set[str]:
    """Every text in the core that has the form of a code in a room that has codes."""
    texts: set[str] = set(JOINED)
    for path in (ROOT / "homevisit").rglob("*.py"):
        if "cli" not in path.parts:
            nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            texts.update(node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return {text for text in texts - NOT_CODES if CODE.fullmatch(text) and text.partition(".")[0] in ROOMS}


def test_every_raised_code_has_words() -> None:
    assert sorted(known_codes() - MESSAGES.keys()) == []


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_words_are_sentences_with_a_next_step(code: str) -> None:
    words = words_of(HomeVisitError(code))
    for text in (words.sentence, words.next_step):
        assert text[0].isupper()
        assert text.endswith((".", "?"))
        assert "{" not in text


def test_values_of_the_error_stand_in_the_sentence() -> None:
    assert "9 seconds" in notice_of(HomeVisitError("store.wait", seconds=9)).next_step


def test_a_code_without_words_still_gets_a_sentence() -> None:
    assert "odd.code" in words_of(HomeVisitError("odd.code")).sentence
