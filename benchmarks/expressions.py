"""Expressions: loading the reference engine, checking an expression, and values over a hundred answers both ways."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._figures import median, report
from benchmarks._programs import ROOT, environment
from homevisit.prompts.expressions import embedded
from homevisit.prompts.expressions.compiling import compiled

ROUNDS = 25
QUESTIONS = 100
GROUP = "%resource.item.where(linkId='g')"
EXPRESSIONS = {
    "sum of scores": f"{GROUP}.item.where(linkId.startsWith('q')).answer.value.ordinal().sum()",
    "sum of ten picked": " + ".join(f"%resource.descendants().where(linkId='n{i}').answer.value" for i in range(10)),
    "how many": f"{GROUP}.item.answer.value.count() > 9 and {GROUP}.item.where(linkId='q3').answer.exists()",
    "one answer": f"{GROUP}.item.where(linkId='q7').answer.value.code = 'c1'",
}


def main() -> None:
    """Print processor time, so that another program on the machine does not count."""
    report("importing the door to expressions", _importing(), "ms", limit=30)
    report("the reference engine: loaded once", _timed(lambda: embedded.shared().values(_question("true"))), "ms")
    for name, text in EXPRESSIONS.items():
        _both_ways(name, text, _world())


def _both_ways(name: str, text: str, world: dict[str, object]) -> None:
    report(f"{name}: checked and compiled", _median(lambda: compiled.__wrapped__(text)), "ms", limit=12)
    expression, node = compiled(text), world["resource"]
    if expression.values(node, world) != expression.reference(node, world):
        raise SystemExit(f"{name}: the two ways differ")
    native = _median(lambda: expression.values(node, world))
    reference = _median(lambda: expression.reference(node, world))
    report(f"{name}: native", native, "ms", limit=5)
    report(f"{name}: reference engine", reference, "ms")
    report(f"{name}: reference engine / native", reference / native, "times")


def _importing() -> float:
    """What a fresh interpreter needs for it beyond what the program has loaded anyway."""
    program = (
        "import json, decimal, datetime, dataclasses, concurrent.futures.thread, resources, time\n"
        "from homevisit.prompts import fhir_json\nstart = time.process_time()\n"
        "import homevisit.prompts.expressions.compiling\nprint(time.process_time() - start)"
    )
    command = [sys.executable, "-c", program]
    runs = [subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, check=True) for _ in range(6)]
    return min(float(run.stdout) for run in runs) * 1000


def _question(text: str) -> embedded.Question:
    response = {"resourceType": "QuestionnaireResponse"}
    return embedded.Question(text, response, {"resource": response}, frozenset(), with_questionnaire=False)


def _world() -> dict[str, object]:
    url = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
    options = [
        {"valueCoding": {"system": "s", "code": f"c{score}"}, "extension": [{"url": url, "valueDecimal": str(score)}]}
        for score in range(5)
    ]
    choices = [{"linkId": f"q{i}", "type": "choice", "answerOption": options} for i in range(QUESTIONS)]
    numbers = [{"linkId": f"n{i}", "type": "decimal"} for i in range(10)]
    form = {"resourceType": "Questionnaire", "item": [{"linkId": "g", "type": "group", "item": choices}, *numbers]}
    chosen = [
        {"linkId": f"q{i}", "answer": [{"valueCoding": {"system": "s", "code": f"c{i % 5}"}}]} for i in range(QUESTIONS)
    ]
    written = [{"linkId": f"n{i}", "answer": [{"valueDecimal": f"{i}.25"}]} for i in range(10)]
    response = {"resourceType": "QuestionnaireResponse", "item": [{"linkId": "g", "item": chosen}, *written]}
    return {"resource": response, "questionnaire": form, "now": datetime(2026, 2, 3, tzinfo=UTC)}


def _median(work: Callable[[], object]) -> float:
    work()
    return median([_timed(work) for _ in range(ROUNDS)])


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    main()
