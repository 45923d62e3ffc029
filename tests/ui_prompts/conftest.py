"""A form on the screen with a fixed clock and a watch that is moved by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from homevisit.prompts.library import THREE_STEPS, TWO_MINUTES, Library
from homevisit.prompts.questionnaire import load
from homevisit.prompts.session import Session
from ui.prompts.filling import Stopwatch
from ui.prompts.form import PromptForm

NOW = datetime(2026, 3, 14, 10, 5, tzinfo=UTC)


class HandMovedSeconds:
    """Stands in for the monotonic clock."""

    def __init__(self) -> None:
        self.value = 0.0

    def __call__(self) -> float:
        return self.value


@pytest.fixture
def seconds() -> HandMovedSeconds:
    return HandMovedSeconds()


@pytest.fixture
def show(qtbot, seconds) -> Callable[[Session], PromptForm]:
    def show(session: Session) -> PromptForm:
        form = PromptForm(session, now=lambda: NOW, watch=Stopwatch(seconds))
        qtbot.addWidget(form)
        form.resize(760, 700)
        with qtbot.waitExposed(form):
            form.show()
        form.complete_page()
        return form

    return show


@pytest.fixture
def ask_lightly(qtbot) -> Callable[..., PromptForm]:
    """Like ``ask``, but only what is near the screen is built."""

    def ask_lightly(*items: dict[str, object]) -> PromptForm:
        questionnaire = load({"resourceType": "Questionnaire", "url": "urn:t", "item": list(items)})
        form = PromptForm(Session(questionnaire), now=lambda: NOW)
        qtbot.addWidget(form)
        form.resize(760, 700)
        with qtbot.waitActive(form):
            form.show()
            form.activateWindow()
        return form

    return ask_lightly


@pytest.fixture
def conversation(show) -> PromptForm:
    return show(Session(Library.shipped().get(THREE_STEPS).questionnaire))


@pytest.fixture
def observation(show) -> PromptForm:
    return show(Session(Library.shipped().get(TWO_MINUTES).questionnaire))


@pytest.fixture
def ask(show) -> Callable[..., PromptForm]:
    def ask(*items: dict[str, object]) -> PromptForm:
        return show(Session(load({"resourceType": "Questionnaire", "url": "urn:t", "item": list(items)})))

    return ask
