"""Prompts: from a prompt set to the first painted page of its form, for both sets that ship."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from benchmarks._figures import median, report
from homevisit.prompts.library import THREE_STEPS, TWO_MINUTES, Library
from homevisit.prompts.questionnaire import Questionnaire
from homevisit.prompts.session import Session
from ui.prompts.form import PromptForm
from ui.theme import Mode, Theme, apply

ROUNDS = 9


def main() -> None:
    """Build, show and paint a fresh form again and again."""
    app = QApplication.instance() or QApplication([])
    if isinstance(app, QApplication):
        apply(app, Theme(Mode.LIGHT, 100))
    for set_id in (THREE_STEPS, TWO_MINUTES):
        questionnaire = Library.shipped().get(set_id).questionnaire
        seconds = [_seconds(questionnaire) for _ in range(ROUNDS)]
        report(f"first page of {set_id}, best", min(seconds) * 1000, "ms")
        report(f"first page of {set_id}, median", median(seconds) * 1000, "ms")


def _seconds(questionnaire: Questionnaire) -> float:
    begun = time.perf_counter()
    form = PromptForm(Session(questionnaire), now=lambda: None)
    form.resize(760, 700)
    form.show()
    form.grab()
    taken = time.perf_counter() - begun
    form.deleteLater()
    return taken


if __name__ == "__main__":
    main()
