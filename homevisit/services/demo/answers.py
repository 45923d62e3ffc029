"""Turns what a story says was asked and seen into FHIR responses, through the same sessions that the screen uses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from homevisit.domain.canonical import JsonObject
from homevisit.prompts.beginning import Known, begin
from homevisit.prompts.items import Answer, Kind
from homevisit.prompts.library import THREE_STEPS, TWO_MINUTES, Library
from homevisit.prompts.session import Session
from homevisit.services.demo.days import offset_day
from homevisit.services.demo.story import AnswersStory, ConversationStory, ObservationStory

OBSERVED = tuple(str(number) for number in range(2, 11))


class Answers:
    """One response being filled in by linkIds; empty texts are left unanswered."""

    def __init__(self, library: Library, name: str, person: str, known: Known | None = None) -> None:
        self._questionnaire = library.get(name).questionnaire
        self._session = Session(self._questionnaire, subject=f"RelatedPerson/{person}" if person else "")
        if known is not None:
            begin(self._session, known)

    def text(self, link: str, words: str, *, repeat: int = 0) -> None:
        self._put(link, ({"valueString": words},) if words else (), repeat)

    def code(self, link: str, *codes: str, repeat: int = 0) -> None:
        self._put(link, tuple(self._option(link, code) for code in codes), repeat)

    def value(self, link: str, value: Answer, *, repeat: int = 0) -> None:
        self._put(link, (value,), repeat)

    def repeat(self, link: str, number: int) -> None:
        """Make room for the occurrence with this number (the first is always there)."""
        if number:
            self._session.add_repeat(self._place(link, 0)[:-1], link)

    def given(self, link: str, value: Any, day: date) -> None:
        """Whatever a story gives for a place; ``day`` is that of the visit."""
        link, _, number = link.partition("@")
        repeat, by_link = int(number or 0), self._questionnaire.by_link
        for step in self._questionnaire.lineage[link] if repeat else ():
            if by_link[step].kind is Kind.GROUP and by_link[step].repeats:
                self._make_room(step, repeat)
        self._put(link, tuple(self._answer(link, each, day) for each in _listed(value)), repeat)

    def _make_room(self, link: str, number: int) -> None:
        if self._session.find(self._place(link, number)) is None:
            self.repeat(link, number)

    def _answer(self, link: str, value: Any, day: date) -> Answer:
        kind = self._questionnaire.by_link[link].kind
        if isinstance(value, bool):
            return {"valueBoolean": value}
        if isinstance(value, int):
            is_date = kind is Kind.DATE
            return {"valueDate": offset_day(day, value).isoformat()} if is_date else {"valueInteger": value}
        if kind is Kind.DECIMAL:
            return {"valueDecimal": value}
        return self._option(link, value) if kind is Kind.CHOICE else self._option_or_words(link, value)

    def _option_or_words(self, link: str, value: str) -> Answer:
        try:
            return self._option(link, value)
        except ValueError:
            return {"valueString": value}

    def response(self) -> JsonObject:
        return self._session.response()

    def _put(self, link: str, answers: tuple[Answer, ...], repeat: int) -> None:
        self._session.set_answer(self._place(link, repeat), answers)

    def _place(self, link: str, repeat: int) -> tuple[tuple[str, int], ...]:
        by_link = self._questionnaire.by_link
        return tuple(
            (step, repeat if by_link[step].repeats and not by_link[step].is_question else 0)
            for step in self._questionnaire.lineage[link]
        )

    def _option(self, link: str, code: str) -> Answer:
        for option in self._questionnaire.by_link[link].options:
            coding = option.answer.get("valueCoding")
            if isinstance(coding, Mapping) and coding.get("code") == code:
                return option.answer
        raise ValueError(f"{link} does not offer {code}")


def conversation(
    library: Library, story: ConversationStory, person: str, due: Mapping[int, str], *, known: Known | None = None
) -> JsonObject:
    """The three steps with one carer; ``due`` gives the date that lies some days after the visit."""
    answers = Answers(library, THREE_STEPS, person, known)
    answers.code("step1.consent", story.consent)
    answers.text("step1.consent.reason", story.reason)
    answers.text("step1.overhear", story.overheard)
    if story.consent == "given":
        _three_questions(answers, story)
    _strengths_and_needs(answers, story)
    if story.consent == "given" and story.joy:
        answers.code("step3.outcome", "support" if story.actions else "no-further-support")
    _what_follows(answers, story, due)
    return answers.response()


def observation(library: Library, story: ObservationStory, person: str, *, known: Known | None = None) -> JsonObject:
    """Two minutes with one carer; a prompt of which the story says nothing had no chance to be seen."""
    answers = Answers(library, TWO_MINUTES, person, known)
    answers.code("obs.1.state", story.state)
    answers.text("obs.1.changed", story.changed)
    answers.text("obs.lines", story.lines.strip("\n"))
    if story.context:
        answers.code("obs.context", *story.context)
    for number in OBSERVED:
        seen, what = _seen(story, number)
        answers.code(f"obs.{number}.seen", seen)
        answers.text(f"obs.{number}.what", what)
    answers.text("obs.12.voice", story.voice)
    return answers.response()


def answers_to(library: Library, story: AnswersStory, person: str, day: date) -> JsonObject:
    """Any other prompt set, as the story gives it."""
    answers = Answers(library, story.set, person)
    for link, value in story.given.items():
        answers.given(link, value, day)
    return answers.response()


def _listed(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list) else (value,)


def _three_questions(answers: Answers, story: ConversationStory) -> None:
    answers.text("step1.q1.words", story.words)
    answers.text("step1.q1.more", story.more)
    answers.text("step1.q2.words", story.joy)
    answers.text("step1.q3.words", story.fear)
    for number, note in story.explore.items():
        answers.value(f"step1.q{number}.explore", {"valueBoolean": True})
        answers.text(f"step1.q{number}.explore.note", note)


def _strengths_and_needs(answers: Answers, story: ConversationStory) -> None:
    for link, pairs in (("step2.strength", story.strengths), ("step2.need", story.needs)):
        for number, (what, evidence) in enumerate(pairs):
            answers.repeat(link, number)
            answers.text(f"{link}.what", what, repeat=number)
            answers.text(f"{link}.evidence", evidence, repeat=number)


def _what_follows(answers: Answers, story: ConversationStory, due: Mapping[int, str]) -> None:
    for number, (kind, what, owner, days) in enumerate(story.actions):
        answers.repeat("step3.action", number)
        answers.code("step3.action.kind", kind, repeat=number)
        answers.text("step3.action.what", what, repeat=number)
        answers.code("step3.action.owner", owner, repeat=number)
        if kind != "information":
            answers.value("step3.action.due", {"valueDate": due[days]}, repeat=number)
        if kind in {"referred", "safeguarding"}:
            answers.code("step3.action.consent", "given", repeat=number)


def _seen(story: ObservationStory, number: str) -> tuple[str, str]:
    for code, told in (("saw", story.saw), ("saw-a-little", story.little), ("did-not-see", story.not_seen)):
        if number in told:
            return code, told[number]
    return "no-chance", ""
