"""``homevisit fhir``: a server is set up, visits are filed, and what was filed where can be asked."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fhirkit
import pytest

import dev
from homevisit.cli import main
from tests.desks import PASSPHRASE, open_desks
from tests.fhir_push.peer import CLIENT, SECRET, Peer
from tests.fhir_push.visits import signed_visit

Answer = tuple[int, Any, str]
Run = Callable[..., Answer]


@pytest.fixture
def visits(tmp_path: Path) -> list[str]:
    desks = open_desks(tmp_path)
    made = [signed_visit(desks.practitioner) for _ in range(2)]
    desks.close()
    return made


@pytest.fixture
def run(visits: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on the practitioner's home: exit status, what was answered, what was said beside it."""
    assert visits
    (tmp_path / "passphrase").write_text(PASSPHRASE, "utf-8")
    (tmp_path / "secret").write_text(SECRET + "\n", "utf-8")

    def command(*words: str | Path, as_json: bool = True) -> Answer:
        options = ["--home", str(tmp_path / "practitioner"), "--passphrase-file", str(tmp_path / "passphrase")]
        status = main([*options, *(["--json"] if as_json else []), "fhir", *map(str, words)])
        said = capsys.readouterr()
        return status, json.loads(said.out) if said.out and as_json else said.out, said.err

    return command


def test_a_server_is_set_up_and_filed_at_from_a_scheduler(
    run: Run, peer: Peer, visits: list[str], tmp_path: Path
) -> None:
    peer.token = "nobody has this"
    client = ("--client-id", CLIENT, "--client-secret-file", tmp_path / "secret")
    tokens = ("--token-url", peer.url.replace("/fhir", "/token"), "--scope", "system/*.*")
    status, made, said = run("add", peer.url, "--title", "Peer", *client, *tokens, "--allow", "contact-details")
    assert (status, said, made["policy"]) == (0, "", ["contact_details"])
    assert SECRET not in json.dumps(made)
    assert [each["waiting"] for each in run("list")[1]] == [2]
    status, summary, said = run("push", peer.url)
    assert (status, said, summary["left"]) == (0, "", 0)
    assert {each["visit"] for each in summary["filings"]} == set(visits)
    (filed,) = run("filed", visits[0])[1]
    assert (filed["state"], filed["server_title"], filed["number"]) == ("filed", "Peer", 1)
    assert run("remove", peer.url)[0] == 0
    assert run("list")[1] == []
    assert run("filed", visits[0])[1] == [filed]


def test_a_token_of_one_call_is_not_kept(run: Run, peer: Peer, visits: list[str], tmp_path: Path) -> None:
    peer.token = SECRET
    status, summary, _ = run("push", peer.url, "--token-file", tmp_path / "secret", "--visit", visits[0])
    assert (status, summary["left"]) == (0, 1)
    status, summary, said = run("push", peer.url)
    assert (status, summary["filings"][0]["code"]) == (1, "filing.secret_missing")
    assert "no usable token" in said


def test_what_was_not_filed_is_a_sentence_and_a_status(run: Run, peer: Peer, visits: list[str]) -> None:
    peer.rule = lambda resource: 422 if resource["resourceType"] == "Task" else 200
    status, said, complaint = run("push", peer.url, as_json=False)
    assert status == 1
    assert f"{visits[0]}  version 1  partly" in said
    assert "Not filed there: 2" in said
    assert "refused: filing.refused" in complaint


def test_a_rehearsal_sends_nothing_and_writes_valid_bundles(
    run: Run, peer: Peer, visits: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    status, document, _ = run("push", peer.url, "--dry-run", "--out", out)
    assert (status, len(document["would_send"]), document["held"]) == (0, 2, [])
    assert all(fhirkit.validate(Path(name).read_bytes()) == [] for name in document["files"])
    assert not any(name in path.name for path in out.iterdir() for name in ("Example", "Baby"))
    assert peer.bundles == []
    assert run("list")[1] == []
    assert run("filed", visits[0])[1] == []
    assert run("push", peer.url, "--dry-run", "--out", out)[1]["refused"]["code"] == "filing.file_exists"


def test_killed_in_the_middle_of_sending_the_next_call_sends_the_same_and_nothing_twice(
    run: Run, peer: Peer, visits: list[str], tmp_path: Path
) -> None:
    arrived = threading.Event()

    def slowly(_: dict[str, Any]) -> int:
        arrived.set()
        peer.release.wait(30)
        return 200

    peer.rule = slowly
    home = ["--home", tmp_path / "practitioner", "--passphrase-file", tmp_path / "passphrase"]
    program = subprocess.Popen([sys.executable, "-m", "homevisit", *home, "fhir", "push", peer.url], cwd=dev.ROOT)
    assert arrived.wait(60)
    program.kill()
    program.wait(20)
    peer.release.set()
    (interrupted,) = [each for visit in visits for each in run("filed", visit)[1]]
    assert (interrupted["state"], interrupted["code"]) == ("unknown", "filing.interrupted")
    status, summary, _ = run("push", peer.url)
    assert (status, summary["left"]) == (0, 0)
    assert peer.bundles[0] in peer.bundles[1:]
    assert len(peer.newest("Encounter")) == 2


def test_calls_that_cannot_work_say_so(run: Run) -> None:
    nobody = "http://127.0.0.1:9"
    calls = {
        ("push", "http://fhir.example.org"): 1,
        ("push", nobody, "--out", "x"): 2,
        ("push", nobody, "--client-id", "x"): 2,
        ("push", nobody, "--token-file", "x", "--client-secret-file", "y"): 2,
        ("push", nobody, "--token-file", "not there"): 2,
        ("push", nobody, "--visit", "00000000-0000-4000-8000-000000000000"): 1,
        ("remove", "http://127.0.0.1:8"): 1,
    }
    for words, status in calls.items():
        found, _, said = run(*words)
        assert (found, said.startswith("homevisit: ")) == (status, True), words
