"""Visits as they come to a supervisor's desk, made through the real prompt sets."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from homevisit.domain.canonical import JsonObject
from homevisit.domain.family import Person, PersonDetails, Role
from homevisit.domain.visit import (
    Asked,
    ChildSeen,
    Contact,
    Noticed,
    Omission,
    PlannedAction,
    Presence,
    Section,
    SeenAlone,
    VisitBody,
)
from homevisit.prompts.library import THREE_STEPS, TWO_MINUTES, Library
from homevisit.prompts.paths import Path, parse_path
from homevisit.prompts.session import Session
from ui.theme import Theme, apply

FACTS = (
    "10:05 – Arrived, shoes off, Aisha made tea. Maya awake in the bouncer 👶, followed me with her eyes.\n"
    "10:20 – Weighed with Aisha: 4.1 kg. Feeds every 2–3 hours.\n\nTom came in at half past, held Maya at the window."
)
BABY = "I am held a lot. When I look away they wait for me. Somebody always comes."


def _choice(session: Session, path: str, code: str) -> None:
    place: Path = parse_path(path)
    option = next(each for each in session.item_state(place).item.options if code in str(each.answer))
    session.set_answer(place, [option.answer])


def _say(session: Session, path: str, words: str) -> None:
    session.set_answer(parse_path(path), [{"valueString": words}])


def conversation(library: Library, person: str) -> JsonObject:
    """A three-step conversation with one carer."""
    session = Session(library.get(THREE_STEPS).questionnaire, subject=f"RelatedPerson/{person}")
    _choice(session, "step1/step1.consent", "given")
    _say(session, "step1/step1.questions/step1.q1.words", "Close, tiring, funny")
    _say(session, "step1/step1.questions/step1.q2.words", "When she laughs at the cat")
    _say(session, "step1/step1.questions/step1.q3.words", "That I miss something because I am so tired")
    _say(session, "step2/step2.strength/step2.strength.what", "Waits for Maya to look back")
    _say(session, "step2/step2.strength/step2.strength.evidence", "Seen twice while feeding")
    _say(session, "step2/step2.need/step2.need.what", "Sleep; nobody to take a night feed")
    _choice(session, "step3/step3.outcome", "support")
    return session.finished()


def observation(library: Library) -> JsonObject:
    """A two-minute observation."""
    session = Session(library.get(TWO_MINUTES).questionnaire, subject="Patient/baby")
    _say(
        session, "obs.watch/obs.lines", "10:32 – Maya looks at Tom's mouth\n10:33 – he pokes out his tongue, she tries"
    )
    _choice(session, "obs.together/obs.2.seen", "saw")
    _say(session, "obs.together/obs.2.what", "Turns to her mother's voice")
    _say(session, "obs.reflect/obs.12.voice", "Somebody answers me")
    return session.finished()


@pytest.fixture(scope="session")
def library() -> Library:
    return Library.shipped()


@pytest.fixture
def people() -> tuple[Person, ...]:
    def person(person_id: str, name: str, role: Role) -> Person:
        return Person(id=person_id, family="family", details=PersonDetails(name=name, role=role))

    return (
        person("mother", "Aisha Example", Role.MOTHER),
        person("father", "Tom Example", Role.FATHER),
        person("baby", "Maya", Role.CHILD),
    )


@pytest.fixture
def body(library: Library) -> VisitBody:
    return VisitBody(
        family="family",
        contact=Contact.SIX_WEEKS,
        started="2026-11-16T10:00",
        ended="2026-11-16T11:10",
        present=(Presence(person="mother"), Presence(person="father"), Presence(name="Aunt June")),
        children=(ChildSeen(person="baby", seen=Asked.YES, awake=Asked.YES),),
        alone=(
            SeenAlone(person="mother", alone=Asked.YES),
            SeenAlone(person="father", alone=Asked.NO, reason="Had to leave for work"),
        ),
        note={
            Section.FACTS: FACTS,
            Section.BABY: BABY,
            Section.ANALYSIS: "Warm and attentive care under strain of broken nights.",
            Section.PLAN: "Phone on Friday. Tom to try the ten o'clock feed.",
        },
        responses=(conversation(library, "mother"), observation(library)),
        omissions=(
            Omission(what="note.parents-view", reason="Said in the conversation."),
            Omission(what="alone/mother", reason="Somebody else stayed in the room"),
        ),
        strengths=(Noticed(what="Waits for Maya to look back", evidence="Seen twice while feeding"),),
        needs=(Noticed(what="Sleep; nobody to take a night feed"),),
        actions=(PlannedAction(id="action", what="Phone on Friday", owner="Me", due="2026-11-20"),),
    )


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    apply(qapp, Theme())
