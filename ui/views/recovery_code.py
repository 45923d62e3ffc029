"""The card of Settings that makes a new recovery code and sees it kept."""

from __future__ import annotations

from ui.presenters.recovery_code import RecoveryCodePresenter, RecoveryCodeState
from ui.printing import ask_sheet_file, print_text
from ui.tokens import Space
from ui.views.first_run_steps import RecoveryStep
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import QuietButton, SecondaryButton
from ui.widgets.fields import FieldRow, SecretEdit
from ui.widgets.surface import Card, boxed, column, row
from ui.widgets.text import BodyText, SectionTitle
from ui.words import tr

ROOM = "settings"


class RecoveryCodeCard(Card):
    """Asks for the passphrase, shows the code as the first run does, and two of its groups are typed again."""

    def __init__(self, presenter: RecoveryCodePresenter) -> None:
        super().__init__(SectionTitle(tr(ROOM, "Recovery code")), name=tr(ROOM, "Recovery code"))
        self.setObjectName("settings.recovery")
        self._presenter = presenter
        self._step: RecoveryStep | None = None
        self._bar = QuietBar()
        self._open = SecondaryButton(tr(ROOM, "Make a new recovery code"), icon="key-round")
        self._present = SecretEdit(tr(ROOM, "Present passphrase"))
        self._make = SecondaryButton(tr(ROOM, "Make it"), icon="check")
        self._close = QuietButton(tr(ROOM, "Close"))
        self._kept = SecondaryButton(tr(ROOM, "I have kept it"), icon="check")
        names = {"open": self._open, "present": self._present, "make": self._make, "close": self._close}
        for name, part in {**names, "kept": self._kept}.items():
            part.setObjectName(f"settings.recovery.{name}")
        self._arrange()
        self._connect()
        self.render_state(presenter.state)

    def render_state(self, state: RecoveryCodeState) -> None:
        """The passphrase is emptied as soon as it is not asked for."""
        asking = state.is_open and state.shown is None
        self._bar.show_notice(state.notice)
        self._open.setVisible(not asking and state.shown is None)
        self._asking.setVisible(asking)
        self._make.setEnabled(not state.busy)
        if not asking:
            self._present.show_value("")
        self._render_step(state)

    def _render_step(self, state: RecoveryCodeState) -> None:
        self._kept.setVisible(state.shown is not None)
        if state.shown is None:
            if self._step is not None:
                self._step.hide()
                self._step.deleteLater()
                self._step = None
            return
        is_new = self._step is None
        step = self._step = self._step or self._make_step()
        step.render_state(state.shown)
        if is_new:
            step.first_focus().setFocus()
        elif state.shown.problems:
            step.focus_problem(state.shown)

    def _make_step(self) -> RecoveryStep:
        step, presenter = RecoveryStep(), self._presenter
        step.retyped.connect(presenter.retype)
        step.submitted.connect(presenter.confirm)
        step.print_asked.connect(lambda: print_text(self, presenter.sheet()))
        step.save_asked.connect(lambda: ask_sheet_file(self, presenter.save))
        self._place.addWidget(step)
        return step

    def _arrange(self) -> None:
        words = tr(ROOM, "It opens the store when the passphrase is forgotten. A new one takes the place of the old.")
        foot = row(self._make, self._close)
        foot.addStretch(1)
        asking = column(FieldRow(tr(ROOM, "Present passphrase"), self._present), gap=Space.M)
        asking.addLayout(foot)
        self._asking = boxed(asking)
        self._asking.setMaximumWidth(440)
        self._place = column()
        self.body.addWidget(BodyText(words, soft=True))
        for part in (self._bar, self._open, self._asking):
            self.body.addWidget(part)
        self.body.addLayout(self._place)
        self.body.addWidget(self._kept)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.state_changed.connect(self.render_state)
        self._open.clicked.connect(self._on_open)
        self._close.clicked.connect(lambda: presenter.begin(False))
        self._make.clicked.connect(lambda: presenter.make(self._present.value()))
        self._present.submitted.connect(lambda: presenter.make(self._present.value()))
        self._kept.clicked.connect(presenter.confirm)

    def _on_open(self) -> None:
        self._presenter.begin(True)
        self._present.setFocus()
