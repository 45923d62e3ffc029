"""Made-up responses and expressions of the native subset, for comparing the two ways of evaluating them."""

from __future__ import annotations

from hypothesis import strategies as st

LINKS = ("a", "b", "c", "g", "n")
CODING = {"system": "s", "code": "x", "display": "Ex"}
OTHER = {"system": "s", "code": "y"}
SCORE = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
FORM = {
    "resourceType": "Questionnaire",
    "item": [
        {
            "linkId": link,
            "type": "choice",
            "answerOption": [
                {"valueCoding": CODING, "extension": [{"url": SCORE, "valueDecimal": "1.5"}]},
                {"valueCoding": OTHER, "extension": [{"url": SCORE, "valueDecimal": "2"}]},
                {"valueInteger": 2, "extension": [{"url": SCORE, "valueDecimal": "3"}]},
            ],
            "item": [{"linkId": f"{link}.1", "type": "choice"}],
        }
        for link in LINKS
    ],
}

PATIENT = {
    "resourceType": "Patient",
    "active": True,
    "name": [{"use": "official", "family": "Grey", "given": ["Ann", "Bea"]}, {"use": "maiden", "family": "Fog"}],
    "birthDate": "1990-05-17",
    "address": [{"city": "Town"}],
    "multipleBirthInteger": 2,
}

_numbers = st.sampled_from(("0", "1", "1.10", "2.5", "-3", "0.1", "70.123456789", "100", "1000000", "0.000001"))
_answers = st.one_of(
    st.builds(lambda value: {"valueDecimal": value}, _numbers),
    st.builds(lambda value: {"valueInteger": value}, st.sampled_from((0, 1, 2, 7, -4, 120))),
    st.builds(lambda value: {"valueBoolean": value}, st.booleans()),
    st.builds(
        lambda value: {"valueString": value}, st.sampled_from(("", "x", "Ab c", "12", "1.5", "Zoë", "2020-01-01"))
    ),
    st.builds(
        lambda value: {"valueDate": value},
        st.sampled_from(("2020-01-31", "2020", "2024-02-29", "2026-01-02", "0999-12-31")),
    ),
    st.sampled_from(({"valueCoding": CODING}, {"valueCoding": OTHER}, {})),
    st.sampled_from(
        (
            {"valueQuantity": {"value": "3.50", "unit": "kg"}},
            {"valueQuantity": {"value": "2", "code": "cm", "system": "http://unitsofmeasure.org"}},
            {"valueTime": "10:30:00"},
            {"valueDateTime": "2020-01-31T10:00:00Z"},
            {"valueUri": "urn:x"},
            {"valueReference": {"reference": "Patient/1", "display": "x"}},
            {"valueString": "y", "extension": [{"url": "urn:e", "valueCode": "z"}]},
            {"valueString": "z", "_valueString": {"id": "i"}},
        )
    ),
)
_leaves = st.builds(
    lambda link, answers: {"linkId": link, "answer": answers},
    st.sampled_from(LINKS),
    st.lists(_answers, min_size=1, max_size=2),
)


def _grouped(items: st.SearchStrategy[dict[str, object]]) -> st.SearchStrategy[dict[str, object]]:
    below = st.lists(items, min_size=1, max_size=3)
    groups = st.builds(lambda link, item: {"linkId": link, "item": item}, st.sampled_from(LINKS), below)
    under = st.builds(
        lambda link, answer, item: {"linkId": link, "answer": [{**answer, "item": item}]},
        st.sampled_from(LINKS),
        _answers,
        below,
    )
    return groups | under


responses = st.builds(
    lambda items: {"resourceType": "QuestionnaireResponse", "item": items},
    st.lists(st.recursive(_leaves, _grouped, max_leaves=4), max_size=4),
)

# What a file from elsewhere may hold: right names with anything behind them.
_scraps = st.sampled_from((None, True, 0, -1, 1.5, "x", "NaN", "1e400", "2020-01-01", "", [], {}))
_keys = st.sampled_from(("value", "code", "valueDecimal", "linkId", "item", "answer", "valueInteger"))
_junk = st.recursive(
    _scraps, lambda below: st.lists(below, max_size=2) | st.dictionaries(_keys, below, max_size=2), max_leaves=3
)
_odd_keys = ("valueDecimal", "valueInteger", "valueCoding", "valueDate", "valueQuantity", "_valueString", "extension")
_odd_answers = st.lists(st.dictionaries(st.sampled_from(_odd_keys), _junk, max_size=2) | _junk, max_size=2)
_odd_items = st.fixed_dictionaries(
    {"linkId": st.sampled_from(LINKS) | _junk}, optional={"answer": _odd_answers | _junk, "item": _junk}
)
odd_responses = st.builds(
    lambda items: {"resourceType": "QuestionnaireResponse", "item": items},
    st.lists(_odd_items | _junk, max_size=4) | _junk,
)
_odd_options = st.dictionaries(st.sampled_from(("valueCoding", "valueInteger", "extension")), _junk, max_size=2)
_odd_form_items = st.fixed_dictionaries(
    {"linkId": st.sampled_from(LINKS) | _junk},
    optional={"answerOption": st.lists(_odd_options, max_size=2) | _junk, "item": _junk},
)
odd_forms = st.builds(
    lambda items: {"resourceType": "Questionnaire", "item": items}, st.lists(_odd_form_items, max_size=4) | _junk
)

_links = st.sampled_from(LINKS)
_starts = st.one_of(
    _links.map(lambda link: f"%resource.item.where(linkId='{link}')"),
    _links.map(lambda link: f"%resource.descendants().where(linkId = '{link}')"),
    _links.map(lambda link: f"%resource.repeat(item).where(linkId='{link}')"),
    st.sampled_from(
        ("item", "%context.item", "%resource.item", "repeat(item)", "%resource.repeat(item | answer.item)")
    ),
    st.sampled_from(("QuestionnaireResponse.item", "item.where(linkId.startsWith('a') or linkId = 'b')")),
)
_steps = st.sampled_from(
    (
        ".answer.value",
        ".answer.value.code",
        ".answer.first().value",
        ".answer.value.ordinal()",
        ".answer.valueDecimal",
        ".answer.value.value",
        ".answer.value.unit",
        ".answer.valueString",
        ".answer.value.reference",
        ".answer.extension.value",
        ".answer.where(value.exists()).value",
        ".answer.select(value)",
        ".item.answer.value",
        ".answer[0].value",
        ".linkId",
        "",
    )
)
_elsewhere = st.sampled_from(
    (
        "%questionnaire.item.where(linkId='a').answerOption.valueCoding",
        "%questionnaire.item.where(linkId = 'b').answerOption.where(valueCoding.code='x').extension.valueDecimal",
        "%questionnaire.item.answerOption.value",
        "%questionnaire.repeat(item).linkId",
        "%questionnaire.item[0].answerOption.extension.where(url='http://hl7.org/fhir/StructureDefinition/ordinalValue').value",
        "%patient.name.given",
        "%patient.name.where(use='official').family",
        "%patient.birthDate",
        "%patient.address.city",
        "%patient.active",
        "%patient.multipleBirth",
        "%coding",
        "%coding.code",
        "%coding.display",
        "%picked.answer.value",
        "%picked.item.linkId",
        "%picked",
        "today()",
        "today() - 18 years",
        "(today() - 1 month - 400 days)",
        "(%patient.birthDate + 11 months)",
        "(%resource.descendants().where(linkId='a').answer.value - 3 weeks)",
        "today().toString()",
    )
)
_paths = st.builds(lambda start, step: start + step, _starts, _steps) | _elsewhere
_literals = st.sampled_from(
    ("1", "2", "0", "1.10", "0.5", "7.0", "-3", "'x'", "''", "'12'", "'Ab c'", "true", "false", "{}", "%v", "%nothing")
)
_FUNCTIONS = (
    "count() exists() empty() not() sum() first() last() tail() min() max() avg() distinct() single() toInteger() "
    "toDecimal() toString() lower() upper() length() round(1) round() abs() ceiling() floor() truncate() "
    "startsWith('A') endsWith('c') contains('b') substring(1) substring(0,2) join('-') take(1) skip(1) power(2) "
    "allTrue() anyTrue() allFalse() anyFalse() combine(1) exists($this=1) all($this.exists()) where($this!='x') "
    "select($this) aggregate($this+$total,0) union('x') where($this>1) select($this*2)"
)
_OPERATORS = "+ - * / div mod & = != < > <= >= and or xor implies in contains |"
_functions = st.sampled_from(_FUNCTIONS.split())
_operators = st.sampled_from(_OPERATORS.split())


def _larger(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds(lambda base, function: f"({base}).{function}", parts, _functions),
        st.builds(lambda left, operator, right: f"({left} {operator} {right})", parts, _operators, parts),
        st.builds(lambda test, first, second: f"iif({test}, {first}, {second})", parts, parts, parts),
        st.builds(lambda base: f"({base})[0]", parts),
        st.builds(lambda operand: f"(-{operand})", parts),
    )


# Without parentheses, for what binds tighter than what.
_few = st.sampled_from(("1", "2", "3.5", "true", "false", "{}", "'a'", "-1", "%v", "item.count()", "(1 | 2)"))
_flat = st.builds(
    lambda first, rest: " ".join((first, *(part for pair in rest for part in pair))),
    _few,
    st.lists(st.tuples(_operators, _few), min_size=1, max_size=5),
)
expressions = st.recursive(_paths | _literals, _larger, max_leaves=6) | _flat
