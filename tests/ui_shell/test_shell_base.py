"""Settings, log, hardening, crash reports, navigation and the way back after a lock."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homevisit import logs, settings
from homevisit.errors import HomeVisitError
from homevisit.ids import new_id
from homevisit.paths import Home
from homevisit.settings import Settings
from ui.crash import CrashPath, report_of
from ui.navigation import History, Place
from ui.relaunch import arguments
from ui.shortcuts import TABLE, Shortcuts

ROOT = Path(__file__).resolve().parents[2]


def test_settings_come_back_as_they_were_kept(tmp_path: Path) -> None:
    kept = Settings(theme="dark", text_scale=150, lock_after=2, window=(1, 2, 800, 600), shortcuts={"lock": "Ctrl+J"})
    settings.save(tmp_path / "new" / "settings.json", kept)
    assert settings.load(tmp_path / "new" / "settings.json") == kept


def test_the_settings_file_is_the_owners_alone_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    settings.save(path, Settings())
    assert path.stat().st_mode & 0o077 == 0
    assert [entry.name for entry in tmp_path.iterdir()] == ["settings.json"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(
    st.dictionaries(
        st.sampled_from(["theme", "text_scale", "lock_after", "window", "maximised", "shortcuts", "x"]), JSON
    )
)
def test_settings_that_make_no_sense_have_their_usual_value(found: dict[str, object]) -> None:
    loaded = settings.from_json(found)
    assert loaded.theme in settings.THEMES
    assert 100 <= loaded.text_scale <= 200
    assert 0 <= loaded.lock_after <= 60
    assert len(loaded.window) in (0, 4)


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe", b"[" * 100_000])
def test_an_unreadable_settings_file_is_no_settings_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert settings.load(path) == Settings()


def test_settings_that_cannot_be_kept_are_refused_with_a_code(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_bytes(b"")
    with pytest.raises(HomeVisitError) as refused:
        settings.save(blocker / "settings.json", Settings())
    assert refused.value.code == "settings.not_saved"


def test_the_log_keeps_ids_and_counts_and_withholds_everything_else(tmp_path: Path) -> None:
    handler = logs.start(tmp_path)
    visit = new_id()
    logs.event("visit.saved", visit=visit, answers=12, code="Ann Marker's baby", person="Ann Marker")
    logs.stop(handler)
    line = json.loads((tmp_path / "homevisit.log").read_text(encoding="utf-8"))
    assert line["event"] == "visit.saved"
    assert (line["visit"], line["answers"]) == (visit, 12)
    assert line["code"] == line["person"] == logs.WITHHELD
    assert (tmp_path / "homevisit.log").stat().st_mode & 0o077 == 0


def test_free_text_has_no_field_in_the_log() -> None:
    with pytest.raises(ValueError, match="no such log fields"):
        logs.event("visit.saved", text="secret")


@given(st.text())
def test_no_text_gets_into_the_log_as_the_name_of_an_event(text: str) -> None:
    assert logs._code(text) == logs.WITHHELD or logs._CODE.fullmatch(text)


def test_a_crash_report_has_places_and_types_but_no_words() -> None:
    marker = "MARKER-of-a-family"
    try:
        raise KeyError(marker)
    except KeyError as error:
        report = report_of(type(error), error, error.__traceback__)
    assert report["type"] == "KeyError"
    assert marker not in json.dumps(report)
    assert str(ROOT) not in json.dumps(report)
    assert "test_shell_base.py" in json.dumps(report)


@pytest.mark.usefixtures("qapp")
def test_crash_reports_are_kept_small_in_number(tmp_path: Path) -> None:
    home = Home(tmp_path)
    crash, heard = CrashPath(home), list[str]()
    crash.happened.connect(heard.append)
    for _ in range(25):
        crash.record(ValueError, ValueError("x"), None)
    assert len(list(home.logs.glob("crash-*.json"))) == 20
    assert heard == ["ValueError"] * 25


def test_the_process_gives_nothing_away() -> None:
    code = (
        "import resource, os; from pathlib import Path; from homevisit.hardening import harden; harden();"
        "print(resource.getrlimit(resource.RLIMIT_CORE)[0], os.umask(0), os.stat('/proc/self/mem').st_uid)"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    core, umask, owner = ran.stdout.split()
    assert (core, umask) == ("0", str(0o077))
    assert owner == "0"


def test_history_goes_back_and_forgets() -> None:
    history = History()
    assert history.back() is None
    for place in (Place("today"), Place("family", "f1"), Place("family", "f1"), Place("visit", "v1")):
        history.go(place)
    assert history.back() == Place("family", "f1")
    history.forget()
    assert history.back() is None


@given(st.text())
def test_a_place_on_the_command_line_is_safe_or_no_place(text: str) -> None:
    place = Place.from_text(text)
    assert place is None or Place.from_text(place.to_text()) == place


def test_the_way_back_is_an_id_and_is_given_once(monkeypatch: pytest.MonkeyPatch) -> None:
    given_now = ["python", "-m", "homevisit", "--home", "x", "--return-to", "visit/old", "--return-to=a/b"]
    monkeypatch.setattr(sys, "orig_argv", given_now)
    assert arguments(Place("visit", "v1")) == [
        sys.executable,
        "-m",
        "homevisit",
        "--home",
        "x",
        "--return-to",
        "visit/v1",
    ]
    assert arguments(None) == [sys.executable, "-m", "homevisit", "--home", "x"]


def test_relaunching_replaces_the_process(tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    script.write_text(
        "import os, sys\nfrom ui.navigation import Place\nfrom ui.relaunch import relaunch\n"
        "print(os.getpid(), sys.argv[1:], flush=True)\n"
        "if '--return-to' not in sys.argv:\n    relaunch(Place('visit', 'v1'))\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, text=True, check=True)
    first, second = ran.stdout.splitlines()
    assert first.split()[0] == second.split()[0]
    assert "['--return-to', 'visit/v1']" in second


@pytest.mark.usefixtures("qapp")
def test_shortcuts_do_not_collide() -> None:
    keys = [line.keys for line in TABLE]
    assert len(set(keys)) == len(keys)


@pytest.mark.usefixtures("qapp")
def test_a_persons_own_shortcut_is_taken_unless_it_is_another_lines() -> None:
    chosen = Shortcuts({"lock": "Ctrl+B", "help": "F12", "nonsense": "F2", "back": ""})
    assert chosen.keys("lock") == "Ctrl+B"
    assert chosen.keys("help") == "F1"
    assert chosen.keys("back") == "Alt+Left"


def test_nothing_slow_is_imported_before_the_first_window() -> None:
    code = "import sys, ui.main; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    slow = {
        "sqlite_utils",
        "sqlcipher3",
        "cryptography",
        "pyrage",
        "zxcvbn",
        "homevisit.prompts",
        "ui.wiring",
        "mnemonic",
    }
    assert slow & set(ran.stdout.split()) == set()
