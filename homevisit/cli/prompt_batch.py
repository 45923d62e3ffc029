"""``prompts evaluate --batch``: cases in, results out, one JSON object a line, so that engines can be compared."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from homevisit.cli.call import DONE, UsageError
from homevisit.cli.prompts import moment, read
from homevisit.domain.canonical import JsonObject
from homevisit.errors import HomeVisitError
from homevisit.prompts import fhir_json
from homevisit.prompts.evaluate import Context
from homevisit.prompts.items import Verdict
from homevisit.prompts.judged import judged
from homevisit.prompts.questionnaire import Questionnaire, load

MOST_KEPT = 8
Loader = Callable[[str], Questionnaire]


def run_batch(cases: Path, root: Path) -> int:
    """Write a result for every case, also where the set is refused: its faults are named in the line then."""

    @lru_cache(MOST_KEPT)
    def loaded(name: str) -> Questionnaire:
        return load(read(root / name))

    for number, case in _cases(cases):
        name = case.get("questionnaire")
        if not isinstance(name, str) or not name:
            raise UsageError(f"line {number} of the cases names no questionnaire.")
        line = {"questionnaire": name, "case": case.get("case"), **_result(loaded, name, case)}
        sys.stdout.write(json.dumps(line) + "\n")
    return DONE


def _cases(path: Path) -> Iterator[tuple[int, JsonObject]]:
    text = read(path).decode("utf-8-sig", "replace")
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield number, fhir_json.parse(line)
        except HomeVisitError:
            raise UsageError(f"line {number} of the cases is no JSON object.") from None


def _result(loaded: Loader, name: str, case: JsonObject) -> JsonObject:
    try:
        questionnaire = loaded(name)
    except HomeVisitError as error:
        return {"refused": [error.code]}
    response, now = case.get("response"), case.get("now")
    context = Context(now=moment(now) if isinstance(now, str) else None)
    line = judged(questionnaire, response if isinstance(response, dict) else None, context)
    refused = sorted({fault.code for fault in questionnaire.faults if fault.verdict is Verdict.REFUSED})
    return {**line, **({"refused": refused} if refused else {})}
