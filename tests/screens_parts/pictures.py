"""Copies the pictures that the documents show from ``build/screens`` to ``docs/pictures``, with fewer colours."""

from __future__ import annotations

import sys
from collections import Counter
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
    "safety-panel": "safety-panel",
    "needs-check": "needs-check",
    "finish": "finish-missing",
    "amendment": "finish-amendment",
    "send-and-receive": "exchange",
    "library": "library",
    "comment": "signed-comment",
    "review": "review-decision",
    "in-home": "in-home",
    "handover-question": "handover-question",
    "over-time": "over-time",
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
        _with_few_colours(picture).save(str(target / f"{name}.png"), "PNG", 0)
    return 0


def _with_few_colours(picture: QImage) -> QImage:
    """The colours that are seen most, as they are; the shades at the edges of letters go to the nearest of them."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    seen = Counter(memoryview(plain.constBits()).cast("I"))
    table = [colour for colour, _ in seen.most_common(256)]
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.ThresholdDither)


if __name__ == "__main__":
    sys.exit(main())
