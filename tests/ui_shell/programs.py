"""Programs written for one test: each runs in a process of its own, offscreen, on a home that was made for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from homevisit.paths import Home

ROOT = Path(__file__).resolve().parents[2]


def printed_by(program: str, home: Home, tmp_path: Path) -> list[str]:
    """The lines that the program prints; it is given the home's folder, and has to end well within a minute."""
    script = tmp_path / "program.py"
    script.write_text(program, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    ran = subprocess.run(
        [sys.executable, str(script), str(home.root)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()
