"""What Python cannot catch: a crash in native code leaves its place, and Qt's own messages never their words."""

from __future__ import annotations

import faulthandler
import re
import sys
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from homevisit import logs
from ui.crash import shown_file, write_report

LEFT = "native.txt"
"""Python's fault handler writes here while the program dies; the next start makes a report of it."""
MOST_MESSAGES = 50
_CURRENT = re.compile(r"^Current thread .*?\n(.*?)(?:\n\n|\nThread |\Z)", re.DOTALL | re.MULTILINE)
_FRAME = re.compile(r'^  File "(.+)", line (\d+) in (\S+)$', re.MULTILINE)
_KINDS = {
    "Segmentation": "segmentation-fault",
    "Aborted": "aborted",
    "Bus": "bus-error",
    "Illegal": "illegal-instruction",
}
_WORDS = {
    QtMsgType.QtWarningMsg: "warning",
    QtMsgType.QtCriticalMsg: "critical",
    QtMsgType.QtFatalMsg: "fatal",
}


class NativeFaults:
    """For the program itself, from its first window to its end; what else asked for the fault handler keeps it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: TextIO | None = None
        self._messages = 0

    def begin(self) -> None:
        """Report what the last run left, and listen. A folder that is not there yet is not made for this."""
        if not sys.flags.dev_mode:
            qInstallMessageHandler(self.note_message)
        if self._folder.is_dir() and not faulthandler.is_enabled():
            report_left(self._folder)
            try:
                self._file = (self._folder / LEFT).open("w", encoding="utf-8")
            except OSError:
                return
            faulthandler.enable(self._file)

    def end(self) -> None:
        """Qt must not call into an interpreter that is going away."""
        qInstallMessageHandler(None)
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            (self._folder / LEFT).unlink(missing_ok=True)

    def note_message(self, kind: QtMsgType, context: QMessageLogContext, _: str) -> None:
        """That Qt complained, and in which of its rooms; what it said may hold a path or a text, and is dropped."""
        if kind in _WORDS and self._messages < MOST_MESSAGES:
            self._messages += 1
            logs.event("qt", type=_WORDS[kind], kind=context.category or "default")


def report_left(folder: Path) -> None:
    """Make a report of what the fault handler wrote, by the same allow-list as every other: places, no words."""
    path = folder / LEFT
    try:
        text = path.read_text("utf-8", errors="replace")
        path.unlink()
    except OSError:
        return
    if text.strip():
        write_report(folder, report_of(text))


def report_of(text: str) -> dict[str, object]:
    """The kind of the fault and the frames of the thread that had it, the outermost first."""
    kind = next((words for begin, words in _KINDS.items() if f"Fatal Python error: {begin}" in text), "fault")
    current = _CURRENT.search(text)
    frames = [
        {"file": shown_file(file), "line": int(line), "function": function}
        for file, line, function in _FRAME.findall(current[1] if current else "")
    ]
    return {"type": f"native:{kind}", "code": "", "frames": frames[::-1]}
