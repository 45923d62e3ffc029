"""Pictures of cards: a photograph or a screenshot as grey rows for the reader; works on any thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from homevisit.errors import HomeVisitError

LARGEST_SIDE = 4096
MOST_PIXELS = 100_000_000
# Made here, on the window's thread: what Qt makes at its first use must not be made on another (ui/importing).
GREY = QImage.Format.Format_Grayscale8
KEEP_RATIO = Qt.AspectRatioMode.KeepAspectRatio


def grey_of(path: Path) -> tuple[bytes, int, int]:
    """The picture as rows of 8-bit grey with its width and height; ``card.no_picture`` where it is none."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        if size.width() * size.height() > MOST_PIXELS:
            raise HomeVisitError("card.no_picture")
        if max(size.width(), size.height()) > LARGEST_SIDE:
            reader.setScaledSize(QSize(size).scaled(LARGEST_SIDE, LARGEST_SIDE, KEEP_RATIO))
    image = reader.read().convertToFormat(GREY)
    width, height, stride = image.width(), image.height(), image.bytesPerLine()
    if image.isNull():
        raise HomeVisitError("card.no_picture")
    rows = bytes(image.constBits())
    return b"".join(rows[start : start + width] for start in range(0, height * stride, stride)), width, height
