"""One sentence for every fault that loading a prompt set can name: what it is and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping

from homevisit.prompts.items import Fault

FAULT_WORDS: Mapping[str, str] = {
    "answer-expression": "Options that an expression would look up are not offered.",
    "behaviour-missing": "Several conditions without enableBehavior: any one of them is enough.",
    "calculation-circle": "The calculation needs its own result.",
    "condition-circle": "Conditions in a circle: worked out in the order of the prompts, from everything shown.",
    "condition-operator": "The operator of a condition is not one of R4.",
    "condition-source": "A condition asks for a prompt that is not in the set.",
    "constraint-of-set": "A rule over the whole set is checked when a response is validated, not beside a prompt.",
    "contained": "This contained resource is kept and not used.",
    "control": "This control is not known; the usual one is shown.",
    "control-plain": "Shown one prompt below another instead of side by side.",
    "element": "This element has no effect.",
    "expression-language": "Expressions of this language are not worked out; only text/fhirpath is.",
    "expression-not-proven": "This expression uses something that is not proven to be worked out right.",
    "expression-offline": "This would have to ask a server; here it is always empty.",
    "expression-several": "Several calculations for one prompt: the first is taken.",
    "expression-syntax": "This is not a FHIRPath expression.",
    "expression-variable": "The expression names a variable that it cannot see, or one that was refused.",
    "extension": "This extension is kept and has no effect.",
    "extraction": "Answers are not taken out into other resources.",
    "implicit-rules": "Implicit rules could change the meaning of everything in the set.",
    "launch-context": "Only patient, user, practitioner and encounter can be given here; this one is empty.",
    "library": "Logic from another library is not run.",
    "link-missing": "A prompt without linkId: its answer could not be told from others.",
    "link-repeated": "Several prompts share this linkId: their answers could not be told apart.",
    "markup": "Scripts, links, pictures or too much markup are left out of the marked-up words.",
    "max-occurs-zero": "At most no answer is taken as no limit.",
    "modifier-extension": "A modifier extension could change the meaning of the prompt.",
    "no-options": "A choice without options: it is shown and cannot be answered.",
    "options-toggle": "Options that an expression would switch on or off are all offered.",
    "population": "Nothing is filled in from other records.",
    "regex-invalid": "The pattern is not a regular expression.",
    "regex-not-safe": "The pattern could take for ever on some answer.",
    "required-hidden": "A required prompt that nobody sees: it holds nobody up.",
    "retired": "The set says of itself that it is retired.",
    "terminology": "No terminology server is asked.",
    "type": "Answers of this type cannot be given here; what a response holds is kept and shown.",
    "unit-value-set": "Units are offered only where the value set came with the prompt set.",
    "value-set": "The value set did not come with the set: a choice cannot be answered, an open choice in words.",
}


def fault_words(fault: Fault) -> str:
    """The sentence with the element that it is about."""
    words = FAULT_WORDS.get(fault.code, fault.code)
    return f"{words} ({fault.what})" if fault.what else words
