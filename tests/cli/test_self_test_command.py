"""The self-test passes on this program, leaves nothing behind, and fails instead of hanging."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.self_test import Step, Walk


def faulty() -> Generator[Step, None, None]:
    """One step that is well and one that breaks."""
    yield "began", lambda: True
    yield "broke", lambda: bool(1 // 0)


def test_a_throw_away_visit_is_signed_in_the_real_window(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    done = run("--json", "self-test")
    assert (done.status, done.err) == (0, "")
    assert done.document["passed"]
    assert "signed the visit" in done.document["steps"]
    assert list(tmp_path.iterdir()) == []


def test_a_step_that_breaks_ends_the_walk_and_is_named(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    walk = Walk(window, faulty())
    walk.begin()
    qtbot.waitUntil(lambda: bool(walk.failed))
    assert (walk.done, walk.failed) == (["began"], "go on: ZeroDivisionError")
