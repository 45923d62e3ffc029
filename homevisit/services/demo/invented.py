"""Draws the words of generated visits from phrase banks, and their responses from a stock that was answered once."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from homevisit.clock import instant, parse_instant
from homevisit.domain.canonical import JsonObject
from homevisit.domain.codec import plain, visit_from_json
from homevisit.domain.responses import key_of
from homevisit.domain.visit import Section, VisitBody
from homevisit.prompts.library import Library
from homevisit.services.answering import Answering, action_ids
from homevisit.services.demo.answers import conversation, observation
from homevisit.services.demo.story import ConversationStory, ObservationStory

STOCK = 60
NOBODY = "00000000-0000-4000-8000-000000000000"
SOME_DAY = "1999-01-01"
SOME_MOMENT = "1999-01-02T00:00:00.000Z"
SENTENCES = {Section.FACTS: 4, Section.PARENTS_VIEW: 2, Section.BABY: 2, Section.ANALYSIS: 2, Section.PLAN: 2}
Words = Mapping[str, Any]


class Phrases:
    """The banks with the names of one family put in."""

    def __init__(self, words: Words, names: Mapping[str, str]) -> None:
        self._words = words
        self.names = names

    def any_of(self, bank: str, dice: random.Random) -> str:
        return self.named(dice.choice(self._words[bank]))

    def named(self, text: str) -> str:
        for key, name in self.names.items():
            text = text.replace(f"{{{key}}}", name)
        return text

    def note(self, dice: random.Random, started: datetime, minutes: int) -> dict[Section, str]:
        """Five sections; the facts as timed lines spread over the visit."""
        banks = {Section.PARENTS_VIEW: "view"}
        note = {}
        for section, count in SENTENCES.items():
            chosen = dice.sample(self._words[banks.get(section, section.value)], count)
            note[section] = " ".join(map(self.named, chosen))
        lines = dice.sample(self._words["facts"], SENTENCES[Section.FACTS])
        step = minutes // (len(lines) + 1)
        note[Section.FACTS] = "\n".join(
            f"{started + timedelta(minutes=step * number):%H:%M} – {self.named(line)}"
            for number, line in enumerate(lines)
        )
        return note

    def failed(self, dice: random.Random) -> dict[Section, str]:
        """The note of a contact that did not come about."""
        attempt = dice.choice(("No answer at the door, curtains open.", "Not at clinic at the agreed time."))
        return {Section.FACTS: f"{attempt} Rang and left a message.", Section.PLAN: self.any_of("plan", dice)}


class Bank:
    """All words, and a stock of answered responses in which only person, names and dates are still open."""

    def __init__(self, words: Words, library: Library, dice: random.Random) -> None:
        self.words = words
        self._library = library
        self._answering = Answering(library)
        self._conversations = [self._completed(self._conversation(dice)) for _ in range(STOCK)]
        self._observations = [self._completed(self._observation(dice)) for _ in range(STOCK)]

    def answered(self, visit: str, body: VisitBody, phrases: Phrases, *, dice: random.Random) -> VisitBody:
        """The body with some responses of the first carer and what follows from them."""
        stocks = ((0.5, self._conversations), (0.25, self._observations))
        told = [dice.choice(stock) for share, stock in stocks if dice.random() < share]
        person = body.present[0].person
        due = date.fromisoformat(body.started[:10]) + timedelta(days=dice.randrange(3, 40))
        signed = datetime.fromisoformat(body.ended).astimezone()
        put = {NOBODY: person, SOME_DAY: due.isoformat(), SOME_MOMENT: instant(signed)}
        for text in told:
            done = visit_from_json(json.loads(_put_in(phrases.named(text), put)))
            body = _joined(visit, body, done)
        return body

    def _completed(self, response: JsonObject) -> str:
        """A body with nothing but this response, as it would be signed."""
        body = VisitBody(family="", responses=(response,))
        return json.dumps(plain(self._answering.completed(NOBODY, body, parse_instant(SOME_MOMENT))))

    def _conversation(self, dice: random.Random) -> JsonObject:
        words = self.words
        kind, what, owner = dice.choice(words["actions"])
        story = ConversationStory(
            carer="",
            consent="given",
            words=dice.choice(words["words"]),
            more=dice.choice(words["more"]),
            joy=dice.choice(words["joy"]),
            fear=dice.choice(words["fear"]),
            strengths=tuple((what, why) for what, why in dice.sample(words["strengths"], dice.randrange(1, 3))),
            needs=tuple((what, why) for what, why in dice.sample(words["needs"], dice.randrange(0, 2))),
            actions=((kind, what, owner, 0),) if dice.random() < 0.4 else (),
        )
        return conversation(self._library, story, NOBODY, {0: SOME_DAY})

    def _observation(self, dice: random.Random) -> JsonObject:
        numbers = dice.sample([str(number) for number in range(2, 10)], 5)
        saw = {number: dice.choice(self.words["seen"]) for number in numbers[:4]}
        story = ObservationStory(
            carer="",
            state=dice.choice(("quiet-alert", "active", "drowsy", "fussing")),
            saw=saw,
            little={numbers[4]: dice.choice(self.words["seen"])},
            not_seen={"10": ""},
            voice=dice.choice(self.words["voices"]),
        )
        return observation(self._library, story, NOBODY)


def _put_in(text: str, put: Mapping[str, str]) -> str:
    for place, value in put.items():
        text = text.replace(place, value)
    return text


def _joined(visit: str, body: VisitBody, more: VisitBody) -> VisitBody:
    """The body with what another one says beside; its actions get the ids they would have in this visit."""
    whats = [action.what for action in more.actions]
    actions = tuple(
        replace(action, id=number)
        for response in more.responses
        for number, action in zip(action_ids(visit, key_of(response), whats), more.actions, strict=True)
    )
    return replace(
        body,
        responses=body.responses + more.responses,
        strengths=body.strengths + more.strengths,
        needs=body.needs + more.needs,
        actions=body.actions + actions,
    )
