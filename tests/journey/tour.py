"""The tour: the whole way from a bare laptop to a reviewed note, by keys and clicks in the real program.

Each chapter is the program started afresh on a home. A picture of every screen is left below ``--out``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from tests.journey.chapters import practitioner, supervisor  # noqa: E402 - the path must be set first
from tests.journey.robot import Robot, Script  # noqa: E402

Chapter = Callable[[Robot, Path], Script]
CHAPTERS: tuple[tuple[str, str, Chapter], ...] = (
    ("1-first-run", "supervisor", supervisor.first_run),
    ("2-visit", "practitioner", practitioner.visit),
    ("3-send", "practitioner", practitioner.send),
    ("4-review", "supervisor", supervisor.review),
    ("5-returned", "practitioner", practitioner.returned),
)
FOLDERS = ("to-supervisor", "to-practitioner")


def main() -> int:
    """Play every chapter, or the one that is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "tour")
    parser.add_argument("--chapter", default="", help="play only this chapter, on the homes as they are")
    options = parser.parse_args()
    out = options.out.absolute()
    if options.chapter:
        return _play(options.chapter, out)
    shutil.rmtree(out, ignore_errors=True)
    _prepare(out / "work")
    for name, _, chapter in CHAPTERS:
        print(f"{name}: {chapter.__doc__}", flush=True)
        command = [sys.executable, __file__, "--out", str(out), "--chapter", name]
        environment = {**os.environ, "PYTHONFAULTHANDLER": "1"}
        if status := subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
            print(f"The tour failed in chapter {name} (exit status {status}).", flush=True)
            return 1
    print(f"The tour is complete; its pictures are in {out}.", flush=True)
    return 0


def _prepare(work: Path) -> None:
    """A demo home for the practitioner and two folders that stand for the stick that is carried about."""
    for name in FOLDERS:
        (work / name).mkdir(parents=True)
    print("Making a demo home with fictional families …", flush=True)
    command = [sys.executable, "-m", "homevisit", "--home", str(work / "practitioner"), "demo"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _play(name: str, out: Path) -> int:
    from tests.journey.program import play

    home, chapter = next((home, chapter) for each, home, chapter in CHAPTERS if each == name)
    work = out / "work"
    return play(name, work / home, out, lambda robot: chapter(robot, work))


if __name__ == "__main__":
    sys.exit(main())
