"""What has been answered, laid flat by place; read from and written to a FHIR QuestionnaireResponse.

Whatever a response holds that this engine does not know (extensions, unknown items) stays where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from homevisit.domain.canonical import JsonObject
from homevisit.prompts.items import Answer, Item, Kind
from homevisit.prompts.paths import ROOT, Path, with_repeat, without_repeat
from homevisit.prompts.questionnaire import Questionnaire
from homevisit.prompts.reading_items import objects, text
from homevisit.prompts.values import has_content

Keep = Callable[[Path], bool]
Words = Callable[[Path], str]
Move = Callable[[Path], Path | None]
_WRITTEN = frozenset({"linkId", "text", "item", "answer"})


@dataclass(slots=True)
class Contents:
    """``answers`` by the path of a question, ``counts`` of a group's repeats by (path above, linkId)."""

    answers: dict[Path, tuple[Answer, ...]] = field(default_factory=dict)
    counts: dict[tuple[Path, str], int] = field(default_factory=dict)
    extras: dict[Path, JsonObject] = field(default_factory=dict)
    strays: dict[Path, list[JsonObject]] = field(default_factory=dict)
    head: JsonObject = field(default_factory=dict)

    def put(self, path: Path, answers: tuple[Answer, ...]) -> None:
        """The answers of one question; none takes it away."""
        if answers:
            self.answers[path] = answers
        else:
            self.answers.pop(path, None)

    def repeats_of(self, item: Item, place: Path) -> int:
        """How many occurrences of a group stand below ``place``; at least one is always there to be filled in."""
        return self.counts.get((place, item.link_id), 1)

    def places_of(self, item: Item, place: Path) -> tuple[Path, ...]:
        """The paths of the occurrences of an item below ``place``."""
        count = self.repeats_of(item, place) if item.kind is Kind.GROUP else 1
        if count == 1:
            return ((*place, (item.link_id, 0)),)
        return tuple((*place, (item.link_id, index)) for index in range(count))

    def branches_of(self, item: Item, path: Path) -> tuple[Path, ...]:
        """The places that an item's children stand below: a question has one for each of its answers."""
        if not item.is_question:
            return (path,)
        count = max(1, len(self.answers.get(path, ())))
        return tuple((*path[:-1], (item.link_id, index)) for index in range(count))

    def cut_repeat(self, path: Path) -> Contents:
        """Take one occurrence of a group away, those after it move up; gives what it held."""
        cut = self._where(lambda old: old if old[: len(path)] == path else None)
        place, (link, index) = path[:-1], path[-1]
        self._move(lambda old: without_repeat(old, place, link, index))
        return cut

    def insert_repeat(self, path: Path, cut: Contents) -> None:
        """Put an occurrence back where it was cut; those from there on move down."""
        place, (link, index) = path[:-1], path[-1]
        self._move(lambda old: with_repeat(old, place, link, index))
        self.answers.update(cut.answers)
        self.counts.update(cut.counts)
        self.extras.update(cut.extras)
        self.strays.update(cut.strays)

    def moved_to(self, path: Path, *, from_path: Path) -> Contents:
        """The same under another occurrence of the same group."""
        return self._where(lambda old: (*path, *old[len(from_path) :]))

    def _move(self, moved: Move) -> None:
        kept = self._where(moved)
        self.answers, self.counts, self.extras, self.strays = kept.answers, kept.counts, kept.extras, kept.strays

    def _where(self, moved: Move) -> Contents:
        return Contents(
            answers={new: v for old, v in self.answers.items() if (new := moved(old)) is not None},
            counts={(new, link): v for (old, link), v in self.counts.items() if (new := moved(old)) is not None},
            extras={new: v for old, v in self.extras.items() if (new := moved(old)) is not None},
            strays={new: v for old, v in self.strays.items() if (new := moved(old)) is not None},
        )


def read_response(questionnaire: Questionnaire, response: Mapping[str, object]) -> Contents:
    """The contents of a response to this prompt set."""
    contents = Contents(head={key: value for key, value in response.items() if key != "item"})
    _read(questionnaire.items, response, ROOT, contents)
    return contents


def write_response(
    questionnaire: Questionnaire, contents: Contents, *, keep: Keep | None = None, words: Words | None = None
) -> JsonObject:
    """The response of some contents. With ``keep`` only the items it allows are written and empty repeats left out;
    ``words`` gives what a prompt was asked in, where that is not what the set has.
    """
    items = _write(questionnaire.items, ROOT, contents, _Writing(keep, words))
    return {**contents.head, **({"item": items} if items else {})}


def _read(items: tuple[Item, ...], raw: Mapping[str, object], place: Path, contents: Contents) -> None:
    given: dict[str, list[JsonObject]] = {}
    for each in objects(raw, "item"):
        given.setdefault(text(each, "linkId"), []).append(each)
    for item in items:
        found = given.pop(item.link_id, [])
        if item.kind is Kind.GROUP:
            _read_group(item, found, place, contents)
        elif item.is_question and found:
            _read_question(item, found, place, contents)
        elif found:
            given[item.link_id] = found  # a text can hold no answer: what came with it is kept as it came
    if given:
        contents.strays[place] = [each for found in given.values() for each in found]


def _read_group(item: Item, found: list[JsonObject], place: Path, contents: Contents) -> None:
    if len(found) > 1:
        contents.counts[place, item.link_id] = len(found)
    for index, each in enumerate(found):
        path = (*place, (item.link_id, index))
        _keep_extras(each, path, contents, _WRITTEN - {"answer"})
        _read(item.items, each, path, contents)


def _read_question(item: Item, found: list[JsonObject], place: Path, contents: Contents) -> None:
    path = (*place, (item.link_id, 0))
    _keep_extras(found[0], path, contents, _WRITTEN)
    given = [answer for each in found for answer in objects(each, "answer")]
    answers: list[Answer] = [{key: value for key, value in each.items() if key != "item"} for each in given]
    if any(has_content(answer) for answer in answers):
        contents.answers[path] = tuple(answers)
    for index, each in enumerate(given):
        _read(item.items, each, (*place, (item.link_id, index)), contents)
    for each in found:
        # Some programs hang a question's children on the item instead of on its answer.
        if "item" in each:
            _read(item.items, each, path, contents)


def _keep_extras(raw: JsonObject, path: Path, contents: Contents, written: frozenset[str]) -> None:
    extras = {key: value for key, value in raw.items() if key not in written}
    if extras:
        contents.extras[path] = extras


@dataclass(frozen=True, slots=True)
class _Writing:
    """Which occurrences are written (None: all, with empty repeats), and the words of their prompts."""

    keep: Keep | None
    words: Words | None

    def text_of(self, item: Item, path: Path) -> JsonObject:
        words = self.words(path) if self.words else item.text
        return {"text": words} if words else {}


def _write(items: tuple[Item, ...], place: Path, contents: Contents, how: _Writing) -> list[object]:
    written: list[object] = []
    for item in items:
        if item.kind is Kind.DISPLAY:
            continue
        for path in contents.places_of(item, place):
            if how.keep is None or how.keep(path):
                written.extend(_write_occurrence(item, path, contents, how))
    return [*written, *(contents.strays.get(place, ()) if how.keep is None else ())]


def _write_occurrence(item: Item, path: Path, contents: Contents, how: _Writing) -> list[object]:
    extras = contents.extras.get(path, {})
    body: JsonObject = {"linkId": item.link_id, **how.text_of(item, path), **extras}
    if item.is_question:
        answers = _write_answers(item, path, contents, how)
        return [{**body, **({"answer": answers} if answers else {})}] if answers or extras else []
    inner = _write(item.items, path, contents, how)
    repeated = how.keep is None and contents.repeats_of(item, path[:-1]) > 1
    if not inner and not extras and not repeated:
        return []
    return [{**body, **({"item": inner} if inner else {})}]


def _write_answers(item: Item, path: Path, contents: Contents, how: _Writing) -> list[object]:
    answers = contents.answers.get(path, ())
    written: list[object] = []
    for index, branch in enumerate(contents.branches_of(item, path)):
        inner = _write(item.items, branch, contents, how) if item.items else []
        answer = answers[index] if index < len(answers) else {}
        if answer or inner:
            written.append({**answer, **({"item": inner} if inner else {})})
    return written
