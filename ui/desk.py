"""The desk behind the unlock screen: rail, page stack, quiet bar and status line, and the way between pages."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from homevisit.changes import Changes
from ui.dialogs.go_to import GoTo
from ui.dialogs.overlay import Overlay
from ui.dialogs.shortcut_sheet import ShortcutSheet
from ui.navigation import History, Place, lasting
from ui.notices import Notice, Noticeboard
from ui.pages import Page, PageSpec
from ui.panes import focus_into, go_round
from ui.rail import Rail
from ui.shell import Shell
from ui.status import StatusLine, StatusState, saved_words
from ui.tokens import Space, Tone
from ui.widgets.bars import QuietBar
from ui.widgets.surface import boxed, column, row
from ui.words import tr


class DeskView(QWidget):
    """Pages are made when first gone to and kept. ``lock_asked`` and ``text_asked`` are for the window."""

    lock_asked = Signal()
    text_asked = Signal(str)

    def __init__(self, shell: Shell, specs: Sequence[PageSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("desk")
        self._shell = shell
        self._specs = {spec.name: spec for spec in specs if shell.desk in spec.desks}
        self._pages: dict[str, Page] = {}
        self._shown: Page | None = None
        self._history = History()
        self._status_state = StatusState()
        self._board = Noticeboard()
        self._said: Notice | None = None
        in_rail = [spec for spec in self._specs.values() if spec.in_rail]
        self.rail = Rail(in_rail)
        self.stack = QStackedWidget()
        self.bar = QuietBar()
        self.status = StatusLine()
        self._sheet = ShortcutSheet(self, shell.shortcuts)
        self._goto = GoTo(self, shell, in_rail)
        self._arrange()
        self._connect()
        self._bind_keys()

    @property
    def here(self) -> Place | None:
        """The place that is shown, also where the page went on by itself."""
        place, page = self._history.here, self.page
        moved = page.showing() if page is not None else ""
        return replace(place, arg=moved) if place is not None and moved else place

    @property
    def page(self) -> Page | None:
        """The page that is shown; none before the first place was gone to."""
        return self._shown

    def prepare(self) -> Generator[None]:
        """Make the page where one starts before anything can be shown on it, in steps that are short."""
        name = next(iter(self._specs))
        page = self._specs[name].make(self._shell)
        yield
        self._keep(name, page)

    def rehearse(self) -> Generator[None]:
        """Lay the first page out and draw it, unseen, in steps that are short: the second time takes half as long."""
        page = self.stack.currentWidget()
        if not isinstance(page, Page):
            return
        page.rehearse()
        try:
            yield
            self.grab(QRect(0, 0, 1, 1))
            yield
            self.grab()
        finally:
            page.clear()

    def start(self, place: Place | None = None) -> None:
        """Go where one was before locking, or to the first page of the rail."""
        spec = self._specs.get(place.page) if place is not None else None
        if place is None or spec is None:
            self.go(next(iter(self._specs)))
            return
        if place.in_home and spec.in_home:
            self._shell.privacy.enter(place.in_home)
        self.go(place.page, place.arg)

    def go(self, page: str, arg: str = "") -> None:
        """Show a page; an unknown name is a bug. In in-home view only pages that obey it are shown."""
        spec = self._specs[page]
        if self._shell.privacy.in_home and not spec.in_home:
            return
        if self._history.go(Place(page, lasting(arg))) or arg != lasting(arg):
            self._show(Place(page, arg))

    def back(self) -> None:
        """Alt+Left."""
        place = self._history.back()
        if place is not None:
            self._show(place)

    def set_in_home(self, wanted: bool) -> None:
        """Enter or leave in-home view; entering needs a page that shows one family."""
        family = self._family_here()
        if wanted and family:
            self._history.forget()
            self._shell.privacy.enter(family)
        elif not wanted:
            self._shell.privacy.leave()

    def say_saved(self) -> None:
        """Ctrl+S: there is nothing to save; write what is pending and, once that is safe, say when it was."""
        if self.page is not None and self.page.save_asked():
            return
        futures = self._shell.flush()
        self._shell.bridge.run(lambda: [each.result() for each in futures], self._on_all_saved, owner=self)

    def _on_all_saved(self, _: object) -> None:
        at = self._status_state.saved_at
        words = saved_words(at) if at else tr("desk", "Everything you have typed is saved")
        step = tr("desk", "There is never anything to save by hand.")
        self._on_noticed(Notice(sentence=words, next_step=step, tone=Tone.GOOD))

    def refresh_status(self, **changes: Any) -> None:
        """Render the status line anew; pages call it through the shell's signals."""
        privacy = self._shell.privacy
        can = bool(self._family_here())
        now = replace(self._status_state, **changes)
        self._status_state = replace(now, in_home=privacy.in_home, can_go_in_home=can)
        self.status.render_state(self._status_state)

    def _family_here(self) -> str:
        place, page = self.here, self.page
        if place is None or page is None or not self._specs[place.page].in_home:
            return ""
        return page.family()

    def _show(self, place: Place) -> None:
        leaving = self.page
        if leaving is not None:
            leaving.depart()
        page = self._pages.get(place.page) or self._make(place.page)
        page.arrive(place.arg)
        self._shown = page
        self.stack.setCurrentWidget(page)
        self.rail.show_place(self._specs[place.page].below or place.page)
        self._board.turn_page()
        self._show_notice()
        self.refresh_status()
        self._focus_page()

    def _make(self, name: str) -> Page:
        page = self._specs[name].make(self._shell)
        self._keep(name, page)
        return page

    def _keep(self, name: str, page: Page) -> None:
        page.setObjectName(page.objectName() or name)
        self._pages[name] = page
        self.stack.addWidget(page)

    def _arrange(self) -> None:
        self.setProperty("ground", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        top = column(self.bar)
        top.setContentsMargins(Space.M, Space.S, Space.M, 0)
        self._bar_box = boxed(top)
        self._bar_box.hide()
        middle = column(self._bar_box, gap=0)
        middle.addWidget(self.stack, 1)
        line = row(self.rail, gap=0)
        line.addLayout(middle, 1)
        whole = column(gap=0)
        whole.addLayout(line, 1)
        whole.addWidget(self.status)
        self.setLayout(whole)

    def _connect(self) -> None:
        shell = self._shell
        shell.went.connect(self.go)
        shell.noticed.connect(self._on_noticed)
        shell.saved.connect(lambda at: self.refresh_status(saved_at=at))
        shell.counted.connect(lambda count: self.refresh_status(waiting=count))
        shell.sync.state_changed.connect(lambda state: self.refresh_status(exchanging=state.is_running))
        shell.changed.connect(self._on_changed)
        shell.privacy.changed.connect(self._on_privacy)
        self.rail.chosen.connect(self.go)
        self.rail.help_asked.connect(self._sheet.open_over)
        self.rail.lock_asked.connect(self.lock_asked)
        self.rail.visit_asked.connect(self._focus_page)
        self.status.in_home_asked.connect(self.set_in_home)
        self.status.sending_asked.connect(lambda: self._go_if_there("exchange"))
        self._goto.gone.connect(self.go)
        self.bar.shown.connect(self._bar_box.setVisible)
        self.bar.acted.connect(shell.acted)
        self.bar.dismissed.connect(lambda: self._on_noticed(None))

    def _bind_keys(self) -> None:
        slots: dict[str, Callable[[], None]] = {
            "lock": self.lock_asked.emit,
            "in_home": lambda: self.set_in_home(not self._shell.privacy.in_home),
            "go.anything": self._on_go_to,
            "back": self.back,
            "pane.next": self._next_pane,
            "find.here": self._find,
            "find.everything": lambda: self._go_if_there("search"),
            "saved": self.say_saved,
            "help": lambda: _toggle(self._sheet, self._goto),
            "text.larger": lambda: self.text_asked.emit("larger"),
            "text.smaller": lambda: self.text_asked.emit("smaller"),
            "text.usual": lambda: self.text_asked.emit("usual"),
        }
        for line_id, slot in slots.items():
            self._shell.shortcuts.bind(self, line_id, slot)

    def _on_noticed(self, notice: Notice | None) -> None:
        """None takes away what is shown; what waited behind it comes."""
        if notice is None:
            self._board.take_away(self._said)
        else:
            self._board.add(notice)
        self._show_notice()

    def _show_notice(self) -> None:
        self._said = self._board.shown(in_home=self._shell.privacy.in_home)
        self.bar.show_notice(self._said)

    def _on_changed(self, changes: Changes) -> None:
        if self.page is not None:
            self.page.refresh(changes)
        self.refresh_status()

    def _on_privacy(self) -> None:
        if self._shell.privacy.in_home:
            self._history.forget()
        self.rail.show_in_home(self._shell.privacy.in_home)
        self._goto.close_over()
        self._show_notice()
        self.refresh_status()

    def _on_go_to(self) -> None:
        if not self._shell.privacy.in_home:
            self._sheet.close_over()
            self._goto.open_over()

    def _find(self) -> None:
        if self.page is not None:
            self.page.find_here()

    def _go_if_there(self, page: str) -> None:
        if page in self._specs:
            self.go(page)

    def _focus_page(self) -> None:
        page = self.page
        if page is not None:
            focus_into(next(iter(page.panes()), page))

    def _next_pane(self) -> None:
        """F6 goes rail, panes of the page, rail …"""
        go_round(list(self.page.panes()) if self.page else [], self.rail.focus_first)


def _toggle(sheet: Overlay, other: Overlay) -> None:
    """One sheet at a time: two would dim the page twice."""
    other.close_over()
    if sheet.isVisible():
        sheet.close_over()
    else:
        sheet.open_over()
