"""What a prompt set is, in words: whom it is asked of and when, its licence, and what the engine makes of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale

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
    """One fault: what, where, and the detail that tells which."""
    said = _known_faults().get(fault.code, tr(ROOM, "something Homevisit does not know ({code})", code=fault.code))
    place = tr(ROOM, "at “{place}”", place=fault.link_id) if fault.link_id else ""
    return " ".join(part for part in (said, place, f"({fault.what})" if fault.what else "") if part)


def _known_faults() -> dict[str, str]:
    """Made when shown, so that it is in the language of the day."""
    return {
        "answer-expression": tr(ROOM, "choices worked out by a formula"),
        "behaviour-missing": tr(ROOM, "several conditions without saying whether all or any must hold"),
        "calculation-circle": tr(ROOM, "calculations that wait for one another"),
        "condition-circle": tr(ROOM, "conditions that wait for one another"),
        "condition-operator": tr(ROOM, "a condition with a comparison that does not exist"),
        "condition-source": tr(ROOM, "a condition on a prompt that is not there"),
        "constraint-of-set": tr(ROOM, "a rule about the whole set"),
        "contained": tr(ROOM, "something enclosed that is not used"),
        "control": tr(ROOM, "a control that Homevisit does not have; the usual one is shown"),
        "control-plain": tr(ROOM, "a control that is shown as a plainer one"),
        "element": tr(ROOM, "an element without effect"),
        "expression-language": tr(ROOM, "a formula in another language than FHIRPath"),
        "expression-not-proven": tr(ROOM, "a formula that is not proven to come out right here"),
        "expression-offline": tr(ROOM, "a formula that needs a network or a list of terms"),
        "expression-several": tr(ROOM, "several calculations of one prompt"),
        "expression-syntax": tr(ROOM, "a formula that cannot be read"),
        "expression-variable": tr(ROOM, "a formula over something that is not known here"),
        "extension": tr(ROOM, "an extension that Homevisit does not know"),
        "extraction": tr(ROOM, "instructions to make other records out of the answers"),
        "implicit-rules": tr(ROOM, "rules that are not in the file"),
        "launch-context": tr(ROOM, "something a formula would be given elsewhere and is not given here"),
        "library": tr(ROOM, "formulas that are in another file"),
        "link-missing": tr(ROOM, "a prompt without a name"),
        "link-repeated": tr(ROOM, "two prompts with the same name"),
        "max-occurs-zero": tr(ROOM, "at most no answers"),
        "modifier-extension": tr(ROOM, "an extension that changes the meaning"),
        "no-options": tr(ROOM, "a choice without anything to choose"),
        "options-toggle": tr(ROOM, "choices that come and go by a formula"),
        "population": tr(ROOM, "instructions to fill prompts in from other records"),
        "regex-invalid": tr(ROOM, "a pattern that cannot be read"),
        "regex-not-safe": tr(ROOM, "a pattern that could run without end"),
        "required-hidden": tr(ROOM, "a hidden prompt that must be answered; it holds nobody up"),
        "retired": tr(ROOM, "its maker has retired it"),
        "terminology": tr(ROOM, "a list of terms that is asked of a server"),
        "type": tr(ROOM, "a kind of prompt that Homevisit does not have"),
        "unit-value-set": tr(ROOM, "a list of units that is not in the file"),
        "value-set": tr(ROOM, "a list of choices that is not in the file"),
    }
