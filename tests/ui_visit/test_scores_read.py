"""A score as it reads in a note and on paper: tool, who completed it, band, source, and what it is not."""

from __future__ import annotations

from datetime import UTC, datetime

from homevisit.domain.completeness import missing_from
from homevisit.domain.visit import VisitBody
from homevisit.prompts.library import Library
from homevisit.services.answering import Answering
from tests.prompts.filled import response_of
from ui.views.reading_blocks import blocks_of

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ANSWERS = {f"phq-9.{number}": 1 for number in range(1, 10)} | {"phq-9.by": "parent-alone"}
SETTLED = ANSWERS | {"phq-9.safety.reason": "Her crisis team came this morning and knows."}


def signed(answers: dict[str, object], set_id: str = "phq-9") -> VisitBody:
    """A visit with these answers as it would be signed."""
    library = Library.shipped()
    response = response_of(library.get(set_id).questionnaire, answers)
    body = VisitBody(family="f", responses=(response,))
    return Answering(library).completed("00000000-0000-4000-8000-000000000000", body, NOW)


def words_of(body: VisitBody, *, in_home: bool = False) -> str:
    return "\n".join(block.text for block in blocks_of(body, (), Library.shipped(), in_home=in_home))


def test_a_settled_panel_is_no_gap_and_its_score_is_read_with_all_that_belongs_to_it() -> None:
    body = signed(SETTLED)
    gaps = Answering(Library.shipped()).gaps(body.responses)
    assert not [each for each in missing_from(body, (), gaps, NOW) if each.what.startswith("gap.safety")]
    words = words_of(body)
    assert "PHQ-9: Total" in words
    assert "9 of 27, mild (5–9)" in words
    assert "Screening result, not a diagnosis. Higher means more difficulty." in words
    assert "PHQ-9, prompt set version 1.0.0; completed by: the parent, alone." in words
    assert "Kroenke, Spitzer & Williams, J Gen Intern Med 2001;16:606–613." in words
    assert "Her crisis team came this morning and knows." in words


def test_an_incomplete_score_is_read_as_how_many_were_answered() -> None:
    words = words_of(signed({"phq-9.1": 2, "phq-9.2": 1}))
    assert "2 of 9 answered" in words
    assert "nothing is filled in for a missing answer" in words
    assert "of 27" not in words


def test_who_completed_it_is_said_to_be_missing_where_nobody_wrote_it() -> None:
    words = words_of(signed({"epds.total": 7, "epds.on": "2026-03-01", "epds.interpreter": "none"}, "epds"))
    assert "7 of 30, below the published cut-offs (0–9)" in words
    assert "EPDS, prompt set version 1.0.0; completed by: not recorded; on 1 March 2026; no interpreter." in words


def test_a_number_out_of_range_is_read_as_it_was_typed_and_has_no_band() -> None:
    words = words_of(signed({"epds.total": 31}, "epds"))
    assert "31" in words
    assert "depression (" not in words


def test_in_in_home_view_the_reading_names_no_panel() -> None:
    body = signed(SETTLED)
    assert "Action today" in words_of(body)
    at_home = words_of(body, in_home=True)
    assert "Action today" not in at_home
    assert "crisis team" not in at_home
    assert "9 of 27" in at_home
