"""Wires the first run's screen to its presenter; loaded only for an empty folder."""

from __future__ import annotations

from homevisit.clock import Clock
from homevisit.paths import Home
from ui.bridge import Bridge
from ui.homes import Homes
from ui.presenters.first_run import FirstRunPresenter
from ui.printing import ask_sheet_file, print_text
from ui.views.exchange_files import FileDialogs
from ui.views.first_run import FirstRunView
from ui.words import tr


def first_run(home: Home, homes: Homes, bridge: Bridge, clock: Clock) -> tuple[FirstRunView, FirstRunPresenter]:
    """The screen with its presenter, which dies with it."""
    view, presenter = FirstRunView(), FirstRunPresenter(home, homes, bridge, clock)
    presenter.setParent(view)
    presenter.state_changed.connect(view.render_state)
    _wire_steps(view, presenter)
    view.recovery.print_asked.connect(lambda: print_text(view, presenter.sheet_text()))
    view.recovery.save_asked.connect(lambda: ask_sheet_file(view, presenter.save_code))
    view.render_state(presenter.state)
    return view, presenter


def _wire_steps(view: FirstRunView, presenter: FirstRunPresenter) -> None:
    view.went_on.connect(presenter.go_on)
    view.went_back.connect(presenter.back)
    view.person.changed.connect(lambda name, value: presenter.change_person(**{name: value}))
    view.person.join_asked.connect(presenter.join)
    view.join.typed.connect(presenter.type_words)
    view.join.file_asked.connect(lambda: _ask_file(view, presenter))
    view.passphrase.typed.connect(presenter.type_passphrase)
    view.passphrase.repeated.connect(presenter.repeat_passphrase)
    view.passphrase.suggestion_asked.connect(presenter.suggest)
    view.recovery.retyped.connect(presenter.retype)


def _ask_file(view: FirstRunView, presenter: FirstRunPresenter) -> None:
    kinds = tr("first_run", "Files for a further laptop (*.homevisit-laptop)")
    title = tr("first_run", "The file from your other laptop")
    FileDialogs(view.window()).files(title, kinds, lambda paths: presenter.choose_file(paths[0]))
