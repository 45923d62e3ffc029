"""A crash below Python leaves a report without words; what Qt says is counted, never kept."""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType

import dev
from ui.native_faults import LEFT, NativeFaults, report_left

CRASHING = """
import faulthandler, sys
from pathlib import Path
from ui.native_faults import NativeFaults

def reading_of_secret_words():
    faulthandler._sigsegv()

NativeFaults(Path(sys.argv[1])).begin()
reading_of_secret_words()
"""


def test_the_next_start_reports_where_a_native_crash_was_and_no_path_of_this_machine(tmp_path: Path) -> None:
    program = tmp_path / "crashing.py"
    program.write_text(CRASHING)
    folder = tmp_path / "logs"
    folder.mkdir()
    environment = {"PYTHONPATH": str(dev.ROOT), "PATH": ""}
    done = subprocess.run(
        [sys.executable, str(program), str(folder)], env=environment, capture_output=True, check=False
    )
    assert done.returncode == -signal.SIGSEGV
    assert done.stderr == b""
    report_left(folder)
    (kept,) = folder.glob("crash-*.json")
    report = json.loads(kept.read_text())
    assert report["type"] == "native:segmentation-fault"
    assert report["frames"][-1]["function"] == "reading_of_secret_words"
    assert str(tmp_path) not in kept.read_text()
    assert not (folder / LEFT).exists()


def test_a_quiet_end_leaves_no_report(tmp_path: Path) -> None:
    (tmp_path / LEFT).touch()
    report_left(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_qt_says_is_counted_without_its_words(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    faults = NativeFaults(tmp_path)
    with caplog.at_level(logging.INFO, "homevisit"):
        for _ in range(60):
            faults.note_message(QtMsgType.QtWarningMsg, QMessageLogContext(), "Baby Finch cried")
    assert len(caplog.records) == 50
    assert all("Finch" not in str(record.__dict__) for record in caplog.records)
