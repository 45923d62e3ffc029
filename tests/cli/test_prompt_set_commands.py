"""Prompt sets by nothing but commands: list, make a pack, install it elsewhere, export, remove."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from homevisit.cli import main
from homevisit.prompts.library import TWO_MINUTES
from tests.desks import PASSPHRASE, open_desks
from tests.services.packing import questionnaire, save

Answer = tuple[int, Any, str]
Run = Callable[..., Answer]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on a home by its name: exit status, what was answered, what was said beside it."""
    secret = tmp_path / "secret"
    secret.write_text(PASSPHRASE, "utf-8")

    def command(home: str, *words: str | Path) -> Answer:
        options = ("--home", str(tmp_path / home), "--passphrase-file", str(secret), "--json")
        status = main([*options, "prompts", *map(str, words)])
        said = capsys.readouterr()
        return status, json.loads(said.out) if said.out else None, said.err

    return command


@pytest.fixture
def words(tmp_path: Path) -> tuple[str, ...]:
    """The practitioner’s six words; the supervisor does not know that card."""
    desks = open_desks(tmp_path)
    desks.supervisor.store.database.change("DELETE FROM card")
    found = desks.practitioner.cards.mine().words
    desks.close()
    return found


def packed(run: Run, tmp_path: Path) -> Path:
    out = tmp_path / "sleep.homevisit-pack"
    about = ("--name", "Sleep", "--version", "1", "--licence", "own wording")
    status, made, said = run("practitioner", "pack", "--out", out, *about, *save(tmp_path, questionnaire()))
    assert (status, said) == (0, "")
    assert (made["organisation"], made["sets"][0]["licence"]) == ("Example Trust", "own wording")
    return out


def test_without_a_store_the_sets_that_ship_are_listed_and_written_out(run: Run, tmp_path: Path) -> None:
    listed = run("none", "list")[1]
    assert {each["origin"] for each in listed} == {"shipped"}
    assert all(each["licence_class"] and each["source"] and each["checked_on"] for each in listed)
    out = tmp_path / "out"
    [path] = run("none", "export", "--set", TWO_MINUTES, "--out", out)[1]
    assert json.loads(Path(path).read_bytes())["resourceType"] == "Questionnaire"
    assert run("none", "export", "--set", TWO_MINUTES, "--out", out)[0] == 1
    assert run("none", "export", "--set", "nothing", "--out", out)[1]["refused"]["code"] == "prompts.unknown"
    assert not (tmp_path / "none").exists()


def test_a_pack_is_made_installed_listed_and_removed(run: Run, words: tuple[str, ...], tmp_path: Path) -> None:
    pack = packed(run, tmp_path)
    status, _, said = run("supervisor", "install", pack)
    assert status == 2
    assert "Sleep 1, Example Trust" in said
    assert "card.words_differ" in run("supervisor", "install", pack, "--words", "one two three four five six")[2]
    _, done, _ = run("supervisor", "install", pack, "--words", " ".join(words).upper())
    assert (done["name"], done["already"]) == ("Sleep", False)
    listed = {each["id"]: each for each in run("supervisor", "list")[1]}
    assert listed["sleep-diary"]["licence"] == "own wording"
    assert listed["sleep-diary"]["pack"] == done["pack"]
    assert [each["pack"] for each in run("supervisor", "list", "--packs")[1]] == [done["pack"]]
    assert run("supervisor", "remove", done["pack"][:12])[0] == 0
    assert "sleep-diary" not in [each["id"] for each in run("supervisor", "list")[1]]
    assert run("supervisor", "remove", done["pack"])[0] == 1


@pytest.mark.usefixtures("words")
def test_a_broken_pack_is_refused_with_a_code_and_left_alone(run: Run, tmp_path: Path) -> None:
    pack = packed(run, tmp_path)
    data = pack.read_bytes().replace(b"Sleep diary", b"Sleep daisy")
    pack.write_bytes(data)
    status, answer, _ = run("practitioner", "install", pack)
    assert (status, answer["refused"]["code"]) == (1, "pack.signature")
    assert pack.read_bytes() == data
