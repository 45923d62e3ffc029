"""The crash path: whatever is not a HomeVisitError is a bug, recorded by type and place, never by message or values."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from homevisit import logs
from homevisit.errors import HomeVisitError
from homevisit.paths import Home

MOST_REPORTS = 20
_ROOT = Path(__file__).resolve().parent.parent


class CrashPath(QObject):
    """Hooks may fire on any thread: they write one small file and post ``happened`` to the GUI thread."""

    happened = Signal(str)

    def __init__(self, home: Home, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = home.logs

    def install(self) -> None:
        sys.excepthook = self.record
        threading.excepthook = lambda args: self.record(args.exc_type, args.exc_value, args.exc_traceback)
        sys.unraisablehook = lambda args: self.record(args.exc_type, args.exc_value, args.exc_traceback)

    def record(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        """Write the report and tell the window. Ctrl+C on the command line ends the program as usual."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        report = report_of(kind, error, trace)
        write_report(self._folder, report)
        logs.event("fault", type=kind.__name__)
        self.happened.emit(str(report["type"]))


def write_report(folder: Path, report: dict[str, object]) -> None:
    """Keep a report, and the newest few of those before it; a disk that refuses is done without."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = sorted(folder.glob("crash-*.json"))
        for old in kept[: max(0, len(kept) + 1 - MOST_REPORTS)]:
            old.unlink(missing_ok=True)
        path = folder / f"crash-{time.time_ns()}.json"
        path.write_text(json.dumps(report, indent=2), encoding="utf-8")
    except OSError:
        return


def report_of(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> dict[str, object]:
    """Type, code and frames (file, line, function): an allow-list. No message, no locals, no paths of this machine."""
    frames = [
        {
            "file": shown_file(step.tb_frame.f_code.co_filename),
            "line": step.tb_lineno,
            "function": step.tb_frame.f_code.co_name,
        }
        for step in _steps(trace)
    ]
    return {
        "type": kind.__name__,
        "code": error.code if isinstance(error, HomeVisitError) else "",
        "frames": frames,
    }


def _steps(trace: TracebackType | None) -> Iterator[TracebackType]:
    while trace is not None:
        yield trace
        trace = trace.tb_next


def shown_file(filename: str) -> str:
    """A file of the program by its place in it, any other by its name alone."""
    path = Path(filename)
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else path.name
