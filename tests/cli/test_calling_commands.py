"""Help, usage faults, refusals, secrets and pipes: what machines and administrators rely on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import dev
from homevisit.cli import main

GROUPS = {"card": ("show", "import", "list"), "families": ("list",), "visits": ("list",)}
GROUPS["package"] = ("export", "inspect", "import")
GROUPS["place"] = ("list", "test", "renew", "remove")
GROUPS["conflicts"] = ("list", "show", "settle")
GROUPS["sharing"] = ("who", "family", "start", "end", "agree", "stop")
GROUPS["laptop"] = ("add", "join", "list", "lost", "found")
GROUPS["team"] = ("create", "add", "revoke", "set", "supervise", "place", "pack", "service", "sign", "show", "open")
GROUPS["prompts"] = ("list", "check", "evaluate", "validate", "install", "remove", "export", "pack")
SINGLE = ("demo", "init", "check", "rebuild", "backup", "restore", "search", "history", "self-test")
COMMANDS = [(name,) for name in SINGLE] + [(group, name) for group, names in GROUPS.items() for name in names]
LIGHT = """
import sys, homevisit.__main__
status = homevisit.__main__.main(["--help"])
heavy = {"cryptography", "sqlite_utils", "sqlcipher3", "pyrage", "zxcvbn", "PySide6", "ui"} & set(sys.modules)
sys.exit(status or (9 if heavy else 0))
"""


def test_help_fits_a_terminal_of_24_lines_and_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert len(shown.splitlines()) <= 24
    assert all(f"  {words[0]} " in shown for words in COMMANDS)
    assert max(len(line) for line in shown.splitlines()) <= 118


def test_help_loads_neither_database_nor_crypto_nor_window() -> None:
    done = subprocess.run([sys.executable, "-c", LIGHT], cwd=dev.ROOT, capture_output=True, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command, "--help"]) == 0
    assert "example: homevisit" in capsys.readouterr().out


@pytest.mark.parametrize("line", ["", "dance", "search", "init --name x", "demo --families -1", "check --hom x"])
def test_a_wrong_call_ends_with_2_and_says_why(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(line.split()) == 2
    assert capsys.readouterr().err.startswith("usage:")


def test_without_a_terminal_a_passphrase_needs_a_file(pair: Path, run) -> None:
    done = run("--home", pair / "desk", "check")
    assert (done.status, done.out) == (2, "")
    assert "--passphrase-file" in done.err


def test_a_passphrase_may_come_from_stdin_and_options_may_follow_the_command(pair: Path, run) -> None:
    words = ("families", "list", "--home", pair / "desk", "--passphrase-file", "-", "--json")
    done = run(*words, stdin="demo passphrase only\n")
    assert done.status == 0, done.err
    assert len(done.document) == 17


def test_a_passphrase_file_that_is_not_there_is_a_wrong_call(pair: Path, run, tmp_path: Path) -> None:
    assert run("--home", pair / "desk", "check", secret=tmp_path / "nowhere").status == 2


def test_a_wrong_passphrase_is_refused_with_its_code_and_one_sentence(pair: Path, run, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("not this one", "utf-8")
    done = run("--home", pair / "desk", "check", secret=wrong)
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("homevisit: refused: store.wrong_passphrase\nThat passphrase")
    assert "not this one" not in done.err


def test_a_refusal_under_json_is_one_document_and_its_words_go_to_stderr(run, tmp_path: Path, secret: Path) -> None:
    done = run("--home", tmp_path / "none", "--json", "check", secret=secret)
    assert done.status == 1
    assert done.document == {"refused": {"code": "store.missing", "values": {}}}
    assert "store.missing" in done.err


def test_a_reader_that_leaves_early_causes_no_traceback(pair: Path, secret: Path) -> None:
    command = f"{sys.executable} -m homevisit --home {pair / 'desk'} --passphrase-file {secret} --json visits list"
    line = f"set -o pipefail; {command} | head -c 1"
    done = subprocess.run(["bash", "-c", line], cwd=dev.ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[", "")


def test_two_programs_do_not_open_one_home(pair: Path, run, secret: Path) -> None:
    import fcntl

    with (pair / "desk" / "in-use.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert "refused: store.in_use" in run("--home", pair / "desk", "check", secret=secret).err
