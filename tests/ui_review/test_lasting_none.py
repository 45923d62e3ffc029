"""None outlives any number of Qt calls."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import ui
from PySide6.QtGui import QTextBlockFormat
form = QTextBlockFormat()
for _ in range(200_000):
    form.setIndent(1)
print("alive")
"""


def test_a_window_may_make_any_number_of_calls() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "alive\n")
