"""The official FHIRPath R4 suite: what each test states, and whether the answer of an engine is that."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from homevisit.prompts import fhir_json
from homevisit.prompts.expressions.compiling import Compiled, ExpressionFault, ExpressionRefused, compiled

NOW = datetime.fromisoformat("2026-02-03T10:11:12.345+00:00")
Asked = Callable[[Compiled, object, dict[str, object]], tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Stated:
    """``invalid`` is empty, or the kind of error that is expected."""

    expression: str
    resource: Path
    invalid: str
    predicate: bool
    outputs: tuple[tuple[str, str], ...]


def official_tests(folder: Path) -> Iterator[Stated]:
    for each in json.loads((folder / "tests-fhir-r4.json").read_text(encoding="utf-8")):
        resource = folder / str(each["file"] or "patient-example.xml").replace(".xml", ".json")
        outputs = tuple((kind, text) for kind, text in each["outs"])
        yield Stated(each["expr"], resource, each["inv"] or "", each["pred"], outputs)


def agrees(stated: Stated, ask: Asked) -> bool:
    """Whether the answer, refusal or fault is the one that the suite states."""
    resource = resource_of(stated.resource)
    try:
        found = ask(compiled(stated.expression), resource, {"resource": resource, "now": NOW})
    except (ExpressionRefused, ExpressionFault):
        return bool(stated.invalid)
    if stated.invalid:
        return False
    if stated.predicate:
        found = (found != (False,) if len(found) == 1 else bool(found),)
    return len(found) == len(stated.outputs) and all(map(_is, found, stated.outputs))


@lru_cache(maxsize=20)
def resource_of(path: Path) -> dict[str, object]:
    return dict(fhir_json.plain(json.loads(path.read_text(encoding="utf-8"))))


def _is(value: object, stated: tuple[str, str]) -> bool:
    kind, text = stated
    if isinstance(value, bool):
        return text == str(value).lower()
    if isinstance(value, int | Decimal):
        return kind in ("integer", "decimal", None) and Decimal(text) == value
    if isinstance(value, dict):
        unit = value.get("unit") or value.get("code")
        return kind == "Quantity" and text.replace("'", "") == f"{value.get('value')} {unit}"
    return str(value) == (text if kind in ("string", "code", "id", "uri") else text.lstrip("@").lstrip("T"))
