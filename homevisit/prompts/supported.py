"""Which extensions this engine honours and where, and which it would do harm without; any other is named as inert."""

from __future__ import annotations

from homevisit.prompts import addresses, terms
from homevisit.prompts.terms import HL7, SDC

# Each holds where its kind of element reads it; at any other place it is named as inert.
BY_SET = frozenset(
    {
        *(terms.LICENCE_CLASS, terms.ATTRIBUTION, terms.SOURCE, terms.CHECKED_ON, terms.PER, terms.SELF_COMPLETED),
        *(terms.ASKED_WHEN, terms.AGE_MONTHS, terms.ASKED_OF, terms.SENSITIVE_SET),
        *(addresses.VARIABLE, addresses.CONSTRAINT, addresses.TARGET_CONSTRAINT),
    }
)
BY_ITEM = frozenset(
    {
        *(terms.ITEM_CONTROL, terms.HIDDEN, terms.MIN_OCCURS, terms.MAX_OCCURS, terms.UNIT, terms.SCORE),
        *(terms.MIN_VALUE, terms.MAX_VALUE, terms.MIN_LENGTH, terms.MAX_DECIMAL_PLACES, terms.REGEX),
        *(terms.ENTRY_FORMAT, addresses.VARIABLE, addresses.CALCULATED, addresses.ENABLING, addresses.INITIAL),
        *(addresses.CONSTRAINT, addresses.TARGET_CONSTRAINT, addresses.ORIENTATION),
        *(addresses.SLIDER_STEP, addresses.SUPPORT_LINK, addresses.SHORT_TEXT, addresses.USAGE),
        *(addresses.UNIT_OPTION, addresses.UNIT_VALUE_SET, addresses.MIN_QUANTITY, addresses.MAX_QUANTITY),
        *(addresses.MIME_TYPE, addresses.MAX_SIZE),
    }
)
BY_WORDS = frozenset(
    {addresses.WORDS, addresses.TRANSLATION, addresses.MARKDOWN, addresses.XHTML, addresses.SHORT_TEXT}
)
BY_OPTION = frozenset({terms.OPTION_EXCLUSIVE, addresses.OPTION_PREFIX, addresses.TRANSLATION, *addresses.WEIGHTS})

# A set that leaves its questions to another one would be asked with a hole in it.
REFUSED = frozenset({f"{SDC}/sdc-questionnaire-subQuestionnaire"})

# Named with a code of their own, since an author will ask about them.
INERT_BY_NAME = {
    f"{SDC}/sdc-questionnaire-answerExpression": "answer-expression",
    f"{SDC}/sdc-questionnaire-candidateExpression": "answer-expression",
    f"{SDC}/sdc-questionnaire-answerOptionsToggleExpression": "options-toggle",
    f"{SDC}/sdc-questionnaire-itemPopulationContext": "population",
    f"{SDC}/sdc-questionnaire-observationExtract": "extraction",
    f"{SDC}/sdc-questionnaire-itemExtractionContext": "extraction",
    f"{SDC}/sdc-questionnaire-templateExtract": "extraction",
    f"{SDC}/sdc-questionnaire-definitionExtract": "extraction",
    f"{SDC}/sdc-questionnaire-definitionExtractValue": "extraction",
    f"{HL7}/cqf-library": "library",
    f"{HL7}/preferredTerminologyServer": "terminology",
    f"{SDC}/sdc-questionnaire-preferredTerminologyServer": "terminology",
    f"{HL7}/terminology-server": "terminology",
}

# A named calculation of the whole set is a variable by another name.
NAMED = frozenset({addresses.CALCULATED, addresses.INITIAL})

# These groups are asked one prompt below another instead of side by side.
SHOWN_PLAINLY = frozenset({"grid", "table", "gtable", "htable", "atable"})

# Resources that a set may want to be given when it is begun.
GIVEN = frozenset({"patient", "user", "encounter", "practitioner"})
