"""A score as it went over the visits: one hue, every point labelled, bands named in words, gaps left as gaps."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.theme import Theme, body_font, theme_now
from ui.tokens import Space, TextSize

HEIGHT = 210
DOT = 4.5
LEAST_BETWEEN_DATES = 8
WORDS_SHARE = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotPoint:
    """One visit's score; ``value`` is None where the answers were incomplete. ``label`` stands at the point."""

    day: date
    value: float | None
    label: str
    day_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotBand:
    """A band of published meaning, from ``low`` to ``high``, both belonging to it."""

    low: float
    high: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """Everything one plot shows; ``spoken`` is what a screen reader says for it."""

    lowest: float
    highest: float
    points: tuple[PlotPoint, ...]
    bands: tuple[PlotBand, ...] = ()
    spoken: str = field(default="", repr=False)


class ScorePlot(QWidget):
    """Paints a Plot. It cannot be operated: the table below it says the same."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plot: Plot | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_plot(self, plot: Plot) -> None:
        if plot != self._plot:
            self._plot = plot
            self.setAccessibleDescription(plot.spoken)
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, theme_now().px(HEIGHT))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._plot is None or not self._plot.points:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _Drawing(painter, self._plot, QRectF(self.rect()), theme_now()).draw()


class _Drawing:
    """One painting: where everything stands follows from the plot and the size."""

    def __init__(self, painter: QPainter, plot: Plot, whole: QRectF, theme: Theme) -> None:
        self._painter, self._plot, self._theme = painter, plot, theme
        self._small = QFontMetricsF(body_font(theme, TextSize.CAPTION))
        line = self._small.height()
        left = max(self._width(_number(plot.lowest)), self._width(_number(plot.highest))) + Space.M
        widest = max((self._width(band.words) for band in plot.bands), default=0.0) + 2
        self._beside = min(widest, whole.width() * WORDS_SHARE)
        right = self._beside + Space.M
        self._area = whole.adjusted(left, line, -max(right, Space.XL), -(line + Space.M))

    def draw(self) -> None:
        self._painter.setFont(body_font(self._theme, TextSize.CAPTION))
        self._draw_ground()
        for band in self._plot.bands:
            self._draw_band(band)
        places = [self._place(index) for index in range(len(self._plot.points))]
        self._draw_lines(places)
        for index, place in enumerate(places):
            self._draw_point(index, place)
        self._draw_days(places)

    def _draw_ground(self) -> None:
        colours, area = self._theme.palette, self._area
        self._painter.setPen(QPen(QColor(colours.edge), 1))
        self._painter.drawLine(area.bottomLeft(), area.bottomRight())
        self._painter.setPen(QColor(colours.ink_soft))
        for value in (self._plot.lowest, self._plot.highest):
            self._write_left(value)

    def _write_left(self, value: float) -> None:
        line = self._small.height()
        spot = QRectF(0, self._y(value) - line / 2, self._area.left() - Space.S, line)
        self._painter.drawText(spot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _number(value))

    def _draw_band(self, band: PlotBand) -> None:
        colours, area, line = self._theme.palette, self._area, self._small.height()
        top, bottom = self._y(band.high + self._half(band.high)), self._y(band.low - self._half(band.low))
        if band.low > self._plot.lowest:
            self._painter.setPen(QPen(QColor(colours.line), 1, Qt.PenStyle.DashLine))
            self._painter.drawLine(QPointF(area.left(), bottom), QPointF(area.right(), bottom))
            self._painter.setPen(QColor(colours.ink_faint))
        self._painter.setPen(QColor(colours.ink_soft))
        room = QRectF(area.right() + Space.S, (top + bottom) / 2 - line / 2, self._beside, line)
        words = self._small.elidedText(band.words, Qt.TextElideMode.ElideRight, self._beside)
        self._painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)

    def _draw_lines(self, places: list[QPointF | None]) -> None:
        self._painter.setPen(QPen(QColor(self._theme.palette.accent), 2))
        run: list[QPointF] = []
        for place in [*places, None]:
            if place is not None:
                run.append(place)
                continue
            if len(run) > 1:
                self._painter.drawPolyline(QPolygonF(run))
            run = []

    def _draw_point(self, index: int, place: QPointF | None) -> None:
        colours, point = self._theme.palette, self._plot.points[index]
        where = place or QPointF(self._x(index), self._area.bottom())
        radius = DOT * self._theme.scale / 100
        accent = QColor(colours.accent)
        self._painter.setPen(QPen(accent, 2))
        self._painter.setBrush(QBrush(accent if place else QColor(colours.surface)))
        self._painter.drawEllipse(where, radius, radius)
        self._painter.setFont(body_font(self._theme, strong=place is not None))
        self._painter.setPen(QColor(colours.ink if place else colours.ink_soft))
        metrics = self._painter.fontMetrics()
        width = metrics.horizontalAdvance(point.label)
        left = min(max(0.0, where.x() - width / 2), self._area.right() + Space.XL - width)
        self._painter.drawText(QPointF(left, where.y() - radius - Space.XS), point.label)
        self._painter.setFont(body_font(self._theme, TextSize.CAPTION))

    def _draw_days(self, places: list[QPointF | None]) -> None:
        """The days below, the first and the last always; between them those that have room."""
        self._painter.setPen(QColor(self._theme.palette.ink_soft))
        taken: list[QRectF] = []
        count = len(places)
        for index in dict.fromkeys((0, count - 1, *range(count))):
            words = self._plot.points[index].day_words
            width = self._width(words)
            left = min(max(0.0, self._x(index) - width / 2), self._area.right() + Space.XL - width)
            spot = QRectF(left, self._area.bottom() + Space.S, width + 2, self._small.height())
            roomy = spot.adjusted(-LEAST_BETWEEN_DATES, 0, LEAST_BETWEEN_DATES, 0)
            if not any(roomy.intersects(other) for other in taken):
                self._painter.drawText(spot, Qt.AlignmentFlag.AlignLeft, words)
                taken.append(spot)

    def _place(self, index: int) -> QPointF | None:
        value = self._plot.points[index].value
        return None if value is None else QPointF(self._x(index), self._y(value))

    def _x(self, index: int) -> float:
        """By day; points of one day, or a single one, are spread evenly."""
        days = [point.day.toordinal() for point in self._plot.points]
        inset = self._area.adjusted(Space.XL, 0, -Space.XL, 0)
        if len(set(days)) < len(days) or len(days) == 1:
            return inset.left() + inset.width() * (index + 0.5) / len(days)
        return inset.left() + inset.width() * (days[index] - days[0]) / (days[-1] - days[0])

    def _y(self, value: float) -> float:
        span = (self._plot.highest - self._plot.lowest) or 1.0
        share = min(1.0, max(0.0, (value - self._plot.lowest) / span))
        return self._area.bottom() - self._area.height() * share

    def _half(self, edge: float) -> float:
        """Bands of whole numbers meet half way between them."""
        return 0.5 if self._plot.lowest < edge < self._plot.highest else 0.0

    def _width(self, words: str) -> float:
        return self._small.horizontalAdvance(words)


def _number(value: float) -> str:
    return f"{value:g}"
