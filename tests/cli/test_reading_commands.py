"""Searching, listing and histories."""

from __future__ import annotations

import re

SHA256 = re.compile(r"[0-9a-f]{64}")


def test_a_search_finds_words_in_notes_and_answers(desk) -> None:
    notes = desk("--json", "search", "Moses", "bask").document
    assert {hit["family_name"] for hit in notes} == {"Bell"}
    assert {"kind", "record", "family", "when", "snippet"} <= notes[0].keys()
    assert (
        any(hit["kind"] == "answer" for hit in desk("--json", "search", "وتر").document)
        or desk("--json", "search", "نوري").document
    )


def test_nothing_found_is_an_answer_not_a_refusal(desk) -> None:
    done = desk("search", "xylophonist")
    assert (done.status, done.out) == (0, "Nothing found.\n")
    assert desk("--json", "search", '" xylophonist (').document == []


def test_the_history_of_an_amended_visit_gives_both_versions_with_their_verdicts(desk) -> None:
    rows = desk("--json", "visits", "list").document
    amended = next(row for row in rows if row["family_name"] == "Kaplan-Doyle" and row["version"] == 2)
    versions = desk("--json", "history", amended["id"]).document
    assert [version["act"] for version in versions] == ["sign", "amend"]
    assert "4,910 g" in versions[1]["reason"]
    assert versions[1]["parents"] == [versions[0]["entry"]]
    assert all(version["genuine"] and SHA256.fullmatch(version["entry"]) for version in versions)
    assert versions[0]["happened_at"] < versions[0]["recorded_at"]


def test_a_withdrawn_visit_is_still_listed_and_says_so(desk) -> None:
    rows = desk("visits", "list").out.splitlines()
    assert sum("withdrawn" in row and "Bartoš" in row for row in rows) == 1


def test_visits_of_one_family_only(desk) -> None:
    families = desk("--json", "families", "list", "Iqb").document
    assert [row["name"] for row in families] == ["Iqbal"]
    rows = desk("--json", "visits", "list", "--family", families[0]["id"]).document
    assert [row["started"] for row in rows] == sorted((row["started"] for row in rows), reverse=True)
    assert {row["family"] for row in rows} == {families[0]["id"]}


def test_an_unknown_record_is_refused_without_repeating_what_was_typed(desk) -> None:
    done = desk("history", "Harpreet Sandhu")
    assert done.status == 1
    assert done.err.startswith("homevisit: refused: record.unknown\n")
    assert "Harpreet" not in done.err


def test_no_command_writes_a_name_or_a_note_to_stderr(desk) -> None:
    for line in ("check", "families list", "visits list", "search starving", "rebuild", "backup"):
        assert desk(*line.split()).err == ""
