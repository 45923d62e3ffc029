"""What may ship: every prompt set says under which licence and from where, and no uncleared instrument's words are
anywhere in the repository. Only salted hashes of such words are kept here.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from homevisit.prompts.library import Library
from homevisit.prompts.terms import Role

ROOT = Path(__file__).resolve().parents[2]
HASHES = json.loads((Path(__file__).parent / "uncleared_words.json").read_text())
SALT = bytes.fromhex(HASHES["salt"])
FIRST = frozenset(HASHES["first"])
RUNS = {int(length): frozenset(runs) for length, runs in HASHES["runs"].items()}
LOOKED_AT = frozenset({".py", ".md", ".json", ".toml", ".txt", ".html", ".svg", ".in", ".cfg", ".yml"})
PASSED_OVER = frozenset({"build", "dist", "requirements", "node_modules", "__pycache__"})
SETS = [each.id for each in Library.shipped().sets]


def hashed(words: list[str]) -> str:
    return hashlib.blake2b(" ".join(words).encode(), digest_size=8, key=SALT).hexdigest()


def uncleared_runs(text: str, known: dict[str, bool]) -> Iterator[str]:
    """The runs of words in a text that an uncleared instrument holds; ``known`` remembers words that begin one."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    for place, word in enumerate(words):
        if word not in known:
            known[word] = hashed([word]) in FIRST
        if known[word]:
            runs = (words[place : place + length] for length in RUNS)
            yield from (" ".join(run) for run in runs if hashed(run) in RUNS.get(len(run), ()))


def our_texts() -> Iterator[Path]:
    for path in ROOT.rglob("*"):
        inside = path.relative_to(ROOT).parts
        hidden = any(part.startswith(".") or part in PASSED_OVER for part in inside[:-1])
        if not hidden and path.suffix in LOOKED_AT and path.is_file():
            yield path


@pytest.mark.parametrize("set_id", SETS)
def test_a_shipped_set_says_its_licence_its_source_and_when_it_was_checked(set_id):
    found = Library.shipped().get(set_id)
    assert found.licence_class in {"A", "C"}
    assert found.attribution
    assert found.source.startswith("https://")
    assert date.fromisoformat(found.checked_on) >= date(2026, 11, 22)
    questionnaire = found.questionnaire
    assert questionnaire.copyright
    assert questionnaire.version
    assert questionnaire.raw["description"]
    assert found.attribution.rstrip(".") in questionnaire.copyright


@pytest.mark.parametrize("set_id", SETS)
def test_the_credit_line_of_words_that_are_not_ours_stands_with_the_questions(set_id):
    found = Library.shipped().get(set_id)
    if "© " in found.attribution or "No permission required" in found.attribution:
        lines = [item.text for item in found.questionnaire.walk() if item.has_role(Role.CREDIT)]
        assert found.attribution in lines


@pytest.mark.parametrize("set_id", [each.id for each in Library.shipped().sets if each.licence_class == "C"])
def test_a_score_only_record_asks_for_numbers_and_no_item(set_id):
    questionnaire = Library.shipped().get(set_id).questionnaire
    assert "ordinalValue" not in json.dumps(questionnaire.raw)
    assert any(item.has_role(Role.SCORE) for item in questionnaire.walk())
    assert not any(item.read_only for item in questionnaire.walk())
    assert "The words of this tool are not in this program" in questionnaire.copyright


def test_the_search_finds_a_run_of_words_that_it_knows_by_its_hash_only():
    planted = " ".join(reversed(["stairs", "under", "whisper", "kettles", "purple"]))
    assert list(uncleared_runs(f"The {planted}.", {})) == [planted]
    assert not list(uncleared_runs("The purple kettles whisper.", {}))


def test_no_words_of_an_uncleared_instrument_are_anywhere_in_the_repository():
    known: dict[str, bool] = {}
    found = {
        f"{path.relative_to(ROOT)}: {run}"
        for path in our_texts()
        for run in uncleared_runs(path.read_text(encoding="utf-8", errors="replace"), known)
    }
    assert not found
