"""What follows from a visit: needs as goals, actions as tasks, referrals, information given, and the plan of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from homevisit.domain.canonical import JsonObject
from homevisit.domain.visit import Noticed, PlannedAction
from homevisit.sync.fhir import codes
from homevisit.sync.fhir.answers import Answered, consent
from homevisit.sync.fhir.facts import About
from homevisit.sync.fhir.numbering import identifier_of, named

KINDS = {
    "information": "Information given",
    "signposted": "Signposted",
    "referred": "Referral",
    "own-support": "Own support",
    "safeguarding": "Safeguarding",
}
TOLD = frozenset({"information", "signposted"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Strengths, needs and actions as far as they may leave; ``agreed`` what was said to each referral, by action."""

    strengths: tuple[Noticed, ...] = field(repr=False)
    needs: tuple[Noticed, ...] = field(repr=False)
    actions: tuple[PlannedAction, ...] = field(repr=False)
    agreed: dict[str, str]


def outcome(about: About, answers: Sequence[Answered]) -> Outcome:
    """What the visit came to, without what only answers say that stay here.

    What was gathered when the visit was signed is kept as it was; it leaves if an answer that leaves says it too.
    """
    body = about.facts.body
    meanings = [each.meaning for each in answers]
    strengths = Counter((item.what, item.evidence) for meaning in meanings for item in meaning.strengths)
    needs = Counter((item.what, item.evidence) for meaning in meanings for item in meaning.needs)
    planned = {(act.kind, act.what, act.owner, act.due): act.consent for each in meanings for act in each.actions}
    everything = about.policy.sensitive_answers
    actions = tuple(act for act in body.actions if everything or _said(act) in planned)
    return Outcome(
        strengths=tuple(item for item in body.strengths if everything or (item.what, item.evidence) in strengths),
        needs=tuple(item for item in body.needs if everything or (item.what, item.evidence) in needs),
        actions=actions,
        agreed={act.id: planned.get(_said(act), "") for act in actions},
    )


def resources(about: About, found: Outcome) -> Iterator[JsonObject]:
    """Goals, tasks with what they are about, and the plan that holds them together."""
    goals = [_goal(about, need, number) for number, need in enumerate(found.needs)]
    yield from goals
    for action in found.actions:
        yield from _action(about, action, found.agreed.get(action.id, ""))
    if goals or found.actions:
        yield _plan(about, goals, found.actions)


def _said(action: PlannedAction) -> tuple[str, str, str, str]:
    return action.outcome, action.what, action.owner, action.due


def _goal(about: About, need: Noticed, number: int) -> JsonObject:
    identifier = about.ids.of(f"need/{number}/{need.what}")
    return {
        "resourceType": "Goal",
        "id": identifier,
        "identifier": [identifier_of(identifier)],
        "lifecycleStatus": "active",
        "category": [codes.in_words("Area of need")],
        "description": codes.in_words(need.what or need.evidence),
        "subject": about.subject,
        "startDate": about.facts.happened_at[:10],
        "expressedBy": about.author,
        **({"note": [{"text": need.evidence}]} if need.what and need.evidence else {}),
    }


def _action(about: About, action: PlannedAction, agreed: str) -> Iterator[JsonObject]:
    """A task; behind it a request if it is a referral, and what was told if it is information."""
    focus: JsonObject | None = None
    if action.outcome == "referred":
        request = _request(about, action)
        focus = codes.reference("ServiceRequest", str(request["id"]))
        yield request
        if agreed in ("given", "declined"):
            yield consent(about, f"agreed/{action.id}", agreed, "Asked whether the family agrees to this referral")
    elif action.outcome in TOLD and _is_told(about, action):
        told = _communication(about, action)
        focus = codes.reference("Communication", str(told["id"]))
        yield told
    if action.outcome == "safeguarding":
        yield _flag(about, action)
    yield _task(about, action, focus)


def _head(about: About, kind: str, number: str, status: str) -> JsonObject:
    """What a task, a request and a communication begin with."""
    return {
        "resourceType": kind,
        "id": number,
        "identifier": [identifier_of(number)],
        "status": status,
        "encounter": about.encounter,
    }


def _task(about: About, action: PlannedAction, focus: JsonObject | None) -> JsonObject:
    number = about.ids.own(action.id)
    return {
        **_head(about, "Task", number, "completed" if action.id in about.facts.done else "requested"),
        **_label(action),
        "intent": "plan",
        "code": _kind(action),
        "description": action.what,
        **({"focus": focus} if focus else {}),
        "for": about.subject,
        "authoredOn": about.facts.recorded_at,
        "requester": about.author,
        **({"owner": {"display": action.owner}} if action.owner else {}),
        **({"restriction": {"period": {"end": action.due}}} if action.due else {}),
    }


def _request(about: About, action: PlannedAction) -> JsonObject:
    number = about.ids.own(named(action.id, "request"))
    return {
        **_head(about, "ServiceRequest", number, "completed" if action.id in about.facts.done else "active"),
        "intent": "order",
        "code": codes.in_words(action.what),
        "subject": about.subject,
        "authoredOn": about.facts.recorded_at,
        "requester": about.author,
    }


def _communication(about: About, action: PlannedAction) -> JsonObject:
    number = about.ids.own(named(action.id, "told"))
    return {
        **_head(about, "Communication", number, "completed"),
        "category": [_kind(action)],
        "subject": about.subject,
        "sent": about.facts.happened_at,
        "sender": about.author,
        "payload": [{"contentString": action.what}],
    }


def _flag(about: About, action: PlannedAction) -> JsonObject:
    """That there is a safeguarding action; what it is stands in the task, for those who may read it."""
    number = about.ids.own(named(action.id, "flag"))
    return {
        "resourceType": "Flag",
        "id": number,
        "meta": {"security": [codes.restricted()]},
        "identifier": [identifier_of(number)],
        "status": "active",
        "category": [codes.concept([codes.coding(f"{codes.HL7_CODES}/flag-category", "safety", "Safety")])],
        "code": codes.in_words("Safeguarding action planned"),
        "subject": about.subject,
        "period": {"start": about.facts.happened_at},
        "encounter": about.encounter,
        "author": about.author,
    }


def staff_safety(about: About) -> Iterator[JsonObject]:
    """What staff should know before they visit, only where policy says that it may leave."""
    note = about.facts.family.safety_note
    if note.strip() and about.policy.staff_safety:
        number = about.ids.of("staff-safety")
        yield {
            "resourceType": "Flag",
            "id": number,
            "meta": {"security": [codes.restricted()]},
            "identifier": [identifier_of(number)],
            "status": "active",
            "category": [codes.concept([codes.coding(f"{codes.HL7_CODES}/flag-category", "safety", "Safety")])],
            "code": codes.in_words(note),
            "subject": about.subject,
            "period": {"start": about.facts.happened_at},
            "author": about.author,
        }


def _plan(about: About, goals: Sequence[JsonObject], actions: Sequence[PlannedAction]) -> JsonObject:
    number = about.ids.of("plan")
    tasks = [{"reference": codes.reference("Task", about.ids.own(action.id))} for action in actions]
    return {
        "resourceType": "CarePlan",
        "id": number,
        "identifier": [identifier_of(number)],
        "status": "active",
        "intent": "plan",
        "title": "What follows from the visit",
        "subject": about.subject,
        "encounter": about.encounter,
        "created": about.facts.recorded_at,
        "author": about.author,
        "goal": [codes.reference("Goal", str(goal["id"])) for goal in goals],
        "activity": tasks,
    }


def _kind(action: PlannedAction) -> JsonObject:
    if not action.outcome:
        return codes.in_words("Action")
    return codes.concept([codes.coding(codes.ACTION_KINDS, action.outcome)], KINDS.get(action.outcome, action.outcome))


def _label(action: PlannedAction) -> JsonObject:
    return {"meta": {"security": [codes.restricted()]}} if action.outcome == "safeguarding" else {}


def _is_told(about: About, action: PlannedAction) -> bool:
    """Whether it was told at the visit: what has a later day is only planned."""
    return not action.due or action.due <= about.facts.happened_at[:10]
