"""Safety panels: which answers open them whatever the total says, and what settles them."""

from __future__ import annotations

import json

import pytest

from homevisit.domain.completeness import missing_from, stops_signing
from homevisit.domain.visit import Omission, VisitBody
from homevisit.prompts.evaluate import Context, evaluate
from homevisit.prompts.library import Library
from homevisit.prompts.safety import first_open, is_unsettled, panels, unsettled
from homevisit.prompts.terms import Role
from homevisit.services.answering import Answering
from tests.prompts.filled import response_of
from tests.prompts.test_scores import with_total

WITH_PANEL = {"phq-9", "maas", "epds", "other-tool", "other-tool-child"}


def state_of(set_id, answers):
    questionnaire = Library.shipped().get(set_id).questionnaire
    return evaluate(questionnaire, response_of(questionnaire, answers), Context())


def opened(set_id, answers):
    return [path[-1][0] for path in (panel.path for panel in panels(state_of(set_id, answers)))]


@pytest.mark.parametrize("count", [0, 1, 2, 3])
@pytest.mark.parametrize("others", [0, 3])
def test_question_nine_of_the_phq_opens_a_panel_whatever_the_total_says(count, others):
    answers = {f"phq-9.{number}": others for number in range(1, 9)} | {"phq-9.9": count}
    assert opened("phq-9", answers) == (["phq-9.safety"] if count else [])


def test_question_nine_opens_its_panel_though_nothing_else_is_answered():
    assert opened("phq-9", {"phq-9.9": 1}) == ["phq-9.safety"]
    assert opened("phq-9", with_total("phq-9", 9, 3, 24)) == []


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("others", [1, 5])
def test_question_twelve_of_the_maas_opens_a_panel_from_three_down(count, others):
    answers = dict.fromkeys((f"maas.{number}" for number in range(1, 20)), others) | {"maas.12": count}
    assert opened("maas", answers) == (["maas.safety"] if count <= 3 else [])


@pytest.mark.parametrize("total", [0, 9, 30])
def test_the_flagged_item_of_the_epds_opens_a_panel_whatever_the_total_says(total):
    assert opened("epds", {"epds.total": total, "epds.flag": "yes"}) == ["epds.safety"]
    assert opened("epds", {"epds.total": total, "epds.flag": "no"}) == []
    assert opened("epds", {"epds.total": total}) == []


def test_only_the_sets_with_a_published_trigger_have_a_panel():
    found = {
        each.id
        for each in Library.shipped().sets
        if any(item.has_role(Role.SAFETY_PANEL) for item in each.questionnaire.walk())
    }
    assert found == WITH_PANEL


@pytest.mark.parametrize(
    ("said", "settled"),
    [
        ({}, False),
        ({"asked": "Whether she has a plan. No."}, False),
        ({"asked": "Whether she has a plan. No.", "told": "Her GP"}, False),
        ({"asked": "Whether she has a plan. No.", "told": "Her GP", "when": " \n"}, False),
        ({"asked": "Whether she has a plan. No.", "told": "Her GP", "when": "Today, 14:20"}, True),
        ({"reason": "   "}, False),
        ({"reason": "Her crisis team came this morning and knows."}, True),
    ],
)
def test_a_panel_is_settled_by_what_was_asked_who_was_told_and_when_or_by_a_reason(said, settled):
    state = state_of("phq-9", {"phq-9.9": 2} | {f"phq-9.safety.{part}": words for part, words in said.items()})
    (panel,) = panels(state)
    assert panel.settled is settled
    assert unsettled(state) == (() if settled else (panel.path,))


def test_the_first_thing_to_write_is_the_first_that_is_open():
    state = state_of("phq-9", {"phq-9.9": 1, "phq-9.safety.asked": "How often"})
    (waiting,) = unsettled(state)
    assert first_open(state, waiting)[-1][0] == "phq-9.safety.told"


def test_an_open_panel_cannot_be_signed_over_even_with_a_reason_for_leaving_it_out():
    library = Library.shipped()
    response = response_of(library.get("epds").questionnaire, {"epds.total": 3, "epds.flag": "yes"})
    gaps = Answering(library).gaps([response])
    ((key, (_, codes)),) = gaps.items()
    assert "safety" in codes
    body = VisitBody(family="f", omissions=(Omission(what=f"gap.safety/{key}", reason="later"),))
    found = [item for item in missing_from(body, (), gaps, _now()) if item.what.startswith("gap.safety")]
    assert [item.blocking for item in found] == [True]
    assert stops_signing(found)


def test_an_answer_taken_back_closes_the_panel():
    questionnaire = Library.shipped().get("epds").questionnaire
    assert is_unsettled(questionnaire, response_of(questionnaire, {"epds.flag": "yes"}))
    assert not is_unsettled(questionnaire, response_of(questionnaire, {"epds.flag": "no"}))


@pytest.mark.parametrize("set_id", sorted(WITH_PANEL))
def test_a_panel_diagnoses_nothing_and_stays_out_of_in_home_view(set_id):
    items = Library.shipped().get(set_id).questionnaire.walk()
    (panel,) = [item for item in items if item.has_role(Role.SAFETY_PANEL)]
    words = json.dumps(panel.raw).lower()
    assert not any(word in words for word in ("suicid", "diagnos", "depress", "risk", "disorder"))
    assert panel.has_role(Role.SENSITIVE)
    assert all(item.has_role(Role.SENSITIVE) for item in panel.items if item.is_question)
    assert not any(item.required for item in panel.walk())


def _now():
    from datetime import UTC, datetime

    return datetime(2026, 3, 14, 10, 5, tzinfo=UTC)
