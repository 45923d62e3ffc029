"""What the program knows when a response is begun, so that nobody need say it: who is asked, how old the baby is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from homevisit.domain.age import Age, age_on, corrected_birth
from homevisit.prompts.items import Answer, Item
from homevisit.prompts.session import Session
from homevisit.prompts.terms import Role

_KNOWN = frozenset({Role.KNOWN_CARER, Role.KNOWN_AGE})
_FIRST_WEEKS = 56
_BANDS = ((6, "2-5-months"), (12, "6-11-months"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Codes of options: ``carer`` is a family role such as ``father``, ``age_band`` as :func:`age_band` gives it."""

    carer: str = ""
    age_band: str = ""


def age_band(age: Age) -> str:
    """The band of an age; of a baby born early the corrected one should be given."""
    if age.days <= _FIRST_WEEKS:
        return "0-8-weeks"
    return next((band for months, band in _BANDS if age.months < months), "from-12-months")


def known_at(day: date, births: Iterable[tuple[date, int | None]], *, carer: str = "") -> Known:
    """What is known on a day of a carer and of children with their gestation at birth: the youngest one counts."""
    ages = [age for birth, gestation in births for age in _corrected(birth, gestation, day)]
    return Known(carer=carer, age_band=age_band(min(ages, key=lambda age: age.days)) if ages else "")


def begin(session: Session, known: Known) -> None:
    """Answer what is known by the role of its prompt; anybody may answer it differently afterwards."""
    said = {Role.KNOWN_CARER: known.carer, Role.KNOWN_AGE: known.age_band}
    for item in session.questionnaire.walk():
        for role in _KNOWN & item.roles:
            lineage = session.questionnaire.lineage[item.link_id]
            answers = tuple(_options(item, said[Role(role)]))
            if answers:
                session.set_answer(tuple((link, 0) for link in lineage), answers)


def is_untouched(session: Session) -> bool:
    """Whether nobody has answered anything: at most there is what was known from the beginning."""
    if session.is_empty:
        return True
    said = (each for each in session.state().walk() if each.answers and (not each.calculated or each.overridden))
    return all(each.item.roles & _KNOWN for each in said)


def _corrected(birth: date, gestation: int | None, day: date) -> Iterator[Age]:
    """The age on a day, from term for a baby born early; none before the birth."""
    age, term = age_on(birth, day), corrected_birth(birth, gestation)
    if age is not None:
        yield (age_on(term, day) or Age(days=0, months=0)) if term else age


def _options(item: Item, code: str) -> Iterator[Answer]:
    for option in item.options:
        coding = option.answer.get("valueCoding")
        if code and isinstance(coding, Mapping) and coding.get("code") == code:
            yield option.answer
