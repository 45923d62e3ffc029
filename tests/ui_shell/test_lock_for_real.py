"""Locking in a process of its own: the same process id comes back at the unlock screen, with no file left open."""

from __future__ import annotations

import json
from pathlib import Path

from homevisit.paths import Home
from tests.ui_shell.programs import printed_by

PROGRAM = """
import json, os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from homevisit.paths import Home
from ui.main import start
from ui.navigation import Place

def open_files():
    links = [os.path.join("/proc/self/fd", name) for name in os.listdir("/proc/self/fd")]
    return [os.readlink(link) for link in links if os.path.exists(link)]

print(json.dumps({"pid": os.getpid(), "args": sys.argv[1:], "files": open_files()}), flush=True)
app = QApplication(sys.argv[:1])
home = Home(Path(sys.argv[1]))
session = start(app, home)
session.window.show()
if "--return-to" in sys.argv:
    print(json.dumps({"screen": session.window.content.objectName()}), flush=True)
    session.end()
    sys.exit(0)
session.window.content.tried.emit("four plain test words")

def lock_when_open():
    if session.opened is not None:
        session.opened.leaving.lock()

watch = QTimer()
watch.timeout.connect(lock_when_open)
watch.start(20)
app.exec()
"""


def run_until_locked(home: Home, tmp_path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in printed_by(PROGRAM, home, tmp_path) if line.startswith("{")]


def test_a_locked_program_is_a_fresh_process_at_its_unlock_screen(made_home: Home, tmp_path: Path) -> None:
    before, after, screen = run_until_locked(made_home, tmp_path)
    assert before["pid"] == after["pid"]
    assert screen == {"screen": "unlock"}
    arguments = after["args"]
    assert isinstance(arguments, list)
    assert arguments[:2] == [str(made_home.root), "--return-to"]
    assert [name for name in str(after["files"]).split("'") if str(made_home.root) in name] == []


def test_a_locked_store_can_be_opened_by_another_at_once(made_home: Home, tmp_path: Path) -> None:
    run_until_locked(made_home, tmp_path)
    *_, screen = run_until_locked(made_home, tmp_path)
    assert screen == {"screen": "unlock"}
