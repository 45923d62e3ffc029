"""Web addresses of HL7 extensions for expressions, appearance, units and translations, beside those in ``terms``."""

from __future__ import annotations

from homevisit.prompts.terms import BASE, HL7, SDC

OVERRIDDEN = f"{BASE}/StructureDefinition/overridden"

VARIABLE = f"{HL7}/variable"
CALCULATED = f"{SDC}/sdc-questionnaire-calculatedExpression"
ENABLING = f"{SDC}/sdc-questionnaire-enableWhenExpression"
INITIAL = f"{SDC}/sdc-questionnaire-initialExpression"
WORDS = f"{HL7}/cqf-expression"
CALCULATED_VALUE = f"{HL7}/cqf-calculatedValue"
CONSTRAINT = f"{HL7}/questionnaire-constraint"
TARGET_CONSTRAINT = f"{HL7}/targetConstraint"
LAUNCH_CONTEXT = f"{SDC}/sdc-questionnaire-launchContext"
POPULATION_CONTEXT = f"{SDC}/sdc-questionnaire-itemPopulationContext"

TRANSLATION = f"{HL7}/translation"
MARKDOWN = f"{HL7}/rendering-markdown"
XHTML = f"{HL7}/rendering-xhtml"
ORIENTATION = f"{HL7}/questionnaire-choiceOrientation"
SLIDER_STEP = f"{HL7}/questionnaire-sliderStepValue"
OPTION_PREFIX = f"{HL7}/questionnaire-optionPrefix"
SUPPORT_LINK = f"{HL7}/questionnaire-supportLink"
SHORT_TEXT = f"{SDC}/sdc-questionnaire-shortText"
USAGE = f"{HL7}/questionnaire-usageMode"
UNIT_OPTION = f"{HL7}/questionnaire-unitOption"
UNIT_VALUE_SET = f"{HL7}/questionnaire-unitValueSet"
MIN_QUANTITY = f"{SDC}/sdc-questionnaire-minQuantity"
MAX_QUANTITY = f"{SDC}/sdc-questionnaire-maxQuantity"
MIME_TYPE = f"{HL7}/mimeType"
MAX_SIZE = f"{HL7}/maxSize"
WEIGHTS = (f"{HL7}/ordinalValue", f"{HL7}/itemWeight", f"{HL7}/questionnaire-ordinalValue")
EXPANSION_PROPERTY = "http://hl7.org/fhir/5.0/StructureDefinition/extension-ValueSet.expansion.contains.property"

FHIRPATH = "text/fhirpath"
FHIR_QUERY = "application/x-fhir-query"
