"""What the differential tests ask: every expression of the public questionnaires, on stored and on made-up answers."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from homevisit.prompts import fhir_json
from homevisit.prompts.expressions.compiling import Compiled, ExpressionFault, ExpressionRefused, compiled

Json = dict[str, object]
Steps = tuple[tuple[str, int], ...]
NOW = datetime.fromisoformat("2026-02-03T10:11:12.345+00:00")
VARIABLE = "http://hl7.org/fhir/StructureDefinition/variable"
PATIENT: Json = {
    "resourceType": "Patient",
    "id": "p1",
    "gender": "female",
    "birthDate": "1990-05-17",
    "name": [{"use": "official", "family": "Grey", "given": ["Ann", "Bea"]}, {"use": "maiden", "family": "Fog"}],
    "telecom": [{"system": "phone", "use": "home", "value": "999"}, {"system": "email", "value": "a@example.org"}],
    "address": [{"use": "home", "line": ["1 Some Street"], "city": "Town", "postalCode": "ZZ99 3AA"}],
    "contact": [{"relationship": [{"text": "aunt"}], "name": {"given": ["Cy"]}}],
    "maritalStatus": {"coding": [{"system": "s", "code": "M"}]},
}
USER: Json = {"resourceType": "Practitioner", "id": "u1", "name": [{"family": "Hill", "given": ["Dee"]}]}
GIVEN: dict[str, Json] = {"patient": PATIENT, "Patient": PATIENT, "user": USER, "Practitioner": USER}


@dataclass(frozen=True, slots=True)
class Step:
    """One expression on one place of the response; with a name its values become a variable for those after it."""

    text: str
    name: str
    focus: Steps


@dataclass(frozen=True, slots=True)
class Job:
    """A questionnaire, a response, and the expressions to ask of it in order."""

    title: str
    questionnaire: Json = field(repr=False)
    response: Json = field(repr=False)
    steps: tuple[Step, ...] = field(repr=False)

    def line(self) -> str:
        """For Node: numbers are JSON numbers there, as in any file."""
        given = {**dict.fromkeys(unknown(self), ()), **GIVEN}
        steps = [{"text": step.text, "name": step.name, "focus": step.focus} for step in self.steps]
        now = int(NOW.timestamp() * 1000)
        whole = {"resource": self.response, "questionnaire": self.questionnaire, "variables": given}
        return json.dumps({**whole, "steps": steps, "now": now})


def environment(job: Job) -> dict[str, object]:
    """As the program has it: decimals are texts."""
    given = {**dict.fromkeys(unknown(job), ()), **{name: (value,) for name, value in GIVEN.items()}}
    response, questionnaire = fhir_json.plain(job.response), fhir_json.plain(job.questionnaire)
    return {"resource": response, "questionnaire": questionnaire, "now": NOW, **given}


def unknown(job: Job) -> set[str]:
    """Variables that nobody here defines: they are empty, as the program has it for what it does not know."""
    return {name for step in job.steps for name in names_of(step.text)} - {step.name for step in job.steps}


@lru_cache(maxsize=2000)
def names_of(text: str) -> frozenset[str]:
    try:
        return compiled(text).names
    except ExpressionRefused:
        return frozenset()


def ask(job: Job, *, only_reference: bool) -> list[object]:
    """Our answers to all steps; a refusal or a fault stands for itself."""
    world = environment(job)
    found: list[object] = []
    for step in job.steps:
        values = _asked(step, world, only_reference=only_reference)
        if step.name and isinstance(values, tuple):
            world[step.name] = values
        found.append(values)
    return found


def _asked(step: Step, world: Mapping[str, object], *, only_reference: bool) -> object:
    try:
        expression: Compiled = compiled(step.text)
        ask_it = expression.reference if only_reference else expression.values
        return ask_it(focus_of(world["resource"], step.focus), world)
    except ExpressionRefused as refused:
        return f"refused: {refused.code}"
    except ExpressionFault as fault:
        return f"fault: {fault.code}"


def focus_of(response: object, steps: Steps) -> object:
    found = response
    for key, index in steps:
        found = found[key][index]  # type: ignore[index]
    return found


def public_jobs(folder: Path, *, made_up: int, stored: int) -> Iterator[Job]:
    """Jobs for each public questionnaire that has expressions."""
    for path in sorted((folder / "questionnaires").glob("*.json")) + sorted((folder / "perf").glob("*.json")):
        yield from jobs_of(path.stem, _read(path), _stored(folder, path)[:stored], made_up=made_up)


def jobs_of(title: str, questionnaire: Json, responses: Sequence[Json] = (), *, made_up: int) -> Iterator[Job]:
    """The expressions of a questionnaire, if it has any, on the given and on made-up responses."""
    if any(_expressions(questionnaire)):
        made = (_made_up(questionnaire, seed) for seed in range(made_up))
        for number, response in enumerate((*responses, *made)):
            yield Job(f"{title} {number}", questionnaire, response, _steps(questionnaire, response))


@lru_cache(maxsize=200)
def _read(path: Path) -> Json:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def _stored(folder: Path, path: Path) -> list[Json]:
    expected = folder / "expected" / f"{path.stem}.expected.json"
    cases = _read(expected)["cases"] if expected.exists() else []
    return [case["response"] for case in cases if case["response"]]  # type: ignore[attr-defined]


def _expressions(value: object, link: str = "") -> Iterator[tuple[str, str, str]]:
    """Every FHIRPath expression in a questionnaire: text, the variable it makes, and the item it stands on."""
    if isinstance(value, dict):
        link = str(value.get("linkId", link))
        if value.get("language") == "text/fhirpath" and isinstance(value.get("expression"), str):
            yield value["expression"], "", link
        for key, below in value.items():
            if key == "extension":
                yield from _of_extensions(below, link)
            else:
                yield from _expressions(below, link)
    elif isinstance(value, list):
        for each in value:
            yield from _expressions(each, link)


def _of_extensions(extensions: list[Json], link: str) -> Iterator[tuple[str, str, str]]:
    for extension in extensions:
        for text, _, place in _expressions(extension, link):
            stated = extension.get("valueExpression")
            name = stated.get("name", "") if isinstance(stated, dict) and extension.get("url") == VARIABLE else ""
            yield text, str(name), place


def _steps(questionnaire: Json, response: Json) -> tuple[Step, ...]:
    found = []
    for text, name, link in _expressions(questionnaire):
        found.append(Step(text, name, ()))
        looks_around = not text.startswith("%") or "%context" in text
        place = next(_places(response, link), None) if link and looks_around else None
        if place:
            found.append(Step(text, "", place))
    return tuple(sorted(found, key=lambda step: not step.name))


def _places(node: Json, link: str, above: Steps = ()) -> Iterator[Steps]:
    for key in ("item", "answer"):
        below = node.get(key)
        for index, each in enumerate(below if isinstance(below, list) else ()):
            place = (*above, (key, index))
            if not isinstance(each, dict):
                continue
            if each.get("linkId") == link:
                yield place
            yield from _places(each, link, place)


def _made_up(questionnaire: Json, seed: int) -> Json:
    chance = random.Random(seed)
    return {"resourceType": "QuestionnaireResponse", "status": "in-progress", "item": _items(questionnaire, chance)}


def _items(holder: Json, chance: random.Random) -> list[Json]:
    found: list[Json] = []
    items = holder.get("item")
    for item in items if isinstance(items, list) else ():
        repeats = chance.choice((1, 1, 2)) if item.get("repeats") and item["type"] == "group" else 1
        for _ in range(repeats):
            made = _item(item, chance)
            if made:
                found.append(made)
    return found


def _item(item: Json, chance: random.Random) -> Json | None:
    made: Json = {"linkId": item["linkId"]}
    if item["type"] == "group":
        below = _items(item, chance)
        return {**made, "item": below} if below else None
    value = _value(item, chance)
    if value is None or chance.random() < 0.25:
        return None
    answers: list[Json] = [value]
    if item.get("repeats") and chance.random() < 0.5 and (other := _value(item, chance)):
        answers.append(other)
    below = _items(item, chance)
    if below:
        answers[0]["item"] = below
    return {**made, "answer": answers}


def _value(item: Json, chance: random.Random) -> Json | None:
    options = item.get("answerOption")
    if isinstance(options, list) and options:
        option = chance.choice(options)
        return {key: value for key, value in option.items() if key.startswith("value")}
    made = _VALUES.get(str(item["type"]))
    return None if made is None else {made[0]: chance.choice(made[1])}


_VALUES: dict[str, tuple[str, tuple[object, ...]]] = {
    "boolean": ("valueBoolean", (True, False)),
    "integer": ("valueInteger", (0, 1, 2, 7, 42)),
    "decimal": ("valueDecimal", (0, 1.5, 2.25, 70.123, 1.1, 0.1)),
    "string": ("valueString", ("", "yes", "a b", "2020", "Zoë", "1.5")),
    "text": ("valueString", ("some words", "2", "4 lines")),
    "date": ("valueDate", ("2020-01-31", "2026-02-03", "1999-12-01")),
    "dateTime": ("valueDateTime", ("2020-01-31T10:00:00Z", "2026-02-03T10:11:12+01:00")),
    "time": ("valueTime", ("10:30:00", "23:59:59")),
    "choice": ("valueCoding", ({"system": "s", "code": "x", "display": "X"}, {"code": "y"})),
    "open-choice": ("valueCoding", ({"system": "s", "code": "x", "display": "X"}, {"code": "y"})),
    "quantity": (
        "valueQuantity",
        ({"value": 3.5, "unit": "kg"}, {"value": 2, "code": "cm", "system": "http://unitsofmeasure.org"}),
    ),
}
