"""What a response means to the rest of the program: strengths, needs, actions, outcome. Words only, never a score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from homevisit.prompts.finding import Found, by_role, settled_contents
from homevisit.prompts.paths import path_text
from homevisit.prompts.questionnaire import Questionnaire
from homevisit.prompts.terms import Role
from homevisit.prompts.values import typed

GIVEN = "given"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidenced:
    """A strength or an area of need with what it rests on. ``path`` is the text of its place in the response."""

    path: str
    what: str = field(repr=False)
    evidence: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something that follows from a conversation. ``kind`` is a code such as ``referred``, ``due`` an ISO date."""

    path: str
    kind: str
    kind_text: str
    what: str = field(repr=False)
    owner: str = field(default="", repr=False)
    due: str = ""
    consent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """``consent`` and ``outcome`` are codes, "" where nothing was said. ``explore`` holds the prompts of the answers
    that somebody wants to explore further; ``gaps`` codes of what practice asks for besides.
    """

    consent: str = ""
    strengths: tuple[Evidenced, ...] = ()
    needs: tuple[Evidenced, ...] = ()
    outcome: str = ""
    actions: tuple[Action, ...] = ()
    explore: tuple[str, ...] = field(default=(), repr=False)
    baby_voice: str = field(default="", repr=False)
    gaps: tuple[str, ...] = ()


def meaning_of(questionnaire: Questionnaire, response: Mapping[str, object]) -> Meaning:
    """What a response says, read through the role codes of its prompt set; disabled answers do not count."""
    found = by_role(questionnaire, settled_contents(questionnaire, response))
    strengths = tuple(_evidenced(found.get(Role.STRENGTH, ())))
    needs = tuple(_evidenced(found.get(Role.NEED, ())))
    voice = _first(found.get(Role.BABY_VOICE, ()))
    consent, outcome = (_first(found.get(role, ())) for role in (Role.CONSENT, Role.OUTCOME))
    return Meaning(
        consent=consent.code if consent else "",
        strengths=strengths,
        needs=needs,
        outcome=outcome.code if outcome else "",
        actions=tuple(_actions(found.get(Role.ACTION, ()))),
        explore=tuple(_to_explore(found.get(Role.EXPLORE, ()))),
        baby_voice=voice.text if voice else "",
        gaps=tuple(_gaps(found, needs_alone=bool(needs) and not strengths)),
    )


def _evidenced(groups: Iterable[Found]) -> Iterator[Evidenced]:
    for found in groups:
        what, evidence = found.text_of(Role.WHAT), found.text_of(Role.EVIDENCE)
        if what or evidence:
            yield Evidenced(path=path_text(found.path), what=what, evidence=evidence)


def _actions(groups: Iterable[Found]) -> Iterator[Action]:
    for found in groups:
        kind_text, what = found.text_of(Role.ACTION_KIND), found.text_of(Role.ACTION_WHAT)
        if kind_text or what:
            yield Action(
                path=path_text(found.path),
                kind=found.code_of(Role.ACTION_KIND),
                kind_text=kind_text,
                what=what or kind_text,
                owner=found.text_of(Role.ACTION_OWNER),
                due=_date_of(found),
                consent=found.code_of(Role.ACTION_CONSENT),
            )


def _date_of(action: Found) -> str:
    values = (typed(answer) for found in action.within(Role.ACTION_DUE) for answer in found.answers)
    return next((str(value[1]) for value in values if value and value[0] == "Date"), "")


def _to_explore(flags: Iterable[Found]) -> Iterator[str]:
    for found in flags:
        if any(answer.get("valueBoolean") is True for answer in found.answers):
            yield found.item.label


def _gaps(found: Mapping[str, tuple[Found, ...]], *, needs_alone: bool) -> Iterator[str]:
    consent = _first(found.get(Role.CONSENT, ()))
    if consent is not None and consent.code == GIVEN and _first(found.get(Role.OUTCOME, ())) is None:
        yield "no-outcome"
    if needs_alone:
        yield "needs-without-strengths"
    worried = any(each.code in ("saw", "saw-a-little") for each in found.get(Role.WORRY, ()))
    voice = _first(found.get(Role.BABY_VOICE, ()))
    if worried and (voice is None or not voice.text):
        yield "worry-without-baby-voice"


def _first(occurrences: Iterable[Found]) -> Found | None:
    return next((found for found in occurrences if found.answers), None)
