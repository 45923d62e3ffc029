"""How the body of a visit is cut into the parts that are autosaved one by one, and put together again."""

from __future__ import annotations

from collections.abc import Mapping

from homevisit.domain.canonical import JsonObject
from homevisit.domain.codec import plain, visit_from_json
from homevisit.domain.responses import key_of
from homevisit.domain.visit import Section, VisitBody

CONTACT_PART = "visit"
REASON_PART = "reason"
NOTE_PREFIX = "note/"
RESPONSE_PREFIX = "response/"


def parts_of(body: VisitBody) -> dict[str, object]:
    """The parts of a body: the contact, one per note section, one per response."""
    whole = plain(body)
    note = whole.pop("note")
    whole.pop("responses")
    parts: dict[str, object] = {CONTACT_PART: whole}
    if isinstance(note, dict):
        parts.update({f"{NOTE_PREFIX}{section}": text for section, text in note.items()})
    parts.update({f"{RESPONSE_PREFIX}{key_of(response)}": response for response in body.responses})
    return parts


def body_of(parts: Mapping[str, object]) -> VisitBody:
    """The body that parts make up; an absent or None part leaves its place empty."""
    contact = parts.get(CONTACT_PART)
    whole: JsonObject = dict(contact) if isinstance(contact, dict) else {}
    whole["note"] = {
        section.value: text for section in Section if isinstance(text := parts.get(f"{NOTE_PREFIX}{section}"), str)
    }
    whole["responses"] = list(responses_of(parts).values())
    return visit_from_json(whole)


def responses_of(parts: Mapping[str, object]) -> dict[str, JsonObject]:
    """The responses among parts by their key, in the order of the keys."""
    return {
        name.removeprefix(RESPONSE_PREFIX): part
        for name, part in sorted(parts.items())
        if name.startswith(RESPONSE_PREFIX) and isinstance(part, dict)
    }
