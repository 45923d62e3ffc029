"""The contact and its note: Encounter and Composition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from html import escape

from homevisit.clock import instant, parse_instant
from homevisit.domain.canonical import JsonObject
from homevisit.domain.moments import local_moment
from homevisit.domain.visit import Asked, Attendance, Contact, Section, VisitBody
from homevisit.sync.fhir import codes
from homevisit.sync.fhir.facts import About
from homevisit.sync.fhir.numbering import identifier_of

NAMES = {
    Contact.ANTENATAL: "Antenatal contact",
    Contact.NEW_BIRTH: "New birth visit",
    Contact.SIX_WEEKS: "6–8 week review",
    Contact.THREE_MONTHS: "3–4 month contact",
    Contact.SIX_MONTHS: "6 month contact",
    Contact.ONE_YEAR: "9–15 month review",
    Contact.TWO_YEARS: "24–30 month review",
    Contact.ADDITIONAL: "Additional contact",
}
TITLES = {
    Section.FACTS: "Facts",
    Section.PARENTS_VIEW: "Parents’ view",
    Section.BABY: "What it is like to be this baby",
    Section.ANALYSIS: "Analysis",
    Section.PLAN: "Plan",
}
LONGEST = timedelta(days=2)


def encounter(about: About) -> JsonObject:
    """The contact, also one that did not come about."""
    body = about.facts.body
    number = about.ids.own(about.facts.visit)
    took_place = body.attendance is Attendance.SEEN
    return {
        "resourceType": "Encounter",
        "id": number,
        "identifier": [identifier_of(number)],
        "extension": [{"url": codes.ATTENDANCE, "valueCode": body.attendance.value}],
        "status": "finished" if took_place else "cancelled",
        "class": codes.coding(f"{codes.HL7_CODES}/v3-ActCode", *codes.CLASSES[body.mode]),
        "type": [codes.concept([codes.coding(codes.CONTACTS, body.contact.value)], NAMES[body.contact])],
        "subject": about.subject,
        "participant": list(_participants(about)),
        "period": {"start": about.facts.happened_at, **_end(about)},
    }


def composition_id(about: About, entry: str) -> str:
    """Each version of a note is a document of its own, so that the one it replaces stays readable."""
    return about.ids.of(f"note/{entry}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What the note refers to, and the strengths and areas of need in words."""

    answers: tuple[JsonObject, ...] = ()
    plan: tuple[JsonObject, ...] = ()
    strengths: tuple[str, ...] = field(default=(), repr=False)
    needs: tuple[str, ...] = field(default=(), repr=False)


def composition(about: About, gathered: Gathered) -> JsonObject:
    """The note as it was signed, with what belongs to it."""
    facts = about.facts
    number = composition_id(about, facts.entry.id)
    return {
        "resourceType": "Composition",
        "id": number,
        "identifier": identifier_of(about.ids.own(facts.visit)),
        "status": "final" if facts.number == 1 else "amended",
        "type": codes.concept([codes.coding(codes.LOINC, "34109-9", "Note")], "Note of a home visit"),
        "subject": about.subject,
        "encounter": about.encounter,
        "date": facts.recorded_at,
        "author": [about.author],
        "title": NAMES[facts.body.contact],
        "attester": [{"mode": "professional", "time": facts.recorded_at, "party": about.author}],
        "relatesTo": [{"code": "replaces", **target} for target in _replaced(about)],
        "section": list(_sections(about, gathered)),
    }


def narrative(texts: Iterable[str]) -> JsonObject:
    """Texts as XHTML: blank lines part paragraphs, line ends stay."""
    paragraphs = [part for text in texts for part in text.strip().split("\n\n") if part.strip()]
    inside = "".join(f"<p>{escape(part.strip(), quote=False).replace(chr(10), '<br/>')}</p>" for part in paragraphs)
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{inside}</div>'}


def _participants(about: About) -> Iterator[JsonObject]:
    kind = f"{codes.HL7_CODES}/v3-ParticipationType"
    yield {
        "type": [codes.concept([codes.coding(kind, "PPRF", "primary performer")])],
        "individual": about.author,
    }
    people = about.facts.people
    for presence in about.facts.body.present:
        person = people.get(presence.person)
        if person is not None and person.id != about.patient.id and about.may_name(person):
            yield _present(kind, about.reference_to(person))
        elif person is None and presence.name and about.policy.third_parties:
            yield _present(kind, {"display": presence.name})


def _present(kind: str, who: JsonObject) -> JsonObject:
    return {"type": [codes.concept([codes.coding(kind, "PART", "Participation")])], "individual": who}


def _end(about: About) -> JsonObject:
    """The end as long after the signed beginning as it was typed: this machine's zone may be another one by now."""
    body = about.facts.body
    start, end = local_moment(body.started), local_moment(body.ended)
    if start is None or end is None or not timedelta() <= end - start < LONGEST:
        return {}
    return {"end": instant(parse_instant(about.facts.happened_at) + (end - start))}


def _replaced(about: About) -> Iterator[JsonObject]:
    """The versions that stand there already; where none is known to, the version that was amended, by its name."""
    facts = about.facts
    earlier = [(version, composition_id(about, version)) for version in facts.earlier]
    there = [number for _, number in earlier if f"Composition/{number}" in facts.standing]
    if there:
        for number in there:
            yield {"targetReference": codes.reference("Composition", number)}
        return
    for parent in facts.entry.envelope.parents:
        yield {"targetIdentifier": {"system": codes.ENTRY, "value": parent}}


def _sections(about: About, gathered: Gathered) -> Iterator[JsonObject]:
    body = about.facts.body
    yield from _section("Who was seen", list(_seen(about, body)))
    for section in Section:
        entries = gathered.plan if section is Section.PLAN else ()
        yield from _section(TITLES[section], [body.note.get(section, "")], entries)
    yield from _section("Strengths", gathered.strengths)
    yield from _section("Areas of need", gathered.needs)
    yield from _section("Prompts and answers", (), gathered.answers)


def _section(title: str, texts: Iterable[str], entries: Sequence[JsonObject] = ()) -> Iterator[JsonObject]:
    """A section that says something, or none."""
    said = [text for text in texts if text.strip()]
    if said or entries:
        yield {
            "title": title,
            **({"text": narrative(said)} if said else {}),
            **({"entry": list(entries)} if entries else {}),
        }


def _seen(about: About, body: VisitBody) -> Iterator[str]:
    """Whether this child was seen and awake; who of the carers was seen alone only where policy says so."""
    said = {Asked.YES: "yes", Asked.NO: "no", Asked.NOT_ANSWERED: "not recorded"}
    for child in body.children:
        if child.person == about.patient.id:
            why = f" ({child.reason})" if child.reason else ""
            yield f"Child seen: {said[child.seen]}; awake: {said[child.awake]}{why}"
    if about.policy.sensitive_answers:
        for each in body.alone:
            person = about.facts.people.get(each.person)
            why = f" ({each.reason})" if each.reason else ""
            if person is not None:
                yield f"{person.details.name} seen alone: {said[each.alone]}{why}"
