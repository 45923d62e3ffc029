"""The two shipped prompt sets: their wording, their gate, and what the rest of the program reads from them."""

from __future__ import annotations

import json

import pytest

import resources
from homevisit.domain.canonical import canonical
from homevisit.prompts import fhir_json
from homevisit.prompts.library import THREE_STEPS, TWO_MINUTES, Library
from homevisit.prompts.meaning import meaning_of
from homevisit.prompts.reading import LineKind, changed_paths, readable, unanswered
from homevisit.prompts.session import Session
from homevisit.prompts.terms import BASE, Control, Role
from homevisit.prompts.values import boolean_answer, coding_answer, text_answer

PUBLISHED = {
    "step1.q1.words": "What 3 words or phrases would you use to describe your relationship with your baby?",
    "step1.q1.more": "Can you tell me a little more about why you chose those words or sentences?",
    "step1.q2.words": "What brings you the most joy in the relationship with your baby?",
    "step1.q3.words": "What is your biggest fear about your relationship with your baby?",
}
CREDIT = (
    "Conversation prompts from 'Reflecting on parent-infant relationships: a practitioner's guide to starting "
    "conversations', Department of Health and Social Care, 21 March 2024. © Crown copyright. Contains public sector "
    "information licensed under the Open Government Licence v3.0."
)


def place(*links):
    return tuple(step if isinstance(step, tuple) else (step, 0) for step in links)


def code(system, value, display=""):
    return [coding_answer(f"{BASE}/CodeSystem/{system}", value, display)]


def say(session, path, text):
    session.set_answer(path, [text_answer(text)])


@pytest.fixture
def conversation(three_steps):
    session = Session(three_steps, subject="RelatedPerson/p1")
    session.set_answer(place("step1", "step1.consent"), code("consent", "given", "Given"))
    say(session, place("step1", "step1.questions", "step1.q1.words"), "tired, lovely, new")
    session.set_answer(place("step1", "step1.questions", "step1.q3.explore"), [boolean_answer(True)])
    say(session, place("step2", "step2.strength", "step2.strength.what"), "He settles at her voice")
    say(session, place("step2", "step2.strength", "step2.strength.evidence"), "Answer to question 2")
    session.set_answer(place("step3", "step3.outcome"), code("outcome", "support", "Something follows"))
    return session


@pytest.mark.parametrize("set_id", [THREE_STEPS, TWO_MINUTES])
def test_a_shipped_set_has_no_fault_and_carries_its_licence_and_origin(set_id):
    found = Library.shipped().get(set_id)
    assert found.questionnaire.faults == ()
    assert (found.licence_class, found.per, found.questionnaire.language) == ("A", "carer", "en-GB")
    assert found.attribution
    assert found.source.startswith("https://")
    assert found.checked_on
    assert found.questionnaire.copyright
    assert found.questionnaire.version


@pytest.mark.parametrize("set_id", [THREE_STEPS, TWO_MINUTES])
def test_a_shipped_set_comes_out_of_the_engine_byte_for_byte_equal_in_content(set_id):
    data = resources.read_bytes(f"prompts/{set_id}.json")
    assert json.loads(fhir_json.write(fhir_json.parse(data))) == json.loads(data)


def test_the_published_questions_stand_word_for_word(three_steps):
    assert {link: three_steps.by_link[link].text for link in PUBLISHED} == PUBLISHED
    assert all(three_steps.by_link[link].has_role(Role.VERBATIM) for link in PUBLISHED)


def test_the_credit_line_stands_with_the_questions_and_in_the_copyright(three_steps):
    assert three_steps.by_link["step1.credit"].text == CREDIT
    assert three_steps.copyright.startswith(CREDIT)


def test_our_own_consent_wording_is_labelled_ours(three_steps):
    help_text = three_steps.by_link["step1.consent.help"]
    assert help_text.control == Control.HELP
    assert "Homevisit’s own, not DHSC’s" in help_text.text


@pytest.mark.parametrize(("answer", "asked"), [("given", True), ("declined", False), ("not-asked", False)])
def test_the_questions_are_asked_only_with_consent_and_declining_blocks_nothing(three_steps, answer, asked):
    session = Session(three_steps)
    session.set_answer(place("step1", "step1.consent"), code("consent", answer))
    assert session.item_state(place("step1", "step1.questions", "step1.q1.words")).enabled is asked
    assert session.item_state(place("step1", "step1.consent.reason")).enabled is not asked
    assert not any(each.problems for each in session.state().walk())


def test_a_descriptive_set_has_no_total_and_no_weight():
    sets = [each.questionnaire for each in Library.shipped().sets]
    descriptive = [each for each in sets if not any(item.has_role(Role.SCORE) for item in each.walk())]
    assert {"three-step-conversation", "two-minute-observation"} <= {each.raw["id"] for each in descriptive}
    for each in descriptive:
        text = json.dumps(each.raw)
        assert "ordinalValue" not in text
        assert "itemWeight" not in text
        assert "sum()" not in text


def test_strengths_stand_before_needs(three_steps):
    assert three_steps.order["step2.strength"] < three_steps.order["step2.need"]


def test_meaning_reads_strengths_with_evidence_and_what_to_explore(conversation):
    found = meaning_of(conversation.questionnaire, conversation.response())
    assert found.consent == "given"
    assert [(each.what, each.evidence) for each in found.strengths] == [
        ("He settles at her voice", "Answer to question 2")
    ]
    assert found.explore == ("Explore the answer to question 3 further",)


def test_meaning_reads_each_action_with_owner_and_date(conversation):
    above = place("step3", "step3.action")
    conversation.set_answer((*above, ("step3.action.kind", 0)), code("action-kind", "referred", "Referred"))
    say(conversation, (*above, ("step3.action.what", 0)), "Infant feeding team")
    say(conversation, (*above, ("step3.action.owner", 0)), "Her midwife")
    conversation.set_answer((*above, ("step3.action.due", 0)), [{"valueDate": "2026-03-14"}])
    conversation.set_answer((*above, ("step3.action.consent", 0)), code("referral-consent", "given"))
    (action,) = meaning_of(conversation.questionnaire, conversation.finished()).actions
    assert (action.kind, action.what, action.owner) == ("referred", "Infant feeding team", "Her midwife")
    assert (action.due, action.consent, action.path) == ("2026-03-14", "given", "step3/step3.action")


def test_no_further_support_is_a_complete_outcome_and_drops_actions_begun_before(conversation):
    say(conversation, place("step3", "step3.action", "step3.action.what"), "Thought better of")
    conversation.set_answer(place("step3", "step3.outcome"), code("outcome", "no-further-support"))
    found = meaning_of(conversation.questionnaire, conversation.response())
    assert (found.outcome, found.actions) == ("no-further-support", ())


def test_needs_without_a_strength_are_a_gap_that_is_said(three_steps):
    session = Session(three_steps)
    say(session, place("step2", "step2.need", "step2.need.what"), "Sleep")
    assert meaning_of(three_steps, session.response()).gaps == ("needs-without-strengths",)


def test_a_worry_asks_for_the_sentence_of_the_baby(two_minutes):
    session = Session(two_minutes)
    session.set_answer(place("obs.reflect", "obs.10.seen"), code("seen", "saw"))
    assert meaning_of(two_minutes, session.response()).gaps == ("worry-without-baby-voice",)
    say(session, place("obs.reflect", "obs.12.voice"), "I am watching, not yet sure of them.")
    found = meaning_of(two_minutes, session.response())
    assert (found.gaps, found.baby_voice) == ((), "I am watching, not yet sure of them.")


def test_the_observation_is_read_back_with_its_guard_rails(two_minutes):
    session = Session(two_minutes)
    say(session, place("obs.reflect", "obs.12.voice"), "Warm and fed.")
    notes = [line.prompt for line in readable(two_minutes, session.finished()) if line.kind is LineKind.NOTE]
    assert "You cannot tell attachment type from a visit." in notes[0]
    assert notes[-1] == "Descriptive observation; not a validated assessment of attachment."


def test_a_response_reads_as_headings_words_and_answers(conversation):
    lines = readable(conversation.questionnaire, conversation.finished())
    assert [line.kind for line in lines[:2]] == [LineKind.HEADING, LineKind.ANSWER]
    verbatim = next(line for line in lines if line.kind is LineKind.VERBATIM)
    assert verbatim.prompt == "Question 1: " + PUBLISHED["step1.q1.words"]
    assert verbatim.answer == "tired, lovely, new"


def test_a_response_reads_without_its_prompt_set_by_its_own_texts(conversation):
    response = conversation.finished()
    known = {(line.path, line.answer) for line in readable(conversation.questionnaire, response) if line.answer}
    assert {(line.path, line.answer) for line in readable(None, response) if line.answer} == known


def test_only_the_changed_answer_is_marked(conversation):
    before = readable(conversation.questionnaire, conversation.response())
    say(conversation, place("step1", "step1.questions", "step1.q1.words"), "calmer now")
    after = readable(conversation.questionnaire, conversation.response())
    assert changed_paths(before, after) == {"step1/step1.questions/step1.q1.words"}


def test_what_is_still_unanswered_is_listed(conversation):
    missing = [line.path for line in unanswered(conversation.questionnaire, conversation.response())]
    assert "step1/step1.questions/step1.q2.words" in missing
    assert "step1/step1.overhear" not in missing


def test_a_response_finds_its_very_version_in_the_library(conversation):
    response = conversation.response()
    assert Library.shipped().of_response(response).id == THREE_STEPS
    assert Library.shipped().of_response({**response, "questionnaire": response["questionnaire"] + "9"}) is None


def test_finished_responses_may_be_signed(conversation):
    assert conversation.finished()["subject"] == {"reference": "RelatedPerson/p1"}
    canonical(conversation.finished())


def test_the_library_finishes_counts_and_reads_any_response(conversation):
    library, response = Library.shipped(), conversation.response()
    assert library.finished(response)["status"] == "completed"
    assert library.unanswered(response) == 0
    assert library.unanswered(Session(conversation.questionnaire).response()) == 1
    assert library.readable(response)
    assert library.meaning(response).consent == "given"


def test_a_response_to_an_unknown_version_is_left_as_it_stands(conversation):
    library, response = Library.shipped(), {**conversation.response(), "questionnaire": "urn:other|2"}
    assert library.finished(response) == response
    assert library.unanswered(response) == 0
    assert library.readable(response)
