"""Web addresses and codes that prompt sets use: our own base, HL7's extensions, and the roles items may play."""

from __future__ import annotations

from enum import StrEnum

BASE = "https://homevisit.example/fhir"
ROLES = f"{BASE}/CodeSystem/item-role"
LICENCE_CLASS = f"{BASE}/StructureDefinition/licence-class"
ATTRIBUTION = f"{BASE}/StructureDefinition/attribution"
SOURCE = f"{BASE}/StructureDefinition/source"
CHECKED_ON = f"{BASE}/StructureDefinition/checked-on"
PER = f"{BASE}/StructureDefinition/asked-per"
AS_TYPED = f"{BASE}/StructureDefinition/as-typed"
ANSWERED_AT = f"{BASE}/StructureDefinition/answered-at"
OUR_CONTROLS = f"{BASE}/CodeSystem/item-control"

HL7 = "http://hl7.org/fhir/StructureDefinition"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition"
ITEM_CONTROL = f"{HL7}/questionnaire-itemControl"
HIDDEN = f"{HL7}/questionnaire-hidden"
MIN_OCCURS = f"{HL7}/questionnaire-minOccurs"
MAX_OCCURS = f"{HL7}/questionnaire-maxOccurs"
OPTION_EXCLUSIVE = f"{HL7}/questionnaire-optionExclusive"
MIN_VALUE = f"{HL7}/minValue"
MAX_VALUE = f"{HL7}/maxValue"
MIN_LENGTH = f"{HL7}/minLength"
MAX_DECIMAL_PLACES = f"{HL7}/maxDecimalPlaces"
REGEX = f"{HL7}/regex"
ENTRY_FORMAT = f"{HL7}/entryFormat"
UNIT = f"{HL7}/questionnaire-unit"


class Role(StrEnum):
    """What an item means to the rest of the program, coded on the item in the system ``ROLES``."""

    CONSENT = "consent"
    VERBATIM = "verbatim"
    EXPLORE = "explore"
    STRENGTH = "strength"
    NEED = "need"
    WHAT = "what"
    EVIDENCE = "evidence"
    OUTCOME = "outcome"
    ACTION = "action"
    ACTION_KIND = "action-kind"
    ACTION_WHAT = "action-what"
    ACTION_OWNER = "action-owner"
    ACTION_DUE = "action-due"
    ACTION_CONSENT = "action-consent"
    OBSERVED = "observed"
    WORRY = "worry"
    BABY_VOICE = "baby-voice"
    TIMED_NOTES = "timed-notes"
    CREDIT = "credit"
    GUARD_RAIL = "guard-rail"
    SENSITIVE = "sensitive"
    OPTIONAL = "optional"


class Control(StrEnum):
    """The item controls that this engine acts upon."""

    RADIO = "radio-button"
    CHECK_BOX = "check-box"
    DROP_DOWN = "drop-down"
    PAGE = "page"
    HELP = "help"
    FLYOVER = "flyover"
    TIMER = "two-minute-timer"
