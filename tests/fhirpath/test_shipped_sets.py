"""No prompt set that ships makes a person wait for the reference engine: its expressions run natively."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

import dev
from homevisit.prompts.expressions.compiling import compiled
from tests.fhirpath.jobs import Job, environment, focus_of, jobs_of


def shipped() -> Iterator[Job]:
    for path in sorted((dev.ROOT / "resources" / "prompts").rglob("*.json")):
        questionnaire = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(questionnaire, dict) and questionnaire.get("resourceType") == "Questionnaire":
            yield from jobs_of(path.stem, questionnaire, made_up=3)


@pytest.mark.parametrize("job", list(shipped()), ids=lambda job: job.title)
def test_expressions_of_a_shipped_set_run_natively(job: Job) -> None:
    world = environment(job)
    for step in job.steps:
        native = compiled(step.text).native
        assert native is not None, step.text
        native(focus_of(world["resource"], step.focus), world)
