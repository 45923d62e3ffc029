"""What a response means to the rest of the program: strengths, needs, actions, outcome. Words only, never a score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from homevisit.prompts.contents import Contents
from homevisit.prompts.finding import Found, all_with_role, settled_contents
from homevisit.prompts.paths import path_text
from homevisit.prompts.questionnaire import Questionnaire
from homevisit.prompts.terms import Role
from homevisit.prompts.values import typed


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
    contents = settled_contents(questionnaire, response)
    strengths = tuple(_evidenced(questionnaire, contents, Role.STRENGTH))
    needs = tuple(_evidenced(questionnaire, contents, Role.NEED))
    voice = _first(questionnaire, contents, Role.BABY_VOICE)
    return Meaning(
        consent=_code(questionnaire, contents, Role.CONSENT),
        strengths=strengths,
        needs=needs,
        outcome=_code(questionnaire, contents, Role.OUTCOME),
        actions=tuple(_actions(questionnaire, contents)),
        explore=tuple(_to_explore(questionnaire, contents)),
        baby_voice=voice.text if voice else "",
        gaps=tuple(_gaps(questionnaire, contents, needs_alone=bool(needs) and not strengths)),
    )


def _evidenced(questionnaire: Questionnaire, contents: Contents, role: Role) -> Iterator[Evidenced]:
    for found in all_with_role(questionnaire, contents, role):
        what, evidence = found.text_of(Role.WHAT), found.text_of(Role.EVIDENCE)
        if what or evidence:
            yield Evidenced(path=path_text(found.path), what=what, evidence=evidence)


def _actions(questionnaire: Questionnaire, contents: Contents) -> Iterator[Action]:
    for found in all_with_role(questionnaire, contents, Role.ACTION):
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


def _to_explore(questionnaire: Questionnaire, contents: Contents) -> Iterator[str]:
    for found in all_with_role(questionnaire, contents, Role.EXPLORE):
        if any(answer.get("valueBoolean") is True for answer in found.answers):
            yield found.item.label


def _gaps(questionnaire: Questionnaire, contents: Contents, *, needs_alone: bool) -> Iterator[str]:
    if needs_alone:
        yield "needs-without-strengths"
    worried = any(found.code in ("saw", "saw-a-little") for found in all_with_role(questionnaire, contents, Role.WORRY))
    voice = _first(questionnaire, contents, Role.BABY_VOICE)
    if worried and (voice is None or not voice.text):
        yield "worry-without-baby-voice"


def _first(questionnaire: Questionnaire, contents: Contents, role: Role) -> Found | None:
    return next((found for found in all_with_role(questionnaire, contents, role) if found.answers), None)


def _code(questionnaire: Questionnaire, contents: Contents, role: Role) -> str:
    found = _first(questionnaire, contents, role)
    return found.code if found else ""
