"""Cold start: from launching the process to a painted Unlock window, beside a bare PySide6 window in the same run."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._figures import median, report
from benchmarks._homes import WHOLE, Size, copied, sender_home
from benchmarks._programs import cost_of

LIMIT = 2.5
BARE = """
import os
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
class Bare(QWidget):
    def event(self, event):
        is_painted = event.type() == QEvent.Type.UpdateRequest
        done = super().event(event)
        if is_painted:
            os._exit(0)
        return done
app = QApplication([])
window = Bare()
window.resize(1180, 720)
window.show()
app.exec()
"""
UNLOCK = """
import os, sys
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from homevisit.paths import Home
from pathlib import Path
from homevisit.hardening import harden
from ui.main import start
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.UpdateRequest and watched.isWindow():
            watched.event(event)
            os._exit(0)
        return False
harden()
app = QApplication([])
session = start(app, Home(Path(sys.argv[1])))
watch = Painted()
session.window.installEventFilter(watch)
session.window.show()
app.exec()
"""


def main(size: Size = WHOLE) -> None:
    """Interleave both programs, so that a busy machine slows them alike; the first pair only compiles."""
    with copied(sender_home(size)) as (home,):
        pairs = [(cost_of(BARE), cost_of(UNLOCK, str(home))) for _ in range(2 * size.rounds + 1)][1:]
    for kind, place in (("wall", 0), ("processor", 1)):
        bare, unlock = [bare[place] for bare, _ in pairs], [unlock[place] for _, unlock in pairs]
        report(f"bare PySide6 window painted, {kind}, fastest", min(bare) * 1000, "ms")
        report(f"Unlock window painted, {kind}, fastest", min(unlock) * 1000, "ms")
        report(f"Unlock / bare, {kind}, fastest", min(unlock) / min(bare), "x", limit=LIMIT)
        ratio = median([theirs / ours for ours, theirs in zip(bare, unlock, strict=True)])
        report(f"Unlock / bare, {kind}, middle of the pairs", ratio, "x")


if __name__ == "__main__":
    main()
