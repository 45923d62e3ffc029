"""Line icons of one set, tinted in a colour of the theme and cached."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.resource_files import resource_path

ICON_SIZE = 18


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int = ICON_SIZE, ratio: float = 0.0) -> QPixmap:
    """One icon in one colour, ``size`` logical pixels wide; an unknown name is a bug and raises."""
    app = QGuiApplication.instance()
    dots = ratio or (app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0)
    picture = QPixmap(round(size * dots), round(size * dots))
    picture.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, picture.width(), picture.height()))
    painter.end()
    picture.setDevicePixelRatio(dots)
    return picture


@lru_cache(maxsize=256)
def icon(name: str, colour: str, size: int = ICON_SIZE, *, disabled: str = "", gap: int = 0) -> QIcon:
    """An icon for a button or an action; ``disabled`` is its colour when it cannot be pressed.

    ``gap`` is air to the right of it: Qt puts text only four pixels away. Give the button an icon size that much wider.
    """
    made = QIcon(_with_gap(pixmap(name, colour, size), gap))
    if disabled:
        made.addPixmap(_with_gap(pixmap(name, disabled, size), gap), QIcon.Mode.Disabled)
    return made


def _with_gap(picture: QPixmap, gap: int) -> QPixmap:
    if not gap:
        return picture
    dots = picture.devicePixelRatio()
    wider = QPixmap(picture.width() + round(gap * dots), picture.height())
    wider.setDevicePixelRatio(dots)
    wider.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wider)
    painter.drawPixmap(0, 0, picture)
    painter.end()
    return wider
