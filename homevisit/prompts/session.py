"""One response being filled in: every change is evaluated incrementally, equal to evaluating the whole anew."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from homevisit.clock import instant
from homevisit.domain.canonical import JsonObject
from homevisit.prompts.contents import Contents, read_response, write_response
from homevisit.prompts.evaluate import Context, ItemState, State, Working
from homevisit.prompts.items import Answer, Item, Kind
from homevisit.prompts.paths import ROOT, Path
from homevisit.prompts.questionnaire import Questionnaire, require_usable
from homevisit.prompts.values import has_content, overriding, same_answers, stamped


@dataclass(frozen=True, slots=True)
class Removed:
    """What :meth:`Session.restore` needs to bring a removed repeat back."""

    path: Path
    cut: Contents = field(repr=False)


def new_response(questionnaire: Questionnaire, *, subject: str = "") -> JsonObject:
    """An empty response in progress; ``subject`` is a reference such as ``RelatedPerson/<id>``."""
    response: JsonObject = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": questionnaire.canonical,
        "status": "in-progress",
    }
    return response | ({"subject": {"reference": subject}} if subject else {})


class Session:
    """Holds the answers to one prompt set. Without a response it starts a new one with the set's initial answers."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        response: Mapping[str, object] | None = None,
        *,
        subject: str = "",
        context: Context | None = None,
    ) -> None:
        require_usable(questionnaire)
        self.questionnaire = questionnaire
        given = copy.deepcopy(dict(response)) if response is not None else new_response(questionnaire, subject=subject)
        contents = read_response(questionnaire, given)
        self._working = Working(questionnaire, contents, context)
        self._is_told_time = self.context.now is not None
        if response is None:
            self._working.begin(self._working.state().items)

    @property
    def context(self) -> Context:
        """What the session knows besides the answers; where nobody told it the time, it is that of the last answer."""
        return self._working.context

    def state(self) -> State:
        return self._working.state()

    def know(self, context: Context) -> frozenset[Path]:
        """Go on with what is known now, its day above all; gives the occurrences whose state changed."""
        self._is_told_time = context.now is not None
        if context.given == self.context.given and not self._is_another_day(context.now):
            return frozenset()
        self._working.context = context
        return self._working.laid_out_again()

    def speak(self, language: str) -> None:
        """Go on in another language; every answer stays as it is."""
        self.questionnaire = self._working.questionnaire = self.questionnaire.in_language(language)
        self._working.lay_out()

    def item_state(self, path: Path) -> ItemState:
        """The state of an occurrence that is there; KeyError for any other."""
        found = self._working.find(path)
        if found is None:
            raise KeyError(path)
        return found

    def find(self, path: Path) -> ItemState | None:
        """The state of an occurrence, None where there is none (any more)."""
        return self._working.find(path)

    def set_answer(self, path: Path, answers: Sequence[Answer], *, at: datetime | None = None) -> frozenset[Path]:
        """Put the answers of one question; none clears it. Gives the occurrences whose state changed.

        In the place of a calculated answer a person's own stays, marked, until it is cleared.
        """
        before = self.item_state(path).answers
        kept = tuple(answer for answer in answers if has_content(answer))
        if at is not None:
            kept = tuple(answer if answer in before else stamped(answer, instant(at)) for answer in kept)
        given = self._working.calculation(path)
        if given is not None:
            kept = () if same_answers(kept, given) else tuple(overriding(answer) for answer in kept)
        self._contents.put(path, kept)
        if not self._is_told_time and self._is_another_day(at):
            self._working.context = replace(self._working.context, now=at)
            return self._working.laid_out_again()
        if self._item(path).items and max(1, len(kept)) != max(1, len(before)):
            return self._working.laid_out_again()
        return self._working.answers_changed(path)

    def add_repeat(self, place: Path, link_id: str) -> Path:
        """One more occurrence of a repeating group below ``place``, with its initial answers; gives its path."""
        item = self.questionnaire.by_link[link_id]
        if item.kind is not Kind.GROUP or not item.repeats:
            raise ValueError(f"{link_id} is no repeating group")
        count = self._contents.repeats_of(item, place)
        self._contents.counts[place, link_id] = count + 1
        self._working.lay_out()
        path = (*place, (link_id, count))
        self._working.begin([each.path for each in self.state().below(path)])
        return path

    def remove_repeat(self, path: Path) -> Removed:
        """Take an occurrence of a repeating group away; the last one left is only emptied."""
        item, place = self._item(path), path[:-1]
        count = self._contents.repeats_of(item, place)
        removed = Removed(path, self._contents.cut_repeat(path))
        self._contents.counts[place, item.link_id] = max(1, count - 1)
        self._working.lay_out()
        return removed

    def restore(self, removed: Removed) -> Path:
        """Bring a removed occurrence back to its place, or to the end if fewer are left; gives its path."""
        item, place = self._item(removed.path), removed.path[:-1]
        count = self._contents.repeats_of(item, place)
        only_emptied = count == 1 and not any(self._working.given_below((*place, (item.link_id, 0))))
        path = (*place, (item.link_id, 0 if only_emptied else min(removed.path[-1][1], count)))
        if only_emptied:
            self._contents.cut_repeat(path)
        else:
            self._contents.counts[place, item.link_id] = count + 1
        self._contents.insert_repeat(path, removed.cut.moved_to(path, from_path=removed.path))
        self._working.lay_out()
        return path

    def response(self) -> JsonObject:
        """The response in progress: everything that was answered, that of disabled items too."""
        return copy.deepcopy(write_response(self.questionnaire, self._contents, words=self._asked_in))

    def finished(self, *, authored: datetime | None = None) -> JsonObject:
        """The completed response: answers of disabled items and empty repeats are left out."""
        items = self.state().items
        written = write_response(
            self.questionnaire, self._contents, keep=lambda path: items[path].enabled, words=self._asked_in
        )
        written["status"] = "completed"
        if authored is not None:
            written["authored"] = instant(authored)
        return copy.deepcopy(written)

    @property
    def is_empty(self) -> bool:
        """Whether nobody has answered anything: a response that need not be kept."""
        return not any(self._working.given_below(ROOT))

    @property
    def _contents(self) -> Contents:
        return self._working.contents

    def _item(self, path: Path) -> Item:
        return self.questionnaire.by_link[path[-1][0]]

    def _asked_in(self, path: Path) -> str:
        """The words that were on the screen, calculated or translated ones too."""
        found = self._working.find(path)
        return found.words if found else ""

    def _is_another_day(self, at: datetime | None) -> bool:
        if at is None or not self.questionnaire.programme.is_timed:
            return False
        now = self.context.now
        return now is None or now.date() != at.astimezone(now.tzinfo).date()
