"""A visit as a sequence of blocks to read, in the order it would stand on paper. No widget here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from homevisit.domain.canonical import JsonObject
from homevisit.domain.family import Person
from homevisit.domain.responses import subject_id
from homevisit.domain.visit import Asked, Attendance, ChildSeen, PlannedAction, Section, SeenAlone, VisitBody
from homevisit.prompts.known_by import KnownBy
from homevisit.prompts.library import Library
from homevisit.prompts.reading import LineKind, ReadLine
from homevisit.prompts.scoring import Score
from ui.prompts.score_words import beside_words, missing_words, reading_words, tool_words, value_words
from ui.prompts.wording import known_words, time_words
from ui.views.reading_words import (
    ROOM,
    People,
    day_words,
    named,
    omission_words,
    present_words,
    wall_words,
)
from ui.visit_words import attendance_words, contact_words, mode_words, section_words
from ui.words import tr

GUARD_SET = "two-minute-observation"


class Style(Enum):
    """How a block is set."""

    TITLE = auto()
    SUBTITLE = auto()
    MARK = auto()
    FACT = auto()
    SECTION = auto()
    GROUP = auto()
    TEXT = auto()
    EMPTY = auto()
    POINT = auto()
    PROMPT = auto()
    ANSWER = auto()
    VERBATIM = auto()
    SMALL = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """One block. ``label`` stands before a FACT; ``part`` says what a comment on the text would be pinned to."""

    style: Style
    text: str = field(repr=False)
    label: str = ""
    part: str = ""
    after: str = field(default="", repr=False)


def blocks_of(
    body: VisitBody, people: Sequence[Person], library: Library, *, struck: bool = False, in_home: bool = False
) -> Iterator[Block]:
    """Everything of a visit: contact, in short, note, prompts, what was left out."""
    known = {person.id: person for person in people}
    yield Block(Style.TITLE, contact_words(body.contact))
    yield Block(Style.SUBTITLE, wall_words(body.started, body.ended))
    if struck:
        yield Block(Style.MARK, tr(ROOM, "Entered in error. Kept to be read, not to be relied on."))
    yield from _contact(body, known)
    yield from _in_short(body)
    yield from _note(body)
    for index, response in enumerate(body.responses):
        yield from _response(index, response, known, library, in_home=in_home)
    yield from _left_out(body, known)


def _contact(body: VisitBody, people: People) -> Iterator[Block]:
    yield Block(Style.FACT, mode_words(body.mode), tr(ROOM, "Where"))
    yield Block(Style.FACT, attendance_words(body.attendance), tr(ROOM, "Outcome"))
    if body.attendance is not Attendance.SEEN and not body.present:
        return
    nobody = tr(ROOM, "Nobody recorded")
    yield Block(Style.FACT, present_words(people, body.present) or nobody, tr(ROOM, "Present"))
    for child in body.children:
        yield Block(Style.FACT, _seen(people, child), tr(ROOM, "Child"))
    for carer in body.alone:
        yield Block(Style.FACT, _alone(people, carer), tr(ROOM, "Seen alone"))


def _seen(people: People, child: ChildSeen) -> str:
    seen = {
        Asked.YES: tr(ROOM, "seen"),
        Asked.NO: tr(ROOM, "not seen"),
        Asked.NOT_ANSWERED: tr(ROOM, "not recorded whether seen"),
    }[child.seen]
    awake = {Asked.YES: tr(ROOM, "awake"), Asked.NO: tr(ROOM, "asleep"), Asked.NOT_ANSWERED: ""}[child.awake]
    states = ", ".join(part for part in (seen, awake if child.seen is Asked.YES else "") if part)
    return _reasoned(f"{named(people, child.person, with_role=False)}: {states}", child.reason)


def _alone(people: People, carer: SeenAlone) -> str:
    words = {
        Asked.YES: tr(ROOM, "yes"),
        Asked.NO: tr(ROOM, "no"),
        Asked.NOT_ANSWERED: tr(ROOM, "not recorded"),
    }[carer.alone]
    return _reasoned(f"{named(people, carer.person)}: {words}", carer.reason)


def _reasoned(words: str, reason: str) -> str:
    return f"{words}. {reason.strip()}" if reason.strip() else words


def _in_short(body: VisitBody) -> Iterator[Block]:
    """Strengths before needs, then what follows with owner and date."""
    groups = (
        (tr(ROOM, "Strengths"), [(item.what, item.evidence) for item in body.strengths]),
        (tr(ROOM, "Areas of need"), [(item.what, item.evidence) for item in body.needs]),
        (tr(ROOM, "What happens next"), [(action.what, _who_when(action)) for action in body.actions]),
    )
    if any(points for _, points in groups):
        yield Block(Style.SECTION, tr(ROOM, "In short"))
    for title, points in groups:
        if points:
            yield Block(Style.GROUP, title)
        for what, beside in points:
            yield Block(Style.POINT, what or beside, after=beside if what else "")


def _who_when(action: PlannedAction) -> str:
    by_when = tr(ROOM, "by {date}", date=day_words(action.due)) if action.due else ""
    return ", ".join(part for part in (action.owner.strip(), by_when) if part)


def _note(body: VisitBody) -> Iterator[Block]:
    reasons = {omission.what: omission.reason.strip() for omission in body.omissions}
    for section in Section:
        text = body.note.get(section, "")
        if text.strip():
            yield Block(Style.SECTION, section_words(section))
            yield Block(Style.TEXT, text, part=f"note/{section.value}")
        elif body.attendance is Attendance.SEEN:
            yield Block(Style.SECTION, section_words(section))
            reason = reasons.get(f"note.{section.value}", "")
            nothing = tr(ROOM, "Nothing written. {reason}", reason=reason) if reason else tr(ROOM, "Nothing written")
            yield Block(Style.EMPTY, nothing)


def _response(index: int, response: JsonObject, people: People, library: Library, *, in_home: bool) -> Iterator[Block]:
    known = library.of_response(response)
    if in_home and (known is None or known.fit.sensitive):
        return  # not even its name; what a set that is not here holds, nobody knows
    subject = subject_id(response)
    title = known.title if known else tr(ROOM, "Answers to prompts that are not on this computer")
    yield Block(Style.SECTION, f"{title} – {named(people, subject)}" if subject else title)
    lines = library.readable(response)
    for line in _without_sensitive_groups(lines) if in_home else lines:
        yield from _line(line, f"response/{index}/{line.path}", hidden=in_home and line.sensitive)
    said = {line.prompt.strip(" .") for line in lines}
    closing = [known.attribution if known else "", _guard(known.id if known else "")]
    for words in closing:
        if words and words.strip(" .") not in said:
            yield Block(Style.SMALL, words)


def _guard(set_id: str) -> str:
    if set_id != GUARD_SET:
        return ""
    return tr(ROOM, "Descriptive observation; not a validated assessment of attachment")


def _without_sensitive_groups(lines: Sequence[ReadLine]) -> Iterator[ReadLine]:
    """In in-home view a sensitive group is not even named: its heading goes, and all that stands below it."""
    hidden_below: int | None = None
    for line in lines:
        if hidden_below is not None and line.depth > hidden_below:
            continue
        hidden_below = line.depth if line.kind is LineKind.HEADING and line.sensitive else None
        if hidden_below is None:
            yield line


def _line(line: ReadLine, part: str, *, hidden: bool) -> Iterator[Block]:
    if line.kind is LineKind.HEADING:
        yield Block(Style.GROUP, line.prompt)
    elif line.kind is LineKind.NOTE:
        yield Block(Style.SMALL, line.prompt)
    elif line.score is not None:
        yield from _score(line, line.score, part)
    else:
        yield Block(Style.PROMPT, line.prompt)
        if hidden:
            yield Block(Style.EMPTY, tr(ROOM, "Not shown in in-home view"))
        else:
            style = Style.VERBATIM if line.kind is LineKind.VERBATIM else Style.ANSWER
            yield Block(style, line.answer, part=part)
            if line.known is not None:
                yield Block(Style.SMALL, _known(line.known, line.at))


def _known(known: KnownBy, at: str) -> str:
    """How an answer is known, with the time at which it was written: ``told by his grandmother, 10:05``."""
    return ", ".join(filter(None, (known_words(known), time_words(at))))


def _score(line: ReadLine, score: Score, part: str) -> Iterator[Block]:
    """The number never stands alone: tool, version, who, band and source go with it."""
    label = score.label if score.label.startswith(score.instrument) else f"{score.instrument}: {score.label}"
    yield Block(Style.PROMPT, label)
    if score.value is None:
        yield Block(Style.ANSWER, line.answer or value_words(score), part=part)
        yield Block(Style.SMALL, " ".join(words for words in (missing_words(score), tool_words(score)) if words))
    else:
        yield Block(Style.ANSWER, reading_words(score), part=part)
        yield Block(Style.SMALL, beside_words(score))


def _left_out(body: VisitBody, people: People) -> Iterator[Block]:
    seen = body.attendance is Attendance.SEEN
    left = [each for each in body.omissions if not (seen and each.what.startswith("note."))]
    if left:
        yield Block(Style.SECTION, tr(ROOM, "Left out, with the reason"))
    for omission in left:
        yield Block(Style.POINT, omission_words(omission.what, people), after=omission.reason)
