"""The native path, the embedded engine and npm fhirpath under Node give the same, or the expression is refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fhirpath.comparing import comparable
from tests.fhirpath.conftest import FIGURE
from tests.fhirpath.jobs import Job, ask, public_jobs

Asked = list[tuple[Job, list[object]]]


@pytest.fixture(scope="module")
def asked(public: Path) -> Asked:
    """A small sample for every day: one made-up response for each public questionnaire that has expressions."""
    return [(job, ask(job, only_reference=False)) for job in public_jobs(public, made_up=1, stored=0)]


def differences(asked: Asked, other: Iterator[list[object]]) -> list[str]:
    found = []
    for (job, ours), theirs in zip(asked, other, strict=True):
        for step, one, two in zip(job.steps, ours, theirs, strict=True):
            if not same(one, two):
                found.append(f"{job.title} {step.focus} {step.text[:200]}\n  {one}\n  {two}")
    return found


def same(ours: object, theirs: object) -> bool:
    """A refusal is right only where the other engine cannot give a value either."""
    failed = [isinstance(each, str) or each == {"fault": True} for each in (ours, theirs)]
    return all(failed) if any(failed) else comparable(ours) == comparable(theirs)


def by_node(asked: Asked, under_node: Callable[[str], str]) -> Iterator[list[object]]:
    lines = under_node("\n".join(job.line() for job, _ in asked)).splitlines()
    return (json.loads(line) for line in lines)


def test_the_native_path_gives_what_the_embedded_engine_gives(
    asked: Asked, record_property: Callable[[str, object], None]
) -> None:
    assert differences(asked, (ask(job, only_reference=True) for job, _ in asked)) == []
    record_property(FIGURE, f"{sum(len(ours) for _, ours in asked)} public evaluations the same both ways")


def test_both_give_what_npm_fhirpath_gives_under_node(
    asked: Asked, under_node: Callable[[str], str], record_property: Callable[[str, object], None]
) -> None:
    assert differences(asked, by_node(asked, under_node)) == []
    record_property(
        FIGURE, f"{sum(len(ours) for _, ours in asked)} public evaluations the same as npm fhirpath in Node"
    )


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_all_three_agree_on_many_answers(public: Path, under_node: Callable[[str], str]) -> None:
    jobs = list(public_jobs(public, made_up=6, stored=4))
    many = [(job, ask(job, only_reference=False)) for job in jobs]
    assert differences(many, (ask(job, only_reference=True) for job in jobs)) == []
    assert differences(many, by_node(many, under_node)) == []
