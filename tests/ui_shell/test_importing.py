"""Qt's classes are made for Python on the window's thread alone, and all of a desk's while the passphrase is typed."""

from __future__ import annotations

import json
from pathlib import Path

from homevisit.paths import Home
from tests.ui_shell.programs import printed_by

PROGRAM = """
import json, sys, threading
from pathlib import Path

imported = {}

def note(event, words):
    if event == "import":
        imported.setdefault(words[0], threading.current_thread() is threading.main_thread())

sys.addaudithook(note)

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from homevisit.paths import Home
from ui.main import start

def is_of_qt(name):
    return name.partition(".")[0] in ("ui", "PySide6", "shiboken6")

def unlock():
    ahead = {name for name in imported if is_of_qt(name)}
    session.bridge.idle.connect(lambda: tell(ahead))
    session.window.content.tried.emit("four plain test words")

def tell(ahead):
    if session.opened is None or not session.bridge.is_idle:
        return
    later = sorted({name for name in imported if is_of_qt(name)} - ahead)
    elsewhere = sorted(name for name, at_home in imported.items() if is_of_qt(name) and not at_home)
    print(json.dumps({"elsewhere": elsewhere, "ahead": len(ahead), "later": later}), flush=True)
    session.end()
    app.quit()

app = QApplication(sys.argv[:1])
session = start(app, Home(Path(sys.argv[1])))
session.window.show()
session.warmed.connect(unlock)
session.warm_up()
app.exec()
"""


def test_a_desk_is_imported_ahead_and_on_no_other_thread(made_home: Home, tmp_path: Path) -> None:
    said = json.loads(printed_by(PROGRAM, made_home, tmp_path)[-1])
    assert said["elsewhere"] == []
    assert said["ahead"] > 100
    assert said["later"] == []
