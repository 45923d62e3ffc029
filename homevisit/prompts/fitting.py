"""Whom a prompt set fits and when: before or after birth, from which age to which, which carers; and who may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from homevisit.prompts import terms
from homevisit.prompts.reading_items import extension, objects, text


class Stage(StrEnum):
    """Whether a set is for pregnancy, for the time after birth, or for both."""

    ANTENATAL = "antenatal"
    AFTER_BIRTH = "after-birth"
    ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """``from_months`` and ``to_months`` are ages of a child (None: no limit), ``carers`` role codes (empty: every
    carer). A ``sensitive`` set is never on the screen in in-home view, not even by its name.
    """

    stage: Stage = Stage.ANY
    from_months: int | None = None
    to_months: int | None = None
    carers: frozenset[str] = frozenset()
    sensitive: bool = False

    def suits_age(self, months: int | None) -> bool:
        """Whether it fits a child of so many completed months; None stands for an unborn baby."""
        if months is None:
            return self.stage is not Stage.AFTER_BIRTH
        if self.stage is Stage.ANTENATAL:
            return False
        return (self.from_months or 0) <= months and (self.to_months is None or months <= self.to_months)

    def suits_carer(self, role: str) -> bool:
        return not self.carers or role in self.carers


def fit_of(raw: Mapping[str, object]) -> Fit:
    """What a Questionnaire says about itself; whatever it does not say does not narrow it."""
    said = text({"code": extension(raw, terms.ASKED_WHEN)}, "code")
    ages = extension(raw, terms.AGE_MONTHS)
    low, high = (_months(ages, end) for end in ("low", "high"))
    asked_of = (each for each in objects(raw, "extension") if each.get("url") == terms.ASKED_OF)
    return Fit(
        stage=Stage(said) if said in set(Stage) else Stage.ANY,
        from_months=low,
        to_months=high,
        carers=frozenset(text(each, "valueCode") for each in asked_of),
        sensitive=extension(raw, terms.SENSITIVE_SET) is True,
    )


def _months(ages: object, end: str) -> int | None:
    quantity = ages.get(end) if isinstance(ages, Mapping) else None
    value = quantity.get("value") if isinstance(quantity, Mapping) else None
    try:
        return None if value is None else int(str(value))
    except ValueError:
        return None
