"""Long prompt sets for the benchmark of pages: the public one of 300 choices, and a made-up one of 800 items."""

from __future__ import annotations

import os
from pathlib import Path

from homevisit.domain.canonical import JsonObject
from homevisit.prompts.questionnaire import Questionnaire, load

_CONTROL = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl"
_KINDS = ("choice", "text", "boolean", "choice", "date", "integer", "choice", "string", "display", "quantity")


def public_form() -> Questionnaire | None:
    """300 choices, 60 skip rules and 12 sums; None where the public material is not at hand."""
    root = os.environ.get("HOMEVISIT_CONFORMANCE") or Path(__file__).resolve().parents[2] / "shared" / "fhir"
    path = Path(root) / "perf" / "q300.json"
    return load(path.read_bytes()) if path.is_file() else None


def made_up_form(count: int = 800) -> Questionnaire:
    """Items of every common kind in sections of twenty; every tenth is shown only after a "yes"."""
    items = [_item(number) for number in range(count)]
    sections: list[JsonObject] = [
        {"linkId": f"s{at}", "type": "group", "text": f"Section {at // 20 + 1}", "item": items[at : at + 20]}
        for at in range(0, count, 20)
    ]
    return load(
        {"resourceType": "Questionnaire", "url": "urn:homevisit:long", "title": "A long form", "item": sections}
    )


def _item(number: int) -> JsonObject:
    kind = _KINDS[number % len(_KINDS)]
    item: JsonObject = {"linkId": f"i{number}", "type": kind, "text": _words(number)}
    if kind == "choice":
        names = ("never", "sometimes", "often", "most of the time", "always")
        item["answerOption"] = [
            {"valueCoding": {"system": "urn:x", "code": str(n), "display": d}} for n, d in enumerate(names)
        ]
    if number % 10 == 7:
        item["enableWhen"] = [{"question": f"i{number - 5}", "operator": "=", "answerBoolean": True}]
    return item


def _words(number: int) -> str:
    more = " What did you see, and what did she say about it?" if number % 3 else ""
    return f"Prompt {number + 1} of this long form.{more}"
