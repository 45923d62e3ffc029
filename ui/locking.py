"""Leaving an unlocked store, by locking or by closing: cover, write what is pending, close the store, go."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from homevisit.errors import HomeVisitError
from ui.bridge import Where
from ui.messages import notice_of
from ui.navigation import Place
from ui.notices import Notice
from ui.shell import Shell
from ui.tokens import Tone
from ui.window import MainWindow
from ui.words import tr

Leave = Callable[[Place | None], None]
FLUSH_LIMIT = 5.0


class Leaving(QObject):
    """``close_store`` runs on the writer lane; ``relaunch`` replaces the process, tests pass their own."""

    def __init__(self, window: MainWindow, shell: Shell, *, close_store: Callable[[], None], relaunch: Leave) -> None:
        super().__init__(window)
        self._close_store = close_store
        self._window = window
        self._shell = shell
        self._relaunch = relaunch
        self._leave: Callable[[], None] | None = None
        window.cover_screen.retry_asked.connect(self._try)
        window.cover_screen.lose_asked.connect(self._finish)
        window.cover_screen.back_asked.connect(self._go_back)

    def lock(self) -> None:
        """Ctrl+L and idleness. Safe to call twice."""
        if self._leave is None:
            desk = self._window.desk
            here = desk.here if desk else None
            place = replace(here, in_home=self._shell.privacy.family) if here else None
            self._start(lambda: self._relaunch(place))

    def close(self) -> None:
        """The window was asked to close."""
        if self._leave is None:
            self._start(self._window.finish_closing)

    def _start(self, leave: Callable[[], None]) -> None:
        self._leave = leave
        self._window.cover()
        self._try()

    def _try(self) -> None:
        """Nothing behind the cover can change any more, so waiting here freezes nothing that anyone sees."""
        futures = self._shell.flush()
        wait(futures, timeout=FLUSH_LIMIT)
        problem = _problem_of(futures)
        if problem is None:
            self._finish()
        else:
            self._window.cover_screen.show_problem(problem)

    def _go_back(self, passphrase: str) -> None:
        """To the words that cannot be saved, so that they can be copied: for nobody but whose store this is."""
        confirm = self._shell.services.safekeeping.confirm
        self._shell.bridge.run(lambda: confirm(passphrase), self._on_right, self._on_wrong, where=Where.WORKER)

    def _on_right(self, _: None) -> None:
        self._leave = None
        self._window.cover_screen.show_hint("")  # nothing of the passphrase stays behind
        self._window.uncover()
        words = tr("leaving", "Your last words are here, but they are not saved.")
        step = tr("leaving", "Copy them somewhere safe, then lock again.")
        self._shell.announce(Notice(sentence=words, next_step=step, tone=Tone.ALERT))

    def _on_wrong(self, error: HomeVisitError) -> None:
        said = notice_of(error)
        self._window.cover_screen.unsaved.show_wrong(f"{said.sentence} {said.next_step}".strip())

    def _finish(self) -> None:
        self._window.remember_place()
        self._shell.sync.stop()
        self._shell.bridge.shutdown(self._close_store)
        if self._leave is not None:
            self._leave()


def _problem_of(futures: list[Future[Any]]) -> Notice | None:
    if any(not future.done() for future in futures):
        return _not_written(HomeVisitError("draft.slow"))
    errors = [future.exception() for future in futures if not future.cancelled()]
    failed = [error for error in errors if error is not None]
    if not failed:
        return None
    first = failed[0]
    return _not_written(first if isinstance(first, HomeVisitError) else HomeVisitError("app.fault"))


def _not_written(error: HomeVisitError) -> Notice:
    said = notice_of(error)
    return Notice(
        sentence=tr("leaving", "Your last words could not be saved. {why}", why=said.sentence),
        next_step=said.next_step,
        action="retry",
        action_label=tr("leaving", "Try again"),
    )
