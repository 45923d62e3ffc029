"""Our own prompt sets: no fault, no number, what they ask by carer and age, and what the rest of the program reads."""

from __future__ import annotations

import json

import pytest

from homevisit.domain.age import Age
from homevisit.prompts.beginning import Known, age_band, begin, is_untouched
from homevisit.prompts.fitting import Fit, Stage
from homevisit.prompts.items import Item
from homevisit.prompts.library import THREE_STEPS, TWO_MINUTES, Library
from homevisit.prompts.meaning import meaning_of
from homevisit.prompts.reading import readable
from homevisit.prompts.session import Session
from homevisit.prompts.terms import Control, Role
from homevisit.prompts.values import text_answer

OWN = (
    *(THREE_STEPS, TWO_MINUTES, "three-step-conversation-antenatal", "two-minute-observation-antenatal"),
    *("needs-check", "safe-sleep", "home-conditions", "voice-of-the-infant", "who-cares"),
    *("stress-and-protection", "domestic-abuse-enquiry"),
)
SENSITIVE = ("stress-and-protection", "domestic-abuse-enquiry")
OUTCOMES = tuple(f"nc.{number}" for number in range(1, 7))


def session_of(set_id):
    return Session(Library.shipped().get(set_id).questionnaire)


def place(session, link):
    return tuple((each, 0) for each in session.questionnaire.lineage[link])


def choose(session, link, code):
    options = session.questionnaire.by_link[link].options
    chosen = next(each.answer for each in options if each.answer["valueCoding"]["code"] == code)
    session.set_answer(place(session, link), [chosen])


def say(session, link, words):
    session.set_answer(place(session, link), [text_answer(words)])


def open_links(session):
    return [each.item.link_id for each in session.state().walk() if each.unanswered]


@pytest.mark.parametrize("set_id", OWN)
def test_an_own_set_has_no_fault_and_no_number(set_id):
    found = Library.shipped().get(set_id)
    assert found.questionnaire.faults == ()
    assert found.licence_class == "A"
    assert found.attribution
    assert found.fit.stage in set(Stage)
    raw = json.dumps(found.questionnaire.raw)
    assert not any(word in raw for word in ("ordinalValue", "calculatedExpression", '"integer"', '"decimal"'))
    assert '"text": ""' not in raw


@pytest.mark.parametrize("set_id", SENSITIVE)
def test_a_sensitive_set_says_so_everywhere_and_gives_nothing_to_the_shared_record(set_id):
    found = Library.shipped().get(set_id)
    items: list[Item] = [item for item in found.questionnaire.walk() if item.is_question]
    assert found.fit.sensitive
    assert all(item.has_role(Role.SENSITIVE) for item in items)
    shared = {Role.STRENGTH, Role.NEED, Role.ACTION, Role.BABY_VOICE}
    assert not any(item.roles & shared for item in found.questionnaire.walk())


def test_the_needs_check_is_done_with_one_answer_for_each_outcome():
    session = session_of("needs-check")
    assert open_links(session) == list(OUTCOMES)
    for link in OUTCOMES:
        choose(session, link, "well")
    assert open_links(session) == []


def test_an_outcome_that_was_not_asked_needs_a_because():
    session = session_of("needs-check")
    choose(session, "nc.5", "not-asked")
    assert "nc.5.because" in open_links(session)
    choose(session, "nc.5.because", "overheard")
    assert "nc.5.because" not in open_links(session)


def test_needs_and_actions_of_the_needs_check_reach_the_record():
    session = session_of("needs-check")
    choose(session, "nc.6", "need")
    say(session, "nc.6.need.what", "No heating upstairs")
    choose(session, "nc.6.action.kind", "signposted")
    say(session, "nc.6.action.what", "Energy advice at the hub")
    say(session, "nc.strength.what", "They ask for help early")
    found = meaning_of(session.questionnaire, session.response())
    assert [each.what for each in found.needs] == ["No heating upstairs"]
    assert [(each.kind, each.what) for each in found.actions] == [("signposted", "Energy advice at the hub")]
    assert found.gaps == ()


def test_the_enquiry_asks_why_not_and_asks_more_only_after_a_disclosure():
    session = session_of("domestic-abuse-enquiry")
    choose(session, "da.asked", "not-asked")
    assert "da.reason" in open_links(session)
    choose(session, "da.asked", "asked")
    choose(session, "da.response", "not-disclosed")
    assert open_links(session) == ["da.alone"]
    choose(session, "da.response", "disclosed")
    assert {"da.said", "da.contact", "da.never", "da.done"} <= set(open_links(session))


@pytest.mark.parametrize(
    ("carer", "words"),
    [
        ("mother", "every parent"),
        ("father", "every father"),
        ("second-carer", "both of you"),
        ("other-carer", "two of"),
    ],
)
def test_the_conversation_opens_in_words_that_fit_the_carer(carer, words):
    session = session_of(THREE_STEPS)
    begin(session, Known(carer=carer))
    said = session.state().texts_beside(place(session, "step1.consent"), Control.HELP)
    assert len(said) == 1
    assert words in said[0]


@pytest.mark.parametrize("band", ["0-8-weeks", "2-5-months", "6-11-months", "from-12-months", ""])
def test_the_observation_gives_one_example_for_each_prompt_at_every_age(band):
    session = session_of(TWO_MINUTES)
    begin(session, Known(age_band=band))
    for number in range(2, 11):
        said = session.state().texts_beside(place(session, f"obs.{number}.seen"), Control.HELP)
        assert len(said) == 1, number


@pytest.mark.parametrize(
    ("days", "months", "band"),
    [
        (0, 0, "0-8-weeks"),
        (56, 1, "0-8-weeks"),
        (57, 1, "2-5-months"),
        (180, 5, "2-5-months"),
        (184, 6, "6-11-months"),
        (364, 11, "6-11-months"),
        (366, 12, "from-12-months"),
    ],
)
def test_the_bands_of_age_meet_without_a_gap(days, months, band):
    assert age_band(Age(days=days, months=months)) == band


def test_what_is_known_from_the_beginning_is_no_answer_of_anybody():
    session = session_of(TWO_MINUTES)
    begin(session, Known(age_band="2-5-months"))
    assert is_untouched(session)
    choose(session, "obs.1.state", "asleep")
    assert not is_untouched(session)


def test_a_hidden_answer_is_not_read_out():
    session = session_of(THREE_STEPS)
    begin(session, Known(carer="father"))
    choose(session, "step1.consent", "declined")
    assert [line.answer for line in readable(session.questionnaire, session.response()) if line.answer] == ["Declined"]


@pytest.mark.parametrize("set_id", [THREE_STEPS, TWO_MINUTES])
def test_what_was_asked_with_the_first_version_is_read_with_it(set_id):
    library = Library.shipped()
    first = next(each for each in library.all if each.id == set_id and each.version == "1.0.0")
    assert not first.is_offered
    assert library.of_response({"questionnaire": first.canonical}) is first
    assert library.get(set_id).version == "1.1.0"


@pytest.mark.parametrize(
    ("fit", "unborn", "newborn", "year"),
    [
        (Fit(), True, True, True),
        (Fit(stage=Stage.ANTENATAL), True, False, False),
        (Fit(stage=Stage.AFTER_BIRTH, to_months=6), False, True, False),
        (Fit(from_months=1), True, False, True),
    ],
)
def test_a_set_says_which_ages_it_suits(fit, unborn, newborn, year):
    assert [fit.suits_age(months) for months in (None, 0, 12)] == [unborn, newborn, year]
