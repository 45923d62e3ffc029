"""The FHIR Questionnaire engine: prompt sets, their evaluation, what is answered and what it means. No Qt here."""

from __future__ import annotations
