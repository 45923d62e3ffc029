"""A prompt set page by page: a jump list with what is open, the prompts of the current page only, back and next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from homevisit.domain.canonical import JsonObject
from homevisit.prompts.paths import Path, parse_path
from homevisit.prompts.session import Session
from ui.privacy import Privacy
from ui.prompts.block import PromptBlock
from ui.prompts.completion import Completion, Count
from ui.prompts.filling import BlockExtra, Filling, Stopwatch
from ui.prompts.foot import FormFoot
from ui.prompts.jumps import OpenList, first_after
from ui.prompts.kinds import hold_of
from ui.prompts.languages import LanguageLine
from ui.prompts.page import PromptPage
from ui.prompts.page_place import PagePlace
from ui.prompts.paging import Paging
from ui.prompts.steps import StepBar
from ui.prompts.timed_lines import begin_line, wants_line
from ui.widgets.surface import Divider, boxed, column


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
        self._steps = StepBar(len(self._pages))
        self._language = LanguageLine(session.questionnaire.languages)
        self._place = PagePlace()
        self._page: PromptPage | None = None
        self._left = OpenList()
        self._foot = FormFoot()
        self._lay_out()
        self._connect()
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

    def show_next_left(self) -> bool:
        """Go to the next prompt that is open or faulty, on whatever page; False where none is left."""
        self.flush()
        shown = first_after(self._completion.left(), self._page.current() if self._page is not None else None)
        return shown is not None and self._go(shown.path)

    def show_left(self, shown: bool) -> None:
        """Show or hide the list of what is open or faulty."""
        self.flush()
        if shown:
            self._render_left()
        self._left.setVisible(shown)
        self._foot.show_list_open(shown)
        if shown:
            self._left.focus_list()
        else:
            self.focus_first()

    @property
    def shows_left(self) -> bool:
        return not self._left.isHidden()

    def speak(self, language: str) -> None:
        """Go on in another language of the set; every answer stays."""
        self.flush()
        self._filling.session.speak(language)
        self._language.show_language(language)
        self.setAccessibleName(self._filling.session.questionnaire.title)
        at, self._at = self._at, -1
        self.show_page(at)

    def show_page(self, number: int) -> None:
        """Build and show one page; the one before is taken down."""
        if not 0 <= number < self.page_count or number == self._at:
            return
        self.flush()
        self._at = number
        fresh = PromptPage(self._pages.title(number), lambda: self._pages.children(number), self._filling)
        fresh.setObjectName(f"prompts.page.{number + 1}")
        self._page = self._place.show_page(fresh)
        self._render()
        self.page_changed.emit(number)

    def complete_page(self) -> None:
        """Build what is still to come of the page at once."""
        if self._page is not None:
            self._page.complete()

    def go_to(self, place: str) -> bool:
        """Show the prompt at a path's text and put the keyboard there; what is missing is named from now on."""
        path = parse_path(place)
        self._filling.say_what_is_missing()
        return self._go(path)

    def focus_first(self) -> None:
        """Put the keyboard on the first prompt of the page."""
        block = self._page.first_block() if self._page is not None else None
        if block is not None:
            block.control.focus_first()

    def timed_line(self) -> bool:
        """Begin a line with the time in the page's timed notes, if it has them."""
        return begin_line(self._page, self._filling)

    @override
    def event(self, event: QEvent) -> bool:
        # Claimed before the window's own Ctrl+T, which writes into the note.
        claims = event.type() == QEvent.Type.ShortcutOverride
        if claims and isinstance(event, QKeyEvent) and wants_line(self._page, event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (wants_line(self._page, event) and self.timed_line()):
            super().keyPressEvent(event)

    def may_go_on(self) -> bool:
        """Whether the person may leave this page; what must be settled first is said and gone to."""
        self.flush()
        hold = hold_of(self._filling)
        if hold is not None:
            self._filling.say_what_is_missing()  # first: it announces changes, which take earlier words away
        self._foot.show_hold(hold.words if hold else "")
        if hold is not None:
            self._go(hold.path)
        return hold is None

    def _go(self, path: Path) -> bool:
        """Show the prompt at a path and put the keyboard there."""
        page = self._pages.page_of(path)
        if page is None:
            return False
        self.show_page(page)
        block = self._page.block_at(path) if self._page is not None else None
        if block is None:
            return False
        block.control.focus_first()
        return True

    def _on_changed(self, changed: frozenset[Path]) -> None:
        self._foot.show_hold("")
        self._completion.update(changed)
        self._render()
        self.changed.emit()

    def _on_repeats(self, *_: object) -> None:
        self._pages.renew()
        self._completion.recount()

    def _on_next(self) -> None:
        if not self.may_go_on():
            return
        following = self._pages.neighbour(self._at, 1)
        if following is None:
            self.finished.emit()
        else:
            self.show_page(following)
            self.focus_first()

    def _on_back(self) -> None:
        before = self._pages.neighbour(self._at, -1)
        if before is not None and self.may_go_on():
            self.show_page(before)
            self.focus_first()

    def _on_step(self, number: int) -> None:
        if number != self._at and self.may_go_on():
            self.show_page(number)
        self._render()

    def _on_left_chosen(self, path: Path) -> None:
        self._left.hide()
        self._foot.show_list_open(False)
        self._go(path)

    def _blocks(self) -> list[PromptBlock]:
        """The prompts of this page that are built."""
        return self._page.blocks() if self._page is not None else []

    def _render(self) -> None:
        whole = Count()
        for number, tops in enumerate(self._pages.tops):
            shown, count = self._pages.has_something(number), self._completion.of(tops)
            self._steps.show_page(number, self._pages.title(number), count, shown=shown)
            whole = whole + count
        self._steps.show_current(self._at)
        self._foot.show_count(whole)
        first, last = (self._pages.neighbour(self._at, step) is None for step in (-1, 1))
        self._foot.show_ways(is_first=first, is_last=last)
        if self.shows_left:
            self._render_left()

    def _render_left(self) -> None:
        self._left.show_left(self._completion.left(), self._pages)
        self._left.setMaximumHeight(max(160, self.height() * 2 // 5))

    def _connect(self) -> None:
        self._filling.changed.connect(self._on_changed)
        self._filling.repeats_changed.connect(self._on_repeats)
        self._filling.line_wanted.connect(self.timed_line)
        self._steps.chosen.connect(self._on_step)
        self._language.chosen.connect(self.speak)
        self._left.chosen.connect(self._on_left_chosen)
        self._left.closed.connect(lambda: self.show_left(False))
        self._foot.back_pressed.connect(self._on_back)
        self._foot.next_pressed.connect(self._on_next)
        self._foot.list_wanted.connect(self.show_left)

    def _lay_out(self) -> None:
        questionnaire = self._filling.session.questionnaire
        self.setAccessibleName(questionnaire.title)
        self._language.show_language(questionnaire.language)
        steps = boxed(column(self._steps, Divider(), gap=0))
        # Never shown by word: without a parent they would flash up as windows of their own.
        for part, wanted in ((steps, len(self._pages) > 1), (self._language, len(questionnaire.languages) > 1)):
            if not wanted:
                part.hide()
        self._left.hide()
        body = column(self._language, steps, gap=0)
        body.addWidget(self._place, 1)
        for below in (self._left, Divider(), self._foot):
            body.addWidget(below)
        self.setLayout(body)
