"""What is refused when a set is loaded, and what an expression says of itself."""

from __future__ import annotations

import pytest

from homevisit.prompts.expressions.compiling import ExpressionRefused, Reach, compiled


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 +",
        "item.where(",
        "item.where(linkId = 'a'",
        "item..answer",
        "'open",
        'iif(true, "double", 1)',
        "item[0",
        "%",
        "1 2",
        "a.day",
        "item.where(linkId = 'a',)",
        "#",
    ],
)
def test_what_is_no_expression_is_refused_as_such(text: str) -> None:
    with pytest.raises(ExpressionRefused) as refused:
        compiled(text)
    assert refused.value.code == "syntax"
    assert refused.value.why


@pytest.mark.parametrize(
    "text",
    [
        "%resource.subject.resolve().name",
        "answer.value.memberOf('http://example.org/vs')",
        "%terminologies.expand('x')",
        "item.where(answer.value.subsumes(%x)).exists()",
        "conformsTo('http://hl7.org/fhir/StructureDefinition/Patient')",
    ],
)
def test_what_needs_a_network_is_refused_as_offline(text: str) -> None:
    with pytest.raises(ExpressionRefused) as refused:
        compiled(text)
    assert refused.value.code == "offline"


@pytest.mark.parametrize(
    "text",
    [
        "item.frobnicate()",
        "item.count(1)",
        "iif(true)",
        "'a'.substring()",
        "%sct",
        "Coding { code: 'x' }",
        "item.sort(linkId desc)",
        "(1 | 2).select((-$this) + $this)",
        "(1 | 2).select(-iif(true, $this))",
        "(" * 400 + "1" + ")" * 400,
        "1 + " * 20_000 + "1",
    ],
)
def test_what_the_reference_engine_lacks_or_answers_with_nothing_is_refused(text: str) -> None:
    with pytest.raises(ExpressionRefused) as refused:
        compiled(text)
    assert refused.value.code == "not-proven"


def test_a_long_sum_is_no_deep_nesting() -> None:
    response = {"resourceType": "QuestionnaireResponse"}
    assert compiled(" + ".join(["1"] * 700)).values(response, {"resource": response}) == (700,)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("%a + %b.c", {"a", "b"}),
        ("%resource.item | %context.item | %questionnaire.item | %qitem.item", set()),
        ("%'quoted name' & %`another`", {"quoted name", "another"}),
        ("defineVariable('x', 1).select(%x + %y)", {"y"}),
        ("%calc-age", {"calc"}),
    ],
)
def test_it_names_the_variables_it_needs(text: str, names: set[str]) -> None:
    assert compiled(text).names == names


PICKED = "%resource.item.where(linkId = 'g').item.where(linkId = 'a')"


@pytest.mark.parametrize(
    ("text", "links", "branches"),
    [
        (f"{PICKED}.answer.value", {"a"}, set()),
        (f"{PICKED}.answer.value.code = 'x' and item.where(linkId='b').exists()", {"a", "b"}, set()),
        ("%resource.descendants().where(linkId='a' or linkId='b').answer.value.sum()", {"a", "b"}, set()),
        ("%resource.repeat(item).where(linkId='a' and answer.exists()).answer.value", {"a"}, set()),
        ("iif(%v, item.where(linkId='a').answer.value, {})", {"a"}, set()),
        ("item.where(linkId='g').item.where(linkId.startsWith('q')).answer.value.ordinal().sum()", set(), {"g"}),
        ("item.where(linkId='g')", set(), {"g"}),
        ("today() - 1 year", set(), set()),
        ("%patient.birthDate", set(), set()),
        ("%questionnaire.item.where(linkId='a').answerOption", set(), set()),
        ("item.where(linkId='a').answer.select(value as Quantity).value", {"a"}, set()),
        ("item.where(linkId='a').answer.value.ofType(Coding).code", {"a"}, set()),
    ],
)
def test_it_knows_which_answers_it_can_see(text: str, links: set[str], branches: set[str]) -> None:
    assert compiled(text).reach == Reach(frozenset(links), frozenset(branches))
    assert compiled(text).reads == (None if branches else links)


@pytest.mark.parametrize(
    "text", ["item.answer.value", "answer.value", "%resource.descendants().count()", "%resource.item[1].answer.value"]
)
def test_what_can_see_anything_says_so(text: str) -> None:
    assert compiled(text).reach is None
    assert compiled(text).reads is None
