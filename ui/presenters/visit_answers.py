"""The responses of one visit while it is written: each a session, made when it is first looked at."""

from __future__ import annotations

from collections.abc import Mapping

from homevisit.domain.canonical import JsonObject
from homevisit.prompts.beginning import Known, begin, is_untouched
from homevisit.prompts.evaluate import Context
from homevisit.prompts.library import Library
from homevisit.prompts.safety import unsettled
from homevisit.prompts.session import Session
from ui.presenters.visit_handed import Handed


class VisitAnswers:
    """``responses`` are those that the draft holds; what is answered on the screen lives in the sessions."""

    def __init__(self, library: Library, responses: Mapping[str, JsonObject]) -> None:
        self._library = library
        self._responses = responses
        self._sessions: dict[str, Session] = {}
        self.handed = Handed(responses)
        for key in responses:
            self.session(key)

    def session(self, key: str, known: Known | None = None, context: Context | None = None) -> Session | None:
        """The answers of a key; a response that is begun starts with what is ``known``, and expressions go on with what
        the visit gives them. None where that very set is not here.
        """
        if key not in self._sessions:
            made = _new_session(self._library, key, self._responses.get(key), context)
            if made is None:
                return None
            if key not in self._responses and known is not None:
                begin(made, known)
            self._sessions[key] = made
        if context is not None:
            self._sessions[key].know(context)
        return self._sessions[key]

    def newest(self, key: str) -> JsonObject | None:
        """The response as it is to be kept; None where nobody has answered anything."""
        return None if self.is_untouched(key) else self.handed.written(key, self._sessions[key].response())

    def is_untouched(self, key: str) -> bool:
        session = self._sessions.get(key)
        return session is None or is_untouched(session)

    def still_open(self) -> dict[str, int]:
        """For every response that was begun what is still to be said in it."""
        touched = {key: _still_open(each) for key, each in self._sessions.items() if not is_untouched(each)}
        return dict.fromkeys(self._responses, 0) | touched


def _new_session(library: Library, key: str, response: JsonObject | None, context: Context | None) -> Session | None:
    """A session that goes on with a response, or begins one; None where that very prompt set does not ship."""
    set_id, _, person = key.partition("/")
    if response is not None:
        found = library.of_response(response)
    else:
        found = next((each for each in library.sets if each.id == set_id), None)
    if found is None:
        return None
    subject = f"RelatedPerson/{person}" if person else ""
    return Session(found.questionnaire, response, subject=subject, context=context)


def _still_open(session: Session) -> int:
    """Prompts without an answer, and safety panels that wait."""
    state = session.state()
    return sum(each.unanswered for each in state.walk()) + len(unsettled(state))
