"""Two desks exchange cards and packages by nothing but commands."""

from __future__ import annotations

from pathlib import Path

import pytest

NAME = "Miriam Oakes"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def sent(desk, folder: Path) -> Path:
    rows = desk("--json", "package", "export", "--to", NAME, "--out", folder).document
    return folder / str(rows[0]["name"])


def test_cards_are_shown_written_and_taken_in_with_the_right_words(desk, other, folder: Path) -> None:
    shown = other("--json", "card", "show", "--out", folder / "card").document
    assert shown["name"] == NAME
    words = " ".join(shown["six_words"]).upper()
    added = desk("--json", "card", "import", folder / "card", "--words", words).document
    assert added["six_words"] == shown["six_words"]
    assert [card["name"] for card in desk("--json", "card", "list").document] == [NAME]


def test_other_words_or_none_do_not_add_a_card(desk, other, folder: Path) -> None:
    other("card", "show", "--out", folder / "card")
    wrong = desk("card", "import", folder / "card", "--words", "one two three four five six")
    assert (wrong.status, wrong.err.splitlines()[0]) == (1, "homevisit: refused: card.words_differ")
    assert desk("card", "import", folder / "card").status == 2


def test_a_card_is_never_written_over_a_file(desk, folder: Path) -> None:
    (folder / "card").write_text("mine", "utf-8")
    assert "refused: card.file_exists" in desk("card", "show", "--out", folder / "card").err
    assert (folder / "card").read_text("utf-8") == "mine"


def test_a_package_goes_out_is_inspected_and_taken_in_once(desk, other, folder: Path) -> None:
    package = sent(desk, folder)
    about = other("--json", "package", "inspect", package)
    assert (about.document["kind"], about.document["from"]) == ("export", "Ruth Ashdown")
    first = other("--json", "package", "import", package)
    assert first.status == 0, first.err
    assert first.document[0]["new"] == about.document["entries"]
    again = other("--json", "package", "import", package)
    assert (again.status, again.document[0]["code"]) == (0, "")
    assert other("check").status == 0
    assert "refused: sending.nothing_new" in desk("package", "export", "--to", NAME, "--out", folder).err


def test_one_refused_file_does_not_stop_the_others(desk, other, folder: Path, pair: Path) -> None:
    package, junk = sent(desk, folder), folder / "junk.age"
    junk.write_bytes(b"age-encryption.org/v1\nnot at all")
    done = other("--json", "package", "import", junk, package)
    assert done.status == 1
    refused, taken = done.document
    assert refused["code"].startswith("package.")
    assert (taken["code"], taken["new"] > 0) == ("", True)
    assert Path(refused["kept"]).is_relative_to(pair / "other" / "quarantine")
    assert junk.exists()
    assert f"refused: {refused['code']}" in done.err


def test_a_package_for_somebody_else_is_refused(desk, folder: Path) -> None:
    assert "refused: package.not_for_me" in desk("package", "inspect", sent(desk, folder)).err


def test_an_unknown_name_or_a_missing_folder_is_refused(desk, folder: Path) -> None:
    unknown = desk("package", "export", "--to", "Nobody Known", "--out", folder)
    assert (unknown.status, unknown.err.splitlines()[0]) == (1, "homevisit: refused: card.no_such_name")
    missing = desk("package", "export", "--to", NAME, "--out", folder / "gone")
    assert (missing.status, missing.err.splitlines()[0]) == (1, "homevisit: refused: place.missing")
