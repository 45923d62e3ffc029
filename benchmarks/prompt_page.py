"""Prompts: opening, answering and scrolling forms, shipped ones and long ones, and how many prompts get widgets."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks._figures import median, report
from benchmarks._long_forms import made_up_form, public_form
from homevisit.prompts.items import Kind
from homevisit.prompts.library import THREE_STEPS, TWO_MINUTES, Library
from homevisit.prompts.questionnaire import Questionnaire
from homevisit.prompts.session import Session
from ui.prompts.block import PromptBlock
from ui.prompts.form import PromptForm
from ui.theme import Mode, Theme, apply


@dataclass(frozen=True, slots=True, order=True)
class Taken:
    """Seconds of the clock, and those in which this thread had the processor."""

    wall: float
    processor: float

    @classmethod
    def now(cls) -> Taken:
        return cls(time.perf_counter(), time.thread_time())

    def until_now(self) -> Taken:
        return Taken(time.perf_counter() - self.wall, time.thread_time() - self.processor)


ROUNDS = 9
SCROLLS = 120


def main() -> None:
    """Build, show and paint fresh forms again and again; then answer and scroll in the long ones."""
    gc.disable()  # as the program itself does (ui/steadiness): it tidies up when nothing else is to be done
    app = QApplication.instance() or QApplication([])
    if isinstance(app, QApplication):
        apply(app, Theme(Mode.LIGHT, 100))
    for set_id in (THREE_STEPS, TWO_MINUTES):
        _opening(f"first page of {set_id}", Library.shipped().get(set_id).questionnaire)
    public = public_form()
    if public is None:
        print("the public form of 300 choices is not at hand: left out", flush=True)
    else:
        _long("300 choices", public, opened=400)
    _long("800 items", made_up_form(), opened=1000)


def _opening(name: str, questionnaire: Questionnaire, *, limit: float | None = None, rounds: int = ROUNDS) -> None:
    taken = [_opened(questionnaire) for _ in range(rounds)]
    report(f"{name}, best", min(taken).wall * 1000, "ms", limit=limit)
    _report_both(f"{name}, median", taken, limit=limit)


def _report_both(name: str, taken: Sequence[Taken], *, limit: float | None = None) -> None:
    """The clock's time and the processor's: on a busy machine only the second can be compared."""
    report(name, median([each.wall for each in taken]) * 1000, "ms", limit=limit)
    report(f"{name}, of the processor", median([each.processor for each in taken]) * 1000, "ms")


def _long(name: str, questionnaire: Questionnaire, *, opened: float) -> None:
    _opening(f"{name}: opened and painted", questionnaire, limit=opened, rounds=5)
    form = _form(questionnaire)
    form.grab()
    _turn(300)
    report(f"{name}: prompts with widgets once it is quiet", len(form.findChildren(PromptBlock)), "")
    _answering(name, form)
    _scrolling(name, form)
    report(f"{name}: prompts with widgets after scrolling", len(form.findChildren(PromptBlock)), "")
    form.deleteLater()


def _opened(questionnaire: Questionnaire) -> Taken:
    begun = Taken.now()
    form = _form(questionnaire)
    form.grab()
    taken = begun.until_now()
    form.deleteLater()
    _turn(20)
    return taken


def _form(questionnaire: Questionnaire) -> PromptForm:
    form = PromptForm(Session(questionnaire), now=lambda: datetime.now(UTC))
    form.resize(760, 700)
    form.show()
    return form


def _answering(name: str, form: PromptForm) -> None:
    """Choose an answer of each choice on the screen and paint what changed."""
    blocks = [block for block in form._blocks() if form._filling.state(block.path).item.kind is Kind.CHOICE][:8]
    taken = []
    for number in (1, 2, 1):
        for block in blocks:
            begun = Taken.now()
            block.control._press(number)
            form.repaint()
            taken.append(begun.until_now())
            _turn(5)
    _report_both(f"{name}: one answer painted, median", taken, limit=20)
    report(f"{name}: one answer painted, worst", max(taken).wall * 1000, "ms")


def _scrolling(name: str, form: PromptForm) -> None:
    """Scroll half a screen again and again; a timer of 1 ms shows how long the window did not hear."""
    gaps: list[Taken] = []
    last = Taken.now()

    def tick() -> None:
        nonlocal last
        gaps.append(last.until_now())
        last = Taken.now()

    heard = QTimer()
    heard.timeout.connect(tick)
    heard.start(1)
    bar = form._page.verticalScrollBar()
    for _ in range(SCROLLS):
        bar.setValue(bar.value() + 300)
        _turn(25)
    heard.stop()
    busiest = max(each.processor for each in gaps)
    report(f"{name}: longest gap while scrolling", max(gaps).wall * 1000, "ms", limit=50)
    report(f"{name}: most processor time between two turns", busiest * 1000, "ms")


def _turn(milliseconds: int) -> None:
    """Let the window work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
