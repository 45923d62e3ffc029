"""What a family answered over its visits: signed responses only, the shown version, withdrawn visits left out."""

from __future__ import annotations

from dataclasses import replace

from homevisit.assembly import Services
from homevisit.domain.family import Role
from homevisit.prompts.library import THREE_STEPS
from homevisit.services.demo.answers import Answers
from tests.desks import Desks, add_family, leave_out_the_rest, whole_draft

WORDS = "step1.q1.words"
DAYS = ("2026-10-01T10:00", "2026-11-01T10:00")


def asked(services: Services, family: str, words: str, visit: str = "", *, started: str = DAYS[0]) -> str:
    """Put the words into a visit's conversation with the mother; gives the visit."""
    mother = next(p.id for p in services.families.brief(family).people if p.details.role is Role.MOTHER)
    answers = Answers(services.library, THREE_STEPS, mother)
    answers.code("step1.consent", "given")
    answers.text(WORDS, words)
    if not visit:
        visit = whole_draft(services, family)
        body = services.drafting.open(visit).body
        services.drafting.save_contact(visit, replace(body, started=started))
    services.drafting.save_response(visit, f"{THREE_STEPS}/{mother}", answers.response())
    return visit


def signed(services: Services, visit: str, reason: str = "") -> str:
    """Sign with everything else left out on purpose."""
    leave_out_the_rest(services, visit)
    services.signing.sign(visit, reason)
    return visit


def said(services: Services, family: str, *words: str) -> list[list[str]]:
    """Which of some words each response of the only series holds."""
    (series,) = services.over_time.of_family(family)
    return [[line.answer for line in each.lines if line.answer in words] for each in series.answered]


def test_signed_answers_of_one_person_stand_oldest_first(desks: Desks) -> None:
    services, family = desks.practitioner, add_family(desks.practitioner)
    for words, started in zip(("tired", "warm"), DAYS, strict=True):
        signed(services, asked(services, family, words, started=started))
    asked(services, family, "a draft says nothing")
    assert said(services, family, "tired", "warm", "a draft says nothing") == [["tired"], ["warm"]]


def test_a_withdrawn_visit_is_left_out(desks: Desks) -> None:
    services, family = desks.practitioner, add_family(desks.practitioner)
    visit = signed(services, asked(services, family, "wrong baby"))
    services.signing.withdraw(visit, "wrong family")
    assert services.over_time.of_family(family) == ()


def test_an_amended_visit_counts_with_its_newest_version(desks: Desks) -> None:
    services, family = desks.practitioner, add_family(desks.practitioner)
    visit = signed(services, asked(services, family, "tird"))
    services.drafting.amend(visit)
    signed(services, asked(services, family, "tired", visit), "spelling")
    assert said(services, family, "tird", "tired") == [["tired"]]
