"""Small prompt sets to ask questions of, and the two that ship."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from homevisit.prompts.library import THREE_STEPS, TWO_MINUTES, Library
from homevisit.prompts.questionnaire import Questionnaire, load


@pytest.fixture
def three_steps() -> Questionnaire:
    return Library.shipped().get(THREE_STEPS).questionnaire


@pytest.fixture
def two_minutes() -> Questionnaire:
    return Library.shipped().get(TWO_MINUTES).questionnaire


@pytest.fixture
def build() -> Callable[..., Questionnaire]:
    def build(*items: dict[str, object], **more: object) -> Questionnaire:
        return load({"resourceType": "Questionnaire", "url": "urn:t", "item": list(items), **more})

    return build
