"""Draws every screen of the real program into a folder, so that somebody can look at all of them.

Run by ``python3 dev.py screens``. Ends with 1 if a screen was not reached, raised an error or shows the fault notice.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterable
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

from tests.screens_parts.facts import make_homes  # noqa: E402
from tests.screens_parts.stage import Photographer, Sitting  # noqa: E402
from tests.screens_parts.table import SITTINGS  # noqa: E402


def main() -> int:
    """Draw the screens; gives the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "screens")
    parser.add_argument("--only", default="*", help="a pattern for the names; the homes are made all the same")
    options = parser.parse_args()
    in_the_morning()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Homevisit")
    faults = draw(app, options.out.absolute(), chosen(options.only))
    for fault in faults:
        print(f"fault: {fault}", file=sys.stderr)
    return 1 if faults else 0


def in_the_morning() -> None:
    """Shift the local time, so that the visits that are going on now are never in the middle of the night."""
    ahead = 11 - datetime.now(UTC).hour
    os.environ["TZ"] = f"DAY{-ahead:+d}"
    time.tzset()


def chosen(pattern: str) -> tuple[Sitting, ...]:
    """The sittings cut down to the screens whose name fits; the way there is walked without pictures."""
    kept = (
        replace(each, screens=tuple(replace(s, is_shown=fnmatch(s.name, pattern)) for s in each.screens))
        for each in SITTINGS
    )
    return tuple(each for each in kept if any(screen.is_shown for screen in each.screens))


def draw(app: QApplication, out: Path, sittings: Iterable[Sitting]) -> list[str]:
    """Play the sittings on homes of their own; gives what went wrong."""
    began = time.monotonic()
    out.mkdir(parents=True, exist_ok=True)
    photographer = Photographer(app, out)
    with TemporaryDirectory(prefix="homevisit-screens-") as folder:
        facts = make_homes(Path(folder))
        for sitting in sittings:
            print(f"{sitting.home}: {len(sitting.screens)} screens", flush=True)
            photographer.play(facts.home(sitting.home), sitting.screens, facts)
    print(f"{photographer.taken} pictures in {out}, {time.monotonic() - began:.0f} s", flush=True)
    return photographer.faults


if __name__ == "__main__":
    sys.exit(main())
