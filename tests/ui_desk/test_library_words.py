"""What the engine names when it loads a set is said in the Library with its place."""

from __future__ import annotations

from homevisit.prompts.items import Fault, Verdict
from ui.views.library_words import fault_words, verdict_words


def test_a_fault_says_where_what_and_which() -> None:
    said = fault_words(Fault(Verdict.INERT, "type", "q.7", "attachment"))
    assert said.startswith("“q.7”: ")
    assert said.endswith("(attachment)")


def test_the_verdict_is_one_sentence() -> None:
    assert verdict_words(()) == "Everything in it works."
    assert verdict_words(None).startswith("Homevisit is looking")
    kinds = {kind: verdict_words([Fault(kind, "type")]) for kind in Verdict}
    assert len(set(kinds.values())) == len(Verdict)
