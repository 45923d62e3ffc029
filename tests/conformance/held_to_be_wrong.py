"""Public cases that this project holds to be wrong, each with the sentence of the specification that says so."""

from __future__ import annotations

# (questionnaire, case): why. Empty: every case of the two engines' agreement is met.
CASES: dict[tuple[str, str], str] = {}

# Marked ``disputed`` in the data itself. R4, Questionnaire.item.enableWhen.operator "!=": "True if whether at least no
# answer has a value that is equal to the enableWhen answer": true where nothing is answered, false where one of several
# answers equals.
ANDROID = (
    "android-enablement/evaluate_expectAnswerNotEqualToValue_noAnswer_shouldReturnFalse",
    "android-enablement/evaluate_expectAnswerNotEqualToValue_someAnswerNotEqualToValue_shouldReturnTrue",
)
