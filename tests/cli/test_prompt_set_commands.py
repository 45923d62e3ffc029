"""Prompt sets by nothing but commands: list, make a pack, install it elsewhere, export, remove."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from homevisit.prompts.library import TWO_MINUTES
from tests.cli.conftest import homevisit
from tests.services.packing import questionnaire, save


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "sets"
    folder.mkdir()
    return save(folder, questionnaire())


def packed(desk, tmp_path: Path, files: list[Path]) -> Path:
    out = tmp_path / "sleep.homevisit-pack"
    words = ("--name", "Sleep", "--version", "1", "--licence", "own wording", "--organisation", "Example Trust")
    made = desk("--json", "prompts", "pack", "--out", out, *words, *files)
    assert made.status == 0, made.err
    assert made.document["sets"][0]["licence"] == "own wording"
    return out


def test_without_a_store_the_sets_that_ship_are_listed_and_written_out(tmp_path: Path) -> None:
    listed = homevisit("--home", tmp_path / "none", "--json", "prompts", "list").document
    assert {each["origin"] for each in listed} == {"shipped"}
    assert all(each["licence_class"] and each["source"] and each["checked_on"] for each in listed)
    out = tmp_path / "out"
    written = homevisit("--home", tmp_path / "none", "--json", "prompts", "export", "--set", TWO_MINUTES, "--out", out)
    [path] = written.document
    assert json.loads(Path(path).read_bytes())["resourceType"] == "Questionnaire"
    assert homevisit("--home", tmp_path / "none", "prompts", "export", "--set", TWO_MINUTES, "--out", out).status == 1
    assert not (tmp_path / "none").exists()


@pytest.fixture
def stranger(tmp_path: Path):
    """A home that knows nobody."""
    secret = tmp_path / "strong.txt"
    secret.write_text("orbit saddle maple quiet lantern", "utf-8")
    home, words = tmp_path / "stranger", ("--name", "Una Known", "--role", "practitioner")
    assert homevisit("--home", home, "init", *words, "--recovery-out", tmp_path / "code", secret=secret).status == 0
    return lambda *rest: homevisit("--home", home, *rest, secret=secret)


def test_a_pack_is_made_installed_listed_and_removed(stranger, desk, tmp_path: Path, files: list[Path]) -> None:
    pack = packed(desk, tmp_path, files)
    words, other = " ".join(desk("--json", "card", "show").document["six_words"]), stranger
    asked = other("prompts", "install", pack)
    assert asked.status == 2
    assert "Sleep 1, Example Trust" in asked.err
    wrong = other("prompts", "install", pack, "--words", "one two three four five six")
    assert "card.words_differ" in wrong.err
    done = other("--json", "prompts", "install", pack, "--words", words).document
    assert (done["name"], done["already"]) == ("Sleep", False)
    listed = {each["id"]: each for each in other("--json", "prompts", "list").document}
    assert listed["sleep-diary"]["licence"] == "own wording"
    assert listed["sleep-diary"]["pack"] == done["pack"]
    [only] = other("--json", "prompts", "list", "--packs").document
    assert only["pack"] == done["pack"]
    assert other("prompts", "remove", done["pack"][:12]).status == 0
    assert "sleep-diary" not in other("prompts", "list").out
    assert other("prompts", "remove", done["pack"]).status == 1


def test_a_broken_pack_is_refused_with_a_code_and_left_alone(desk, tmp_path: Path, files: list[Path]) -> None:
    pack = packed(desk, tmp_path, files)
    data = pack.read_bytes().replace(b"Sleep diary", b"Sleep daisy")
    pack.write_bytes(data)
    refused = desk("--json", "prompts", "install", pack)
    assert (refused.status, refused.document["refused"]["code"]) == (1, "pack.signature")
    assert pack.read_bytes() == data
