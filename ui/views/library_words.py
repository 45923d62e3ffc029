"""What a prompt set is, in words: whom it is asked of and when, its licence, and what the engine makes of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale

from homevisit.prompts.fault_words import FAULT_WORDS
from homevisit.prompts.fitting import Fit, Stage
from homevisit.prompts.items import Fault, Verdict
from homevisit.prompts.library import Origin, PromptSet
from homevisit.services.pack_reading import Standing
from ui.words import tr, tr_count

ROOM = "library"
LICENCES = ("A", "B", "C")


def licence_words(licence: str) -> str:
    """What a licence class means."""
    return {
        "A": tr(ROOM, "Free to use: its wording ships with Homevisit."),
        "B": tr(ROOM, "Brought in by an organisation that states its right to use it."),
        "C": tr(ROOM, "Only results are kept here. The questions stay on the licensed form."),
    }.get(licence, tr(ROOM, "Not stated."))


def licence_name(licence: str) -> str:
    """A licence class as a choice or a heading."""
    return {
        "A": tr(ROOM, "With its wording"),
        "B": tr(ROOM, "From packs"),
        "C": tr(ROOM, "Results only"),
    }.get(licence, tr(ROOM, "Licence not stated"))


def about_words(each: PromptSet) -> str:
    """Whom it is asked of, when, and in which languages, in one line."""
    parts = (per_words(each.per), fit_words(each.fit), ", ".join(language_words(one) for one in each.languages))
    return " · ".join(part for part in parts if part)


def short_words(each: PromptSet) -> str:
    """The same for a line in a list."""
    return " · ".join(part for part in (per_words(each.per), fit_words(each.fit)) if part)


def per_words(per: str) -> str:
    """Whom one set of answers is about."""
    return {
        "carer": tr(ROOM, "for each carer"),
        "child": tr(ROOM, "for each child"),
        "visit": tr(ROOM, "once in a visit"),
    }.get(per, tr(ROOM, "once in a visit"))


def fit_words(fit: Fit) -> str:
    """When it is asked."""
    if fit.stage is Stage.ANTENATAL:
        return tr(ROOM, "before birth")
    low, high = fit.from_months or 0, fit.to_months
    if high is not None:
        return tr(ROOM, "{low} to {high} months", low=low, high=high)
    if low:
        return tr_count(ROOM, "from {count} month", "from {count} months", low)
    return tr(ROOM, "after birth") if fit.stage is Stage.AFTER_BIRTH else tr(ROOM, "any age")


def language_words(code: str) -> str:
    """The name of a language in that language; its code where Qt does not know it."""
    known = QLocale(code)
    return known.nativeLanguageName() if known.language() is not QLocale.Language.C else code


def version_words(each: PromptSet) -> str:
    """A version with where it comes from."""
    where = {
        Origin.SHIPPED: tr(ROOM, "ships with Homevisit"),
        Origin.INSTALLED: tr(ROOM, "from a pack"),
        Origin.EARLIER: tr(ROOM, "shipped earlier; answers given to it are read with it"),
        Origin.KEPT: tr(ROOM, "from a pack that was removed; answers given to it are read with it"),
    }[each.origin]
    return tr(ROOM, "Version {version}: {where}", version=each.version, where=where)


def standing_words(standing: Standing) -> str:
    """How a set in a pack stands to what is here."""
    return {
        Standing.NEW: tr(ROOM, "new here"),
        Standing.SAME: tr(ROOM, "here already"),
        Standing.NEWER: tr(ROOM, "newer than the one here"),
        Standing.OLDER: tr(ROOM, "older than the one here"),
    }[standing]


def verdict_words(faults: Sequence[Fault] | None) -> str:
    """What the engine makes of a set, in one sentence."""
    if faults is None:
        return tr(ROOM, "Homevisit is looking at this set…")
    kinds = [fault.verdict for fault in faults]
    if Verdict.REFUSED in kinds:
        return tr(ROOM, "It cannot be answered here:")
    if Verdict.INERT in kinds:
        return tr(ROOM, "It can be answered. These parts of it are shown, but have no effect:")
    return tr(ROOM, "Everything in it works.") if not kinds else tr(ROOM, "Everything in it works, read in this way:")


def fault_words(fault: Fault) -> str:
    """One fault: where it is, what becomes of it, and the detail that tells which."""
    said = tr("faults", FAULT_WORDS.get(fault.code, fault.code))
    said = f"{said} ({fault.what})" if fault.what else said
    return tr(ROOM, "“{place}”: {said}", place=fault.link_id, said=said) if fault.link_id else said
