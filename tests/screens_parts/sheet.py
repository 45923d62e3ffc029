"""The sheet with every kind of prompt, answered and not, drawn by itself: no shipped set has all of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from homevisit.prompts.items import Answer
from homevisit.prompts.known_by import How, KnownBy, with_known_by
from homevisit.prompts.questionnaire import load
from homevisit.prompts.session import Session
from tests.screens_parts.stage import Look
from ui.prompts.form import PromptForm
from ui.theme import Theme, apply

SET = Path(__file__).resolve().parents[1] / "ui_prompts" / "sets" / "every-kind.json"
NAME = "prompts-every-kind"
AT = datetime(2026, 3, 14, 10, 5, tzinfo=UTC)
WIDTH, HEIGHT = 780, 1500
SETTLED_MS = 400


def draw_sheet(app: QApplication, out: Path, look: Look, *, only: str) -> None:
    """Each page of the sheet, empty and filled in."""
    if not fnmatch(NAME, only):
        return
    apply(app, Theme(look.mode, look.scale))
    word = look.pictures[0][0] if look.pictures else look.main[0][0]
    for state, session in (("empty", _session()), ("answered", _answered())):
        form = PromptForm(session, now=lambda: AT)
        form.resize(WIDTH, HEIGHT)
        form.show()
        for page in range(form.page_count):
            form.show_page(page)
            form.complete_page()
            QTimer.singleShot(SETTLED_MS, lambda: app.exit(0))  # quit() would close the form
            app.exec()
            form.grab().save(str(out / f"{NAME}-{page + 1}-{state}.{word}.png"))
        form.close()
        form.deleteLater()


def _session() -> Session:
    return Session(load(SET.read_bytes()))


def _answered() -> Session:
    session = _session()
    for links, answers in _answers():
        session.set_answer(tuple((link, 0) for link in links), answers, at=AT)
    session.add_repeat((("more", 0),), "person")
    return session


def _coded(code: int, display: str) -> Answer:
    return {"valueCoding": {"system": "urn:homevisit:example", "code": str(code), "display": display}}


def _answers() -> Iterator[tuple[tuple[str, ...], tuple[Answer, ...]]]:
    """Answers of every kind, two of them faulty and one in the place of a worked-out one."""
    told = KnownBy(How.TOLD, "his mother")
    yield ("choices", "feeling"), (_coded(2, "often"),)
    yield ("choices", "awake"), ({"valueBoolean": True},)
    yield ("choices", "tick"), ({"valueBoolean": True},)
    yield ("choices", "several"), (_coded(0, "Feeding"), _coded(2, "Crying"))
    yield ("choices", "long"), (_coded(1, ""),)
    yield ("choices", "other"), ({"valueString": "her aunt from Leeds"},)
    yield ("choices", "drop"), (_coded(1, "South clinic"),)
    yield ("choices", "town"), (_coded(6, "Cardiff"),)
    yield ("choices", "towns"), (_coded(1, "Bangor"), {"valueString": "Leeds"})
    yield ("choices", "slider"), ({"valueInteger": 7},)
    yield ("written", "words"), (with_known_by({"valueString": "“He only settles when I hum.”\nShe laughed."}, told),)
    yield ("written", "line"), ({"valueString": "The very long name of a toy rabbit"},)
    yield ("written", "day"), ({"valueDate": "2026-02-21"},)
    yield ("written", "moment"), ({"valueDateTime": "2026-03-13T14:30:00+00:00"},)
    yield ("written", "time"), ({"valueTime": "19:30:00"},)
    yield ("written", "whole"), ({"valueInteger": 40},)
    yield ("written", "number"), ({"valueDecimal": "18.5"},)
    yield ("written", "weight"), ({"valueQuantity": {"value": "4.2", "unit": "kg", "code": "kg"}},)
    yield ("written", "phones"), ({"valueString": "01632 960001"}, {"valueString": "01632 960002"})
    yield ("written", "web"), ({"valueUri": "https://example.org"},)
    yield ("more", "person", "person.name"), ({"valueString": "Ada"},)
    yield ("more", "sums", "wet"), ({"valueInteger": 5},)
    yield ("more", "sums", "dirty"), ({"valueInteger": 2},)
    yield ("more", "sums", "guess"), ({"valueInteger": 9},)
