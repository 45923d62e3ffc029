"""A prompt set page by page: a jump list with what is open, the prompts of the current page only, back and next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from homevisit.domain.canonical import JsonObject
from homevisit.prompts.paths import Path, parse_path, path_text
from homevisit.prompts.session import Session
from homevisit.prompts.terms import Role
from ui.privacy import Privacy
from ui.prompts.block import PromptBlock
from ui.prompts.completion import Completion
from ui.prompts.filling import BlockExtra, Filling, Stopwatch
from ui.prompts.flow import flowing
from ui.prompts.kinds import hold_of
from ui.prompts.page import PromptPage
from ui.prompts.paging import Paging
from ui.prompts.texts import TextPrompt
from ui.prompts.timer import line_stamp
from ui.prompts.wording import ROOM, open_words
from ui.tokens import Space
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.surface import Divider, boxed, column, row
from ui.widgets.text import TextLabel, WrappedText
from ui.words import tr

_TIMED_LINE = QKeySequence("Ctrl+T")


class PromptForm(QWidget):
    """Fills in one session. ``changed`` says that an answer changed (``response()`` has them all); ``page_changed``
    that the person went to another page; ``finished`` that "Done" was pressed on the last one.
    """

    changed = Signal()
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
        self._pages = Paging(session)
        self._completion = Completion(session)
        self._at = -1
        self._steps = [self._step_button(number) for number in range(len(self._pages))]
        self._page_place: QVBoxLayout = column()
        self._page: PromptPage | None = None
        self._open = TextLabel("", "soft")
        self._held = WrappedText("", "problem")
        self._back = SecondaryButton(tr(ROOM, "Back"), icon="chevron-left")
        self._next = PrimaryButton(tr(ROOM, "Next"))
        self._lay_out(session.questionnaire.title)
        self._filling.changed.connect(self._on_changed)
        self._filling.changed.connect(self._forget_hold)
        self._filling.repeats_changed.connect(self._on_repeats)
        self._filling.line_wanted.connect(self.timed_line)
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
        return self._completion.of(self._pages.tops[page]).unanswered

    def show_page(self, number: int) -> None:
        """Build and show one page; the one before is taken down."""
        if not 0 <= number < self.page_count or number == self._at:
            return
        self.flush()
        self._at = number
        fresh = PromptPage(self._pages.title(number), lambda: self._pages.children(number), self._filling)
        fresh.setObjectName(f"prompts.page.{number + 1}")
        self._replace_page(fresh)
        self._render_open()
        self.page_changed.emit(number)

    def complete_page(self) -> None:
        """Build what is still to come of the page at once."""
        if self._page is not None:
            self._page.complete()

    def go_to(self, place: str) -> bool:
        """Show the prompt at a path's text and put the keyboard there; what is missing is named from now on."""
        path = parse_path(place)
        page = self._pages.page_of(path)
        if page is None:
            return False
        self.show_page(page)
        self._filling.say_what_is_missing()
        block = self._page.block_at(path) if self._page is not None else None
        if block is None:
            return False
        block.control.focus_first()
        return True

    def focus_first(self) -> None:
        """Put the keyboard on the first prompt of the page."""
        block = self._page.first_block() if self._page is not None else None
        if block is not None:
            block.control.focus_first()

    def timed_line(self) -> bool:
        """Begin a line with the time in the page's timed notes, if it has them."""
        path = self._timed_notes()
        block = self._page.block_at(path) if self._page is not None and path is not None else None
        if block is None or not isinstance(block.control, TextPrompt):
            return False
        wall = self._filling.now().astimezone().strftime("%H:%M")
        block.control.begin_line(line_stamp(self._filling.watch, wall))
        return True

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
        return pressed == _TIMED_LINE and self._timed_notes() is not None

    def _timed_notes(self) -> Path | None:
        rows = self._page.rows if self._page is not None else ()
        return next((row.path for row in rows if row.item.has_role(Role.TIMED_NOTES)), None)

    def _on_changed(self, changed: frozenset[Path]) -> None:
        self._completion.update(changed)
        self._render_open()
        self.changed.emit()

    def _on_repeats(self, *_: object) -> None:
        self._pages.renew()
        self._completion.recount()

    def may_go_on(self) -> bool:
        """Whether the person may leave this page; what must be settled first is said and gone to."""
        self.flush()
        hold = hold_of(self._filling)
        if hold is not None:
            self.go_to(path_text(hold.path))  # first: it announces changes, which take earlier words away
        self._held.setText(hold.words if hold else "")
        self._held.setVisible(hold is not None)
        return hold is None

    def _forget_hold(self, _: object) -> None:
        self._held.hide()

    def _on_next(self) -> None:
        if not self.may_go_on():
            return
        following = self._pages.neighbour(self._at, 1)
        if following is None:
            self.flush()
            self.finished.emit()
        else:
            self.show_page(following)
            self.focus_first()

    def _on_back(self) -> None:
        before = self._pages.neighbour(self._at, -1)
        if before is not None and self.may_go_on():
            self.show_page(before)
            self.focus_first()

    def _blocks(self) -> list[PromptBlock]:
        """The prompts of this page that are built."""
        return self._page.blocks() if self._page is not None else []

    def _render_open(self) -> None:
        for number, button in enumerate(self._steps):
            words = open_words(self.unanswered(number))
            button.setText(f"{self._pages.title(number)}\n{words}".replace("&", "&&"))
            button.setAccessibleName(f"{self._pages.title(number)}: {words}")
            button.setChecked(number == self._at)
            button.setHidden(not self._pages.has_something(number))
        self._open.setText(open_words(self.unanswered(self._at)))
        self._back.setEnabled(self._pages.neighbour(self._at, -1) is not None)
        last = self._pages.neighbour(self._at, 1) is None
        self._next.setText(tr(ROOM, "Done") if last else tr(ROOM, "Next"))
        self._next.setIcon(QIcon())
        self._next.show_icon("check" if last else "")

    def _replace_page(self, fresh: PromptPage) -> None:
        if self._page is not None:
            self._page_place.removeWidget(self._page)
            # Not taken from its parent first: that would style the whole dying page once more (20 ms).
            self._page.hide()
            self._page.deleteLater()
        self._page = fresh
        self._page_place.addWidget(fresh)
        place = self._page_place.geometry()
        fresh.begin(place.width() or self.width(), place.height() or self.height())

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
        body.addLayout(self._page_place, 1)
        body.addWidget(Divider())
        self._held.setContentsMargins(Space.M, Space.S, Space.M, 0)
        self._held.hide()
        body.addWidget(self._held)
        body.addLayout(foot)
        self.setLayout(body)
