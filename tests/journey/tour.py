"""The tour: the whole way from a bare laptop to a reviewed note, by keys and clicks in the real program.

Each chapter is the program started afresh on a home. A picture of every screen is left in the folder named by ``--out``.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from tests.journey.robot import Robot, Script  # noqa: E402 - the path must be set first when run as a program

Chapter = Callable[[Robot, Path], Script]
SUPERVISOR_PASSPHRASE = "violet kettle harbour seventeen spoons"


def first_run(robot: Robot, work: Path) -> Script:
    """A supervisor starts on an empty laptop."""
    robot.say("an empty home: says who she is")
    yield from robot.write("first_run.name", "Sal Winter")
    yield from robot.shot("who-you-are")
    yield from robot.click("first_run.desk.supervisor")
    yield from robot.write("first_run.organisation", "Example Community Trust")
    yield from robot.click("first_run.next")
    robot.say("chooses a passphrase and sees its strength")
    yield from robot.write("first_run.passphrase.line", SUPERVISOR_PASSPHRASE)
    yield from robot.write("first_run.repeated.line", SUPERVISOR_PASSPHRASE)
    yield from robot.shot("passphrase")
    yield from robot.click("first_run.next")
    robot.say("writes the recovery code down and types two groups of it again")
    yield from robot.until(lambda: robot.find("first_run.save") is not None, "the recovery code")
    yield from robot.shot("recovery-code")
    work.mkdir(exist_ok=True)


CHAPTERS: tuple[tuple[str, str, Chapter], ...] = (("1-first-run", "supervisor", first_run),)


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
    out.mkdir(parents=True)
    for name, _, chapter in CHAPTERS:
        print(f"{name}: {chapter.__doc__}", flush=True)
        command = [sys.executable, __file__, "--out", str(out), "--chapter", name]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            print(f"The tour failed in chapter {name}.", flush=True)
            return 1
    print(f"The tour is complete; its pictures are in {out}.", flush=True)
    return 0


def _play(name: str, out: Path) -> int:
    from tests.journey.program import play

    home, chapter = next((home, chapter) for each, home, chapter in CHAPTERS if each == name)
    work = out / "work"
    return play(name, work / home, out, lambda robot: chapter(robot, work))


if __name__ == "__main__":
    sys.exit(main())
