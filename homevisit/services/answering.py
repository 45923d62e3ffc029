"""What the responses of a visit come to when it is signed: finished responses, strengths, needs and actions."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from homevisit.domain.canonical import JsonObject
from homevisit.domain.completeness import Gaps
from homevisit.domain.responses import key_of
from homevisit.domain.visit import Noticed, PlannedAction, VisitBody
from homevisit.prompts.library import Library
from homevisit.prompts.meaning import Evidenced, Meaning, meaning_of
from homevisit.prompts.safety import unsettled
from homevisit.prompts.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """One response, looked at once: all of this comes from one evaluation."""

    key: str
    finished: JsonObject
    meaning: Meaning
    unanswered: int
    waits: bool


class Answered:
    """Responses that were read; one whose set is not here has no reading and stays exactly as it is."""

    def __init__(self, responses: Sequence[JsonObject], reads: Sequence[_Read | None]) -> None:
        self._responses = tuple(responses)
        self._reads = tuple(reads)

    def completed(self, visit: str, body: VisitBody) -> VisitBody:
        """The body as it would be signed: responses finished, and what they say gathered beside them."""
        read = [each for each in self._reads if each is not None]
        pairs = zip(self._responses, self._reads, strict=True)
        return replace(
            body,
            responses=tuple(each.finished if each is not None else response for response, each in pairs),
            strengths=tuple(_noticed(item) for each in read for item in each.meaning.strengths),
            needs=tuple(_noticed(item) for each in read for item in each.meaning.needs),
            actions=tuple(action for each in read for action in _actions(visit, each)),
        )

    def gaps(self) -> Gaps:
        """Per response key: how many required prompts have no answer, and what practice asks for besides."""
        read = (each for each in self._reads if each is not None)
        return {each.key: (each.unanswered, (*_waiting(each), *each.meaning.gaps)) for each in read}


class Answering:
    """Reads responses through the prompt sets they answer."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def read(self, responses: Sequence[JsonObject], now: datetime | None = None) -> Answered:
        """Everything that is asked of responses when they are signed; ``now`` is written into the finished ones."""
        return Answered(responses, [self._one(response, now) for response in responses])

    def completed(self, visit: str, body: VisitBody, now: datetime) -> VisitBody:
        """The body as it would be signed."""
        return self.read(body.responses, now).completed(visit, body)

    def gaps(self, responses: Sequence[JsonObject]) -> Gaps:
        """What is missing in responses."""
        return self.read(responses).gaps()

    def _one(self, response: JsonObject, now: datetime | None) -> _Read | None:
        known = self._library.of_response(response)
        if known is None:
            return None
        session = Session(known.questionnaire, response)
        state, finished = session.state(), session.finished(authored=now)
        return _Read(
            key=key_of(response),
            finished=finished,
            meaning=meaning_of(known.questionnaire, finished),
            unanswered=sum(problem.code == "required" for each in state.walk() for problem in each.problems),
            waits=bool(unsettled(state)),
        )


def _waiting(read: _Read) -> tuple[str, ...]:
    return ("safety",) if read.waits else ()


def _noticed(item: Evidenced) -> Noticed:
    return Noticed(what=item.what, evidence=item.evidence)


def _actions(visit: str, read: _Read) -> tuple[PlannedAction, ...]:
    planned = read.meaning.actions
    ids = action_ids(visit, read.key, [action.what for action in planned])
    return tuple(
        PlannedAction(id=number, outcome=action.kind, what=action.what, owner=action.owner, due=action.due)
        for number, action in zip(ids, planned, strict=True)
    )


def action_ids(visit: str, key: str, whats: Sequence[str]) -> tuple[str, ...]:
    """Ids of planned actions, the same in every version of the visit while the words are the same.

    An action that was ticked off stays ticked off, and its tick never moves to another one that takes its place.
    """
    counted: Counter[str] = Counter()
    found = []
    for what in whats:
        name = f"{key}/{counted[what]}/{what}".encode("utf-8", "replace").decode()  # a draft may hold any text
        found.append(str(uuid.uuid5(uuid.UUID(visit), name)))
        counted[what] += 1
    return tuple(found)
