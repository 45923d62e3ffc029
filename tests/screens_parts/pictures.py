"""Copies the pictures that the documents show from ``build/screens`` to ``docs/pictures``, with fewer colours."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parents[2]
SHOWN = {
    "first-run": "first-run-code",
    "today": "today",
    "visit": "visit-note",
    "conversation": "conversation-2",
    "observation": "observation",
    "finish": "finish-missing",
    "amendment": "finish-amendment",
    "send-and-receive": "exchange",
    "comment": "signed-comment",
    "review": "review-decision",
    "in-home": "in-home",
}


def main() -> int:
    """Copy them; gives the exit status."""
    target = ROOT / "docs" / "pictures"
    target.mkdir(exist_ok=True)
    for name, screen in SHOWN.items():
        picture = QImage(str(ROOT / "build" / "screens" / f"{screen}.light.png"))
        if picture.isNull():
            print(f"{screen} is missing: run “python3 dev.py screens” first", file=sys.stderr)
            return 1
        few = picture.convertToFormat(QImage.Format.Format_Indexed8, Qt.ImageConversionFlag.ThresholdDither)
        few.save(str(target / f"{name}.png"), "PNG", 0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
