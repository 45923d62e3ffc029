"""Wires the first run's screen to its presenter; loaded only for an empty folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from homevisit.clock import Clock
from homevisit.paths import Home
from ui.bridge import Bridge
from ui.homes import Homes
from ui.presenters.first_run import FirstRunPresenter
from ui.printing import print_text
from ui.views.first_run import FirstRunView
from ui.words import tr


def first_run(home: Home, homes: Homes, bridge: Bridge, clock: Clock) -> tuple[FirstRunView, FirstRunPresenter]:
    """The screen with its presenter, which dies with it."""
    view, presenter = FirstRunView(), FirstRunPresenter(home, homes, bridge, clock)
    presenter.setParent(view)
    presenter.state_changed.connect(view.render_state)
    _wire_steps(view, presenter)
    view.recovery.print_asked.connect(lambda: print_text(view, presenter.sheet_text()))
    view.recovery.save_asked.connect(lambda: _ask_file(view, presenter))
    view.render_state(presenter.state)
    return view, presenter


def _wire_steps(view: FirstRunView, presenter: FirstRunPresenter) -> None:
    view.went_on.connect(presenter.go_on)
    view.went_back.connect(presenter.back)
    view.person.changed.connect(lambda name, value: presenter.change_person(**{name: value}))
    view.passphrase.typed.connect(presenter.type_passphrase)
    view.passphrase.repeated.connect(presenter.repeat_passphrase)
    view.passphrase.suggestion_asked.connect(presenter.suggest)
    view.recovery.retyped.connect(presenter.retype)


def _ask_file(view: FirstRunView, presenter: FirstRunPresenter) -> None:
    """The dialog is opened, not executed, and answers by signal."""
    dialog = QFileDialog(view, tr("first_run", "Save the recovery code"), "", tr("first_run", "Text (*.txt)"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("txt")
    dialog.selectFile("homevisit-recovery-code.txt")
    dialog.fileSelected.connect(lambda name: presenter.save_code(Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
