"""The values of a visit and of a person in words, the same on every screen."""

from __future__ import annotations

from homevisit.domain.family import Person, Role
from homevisit.domain.review import Decision
from homevisit.domain.visit import Asked, Attendance, Contact, Mode, RecordState, Section
from ui.words import tr

ROOM = "visit"


def state_at_home(state: RecordState) -> RecordState:
    """What a family may see of a visit's state: how far it went to the supervisor is between the two."""
    return state if state in (RecordState.DRAFT, RecordState.WITHDRAWN) else RecordState.SIGNED


def contact_words(contact: Contact) -> str:
    """The kind of contact."""
    return {
        Contact.ANTENATAL: tr(ROOM, "Antenatal contact"),
        Contact.NEW_BIRTH: tr(ROOM, "New birth visit"),
        Contact.SIX_WEEKS: tr(ROOM, "6–8 week review"),
        Contact.THREE_MONTHS: tr(ROOM, "3–4 month contact"),
        Contact.SIX_MONTHS: tr(ROOM, "6 month contact"),
        Contact.ONE_YEAR: tr(ROOM, "9–15 month review"),
        Contact.TWO_YEARS: tr(ROOM, "24–30 month review"),
        Contact.ADDITIONAL: tr(ROOM, "Additional contact"),
    }[contact]


def mode_words(mode: Mode) -> str:
    """How the contact took place."""
    return {
        Mode.HOME: tr(ROOM, "At home"),
        Mode.CLINIC: tr(ROOM, "In clinic"),
        Mode.PHONE: tr(ROOM, "By phone"),
        Mode.VIDEO: tr(ROOM, "By video"),
        Mode.OTHER: tr(ROOM, "Elsewhere"),
    }[mode]


def attendance_words(attendance: Attendance) -> str:
    """What became of the contact."""
    return {
        Attendance.SEEN: tr(ROOM, "Seen"),
        Attendance.NO_ACCESS: tr(ROOM, "No access"),
        Attendance.NOT_BROUGHT: tr(ROOM, "Was not brought"),
        Attendance.CANCELLED_BY_FAMILY: tr(ROOM, "Cancelled by family"),
        Attendance.CANCELLED_BY_SERVICE: tr(ROOM, "Cancelled by us"),
    }[attendance]


def section_words(section: Section) -> str:
    """The title of a section of the note."""
    return {
        Section.FACTS: tr(ROOM, "Facts"),
        Section.PARENTS_VIEW: tr(ROOM, "Parents’ view"),
        Section.BABY: tr(ROOM, "What it is like to be this baby"),
        Section.ANALYSIS: tr(ROOM, "Analysis"),
        Section.PLAN: tr(ROOM, "Plan"),
    }[section]


def role_words(role: Role) -> str:
    """Who somebody is in the family, as it stands after the name."""
    return {
        Role.CHILD: tr(ROOM, "baby or child"),
        Role.UNBORN: tr(ROOM, "unborn baby"),
        Role.MOTHER: tr(ROOM, "mother"),
        Role.FATHER: tr(ROOM, "father"),
        Role.SECOND_CARER: tr(ROOM, "second carer"),
        Role.OTHER_CARER: tr(ROOM, "carer"),
        Role.SIBLING: tr(ROOM, "sibling"),
        Role.OTHER: tr(ROOM, "other"),
    }[role]


def asked_words(asked: Asked) -> str:
    """Yes, no, or that nobody said."""
    return {
        Asked.YES: tr(ROOM, "Yes"),
        Asked.NO: tr(ROOM, "No"),
        Asked.NOT_ANSWERED: tr(ROOM, "Not answered"),
    }[asked]


def decision_words(decision: Decision) -> str:
    """What a supervisor decided."""
    return {
        Decision.READ: tr(ROOM, "Read – no action"),
        Decision.DISCUSS: tr(ROOM, "Discuss in supervision"),
        Decision.ACTION: tr(ROOM, "Action needed"),
        Decision.SEND_BACK: tr(ROOM, "Sent back"),
    }[decision]


def person_name(person: Person) -> str:
    """The name, or who it is where no name is known yet."""
    return person.details.name.strip() or role_words(person.details.role).capitalize()
