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
from homevisit.prompts.safety import is_unsettled
from homevisit.prompts.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    key: str
    meaning: Meaning


class Answering:
    """Reads responses through the prompt sets they answer; one whose set is not here is left exactly as it is."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def completed(self, visit: str, body: VisitBody, now: datetime) -> VisitBody:
        """The body as it would be signed: responses finished, and what they say gathered beside them."""
        read = self._read(body.responses)
        return replace(
            body,
            responses=tuple(self._finished(response, now) for response in body.responses),
            strengths=tuple(_noticed(item) for each in read for item in each.meaning.strengths),
            needs=tuple(_noticed(item) for each in read for item in each.meaning.needs),
            actions=tuple(action for each in read for action in _actions(visit, each)),
        )

    def gaps(self, responses: Sequence[JsonObject]) -> Gaps:
        """Per response key: how many required prompts have no answer, and what practice asks for besides."""
        found: dict[str, tuple[int, tuple[str, ...]]] = {}
        for response in responses:
            known = self._library.of_response(response)
            if known is not None:
                waits = ("safety",) if is_unsettled(known.questionnaire, response) else ()
                gaps = (*waits, *meaning_of(known.questionnaire, response).gaps)
                found[key_of(response)] = (self._library.unanswered(response), gaps)
        return found

    def _finished(self, response: JsonObject, now: datetime) -> JsonObject:
        known = self._library.of_response(response)
        return response if known is None else Session(known.questionnaire, response).finished(authored=now)

    def _read(self, responses: Sequence[JsonObject]) -> tuple[_Read, ...]:
        return tuple(
            _Read(key=key_of(response), meaning=meaning_of(known.questionnaire, response))
            for response in responses
            if (known := self._library.of_response(response)) is not None
        )


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
