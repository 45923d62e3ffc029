"""What is missing before a visit is signed, each in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from homevisit.domain.completeness import Missing
from homevisit.domain.family import Person
from homevisit.domain.visit import Section
from homevisit.prompts.library import Library
from ui.presenters.visit_prompts import set_title
from ui.presenters.visit_times import apart_in_words
from ui.visit_words import person_name, section_words
from ui.words import tr, tr_count

ROOM = "finish"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something missing: its code, the sentence, and the reason for leaving it out if one was given. A ``sensitive``
    one is about prompts that are not on the screen in in-home view.
    """

    what: str
    sentence: str = field(repr=False)
    blocking: bool = False
    reason: str = field(default="", repr=False)
    sensitive: bool = False


def gap_of(missing: Missing, people: Sequence[Person], library: Library) -> Gap:
    """Something missing with its sentence."""
    sentence = missing_words(missing.what, people, library)
    set_id = missing.what.partition("/")[2].partition("/")[0]
    found = library.find(set_id)
    of_sensitive_set = found is not None and found.fit.sensitive
    sensitive = of_sensitive_set or missing.what.startswith("gap.safety/")
    return Gap(
        what=missing.what,
        sentence=sentence,
        blocking=missing.blocking,
        reason=missing.reason,
        sensitive=sensitive,
    )


def discreet(gaps: Sequence[Gap]) -> tuple[Gap, ...]:
    """What is missing as it may be seen in in-home view."""
    hidden = tr(ROOM, "Something that is not shown in in-home view is not complete.")
    kept = tr(ROOM, "with a reason that is kept")
    return tuple(
        replace(gap, sentence=hidden, reason=kept if gap.reason else "") if gap.sensitive else gap for gap in gaps
    )


def missing_words(what: str, people: Sequence[Person], library: Library) -> str:
    """The sentence for a code of ``missing_from``; reading views use it for omissions too."""
    head, _, rest = what.partition("/")
    if head.startswith("note."):
        return tr(ROOM, "“{section}” is empty.", section=section_words(Section(head.removeprefix("note."))))
    if head == "response" or head.startswith("gap."):
        return _about_response(head, rest, people, library)
    names = {person.id: person_name(person) for person in people}
    name = names.get(rest, tr(ROOM, "somebody"))
    return {
        "time.start": tr(ROOM, "The visit has no start time that can be."),
        "time.future": tr(ROOM, "The start lies in the future."),
        "time.end": tr(ROOM, "The end of the visit cannot be."),
        "present": tr(ROOM, "Nobody is marked as present."),
        "child.seen": tr(ROOM, "It is not said whether {name} was seen.", name=name),
        "child.reason": tr(ROOM, "It is not said why {name} was not seen.", name=name),
        "child.awake": tr(ROOM, "It is not said whether {name} was awake.", name=name),
        "alone": tr(ROOM, "It is not said whether {name} was seen alone.", name=name),
    }.get(head, what)


def apart_words(happened: datetime | None, recorded: datetime | None) -> str:
    """How long after the visit it is written down, in words."""
    if happened is None or recorded is None:
        return ""
    if recorded < happened:
        return tr(ROOM, "Written before the visit has begun")
    count, unit = apart_in_words(happened, recorded)
    if unit == "minute" and count < 2:
        return tr(ROOM, "Written at the visit")
    if unit == "minute":
        one, many = "Written {count} minute after the visit began", "Written {count} minutes after the visit began"
    elif unit == "hour":
        one, many = "Written {count} hour after the visit began", "Written {count} hours after the visit began"
    else:
        one, many = "Written {count} day after the visit", "Written {count} days after the visit"
    return tr_count(ROOM, one, many, count)


def _about_response(head: str, key: str, people: Sequence[Person], library: Library) -> str:
    set_id, _, person = key.partition("/")
    found = library.find(set_id)
    title = set_title(set_id, found.title if found else set_id)
    name = next((person_name(each) for each in people if each.id == person), "")
    about = tr(ROOM, "{title} with {name}", title=title, name=name) if name else title
    if head == "gap.safety":
        return tr(
            ROOM,
            "{about}: one answer calls for action today. Write what you asked, who you told and when, or the reason.",
            about=about,
        )
    if head == "gap.no-outcome":
        return tr(ROOM, "{about}: step three has no outcome yet; “no further support needed” is one.", about=about)
    if head == "gap.needs-without-strengths":
        return tr(ROOM, "{about}: needs are named, but no strength.", about=about)
    if head == "gap.worry-without-baby-voice":
        return tr(
            ROOM, "{about}: something worried you, but it is not said what it is like to be this baby.", about=about
        )
    return tr(ROOM, "{about}: some prompts have no answer.", about=about)
