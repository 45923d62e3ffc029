"""``homevisit sync``, ``outbox`` and ``inbox`` on real homes, with the statuses that a scheduler acts on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from homevisit.cli.program import main
from tests.desks import PASSPHRASE, SUPERVISOR, Desks
from tests.sync.exchanging import signed

Command = Callable[..., tuple[int, Any]]


@pytest.fixture
def command(desks: Desks, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command on one of the homes, which is closed before: the status, and the document or the text."""
    secret = tmp_path / "secret"
    secret.write_text(PASSPHRASE, "utf-8")
    signed(desks.practitioner)
    desks.close()

    def run(home: str, *words: str, as_json: bool = True) -> tuple[int, Any]:
        options = ["--home", str(tmp_path / home), "--passphrase-file", str(secret), *(["--json"] if as_json else [])]
        status = main([*options, *words])
        shown = capsys.readouterr()
        return status, json.loads(shown.out) if as_json and shown.out else shown.out + shown.err

    return run


def test_a_scheduler_sends_and_receives_without_a_window(command: Command) -> None:
    status, summary = command("practitioner", "sync", "--once")
    assert (status, summary["sent"], summary["left"], summary["everything_sent"]) == (0, 1, 0, True)
    assert command("supervisor", "sync", "--once")[1]["received"] == 1
    status, text = command("practitioner", "sync", "--once", as_json=False)
    assert (status, text.splitlines()[-1]) == (0, "everything is sent")
    status, outbox = command("practitioner", "outbox")
    assert (status, outbox["left"], [row["state"] for row in outbox["packages"]]) == (0, 0, ["delivered"])
    status, inbox = command("supervisor", "inbox")
    assert (status, inbox["gaps"], [row["kind"] for row in inbox["packages"]]) == (0, [], ["export"])


def test_a_place_that_fails_ends_with_a_status_of_its_own(command: Command, folder: Path) -> None:
    folder.rmdir()
    status, text = command("practitioner", "sync", "--once", as_json=False)
    assert status == 3
    assert "place.missing: " in text
    assert "entries still to be sent" in text


def test_called_wrongly_it_says_what_to_do(command: Command) -> None:
    assert command("practitioner", "sync", "--once", "--every", "5", as_json=False)[0] == 2
    assert command("practitioner", "sync", "--every", "0", as_json=False)[0] == 2


def test_what_nobody_agreed_to_is_no_success_and_says_what_to_type(command: Command) -> None:
    assert command("practitioner", "sharing", "stop", SUPERVISOR)[0] == 0
    status, text = command("practitioner", "sync", "--once", as_json=False)
    assert status == 3
    assert "sharing agree" in text
    assert "entries still to be sent" in text


def test_a_place_that_fails_is_named_and_refusals_are_counted(command: Command, folder: Path) -> None:
    for number in range(2):
        (folder / f"{'z' * 25}{number}.age").write_bytes(b"foreign")
    status, text = command("practitioner", "sync", "--once", as_json=False)
    assert (status, text.count("package.not_a_package")) == (3, 1)
    assert "2 packages refused: package.not_a_package: This file is not a Homevisit package. Choose" in text
    status, text = command("practitioner", "inbox", as_json=False)
    assert "This file is not a Homevisit package. Choose" in text
    (folder / f"{'z' * 25}0.age").unlink()
    status, text = command("practitioner", "package", "import", str(folder / f"{'z' * 25}1.age"), as_json=False)
    assert (status, "Choose a file whose name ends in .age." in text) == (1, True)


def test_a_family_is_named_by_its_id_and_the_refusal_says_where_it_stands(command: Command) -> None:
    status, text = command("practitioner", "sharing", "family", "Example", as_json=False)
    assert status == 1
    assert "families list" in text
