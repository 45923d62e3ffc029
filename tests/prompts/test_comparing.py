"""Readings of one prompt set side by side: order, changes, what only an older one holds."""

from __future__ import annotations

from homevisit.prompts.comparing import compared
from homevisit.prompts.reading import LineKind, ReadLine


def line(path, answer="", **more):
    return ReadLine(path=path, prompt=path.upper(), answer=answer, **more)


def test_the_newest_order_holds_and_older_lines_stand_where_they_stood():
    rows = compared([[line("a", "1"), line("old", "2"), line("b", "3")], [line("b", "3"), line("a", "1")]])
    assert [row.path for row in rows] == ["b", "a", "old"]


def test_a_change_is_told_against_the_answer_before_it():
    (row,) = compared([[line("a", "calm")], [line("a", "calm")], [line("a", "worried")]])
    assert (row.answers, row.changed) == (("calm", "calm", "worried"), (False, False, True))


def test_an_answer_that_was_taken_back_counts_as_a_change():
    (row,) = compared([[line("a", "calm")], []])
    assert (row.answers, row.changed, row.any_change) == (("calm", ""), (False, True), True)


def test_headings_have_no_answers_and_notes_are_left_out():
    heading, note = line("h", kind=LineKind.HEADING), line("n", kind=LineKind.NOTE)
    (row,) = compared([[heading, note], [heading]])
    assert (row.path, row.answers, row.changed) == ("h", (), ())


def test_sensitive_in_any_reading_is_sensitive():
    (row,) = compared([[line("a", "x", sensitive=True)], [line("a", "y")]])
    assert row.sensitive
