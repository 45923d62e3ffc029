"""One page of prompts that scrolls: only rows near the screen have widgets, the others stand as painted words."""

from __future__ import annotations

import time
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from PySide6.QtCore import QEvent, QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QStyle, QWidget
from typing_extensions import override

from homevisit.prompts.paths import Path
from ui.prompts.block import PromptBlock
from ui.prompts.estimates import Estimates
from ui.prompts.filling import Filling
from ui.prompts.page_paint import paint_card, paint_words
from ui.prompts.row_widgets import row_widget
from ui.prompts.rows import Flattening, PromptRow, RowKind, shape_of, title_row
from ui.prompts.stacking import Edges, Stack
from ui.theme import theme_now
from ui.tokens import Space

_READING_WIDTH = 760
_SLICE_S = 0.008
_KEPT = 120  # rows that keep their widgets; the farthest lose theirs
_MARGIN = int(Space.L)
_SILENT = (RowKind.TITLE, RowKind.HEADING, RowKind.TEXT, RowKind.PRIVATE)
Key = tuple[RowKind, Path, int]
Anchor = tuple[Key | None, int]
"""A row and how far below the top of the screen it stands."""
_NO_ANCHOR: Anchor = (None, 0)


class PromptPage(QScrollArea):
    """Everything below some occurrences, in order, under a title."""

    def __init__(self, title: str, children: Callable[[], Sequence[Path]], filling: Filling) -> None:
        super().__init__()
        self._title, self._children, self._filling = title_row(title), children, filling
        self._rows: tuple[PromptRow, ...] = ()
        self._numbers: dict[Key, int] = {}
        self._shapes: dict[Path, tuple[bool, tuple[Path, ...]]] = {}
        self._widgets: dict[Key, QWidget] = {}
        self._keys: dict[QWidget, Key] = {}
        self._placed: dict[Key, Edges] = {}
        self._stack = Stack((), width=0, margin=_MARGIN)
        self._kept_anchor: Anchor = _NO_ANCHOR
        self._estimates = Estimates()
        self._is_arranging = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._build_near)
        self._restyle = QTimer(self)
        self._restyle.setSingleShot(True)
        self._restyle.timeout.connect(self._on_restyled)
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
        self._stack_anew()
        self._build_near()

    def blocks(self) -> list[PromptBlock]:
        """The prompts that have widgets now, in order."""
        widgets = (self._widgets.get(row.key) for row in self._rows)
        return [widget for widget in widgets if isinstance(widget, PromptBlock)]

    def complete(self) -> None:
        """Build every row at once."""
        self._build(range(len(self._rows)))

    def block_at(self, path: Path) -> PromptBlock | None:
        """The block of a prompt, built if need be, on the screen; None where it is not shown."""
        number = self._numbers.get((RowKind.PROMPT, path, 0))
        if number is None:
            return None
        self._build((number,))
        self._bring_up(number)
        widget = self._widgets[self._rows[number].key]
        return widget if isinstance(widget, PromptBlock) else None

    def first_block(self, below: Path = ()) -> PromptBlock | None:
        """The first prompt of the page, or the first below an occurrence."""
        prompts = (row.path for row in self._rows if row.kind is RowKind.PROMPT and row.path[: len(below)] == below)
        first = next(prompts, None)
        return self.block_at(first) if first is not None else None

    def paint_ground(self, painter: QPainter, area: QRect) -> None:
        """The cards, and the words of rows that have no widget yet."""
        for ground, edges in self._stack.cards(area.top(), area.bottom()):
            paint_card(painter, ground, edges)
        for number in self._stack.between(area.top(), area.bottom()):
            row = self._rows[number]
            if row.key not in self._widgets:
                paint_words(painter, row, self._stack.edges(number))

    def measure_again(self) -> None:
        """Some row wants another height: those near the screen are asked."""
        if self._is_arranging:
            return
        news = 0
        for number in self._near():
            if self._rows[number].key in self._widgets:
                news += self._measure(number)
        if news:
            self._arrange()
            self._later.start(0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._stack.width != self._width():
            self._stack_anew()
        self._canvas.resize(self.width(), max(self._stack.height, self.height()))
        self._build_near()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange) and hasattr(self, "_canvas"):
            self._restyle.start(0)

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
        self._stack_anew()
        self._build_near()

    def _flatten(self) -> None:
        anchor = self._anchor()
        found = Flattening(self._filling)
        self._rows = (self._title, *found.rows(self._children()))
        self._shapes = found.shapes
        self._numbers = {row.key: number for number, row in enumerate(self._rows)}
        self._kept_anchor = anchor
        for key in self._widgets.keys() - self._numbers.keys():
            self._widgets[key].hide()

    def _width(self) -> int:
        """The scroll bar's place is always kept free, so that its coming and going moves no words."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return min(theme_now().px(_READING_WIDTH), max(160, self.width() - bar - 2 * _MARGIN))

    def _on_restyled(self) -> None:
        self._estimates.forget()
        self._stack_anew()
        self._build_near()

    def _stack_anew(self) -> None:
        """Other rows, another width or another look: every height is asked or guessed again."""
        anchor = self._kept_anchor if self._kept_anchor[0] is not None else self._anchor()
        self._kept_anchor = _NO_ANCHOR
        self._stack = Stack(self._rows, width=self._width(), margin=_MARGIN)
        for number, row in enumerate(self._rows):
            if row.key in self._widgets:
                self._measure(number)
            else:
                self._stack.heights[number] = self._estimates.of(row, self._stack.widths[number])
        self._arrange(anchor)

    def _measure(self, number: int) -> bool:
        """Ask a widget how tall it wants to be; whether that is news."""
        row, width = self._rows[number], self._stack.widths[number]
        widget = self._widgets[row.key]
        tall = widget.heightForWidth(width) if widget.hasHeightForWidth() else widget.sizeHint().height()
        if tall == self._stack.heights[number]:
            return False
        self._stack.heights[number] = tall
        self._estimates.learn(row, width, tall)
        return True

    def _arrange(self, anchor: Anchor | None = None) -> None:
        """Place every widget; what the person looks at stays where it is on the screen."""
        self._is_arranging = True
        key, offset = anchor or self._anchor()
        self._stack.restack()
        self._canvas.resize(self.width(), max(self._stack.height, self.height()))
        for each, widget in self._widgets.items():
            number = self._numbers.get(each)
            if number is not None:
                edges = self._stack.edges(number)
                if self._placed.get(each) != edges:
                    self._placed[each] = edges
                    widget.setGeometry(*edges)
                if widget.isHidden():
                    widget.show()
        if key in self._numbers:
            self.verticalScrollBar().setValue(self._stack.tops[self._numbers[key]] - offset)
        self._canvas.update()
        self._is_arranging = False

    def _anchor(self) -> Anchor:
        """The row that must not move: the one with the keyboard if it is on the screen, else the first that is."""
        top = self.verticalScrollBar().value()
        if top <= 0 or len(self._stack.tops) != len(self._rows):
            return _NO_ANCHOR
        seen = self._stack.between(top, top + self.height())
        at = self._numbers.get(key) if (key := self._keyboard()) is not None else None
        held = at if at is not None and at in seen else seen[0]
        return (self._rows[held].key, self._stack.tops[held] - top)

    def _keyboard(self) -> Key | None:
        """The row that has the keyboard."""
        widget = QApplication.focusWidget()
        while widget is not None and widget.parentWidget() is not self._canvas:
            widget = widget.parentWidget()
        return self._keys.get(widget) if widget is not None else None

    def _build_near(self) -> None:
        """Build rows near the screen for a moment, those on it first; go on in a later turn if some are left."""
        if self.width() <= 0 or self._is_arranging:
            return
        missing = self._missing()
        if missing:
            self._build(missing, until=time.monotonic() + _SLICE_S)
            self._drop_far()
            self._later.start(0)

    def _near(self) -> Iterable[int]:
        """The rows on the screen, then those within a screen of it, then those that Tab would go to."""
        top, tall = self.verticalScrollBar().value(), self.height()
        on_screen = self._stack.between(top, top + tall)
        below = self._stack.between(top + tall, top + 2 * tall)
        above = reversed(self._stack.between(max(0, top - tall), top))
        return dict.fromkeys((*on_screen, *below, *above, *self._beside_keyboard()))

    def _missing(self) -> list[int]:
        return [number for number in self._near() if self._rows[number].key not in self._widgets]

    def _beside_keyboard(self) -> Iterator[int]:
        """The neighbours that Tab goes to, even where the page was scrolled away from the keyboard."""
        held = self._keyboard()
        at = self._numbers.get(held) if held else None
        if at is not None:
            for way in (range(at + 1, len(self._rows)), range(at - 1, -1, -1)):
                yield from islice((n for n in way if self._rows[n].kind not in _SILENT), 2)

    def _build(self, numbers: Iterable[int], *, until: float = float("inf")) -> None:
        anchor = self._anchor()
        built = sorted(self._numbers[key] for key in self._widgets if key in self._numbers)
        before = len(built)
        for number in numbers:
            if len(built) > before and time.monotonic() > until:
                break
            if self._rows[number].key not in self._widgets:
                self._make(number, built)
        if len(built) > before:
            self._arrange(anchor)

    def _make(self, number: int, built: list[int]) -> None:
        """One widget, with its place in the order of Tab between the neighbours that are built."""
        row = self._rows[number]
        widget = row_widget(row, self._filling)
        widget.setParent(self._canvas)
        self._widgets[row.key] = widget
        self._keys[widget] = row.key
        at = bisect(built, number)
        if at:
            QWidget.setTabOrder(self._widgets[self._rows[built[at - 1]].key], widget)
        if at < len(built):
            QWidget.setTabOrder(widget, self._widgets[self._rows[built[at]].key])
        built.insert(at, number)
        self._measure(number)

    def _bring_up(self, number: int) -> None:
        top, tall, bar = self._stack.tops[number], self._stack.heights[number], self.verticalScrollBar()
        if not bar.value() <= top - _MARGIN <= bar.value() + self.height() - tall - 2 * _MARGIN:
            bar.setValue(max(0, top - self.height() // 4))
        self._build_near()

    def _drop_far(self) -> None:
        """Take the widgets of the farthest rows down, once there are many; never the one with the keyboard."""
        if len(self._widgets) <= _KEPT:
            return
        middle = self._stack.at(self.verticalScrollBar().value() + self.height() // 2)
        keys = sorted(self._widgets, key=lambda key: -abs(self._numbers.get(key, -_KEPT) - middle))
        held = self._keyboard()
        for key in keys[: min(8, len(self._widgets) - _KEPT)]:
            widget = self._widgets[key]
            if key != held and not (isinstance(widget, PromptBlock) and widget.control.can_undo()):
                self._drop(key)

    def _drop(self, key: Key) -> None:
        widget = self._widgets.pop(key)
        self._keys.pop(widget, None)
        self._placed.pop(key, None)
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
            self._page.measure_again()
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._page.paint_ground(painter, event.rect())
        painter.end()
