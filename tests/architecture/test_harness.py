"""The harness keeps its own promises: a stray warning fails a test, and a killed set-up is repaired."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import dev

TWO_TESTS = """
import logging
import pytest

def test_that_warns():
    logging.getLogger("anything").warning("unheard of")

@pytest.mark.logs_warnings
def test_that_says_so():
    logging.getLogger("anything").warning("expected")
"""


def test_an_unexpected_warning_in_the_log_fails_a_test(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text((dev.ROOT / "tests" / "conftest.py").read_text("utf-8"), "utf-8")
    (tmp_path / "test_two.py").write_text(TWO_TESTS, "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = logs_warnings\n", "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    env = {**os.environ, "PYTHONPATH": str(dev.ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert "1 failed, 1 passed" in done.stdout
    assert "WARNING anything: unheard of" in done.stdout


def build_wheel(clone: Path) -> subprocess.CompletedProcess[str]:
    """The cheapest command that needs the whole environment."""
    return subprocess.run([sys.executable, "dev.py", "package"], cwd=clone, capture_output=True, text=True, check=False)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_killed_set_up_is_repaired_by_the_next_call_and_the_one_after_is_quick(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", str(dev.ROOT), str(clone)], check=True)
    command = [sys.executable, "dev.py", "package"]
    with subprocess.Popen(command, cwd=clone, start_new_session=True) as first:
        with pytest.raises(subprocess.TimeoutExpired):
            first.wait(timeout=12)
        os.killpg(first.pid, signal.SIGKILL)
    stamp = clone / ".venv" / "set-up-stamp"
    assert stamp.read_text("utf-8") == dev.UNFINISHED
    assert build_wheel(clone).returncode == 0
    quick = [sys.executable, "-c", "import dev; dev.set_up()"]
    began = time.monotonic()
    assert subprocess.run(quick, cwd=clone, capture_output=True, text=True, check=True).stdout == ""
    assert time.monotonic() - began < 1
