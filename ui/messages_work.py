"""Words for families, visits, reviews and prompt sets."""

from __future__ import annotations

_RELOAD = "Go back and open it again."

WORK: dict[str, tuple[str, str]] = {
    "conflict.choice_needed": (
        "For one part nobody said which version holds ({part}).",
        "Choose a version for every part that differs.",
    ),
    "conflict.draft_open": (
        "This visit is being amended already, so its versions were not put together.",
        "Sign that amendment or throw it away, then settle the versions.",
    ),
    "conflict.is_details": ("This is not a visit.", "Settle it field by field."),
    "conflict.is_visit": ("This is a visit.", "Settle its versions by one amendment."),
    "conflict.unknown": ("There is nothing to settle here any more.", "Read the list again."),
    "entry.bad_body": (
        "This entry has a form that Homevisit does not know ({what}).",
        "Update Homevisit, then try again.",
    ),
    "entry.bad_signature": (
        "An entry was not signed by the person it names.",
        "Do not rely on it; tell whoever looks after Homevisit.",
    ),
    "entry.bad_time": ("An entry carries a time that cannot be.", "Ask its author to send it again."),
    "entry.body_lost": ("The text of an entry cannot be read.", "Restore the latest backup."),
    "entry.damaged": ("An entry was changed after it was signed.", "Ask its author to send it again."),
    "entry.erased": (
        "The contents of this entry were erased as the law requires.",
        "Its place in the history remains.",
    ),
    "entry.not_canonical": (
        "This cannot be kept exactly as it is ({why}).",
        "Change what you typed last and try again.",
    ),
    "entry.unknown": ("This version is not on this laptop.", _RELOAD),
    "family.name_needed": (
        "A family needs a name to be found again.",
        "Write the name the family goes by; it can be changed later.",
    ),
    "person.bad_date": ("There is no such day.", "Write a date like 1/3/26, 1 March 2026 or “3 weeks ago”."),
    "person.bad_gestation": (
        "Gestation at birth is written in weeks and days, like 31+4, between 20+0 and 44+0.",
        "Leave it empty if it is not known.",
    ),
    "person.name_needed": (
        "A person needs a name; “not named yet” will do.",
        "Only an unborn baby may go without one.",
    ),
    "person.nhs_number_check_digit": (
        "This is not an NHS number: a digit is wrong or two have changed places.",
        "Compare it with the paper, or leave it empty.",
    ),
    "person.nhs_number_length": ("An NHS number has ten digits.", "Compare it with the paper, or leave it empty."),
    "person.nhs_number_repeated": (
        "An NHS number is not ten times the same digit.",
        "Compare it with the paper, or leave it empty.",
    ),
    "entry.unknown_parent": ("What this change builds on is not on this laptop.", _RELOAD),
    "family.unknown": ("This family is not on this laptop.", _RELOAD),
    "person.in_visits": (
        "This person stands in a visit of this family, so they cannot be taken out.",
        "Put the details right instead, or say in the visit’s amendment what was wrong.",
    ),
    "person.unknown": ("This person is not on this laptop.", _RELOAD),
    "prompts.not_a_questionnaire": ("This file is not a prompt set.", "Choose a FHIR R4 Questionnaire file."),
    "prompts.refused": (
        "This prompt set uses something that would not work here ({fault}).",
        "Ask its maker for another.",
    ),
    "prompts.unreadable": ("This prompt set cannot be read ({why}).", "Ask its maker for the file again."),
    "record.reason_needed": ("A reason is needed.", "Say in a few words why it was entered in error."),
    "record.unknown": ("This record is not on this laptop.", _RELOAD),
    "review.own_work": ("You cannot review a visit that you recorded yourself.", "Another supervisor can review it."),
    "review.unknown_version": ("That version of the visit is not on this laptop.", "Import the latest package first."),
    "review.words_needed": ("A visit that is sent back needs at least one comment.", "Say what should be changed."),
    "tie.unknown": ("This tie is not on this laptop.", _RELOAD),
    "visit.incomplete": (
        "There are {open} points still open.",
        "Fill them in, or give a reason for leaving each one out.",
    ),
    "visit.no_draft": ("This visit has no draft to go on with.", _RELOAD),
    "visit.nothing_earlier": ("There is no earlier version of this visit.", "Nothing needs to be done."),
    "visit.reason_needed": ("A reason is needed.", "Say in a few words why the visit is changed or withdrawn."),
    "visit.unknown": ("This visit is not on this laptop.", _RELOAD),
}
