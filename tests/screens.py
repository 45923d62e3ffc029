"""Draws every screen of the real program into a folder, so that somebody can look at all of them.

Run by ``python3 dev.py screens``. Ends with 1 if a screen was not reached, raised an error or shows the fault notice.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from PySide6.QtWidgets import QApplication  # noqa: E402 - the platform must be chosen first

from tests.screens_parts.facts import Facts, make_homes  # noqa: E402
from tests.screens_parts.of_a_team import make_team  # noqa: E402
from tests.screens_parts.sheet import draw_sheet  # noqa: E402
from tests.screens_parts.stage import LOOKS, Photographer, Sitting  # noqa: E402
from tests.screens_parts.table import SITTINGS  # noqa: E402

AT_ONCE = 2


def main() -> int:
    """Draw the screens in every look, or in the one that is named; gives the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "screens")
    parser.add_argument("--only", default="*", help="a pattern for the names of the screens")
    parser.add_argument("--look", choices=tuple(LOOKS), help=argparse.SUPPRESS)
    parser.add_argument("--homes", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    in_the_morning()
    if options.look:
        return draw(options.look, Facts.read(options.homes), options.out, options.only)
    return every_look(options.out.absolute(), options.only)


def in_the_morning() -> None:
    """Shift the local time, so that the visits that are going on now are never in the middle of the night."""
    os.environ.setdefault("TZ", f"DAY{datetime.now(UTC).hour - 11:+d}")
    time.tzset()


def every_look(out: Path, only: str) -> int:
    """Make the homes once, then draw each look in a process of its own, a few at once."""
    began = time.monotonic()
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="homevisit-screens-") as folder:
        print("Making the homes …", flush=True)
        facts = make_homes(Path(folder))
        make_team(facts)
        facts.write()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            ends = list(pool.map(lambda look: _draw_apart(look, out, Path(folder), only), LOOKS))
    print(f"{len(list(out.glob('*.png')))} pictures in {out}, {time.monotonic() - began:.0f} s", flush=True)
    return max(ends)


def _draw_apart(look: str, out: Path, homes: Path, only: str) -> int:
    command = [sys.executable, __file__, "--look", look, "--homes", str(homes), "--out", str(out), "--only", only]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def chosen(pattern: str) -> Iterator[Sitting]:
    """The sittings in which a screen's name fits; the way there is walked without pictures."""
    for each in SITTINGS:
        screens = tuple(replace(screen, is_shown=fnmatch(screen.name, pattern)) for screen in each.screens)
        if any(screen.is_shown and screen.name for screen in screens):
            yield replace(each, screens=screens)


def draw(look: str, facts: Facts, out: Path, only: str) -> int:
    """Play the sittings in one look, on copies of the homes; then the sheet with every kind of prompt."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Homevisit")
    photographer = Photographer(app, out, LOOKS[look])
    for sitting in chosen(only):
        home, copy = facts.home(sitting.home), facts.home(f"{look}/{sitting.home}")
        if home.root.exists() and not copy.root.exists():
            shutil.copytree(home.root, copy.root)
        print(f"{look}: {sitting.screens[-1].name} and what comes before it", flush=True)
        photographer.play(copy, sitting.screens, facts)
    draw_sheet(app, out, LOOKS[look], only=only)
    for fault in photographer.faults:
        print(f"fault in {look}: {fault}", file=sys.stderr, flush=True)
    return 1 if photographer.faults else 0


if __name__ == "__main__":
    sys.exit(main())
