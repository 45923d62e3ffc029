"""A prompt set page by page: a jump list with what is open, the prompts of the current page only, back and next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from homevisit.domain.canonical import JsonObject
from homevisit.prompts.evaluate import ItemState
from homevisit.prompts.paths import Path, parse_path, path_text
from homevisit.prompts.session import Session
from homevisit.prompts.terms import Role
from ui.privacy import Privacy
from ui.prompts.block import PromptBlock, object_name
from ui.prompts.columns import PromptColumn
from ui.prompts.filling import BlockExtra, Filling, Stopwatch
from ui.prompts.flow import flowing
from ui.prompts.kinds import hold_of
from ui.prompts.timer import TwoMinuteTimer, line_stamp
from ui.prompts.wording import ROOM, open_words
from ui.prompts.written import TextPrompt
from ui.tokens import Space
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.surface import Divider, ScrollColumn, boxed, column, row
from ui.widgets.text import SectionTitle, TextLabel, WrappedText
from ui.words import tr

_TIMED_LINE = QKeySequence("Ctrl+T")
_READING_WIDTH = 760


class PromptForm(QWidget):
    """Fills in one session. ``changed`` carries the response in progress after every change; ``page_changed`` says
    that the person went to another page; ``finished`` that "Done" was pressed on the last one.
    """

    changed = Signal(object)
    page_changed = Signal(int)
    finished = Signal()

    def __init__(
        self,
        session: Session,
        *,
        now: Callable[[], datetime],
        privacy: Privacy | None = None,
        watch: Stopwatch | None = None,
        extras: Sequence[BlockExtra] = (),
    ) -> None:
        super().__init__()
        self._filling = Filling(session, now=now, privacy=privacy, watch=watch, extras=extras)
        self._filling.setParent(self)
        self._pages = _pages_of(session)
        self._at = -1
        self._steps = [self._step_button(number) for number in range(len(self._pages))]
        self._scroll_place: QVBoxLayout = column()
        self._scroll: ScrollColumn | None = None
        self._open = TextLabel("", "soft")
        self._held = WrappedText("", "problem")
        self._back = SecondaryButton(tr(ROOM, "Back"), icon="chevron-left")
        self._next = PrimaryButton(tr(ROOM, "Next"))
        self._lay_out(session.questionnaire.title)
        self._filling.changed.connect(self._on_changed)
        self._filling.changed.connect(self._forget_hold)
        self.show_page(0)

    @property
    def page(self) -> int:
        return self._at

    @property
    def page_count(self) -> int:
        return len(self._pages)

    def response(self) -> JsonObject:
        """The response in progress with everything typed so far."""
        self.flush()
        return self._filling.session.response()

    def flush(self) -> None:
        """Take over what was typed and not yet announced: before a page change, lock or close."""
        for block in self._blocks():
            block.control.flush()

    def unanswered(self, page: int) -> int:
        """How many prompts of a page are still expected to be answered."""
        state = self._filling.session.state()
        return sum(each.unanswered for path in self._pages[page] for each in state.below(path))

    def show_page(self, number: int) -> None:
        """Build and show one page; the one before is taken down."""
        if not 0 <= number < len(self._pages) or number == self._at:
            return
        self.flush()
        self._at = number
        self._filling.build_for_a_moment()
        fresh = ScrollColumn(margin=Space.L, width_limit=_READING_WIDTH)
        fresh.setObjectName(f"prompts.page.{number + 1}")
        fresh.body.addWidget(SectionTitle(self._title(number)))
        fresh.body.addWidget(PromptColumn(self._children(number), self._filling))
        fresh.finish()
        _fill_width(fresh)
        self._replace_scroll(fresh)
        for timer in fresh.findChildren(TwoMinuteTimer):
            timer.line_wanted.connect(self.timed_line)
        self._render_open()
        self.page_changed.emit(number)

    def complete_page(self) -> None:
        """Build what is still to come of the page at once."""
        self._filling.build_everything()
        for each in self.findChildren(PromptColumn):
            each.refresh()

    def go_to(self, place: str) -> bool:
        """Show the prompt at a path's text and put the keyboard there; what is missing is named from now on."""
        path = parse_path(place)
        page = next((n for n, tops in enumerate(self._pages) if any(path[: len(top)] == top for top in tops)), None)
        if page is None:
            return False
        self.show_page(page)
        self.complete_page()
        self._filling.say_what_is_missing()
        block = self._scroll.findChild(PromptBlock, object_name(path)) if self._scroll else None
        if block is None or self._scroll is None:
            return False
        block.control.focus_first()
        self._scroll.ensureWidgetVisible(block, 0, Space.XL)
        return True

    def focus_first(self) -> None:
        """Put the keyboard on the first prompt of the page."""
        for block in self._blocks():
            if block.isVisibleTo(self):
                block.control.focus_first()
                return

    def timed_line(self) -> bool:
        """Begin a line with the time in the page's timed notes, if it has them."""
        for block in self._blocks():
            if self._filling.state(block.path).item.has_role(Role.TIMED_NOTES) and isinstance(
                block.control, TextPrompt
            ):
                wall = self._filling.now().astimezone().strftime("%H:%M")
                block.control.begin_line(line_stamp(self._filling.watch, wall))
                return True
        return False

    @override
    def event(self, event: QEvent) -> bool:
        # Claimed before the window's own Ctrl+T, which writes into the note.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._wants(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (self._wants(event) and self.timed_line()):
            super().keyPressEvent(event)

    def _wants(self, event: QKeyEvent) -> bool:
        pressed = QKeySequence(event.keyCombination())
        notes = (self._filling.state(block.path).item.has_role(Role.TIMED_NOTES) for block in self._blocks())
        return pressed == _TIMED_LINE and any(notes)

    def _on_changed(self, _: object) -> None:
        self._render_open()
        self.changed.emit(self._filling.session.response())

    def may_go_on(self) -> bool:
        """Whether the person may leave this page; what must be settled first is said and gone to."""
        self.flush()
        hold = hold_of(self._filling)
        self._held.setText(hold.words if hold else "")
        self._held.setVisible(hold is not None)
        if hold is not None:
            self.go_to(path_text(hold.path))
        return hold is None

    def _forget_hold(self, _: object) -> None:
        self._held.hide()

    def _on_next(self) -> None:
        if not self.may_go_on():
            return
        following = self._neighbour(1)
        if following is None:
            self.flush()
            self.finished.emit()
        else:
            self.show_page(following)
            self.focus_first()

    def _on_back(self) -> None:
        before = self._neighbour(-1)
        if before is not None and self.may_go_on():
            self.show_page(before)
            self.focus_first()

    def _neighbour(self, step: int) -> int | None:
        """The next page in a direction that has something to show."""
        numbers = range(self._at + step, len(self._pages) if step > 0 else -1, step)
        return next((number for number in numbers if self._has_something(number)), None)

    def _has_something(self, number: int) -> bool:
        return any(self._filling.state(path).shown for path in self._pages[number])

    def _blocks(self) -> list[PromptBlock]:
        """The prompts of this page that are built."""
        return self._scroll.findChildren(PromptBlock) if self._scroll is not None else []

    def _children(self, number: int) -> tuple[Path, ...]:
        tops, state = self._pages[number], self._filling.session.state()
        only = state.items[tops[0]]
        return only.children if only.item.is_page else tops

    def _title(self, number: int) -> str:
        first = self._filling.state(self._pages[number][0]).item
        return first.label if first.is_page else self._filling.session.questionnaire.title

    def _render_open(self) -> None:
        for number, button in enumerate(self._steps):
            words = open_words(self.unanswered(number))
            button.setText(f"{self._title(number)}\n{words}".replace("&", "&&"))
            button.setAccessibleName(f"{self._title(number)}: {words}")
            button.setChecked(number == self._at)
            button.setHidden(not self._has_something(number))
        self._open.setText(open_words(self.unanswered(self._at)))
        self._back.setEnabled(self._neighbour(-1) is not None)
        last = self._neighbour(1) is None
        self._next.setText(tr(ROOM, "Done") if last else tr(ROOM, "Next"))
        self._next.setIcon(QIcon())
        self._next.show_icon("check" if last else "")

    def _replace_scroll(self, fresh: ScrollColumn) -> None:
        if self._scroll is not None:
            self._scroll_place.removeWidget(self._scroll)
            # Not taken from its parent first: that would style the whole dying page once more (20 ms).
            self._scroll.hide()
            self._scroll.deleteLater()
        self._scroll = fresh
        self._scroll_place.addWidget(fresh)

    def _step_button(self, number: int) -> QPushButton:
        button = QPushButton()
        button.setProperty("kind", "step")
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        button.setObjectName(f"prompts.step.{number + 1}")
        button.clicked.connect(lambda: self._on_step(number))
        return button

    def _on_step(self, number: int) -> None:
        if number != self._at and self.may_go_on():
            self.show_page(number)
        self._render_open()

    def _lay_out(self, title: str) -> None:
        self.setAccessibleName(title)
        self._back.setObjectName("prompts.back")
        self._next.setObjectName("prompts.next")
        self._back.clicked.connect(self._on_back)
        self._next.clicked.connect(self._on_next)
        foot = row(self._back, gap=Space.S, margin=Space.M)
        foot.addWidget(self._open, 1, Qt.AlignmentFlag.AlignCenter)
        foot.addWidget(self._next)
        jumps = boxed(column(boxed(row(flowing(*self._steps, gap=Space.S), margin=Space.M)), Divider(), gap=0))
        if len(self._steps) < 2:  # never shown by word: without a parent it would flash up as a window of its own
            jumps.hide()
        body = column(jumps, gap=0)
        body.addLayout(self._scroll_place, 1)
        body.addWidget(Divider())
        self._held.setContentsMargins(Space.M, Space.S, Space.M, 0)
        self._held.hide()
        body.addWidget(self._held)
        body.addLayout(foot)
        self.setLayout(body)


def _pages_of(session: Session) -> tuple[tuple[Path, ...], ...]:
    """Each group that is a page by itself; what stands between pages together on one."""
    pages: list[list[Path]] = []
    was_page = True
    for each in _shown(session):
        if each.item.is_page or was_page:
            pages.append([each.path])
        else:
            pages[-1].append(each.path)
        was_page = each.item.is_page
    return tuple(tuple(page) for page in pages)


def _shown(session: Session) -> tuple[ItemState, ...]:
    state = session.state()
    return tuple(state.items[path] for path in state.top if not state.items[path].item.hidden)


def _fill_width(scroll: ScrollColumn) -> None:
    """Let the column take the width up to its limit before the empty space beside it does."""
    inner = scroll.widget()
    outer = inner.layout() if inner is not None else None
    if isinstance(outer, QBoxLayout):
        outer.setStretch(0, 1)
