"""One page of prompts that scrolls: only rows near the screen have widgets, the others stand as painted words."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QStyle, QWidget
from typing_extensions import override

from homevisit.prompts.paths import Path
from ui.prompts.block import PromptBlock
from ui.prompts.estimates import Estimates
from ui.prompts.filling import Filling
from ui.prompts.page_paint import paint_cards, paint_words
from ui.prompts.row_widgets import row_widget
from ui.prompts.rows import Flattening, PromptRow, RowKind, shape_of, title_row
from ui.prompts.stacking import Stack, stack, width_of
from ui.theme import theme_now
from ui.tokens import Space

_READING_WIDTH = 760
_SLICE_S = 0.012
_KEPT = 120  # rows that keep their widgets; the farthest lose theirs
_MARGIN = int(Space.L)
Key = tuple[RowKind, Path, int]


class PromptPage(QScrollArea):
    """Everything below some occurrences, in order, under a title."""

    def __init__(self, title: str, children: Callable[[], Sequence[Path]], filling: Filling) -> None:
        super().__init__()
        self._title, self._children, self._filling = title_row(title), children, filling
        self._rows: tuple[PromptRow, ...] = ()
        self._numbers: dict[Key, int] = {}
        self._shapes: dict[Path, tuple[bool, tuple[Path, ...]]] = {}
        self._widgets: dict[Key, QWidget] = {}
        self._stack = Stack()
        self._estimates = Estimates()
        self._is_arranging = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._build_near)
        self._canvas = _Canvas(self)
        self.setWidget(self._canvas)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._connect(filling)
        self._flatten()

    @property
    def rows(self) -> tuple[PromptRow, ...]:
        """What the page shows, whether it has widgets yet or not."""
        return self._rows

    def begin(self, width: int, height: int) -> None:
        """Build what the first painting will show, for a moment; the rest follows in later turns."""
        self.resize(width, height)
        self._arrange()
        self._build_near()

    def blocks(self) -> list[PromptBlock]:
        """The prompts that have widgets now, in order."""
        widgets = (self._widgets.get(row.key) for row in self._rows)
        return [widget for widget in widgets if isinstance(widget, PromptBlock)]

    def complete(self) -> None:
        """Build every row at once."""
        self._build(self._rows)

    def block_at(self, path: Path) -> PromptBlock | None:
        """The block of a prompt, built if need be, on the screen; None where it is not shown."""
        row = next((row for row in self._rows if row.path == path and row.kind is RowKind.PROMPT), None)
        if row is None:
            return None
        self._build((row,))
        self._bring_up(row)
        widget = self._widgets[row.key]
        return widget if isinstance(widget, PromptBlock) else None

    def first_block(self, below: Path = ()) -> PromptBlock | None:
        """The first prompt of the page, or the first below an occurrence."""
        prompts = (row.path for row in self._rows if row.kind is RowKind.PROMPT and row.path[: len(below)] == below)
        first = next(prompts, None)
        return self.block_at(first) if first is not None else None

    def paint_ground(self, painter: QPainter, area: QRect) -> None:
        """The cards, and the words of rows that have no widget yet."""
        paint_cards(painter, self._stack.cards, area)
        for number in self._stack.between(area.top(), area.bottom()):
            row = self._rows[number]
            if row.key not in self._widgets:
                paint_words(painter, row, self._stack.spots[number])

    def arrange_again(self) -> None:
        """Some row wants another height."""
        if not self._is_arranging:
            self._arrange()
            self._later.start(0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self._build_near()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange) and hasattr(self, "_canvas"):
            self._estimates.forget()
            self._later.start(0)

    def _connect(self, filling: Filling) -> None:
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        filling.changed.connect(self._on_changed)
        filling.repeats_changed.connect(self._on_repeats)
        filling.wanted.connect(self._on_wanted)
        if filling.privacy is not None:
            filling.privacy.changed.connect(self._refresh)

    def _on_scrolled(self, _: int) -> None:
        if not self._is_arranging:
            self._build_near()

    def _on_changed(self, changed: Iterable[Path]) -> None:
        """Only an answer that shows or hides something changes the list of rows."""
        for path in changed:
            state = self._filling.session.find(path)
            if path in self._shapes and (state is None or self._shapes[path] != shape_of(state)):
                self._refresh()
                return

    def _on_repeats(self, place: Path, link_id: str) -> None:
        """What stands in one repeat now may stand in another: their widgets are made anew."""
        depth = len(place)
        for key in [key for key in self._widgets if key[1][:depth] == place and key[1][depth:][:1]]:
            if key[1][depth][0] == link_id:
                self._drop(key)
        self._refresh()

    def _on_wanted(self, path: Path) -> None:
        block = self.first_block(path)
        if block is not None:
            block.control.focus_first()

    def _refresh(self) -> None:
        self._flatten()
        self._arrange()
        self._build_near()

    def _flatten(self) -> None:
        found = Flattening(self._filling)
        self._rows = (self._title, *found.rows(self._children()))
        self._shapes = found.shapes
        self._numbers = {row.key: number for number, row in enumerate(self._rows)}
        for key in self._widgets.keys() - self._numbers.keys():
            self._widgets[key].hide()

    def _width(self) -> int:
        """The scroll bar's place is always kept free, so that its coming and going moves no words."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return min(theme_now().px(_READING_WIDTH), max(160, self.width() - bar - 2 * _MARGIN))

    def _arrange(self) -> None:
        """Place every row; what the person looks at stays where it is on the screen."""
        self._is_arranging = True
        anchor, offset = self._anchor()
        width = self._width()
        heights = [self._height(row, width_of(row, width)) for row in self._rows]
        self._stack = stack(self._rows, heights, width=width, margin=_MARGIN)
        self._canvas.resize(self.width(), max(self._stack.height, self.height()))
        for row, spot in zip(self._rows, self._stack.spots, strict=True):
            widget = self._widgets.get(row.key)
            if widget is not None:
                widget.setGeometry(spot.left, spot.top, spot.width, spot.height)
                widget.show()
        if anchor in self._numbers:
            self.verticalScrollBar().setValue(self._stack.tops[self._numbers[anchor]] - offset)
        self._canvas.update()
        self._is_arranging = False

    def _height(self, row: PromptRow, width: int) -> int:
        widget = self._widgets.get(row.key)
        if widget is None:
            return self._estimates.of(row, width)
        tall = widget.heightForWidth(width) if widget.hasHeightForWidth() else widget.sizeHint().height()
        self._estimates.learn(row, width, tall)
        return tall

    def _anchor(self) -> tuple[Key | None, int]:
        """The row that must not move: the one with the keyboard if it is on the screen, else the first that is."""
        top = self.verticalScrollBar().value()
        if not self._stack.spots or top <= 0:
            return None, 0
        seen = self._stack.between(top, top + self.height())
        keys = [key for key, number in self._numbers.items() if number in seen and number < len(self._stack.tops)]
        held = next((key for key in keys if self._holds_keyboard(key)), keys[0] if keys else None)
        return (held, self._stack.tops[self._numbers[held]] - top) if held else (None, 0)

    def _holds_keyboard(self, key: Key) -> bool:
        widget, focused = self._widgets.get(key), QApplication.focusWidget()
        return widget is not None and focused is not None and widget.isAncestorOf(focused)

    def _build_near(self) -> None:
        """Build rows near the screen for a moment, those on it first; go on in a later turn if some are left."""
        if self.width() <= 0 or self._is_arranging:
            return
        missing = self._missing()
        if missing:
            self._build(missing, until=time.monotonic() + _SLICE_S)
            self._drop_far()
            self._later.start(0)

    def _missing(self) -> list[PromptRow]:
        top = self.verticalScrollBar().value()
        tall = self.height()
        on_screen = self._stack.between(top, top + tall)
        below = self._stack.between(top + tall, top + 2 * tall)
        above = reversed(self._stack.between(max(0, top - tall), top))
        near = dict.fromkeys((*on_screen, *below, *above, *self._beside_keyboard()))
        return [row for number in near if (row := self._rows[number]).key not in self._widgets]

    def _beside_keyboard(self) -> list[int]:
        """The neighbours that Tab goes to, even where the page was scrolled away from the keyboard."""
        held = next((key for key in self._widgets if self._holds_keyboard(key)), None)
        at = self._numbers.get(held) if held else None
        if at is None:
            return []
        asking = [n for n, row in enumerate(self._rows) if row.kind not in (RowKind.HEADING, RowKind.TEXT)]
        return [n for n in asking if n > at][:2] + [n for n in asking if n < at][-2:]

    def _build(self, rows: Sequence[PromptRow], *, until: float = float("inf")) -> None:
        made = False
        for row in rows:
            if made and time.monotonic() > until:
                break
            if row.key not in self._widgets:
                made = True
                widget = row_widget(row, self._filling)
                widget.setParent(self._canvas)
                self._widgets[row.key] = widget
                self._join(row)
        if made:
            self._arrange()

    def _join(self, row: PromptRow) -> None:
        """Put a new row into the order of Tab between its neighbours."""
        at = self._numbers[row.key]
        before = next((w for r in reversed(self._rows[:at]) if (w := self._widgets.get(r.key))), None)
        after = next((w for r in self._rows[at + 1 :] if (w := self._widgets.get(r.key))), None)
        if before is not None:
            QWidget.setTabOrder(before, self._widgets[row.key])
        if after is not None:
            QWidget.setTabOrder(self._widgets[row.key], after)

    def _bring_up(self, row: PromptRow) -> None:
        spot = self._stack.spots[self._numbers[row.key]]
        bar = self.verticalScrollBar()
        if not bar.value() <= spot.top - _MARGIN <= bar.value() + self.height() - spot.height - 2 * _MARGIN:
            bar.setValue(max(0, spot.top - self.height() // 4))
        self._build_near()

    def _drop_far(self) -> None:
        """Take the widgets of the farthest rows down, once there are many; never the one with the keyboard."""
        if len(self._widgets) <= _KEPT:
            return
        middle = self._stack.at(self.verticalScrollBar().value() + self.height() // 2)
        keys = sorted(self._widgets, key=lambda key: -abs(self._numbers.get(key, -_KEPT) - middle))
        for key in keys[: min(8, len(self._widgets) - _KEPT)]:
            widget = self._widgets[key]
            if not self._holds_keyboard(key) and not (isinstance(widget, PromptBlock) and widget.control.can_undo()):
                self._drop(key)

    def _drop(self, key: Key) -> None:
        widget = self._widgets.pop(key)
        if isinstance(widget, PromptBlock):
            widget.control.flush()
        widget.hide()
        widget.deleteLater()


class _Canvas(QWidget):
    """What scrolls: it paints what is not built and hears when a row wants another height."""

    def __init__(self, page: PromptPage) -> None:
        super().__init__()
        self._page = page

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._page.arrange_again()
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._page.paint_ground(painter, event.rect())
        painter.end()
