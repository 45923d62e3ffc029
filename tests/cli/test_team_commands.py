"""The commands of the team file and of further laptops, as an IT lead types them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from homevisit.cli.program import main
from homevisit.clock import ManualClock, SystemClock
from homevisit.paths import Home
from homevisit.services import homes
from homevisit.services.second_laptop import SecondLaptop
from tests.desks import (
    CHEAP,
    PASSPHRASE,
    PRACTITIONER,
    SUPERVISOR,
    Desks,
    add_family,
    leave_out_the_rest,
    open_desks,
    whole_draft,
)
from tests.team.conftest import founded

Do = Callable[..., Any]


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    """Two homes, closed again: the commands open them."""
    made = open_desks(tmp_path)
    made.practitioner.cards.save(tmp_path / "ines.card")
    made.supervisor.cards.save(tmp_path / "sal.card")
    return made


@pytest.fixture
def do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Do:
    """Runs a command in the folder and gives its document, or the code of its refusal."""
    (tmp_path / "pass").write_text(PASSPHRASE)
    (tmp_path / "key-pass").write_text("harbour lantern velvet orchid")

    def run(*words: str) -> Any:
        named = [str(tmp_path / word[1:]) if word.startswith("@") else word for word in words]
        main(["--json", "--passphrase-file", str(tmp_path / "pass"), *named])
        document = json.loads(capsys.readouterr().out)
        return document["refused"]["code"] if isinstance(document, dict) and "refused" in document else document

    return run


KEY = ("--key-file", "@key", "--key-passphrase-file", "@key-pass")


def test_a_team_file_is_made_signed_and_opened(do: Do, desks: Desks) -> None:
    desks.close()
    do("team", "create", "@t", "--organisation", "Example Trust", *KEY)
    do("team", "add", "@t", "--card", "@sal.card", "--yes")
    assert do("team", "add", "@t", "--card", "@ines.card", "--words", "a b c d e f") == "card.words_differ"
    assert do("team", "add", "@t", "--card", "@ines.card", "--yes", "--supervisor", PRACTITIONER) == (
        "team.no_such_member"
    )
    do("team", "add", "@t", "--card", "@ines.card", "--yes", "--supervisor", SUPERVISOR.upper())
    do("team", "set", "@t", "--idle-lock", "4", "--expires", "2999-12-31")
    do("team", "service", "@t", "Baby group", "--contact", "0300", "--checked-on", "2026-11-22")
    assert do("--home", "@practitioner", "team", "open", "@t", "--yes") == "team.unsigned"
    made = do("team", "sign", "@t", *KEY)
    assert do("team", "sign", "@t", *KEY) == "team.nothing_to_sign"
    words = " ".join(made["six_words"])
    assert do("--home", "@practitioner", "team", "open", "@t", "--words", f"{words} x") == "team.words_differ"
    opened = do("--home", "@practitioner", "team", "open", "@t", "--words", words)
    assert (opened["version"], opened["policy"]["idle_lock"]) == (1, 4)
    assert [each["supervisors"] for each in opened["members"]] == [[], [SUPERVISOR]]
    assert opened["directory"][0]["name"] == "Baby group"


@pytest.mark.parametrize("words", [(), ("--expires", "31.12.2999"), ("--expires", "2020-12-31")])
def test_what_cannot_be_asked_is_a_wrong_call_and_changes_nothing(
    words: tuple[str, ...], do: Do, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    do("team", "create", "@t", "--organisation", "Example Trust", *KEY)
    before = (tmp_path / "t").read_bytes()
    assert main(["team", "set", str(tmp_path / "t"), *words]) == 2
    assert "refused" not in capsys.readouterr().err
    assert (tmp_path / "t").read_bytes() == before


def test_everything_that_a_team_file_asks_is_shown_in_words(
    do: Do, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    do("team", "create", "@t", "--organisation", "Example Trust", *KEY)
    do("team", "set", "@t", "--idle-lock", "1", "--retention", "90", "--escalation", "3", "--expires", "2999-12-31")
    do("team", "service", "@t", "Baby group", "--about", "all", "--contact", "0300")
    assert main(["team", "show", str(tmp_path / "t")]) == 0
    assert capsys.readouterr().out.splitlines()[2:] == [
        "  not taken after 2999-12-31",
        "  locks after 1 minute at most",
        "  packages stay at a place for 90 days at most",
        "  a review is late after 3 days",
        "  directory: Baby group – all – 0300",
    ]


def test_a_lost_laptop_is_named_and_found_again(do: Do, desks: Desks) -> None:
    device = desks.practitioner.cards.mine().card.device
    desks.close()
    home = ("--home", "@supervisor", "laptop")
    assert do(*home, "lost", "ffffffff-0") == "team.no_such_laptop"
    assert do(*home, "lost", device[:8])["lost"] is True
    assert [row["lost"] for row in do(*home, "list")] == ["", "lost (said by own)"]
    assert do(*home, "found", device[:8])["lost"] is False


def test_late_visits_stand_first_in_the_queue(do: Do, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clock = ManualClock(datetime.now(UTC) - timedelta(days=12))
    desks = open_desks(tmp_path, clock=clock)
    mine, visits = desks.practitioner, []
    for days in (0, 11):
        clock.advance(timedelta(days=days))
        visits.append(whole_draft(mine, add_family(mine)))
        leave_out_the_rest(mine, visits[-1])
        mine.signing.sign(visits[-1])
    (tmp_path / "stick").mkdir()
    mine.sending.export([known.card for known in mine.cards.supervisors()], tmp_path / "stick")
    desks.supervisor.receiving.take_in(sorted((tmp_path / "stick").iterdir()))
    organisation = founded(tmp_path / "t", desks)
    desks.close()
    queue = ("--home", "@supervisor", "visits", "queue")
    assert [row["late"] for row in do(*queue)] == [False, False]
    do("team", "set", "@t", "--escalation", "5")
    organisation.sign()
    do("--home", "@supervisor", "team", "open", "@t", "--yes")
    rows = do(*queue)
    assert [(row["id"], row["late"], row.get("days_waited")) for row in rows] == [
        (visits[0], True, 12),
        (visits[1], False, None),
    ]
    main(["--passphrase-file", str(tmp_path / "pass"), "--home", str(tmp_path / "supervisor"), "visits", "queue"])
    said = capsys.readouterr().out
    assert said.startswith("2 visits to read, 1 of them late")
    assert "  Late: has waited 12 days; your team asks for a review within 5 days\n" in said


def test_a_forgotten_passphrase_is_helped_with_a_file_and_a_key(
    do: Do, desks: Desks, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    organisation = founded(tmp_path / "t", desks)
    desks.close()
    organisation.sign()
    home = ("--home", "@practitioner", "team")
    do(*home, "open", "@t", "--yes")
    assert do(*home, "recovery-file", "@code.age") == "escrow.none"
    recipient = do("team", "escrow-key", "@recovery.key")["recipient"]
    assert do("team", "escrow-key", "@recovery.key") == "escrow.file_exists"
    assert main(["team", "set", str(tmp_path / "t"), "--recovery-escrow", "age1nonsense"]) == 2
    assert "is an age recipient" in capsys.readouterr().err
    do("team", "set", "@t", "--recovery-escrow", recipient)
    organisation.sign()
    opening = ["--passphrase-file", str(tmp_path / "pass"), "--home", str(tmp_path / "practitioner"), "team", "open"]
    assert main([*opening, str(tmp_path / "t")]) == 2
    assert "gives your organisation a key to this laptop’s records" in capsys.readouterr().err
    assert main([*opening, str(tmp_path / "t"), "--yes"]) == 0
    assert "Your organisation will hold a key" in capsys.readouterr().out
    do(*home, "recovery-file", "@code.age")
    found = do("team", "recover", "@code.age", "--identity-file", "@recovery.key")
    assert (found["name"], len(found["code"])) == (PRACTITIONER, 44)
    assert do("team", "recover", "@recovery.key", "--identity-file", "@recovery.key") == "escrow.not_a_code"
    homes.unlock(Home(tmp_path / "practitioner"), found["code"], clock=SystemClock(), recovery=True).close()


@pytest.mark.slow
def test_a_further_laptop_joins_with_its_words(do: Do, desks: Desks, tmp_path: Path) -> None:
    words = SecondLaptop(desks.practitioner.store, SystemClock(), cost=CHEAP).write(tmp_path / "next")
    desks.close()
    (tmp_path / "words").write_text(words)
    (tmp_path / "pass").write_text("harbour lantern velvet orchid")
    do("--home", "@new", "laptop", "join", "@next", "--words-file", "@words", "--recovery-out", "@code")
    rows = do("--home", "@new", "laptop", "list")
    assert [(row["name"], row["mine"]) for row in rows[:2]] == [(PRACTITIONER, "this laptop"), (PRACTITIONER, "yours")]
