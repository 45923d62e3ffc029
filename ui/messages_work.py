"""Words for families, visits, reviews and prompt sets."""

from __future__ import annotations

_RELOAD = "Go back and open it again."

WORK: dict[str, tuple[str, str]] = {
    "entry.bad_body": (
        "This entry has a form that Homevisit does not know ({what}).",
        "Update Homevisit, then try again.",
    ),
    "entry.erased": (
        "The contents of this entry were erased as the law requires.",
        "Its place in the history remains.",
    ),
    "entry.not_canonical": (
        "This cannot be kept exactly as it is ({why}).",
        "Change what you typed last and try again.",
    ),
    "entry.unknown": ("This version is not on this laptop.", _RELOAD),
    "family.unknown": ("This family is not on this laptop.", _RELOAD),
    "person.unknown": ("This person is not on this laptop.", _RELOAD),
    "prompts.not_a_questionnaire": ("This file is not a prompt set.", "Choose a FHIR R4 Questionnaire file."),
    "prompts.refused": (
        "This prompt set uses something that would not work here ({fault}).",
        "Ask its maker for another.",
    ),
    "prompts.unreadable": ("This prompt set cannot be read ({why}).", "Ask its maker for the file again."),
    "record.unknown": ("This record is not on this laptop.", _RELOAD),
    "review.own_work": ("You cannot review a visit that you recorded yourself.", "Another supervisor can review it."),
    "review.unknown_version": ("That version of the visit is not on this laptop.", "Import the latest package first."),
    "review.words_needed": ("A visit that is sent back needs at least one comment.", "Say what should be changed."),
    "visit.incomplete": ("{open} points are still open.", "Fill them in, or give a reason for leaving each one out."),
    "visit.no_draft": ("This visit has no draft to go on with.", _RELOAD),
    "visit.nothing_earlier": ("There is no earlier version of this visit.", "Nothing needs to be done."),
    "visit.reason_needed": ("A reason is needed.", "Say in a few words why the visit is changed or withdrawn."),
    "visit.unknown": ("This visit is not on this laptop.", _RELOAD),
}
