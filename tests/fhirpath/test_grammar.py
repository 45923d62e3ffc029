"""The parser accepts what the reference engine's own parser accepts, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import _quickjs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from homevisit.prompts.expressions.parsing import parsed
from homevisit.prompts.expressions.refusals import ExpressionRefused
from tests.fhirpath.made_up import expressions

SIGNS = list(".()[]'`%$@+-*/=<>|&, {}:!~1aL\"#\\\n")
edits = st.lists(st.tuples(st.floats(0, 0.999), st.sampled_from(["", *SIGNS])), max_size=2)
SPECIAL = (
    "@2020-01-31T10:00 + 4 days",
    "%`a b`.is(FHIR.Patient) as Quantity",
    "$this is System.String or $index = $total",
    "/* a */ 1 // b",
    "`div`.contains.as(x)[0]",
    "1L + 2 'mg' > 007",
)


@pytest.fixture(scope="module")
def accepts() -> Callable[[str], bool]:
    context = _quickjs.Context()
    context.set_max_stack_size(8 * 1024 * 1024)
    context.eval(resources.read_text("fhirpath/fhirpath.js"))
    quiet = "globalThis.console = { log() {}, warn() {}, error() {} };"
    attempt = "(text) => { try { fhirpathParts.fhirpath.parse(text); return true; } catch { return false; } }"
    function = context.eval(quiet + attempt)
    return lambda text: bool(function(text))


@given(text=expressions | st.sampled_from(SPECIAL), changes=edits)
def test_both_parsers_accept_the_same(
    accepts: Callable[[str], bool], text: str, changes: list[tuple[float, str]]
) -> None:
    for share, sign in changes:
        place = int(share * len(text))
        text = text[:place] + sign + text[place + (not sign) :]
    try:
        parsed(text)
    except ExpressionRefused as refused:
        if refused.code == "syntax":
            assert not accepts(text)
        return
    assert accepts(text)
