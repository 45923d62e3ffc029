"""Making, checking, rebuilding, backing up and restoring a store from the command line."""

from __future__ import annotations

import shutil
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from homevisit.clock import SystemClock
from homevisit.paths import Home
from homevisit.services import homes

STRONG = "wavering ostrich pamphlet quietly seventeen"


@pytest.fixture
def strong(tmp_path: Path) -> Path:
    path = tmp_path / "strong.txt"
    path.write_text(STRONG + "\n", "utf-8")
    return path


def init(run, home: Path, code: Path, secret: Path):
    words = ("--name", "A. Person", "--role", "practitioner", "--organisation", "Somewhere", "--recovery-out", code)
    return run("--home", home, "--json", "init", *words, secret=secret)


def test_a_new_store_opens_with_its_passphrase_and_its_backup_with_the_code(run, tmp_path: Path, strong: Path) -> None:
    home, code = tmp_path / "new", tmp_path / "code.txt"
    made = init(run, home, code, strong)
    assert made.status == 0, made.err
    assert len(made.document["six_words"]) == 6
    assert stat.S_IMODE(code.stat().st_mode) == 0o600
    backup = run("--home", home, "--json", "backup", secret=strong).document["backup"]
    done = run("--home", tmp_path / "back", "--json", "restore", backup, "--recovery-file", code)
    assert done.status == 0, done.err
    assert run("--home", tmp_path / "back", "check", secret=strong).out.startswith("Sound: 0 entries")


def test_a_weak_passphrase_is_refused_and_nothing_is_made(run, tmp_path: Path) -> None:
    weak = tmp_path / "weak.txt"
    weak.write_text("password1", "utf-8")
    done = init(run, tmp_path / "new", tmp_path / "code.txt", weak)
    assert (done.status, done.document["refused"]["code"]) == (1, "store.weak_passphrase")
    assert not (tmp_path / "new").exists()
    assert not (tmp_path / "code.txt").exists()


def test_a_file_that_exists_is_not_overwritten_by_the_recovery_code(run, tmp_path: Path, strong: Path) -> None:
    code = tmp_path / "code.txt"
    code.write_text("mine", "utf-8")
    done = init(run, tmp_path / "new", code, strong)
    assert (done.status, done.document["refused"]["code"]) == (1, "recovery.file_exists")
    assert code.read_text("utf-8") == "mine"


def test_a_home_that_holds_a_store_is_not_made_again(run, pair: Path, tmp_path: Path, strong: Path) -> None:
    done = init(run, pair / "desk", tmp_path / "code.txt", strong)
    assert (done.status, done.document["refused"]["code"]) == (1, "store.exists")
    assert not (tmp_path / "code.txt").exists()


def test_a_sound_store_is_said_to_be_sound(desk, other) -> None:
    checked = desk("--json", "check")
    assert (checked.status, checked.document["sound"], checked.document["findings"]) == (0, True, [])
    assert other("check").out.startswith("Sound: ")


def test_a_damaged_page_is_found_and_ends_with_1(desk, pair: Path) -> None:
    database = pair / "desk" / "store" / "homevisit.db"
    data = bytearray(database.read_bytes())
    data[len(data) // 2] ^= 1
    database.write_bytes(data)
    checked = desk("--json", "check")
    assert checked.status == 1
    document = checked.document
    assert "refused" in document or not document["sound"]


def test_after_a_rebuild_the_store_is_as_it_was(desk) -> None:
    before = desk("--json", "visits", "list").document
    assert desk("rebuild").status == 0
    assert desk("--json", "visits", "list").document == before
    assert desk("check").status == 0


def test_a_restored_home_goes_on_in_a_new_epoch_with_all_its_visits(desk, run, secret: Path, tmp_path: Path) -> None:
    folder = desk("--json", "backup").document["backup"]
    back = tmp_path / "back"
    restored = run("--home", back, "--json", "restore", folder, secret=secret)
    assert restored.status == 0, restored.err
    assert restored.document["epoch"]
    listed = run("--home", back, "--json", "visits", "list", secret=secret).document
    assert [row["id"] for row in listed] == [row["id"] for row in desk("--json", "visits", "list").document]


def test_a_folder_that_is_no_backup_is_refused_and_the_home_stays_empty(run, secret: Path, tmp_path: Path) -> None:
    done = run("--home", tmp_path / "back", "restore", tmp_path, secret=secret)
    assert done.status == 1
    assert "refused: backup.unreadable" in done.err
    assert not (tmp_path / "back" / "store").exists()


def sign_something(home: Path) -> None:
    services = homes.unlock(Home(home), "demo passphrase only", clock=SystemClock())
    try:
        family = services.families.list()[0]
        details = services.families.brief(family.id).details
        services.families.change(family.id, replace(details, phone="01632 960999"))
    finally:
        services.close()


def test_an_older_copy_of_the_database_put_back_is_noticed(desk, pair: Path) -> None:
    store, kept = pair / "desk" / "store", pair / "kept.db"
    assert desk("check").status == 0  # also brings the write-ahead log into the file
    shutil.copyfile(store / "homevisit.db", kept)
    sign_something(pair / "desk")
    for extra in store.glob("homevisit.db-*"):
        extra.unlink()
    shutil.copyfile(kept, store / "homevisit.db")
    checked = desk("--json", "check")
    assert checked.status == 1
    assert "store.rolled_back" in {finding["code"] for finding in checked.document["findings"]}
