"""One page of prompts that scrolls: only rows near the screen have widgets, the others stand as painted words."""

from __future__ import annotations

import time
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from PySide6.QtCore import QEvent, QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStyle
from typing_extensions import override

from homevisit.prompts.paths import Path
from ui.prompts.block import PromptBlock
from ui.prompts.canvas import Canvas
from ui.prompts.estimates import Estimates
from ui.prompts.filling import Filling
from ui.prompts.page_paint import paint_page
from ui.prompts.rows import Flattening, PromptRow, RowKind, shape_of, title_row
from ui.prompts.shelf import Key, Shelf
from ui.prompts.stacking import Stack
from ui.theme import theme_now
from ui.tokens import Space

_READING_WIDTH = 760
_FIRST_S, _SLICE_S = 0.030, 0.008
_MARGIN = int(Space.L)
_SILENT = (RowKind.TITLE, RowKind.HEADING, RowKind.TEXT, RowKind.PRIVATE)
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
        self._stack = Stack((), width=0, margin=_MARGIN)
        self._kept_anchor: Anchor = _NO_ANCHOR
        self._estimates = Estimates()
        self._is_arranging = False
        self._later = _once(self, self._build_near)
        self._restyle = _once(self, self._lay_out_anew)
        self._canvas = Canvas(self._paint_ground)
        self._shelf = Shelf(self._canvas, filling)
        self.setWidget(self._canvas)
        self._canvas.setAutoFillBackground(False)  # the ground of whatever holds the form shows through
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
        self._build(self._missing(), until=time.monotonic() + _FIRST_S)
        self._later.start(0)

    def blocks(self) -> list[PromptBlock]:
        """The prompts that have widgets now, in order."""
        widgets = (self._shelf.get(row.key) for row in self._rows)
        return [widget for widget in widgets if isinstance(widget, PromptBlock)]

    def current(self) -> Path | None:
        """The prompt that has the keyboard."""
        key = self._shelf.keyboard()
        return key[1] if key is not None and key[0] is RowKind.PROMPT else None

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
        widget = self._shelf.get(self._rows[number].key)
        return widget if isinstance(widget, PromptBlock) else None

    def first_block(self, below: Path = ()) -> PromptBlock | None:
        """The first prompt of the page, or below an occurrence, that a person can answer."""
        rows = (row for row in self._rows if row.kind is RowKind.PROMPT and row.path[: len(below)] == below)
        first = next((row.path for row in rows if row.item.can_be_given and not row.item.read_only), None)
        return self.block_at(first) if first is not None else None

    def _measure_again(self) -> None:
        """Some row wants another height: those near the screen are asked."""
        if self._is_arranging:
            return
        near = (number for number in self._near() if self._rows[number].key in self._shelf)
        news = [number for number in near if self._measure(number)]
        if news:
            self._arrange()
            self._later.start(0)
        for number in news:
            if self._rows[number].key == self._shelf.keyboard():
                self.verticalScrollBar().setValue(_seen_whole(self._stack, number, self))

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
            self._estimates.forget()
            self._restyle.start(0)

    def _paint_ground(self, painter: QPainter, area: QRect) -> None:
        paint_page(painter, area, self._stack, self._rows, self._shelf)

    def _connect(self, filling: Filling) -> None:
        self._canvas.grown.connect(self._measure_again)
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
        self._shelf.drop_repeats(place, link_id)
        self._refresh()

    def _on_wanted(self, path: Path) -> None:
        block = self.first_block(path)
        if block is not None:
            block.control.focus_first()

    def _refresh(self) -> None:
        self._flatten()
        self._lay_out_anew()

    def _flatten(self) -> None:
        anchor = self._anchor()
        found = Flattening(self._filling)
        self._rows = (self._title, *found.rows(self._children()))
        self._shapes = found.shapes
        self._numbers = {row.key: number for number, row in enumerate(self._rows)}
        self._kept_anchor = anchor
        self._shelf.hide_others(self._numbers)

    def _width(self) -> int:
        """The scroll bar's place is always kept free, so that its coming and going moves no words."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return min(theme_now().px(_READING_WIDTH), max(160, self.width() - bar - 2 * _MARGIN))

    def _lay_out_anew(self) -> None:
        self._stack_anew()
        self._build_near()

    def _stack_anew(self) -> None:
        """Other rows, another width or another look: every height is asked or guessed again."""
        anchor = self._kept_anchor if self._kept_anchor[0] is not None else self._anchor()
        self._kept_anchor = _NO_ANCHOR
        self._stack = Stack(self._rows, width=self._width(), margin=_MARGIN)
        for number, row in enumerate(self._rows):
            if row.key in self._shelf:
                self._measure(number)
            else:
                self._stack.heights[number] = self._estimates.of(row, self._stack.widths[number])
        self._arrange(anchor)

    def _measure(self, number: int) -> bool:
        """Ask a widget how tall it wants to be; whether that is news."""
        row, width = self._rows[number], self._stack.widths[number]
        tall = self._shelf.tall(row.key, width)
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
        for each in self._shelf:
            number = self._numbers.get(each)
            if number is not None:
                self._shelf.place(each, self._stack.edges(number))
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
        at = self._numbers.get(key) if (key := self._shelf.keyboard()) is not None else None
        held = at if at is not None and at in seen else seen[0]
        return (self._rows[held].key, self._stack.tops[held] - top)

    def _build_near(self) -> None:
        """Build rows near the screen for a moment, those on it first; go on in a later turn if some are left."""
        if self.width() <= 0 or self._is_arranging:
            return
        missing = self._missing()
        if missing:
            self._build(missing, until=time.monotonic() + _SLICE_S)
            self._shelf.drop_far(self._numbers, self._stack.at(self.verticalScrollBar().value() + self.height() // 2))
            self._later.start(0)

    def _near(self) -> Iterable[int]:
        """The rows on the screen, then those within a screen of it, then those that Tab would go to."""
        top, tall = self.verticalScrollBar().value(), self.height()
        on_screen = self._stack.between(top, top + tall)
        below = self._stack.between(top + tall, top + 2 * tall)
        above = reversed(self._stack.between(max(0, top - tall), top))
        return dict.fromkeys((*on_screen, *below, *above, *self._beside_keyboard()))

    def _missing(self) -> list[int]:
        return [number for number in self._near() if self._rows[number].key not in self._shelf]

    def _beside_keyboard(self) -> Iterator[int]:
        """The neighbours that Tab goes to, even where the page was scrolled away from the keyboard."""
        held = self._shelf.keyboard()
        at = self._numbers.get(held) if held else None
        if at is not None:
            for way in (range(at + 1, len(self._rows)), range(at - 1, -1, -1)):
                yield from islice((n for n in way if self._rows[n].kind not in _SILENT), 2)

    def _build(self, numbers: Iterable[int], *, until: float = float("inf")) -> None:
        anchor = self._anchor()
        built = sorted(self._numbers[key] for key in self._shelf if key in self._numbers)
        before = len(built)
        for number in numbers:
            if len(built) > before and time.monotonic() > until:
                break
            if self._rows[number].key not in self._shelf:
                self._make(number, built)
        if len(built) > before:
            self._arrange(anchor)

    def _make(self, number: int, built: list[int]) -> None:
        at = bisect(built, number)
        self._shelf.make(self._rows[number], above=(self._rows[n].key for n in reversed(built[:at])))
        built.insert(at, number)
        self._measure(number)

    def _bring_up(self, number: int) -> None:
        top, tall, bar = self._stack.tops[number], self._stack.heights[number], self.verticalScrollBar()
        if not bar.value() <= top - _MARGIN <= bar.value() + self.height() - tall - 2 * _MARGIN:
            bar.setValue(max(0, top - self.height() // 4))
        self._build_near()


def _once(owner: PromptPage, slot: Callable[[], None]) -> QTimer:
    """A timer for the next turn of the event loop."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.timeout.connect(slot)
    return timer


def _seen_whole(stack: Stack, number: int, page: PromptPage) -> int:
    """Where to scroll so that the end of a row that grew is seen, or its beginning if it is too tall."""
    top, end = stack.tops[number] - _MARGIN, stack.tops[number] + stack.heights[number] + _MARGIN
    return max(page.verticalScrollBar().value(), min(top, end - page.height()))
