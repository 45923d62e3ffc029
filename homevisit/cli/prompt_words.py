"""The findings of ``prompts validate`` in words, for authors and tools."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from homevisit.prompts.validating import Finding

FINDING_WORDS: Mapping[str, str] = {
    "answer-on-display": "A text cannot have answers.",
    "answer-on-group": "A group cannot have answers.",
    "attachment-mimetype": "Only these kinds of file are allowed: {detail}.",
    "attachment-size": "The file is larger than {detail} bytes.",
    "constraint": "A rule of the form is broken: {detail}",
    "invalid-uri": "This cannot be a web address.",
    "maxDecimalPlaces": "At most {detail} decimal places are allowed.",
    "maxLength": "At most {detail} characters are allowed.",
    "maxOccurs": "At most {detail} are allowed.",
    "maxValue": "The most that is allowed is {detail}.",
    "minLength": "At least {detail} characters are asked for.",
    "minOccurs": "At least {detail} are asked for.",
    "minValue": "The least that is allowed is {detail}.",
    "misplaced": "This linkId belongs to another place of the form.",
    "not-a-response": "This is not a QuestionnaireResponse.",
    "not-an-option": "The answer is not one of the options.",
    "not-enabled": "This has an answer although it is not asked.",
    "not-repeating": "Only one answer or occurrence is allowed.",
    "not-understood": "What was typed is not of the type that is asked for.",
    "optionExclusive": "One of the answers cannot go together with another.",
    "other-questionnaire": "The response names another form or version: {detail}.",
    "reference-invalid": "This cannot be a reference to a resource.",
    "regex": "The answer is not in the form that is asked for.",
    "required": "An answer is required.",
    "required-hidden": "An answer is required, but nobody sees the prompt: a fault of the form.",
    "structure": "There is no such element, or not with this value: {detail}.",
    "unit-not-allowed": "The unit must be one of: {detail}.",
    "unit-not-comparable": "The amount cannot be compared with {detail}: one of them has no coded unit.",
    "unknown-linkid": "There is no such linkId in the form.",
    "wrong-type": "The answer is not of the type that is asked for.",
}


def finding_words(finding: Finding) -> str:
    """The sentence of a finding."""
    return FINDING_WORDS.get(finding.code, finding.code).format(detail=finding.detail)
