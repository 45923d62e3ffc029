"""Programs of their own: a cold process each, compiled beforehand as an installed program is, on whatever screen."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
COMPILED = ROOT / "build" / "bench-compiled"


def figures_of(module: str, *arguments: str) -> Any:
    """What a child program printed last, as JSON."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def cost_of(source: str, *arguments: str) -> tuple[float, float]:
    """Seconds on the wall and seconds of the processor that a program took from launch to exit."""
    before, begun = _children(), time.perf_counter()
    subprocess.run([sys.executable, "-c", source, *arguments], cwd=ROOT, env=environment(), check=True)
    return time.perf_counter() - begun, _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def environment() -> dict[str, str]:
    """Bytecode is kept below ``build`` even where the surroundings forbid to write it; no display is no hindrance."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kept["PYTHONPYCACHEPREFIX"] = str(COMPILED)
    kept["PYTHONPATH"] = str(ROOT)
    if not kept.get("DISPLAY") and not kept.get("WAYLAND_DISPLAY"):
        kept["QT_QPA_PLATFORM"] = "offscreen"
    return kept
