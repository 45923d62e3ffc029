"""Of two long versions the part is shown in which they differ: the same beginning twice tells nobody what to choose."""

from __future__ import annotations

from ui.views.signed_visit_settle import LONGEST, where_they_differ

ALIKE = "Walks along the sofa, says a few words. " * 20


def test_long_texts_begin_shortly_before_the_first_difference() -> None:
    one, other, before = where_they_differ([f"{ALIKE}Fed at ten.", f"{ALIKE}Fed at noon, {ALIKE}", ALIKE])
    assert one.startswith("…")
    assert one.endswith("Fed at ten.")
    assert "Fed at noon" in other
    assert other.endswith("…")
    assert len(other) <= LONGEST + 1
    assert before


def test_short_texts_stay_whole_and_one_long_one_begins_at_its_beginning() -> None:
    assert where_they_differ(["Home", "Clinic"]) == ["Home", "Clinic"]
    assert where_they_differ(["nothing", ALIKE])[1].startswith("Walks along")
    assert where_they_differ([ALIKE, ALIKE, ""])[0].startswith("Walks along")


def test_a_difference_near_the_beginning_is_shown_from_the_beginning() -> None:
    one, other = where_they_differ([f"Fed at ten. {ALIKE}", f"Fed at noon. {ALIKE}"])
    assert (one[:6], other[:6]) == ("Fed at", "Fed at")
