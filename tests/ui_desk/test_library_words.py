"""Whatever the engine names when it loads a set has words in the Library."""

from __future__ import annotations

import re
from pathlib import Path

import homevisit.prompts
from homevisit.prompts.items import Fault, Verdict
from homevisit.prompts.supported import INERT_BY_NAME
from ui.views.library_words import fault_words

NAMED = re.compile(
    r'(?:_refused|_inert|_noted)\("([a-z-]+)"|Verdict\.[A-Z]+, "([a-z-]+)"|"(expression-[a-z]+|regex-[a-z-]+)"'
)


def codes() -> set[str]:
    sources = (path.read_text(encoding="utf-8") for path in Path(homevisit.prompts.__path__[0]).glob("*.py"))
    found = {"".join(groups) for source in sources for groups in NAMED.findall(source)}
    return found | set(INERT_BY_NAME.values()) | {"link-repeated", "expression-syntax", "expression-not-proven"}


def test_every_fault_has_words_of_its_own() -> None:
    unknown = [code for code in sorted(codes()) if f"({code})" in fault_words(Fault(Verdict.INERT, code))]
    assert len(codes()) > 20
    assert unknown == []


def test_a_fault_says_where_and_which() -> None:
    fault = Fault(Verdict.REFUSED, "type", "q.7", "attachment")
    assert fault_words(fault) == "a kind of prompt that Homevisit does not have at “q.7” (attachment)"
