"""First run: three short steps and a welcome, one card each, all of them with the keyboard alone."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.presenters.first_run_flow import FirstRunState, Step, can_go_back
from ui.tokens import Space
from ui.views.entry_frame import EntryFrame
from ui.views.first_run_steps import DoneStep, JoinStep, PassphraseStep, PersonStep, RecoveryStep, StepWidget
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import PrimaryButton, QuietButton
from ui.widgets.surface import column, row
from ui.widgets.text import SectionTitle, TextLabel, WrappedText
from ui.words import tr


class FirstRunView(EntryFrame):
    """Renders a FirstRunState; the steps' own signals are wired by the entry."""

    went_on = Signal()
    went_back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(width=560, parent=parent)
        self.setObjectName("first_run")
        self.person = PersonStep()
        self.join = JoinStep()
        self.passphrase = PassphraseStep()
        self.recovery = RecoveryStep()
        self.done = DoneStep()
        self._steps: tuple[StepWidget, ...] = (self.person, self.join, self.passphrase, self.recovery, self.done)
        self._shown: StepWidget | None = None
        self._count = TextLabel(style="overline")
        self._title = SectionTitle()
        self._lead = WrappedText(style="soft")
        self._bar = QuietBar()
        self._back = QuietButton(tr("first_run", "Back"), icon="arrow-left")
        self._back.setObjectName("first_run.back")
        self._next = PrimaryButton(tr("first_run", "Go on"))
        self._next.setObjectName("first_run.next")
        self._arrange()
        self._back.clicked.connect(self.went_back)
        self._next.clicked.connect(self.went_on)
        for step in self._steps:
            step.submitted.connect(self.went_on)
        self.render_state(FirstRunState())

    def render_state(self, state: FirstRunState) -> None:
        step = self._step_of(state)
        count = tr("first_run", "STEP {number} OF 3", number=state.step + 1) if state.step is not Step.DONE else ""
        self._count.setText(count)
        self._count.setVisible(bool(count))
        self._title.setText(_title(state))
        self._lead.setText(_lead(state))
        for each in self._steps:
            each.render_state(state)
        self._bar.show_notice(state.notice)
        self._back.setVisible(can_go_back(state))
        self._next.setEnabled(not state.busy)
        self._next.setText(_next_words(state))
        if step is not self._shown:
            self._show_step(step)
        elif state.problems:
            step.focus_problem(state)

    def _step_of(self, state: FirstRunState) -> StepWidget:
        first = self.join if state.joining else self.person
        return (first, self.passphrase, self.recovery, self.done)[state.step]

    def _show_step(self, step: StepWidget) -> None:
        self._shown = step
        for each in self._steps:
            each.setVisible(each is step)
        self.verticalScrollBar().setValue(0)
        (self._next if step is self.done else step.first_focus()).setFocus()

    def _arrange(self) -> None:
        body = self.card.body
        body.addLayout(column(self._count, self._title, self._lead, gap=Space.XS))
        body.addWidget(self._bar)
        for step in self._steps:
            body.addWidget(step)
        buttons = row(self._back)
        buttons.addStretch(1)
        buttons.addWidget(self._next)
        body.addLayout(buttons)


def _title(state: FirstRunState) -> str:
    if state.joining and state.step is Step.PERSON:
        return tr("first_run", "From your other laptop")
    return {
        Step.PERSON: tr("first_run", "Who works with this laptop?"),
        Step.PASSPHRASE: tr("first_run", "Choose a passphrase"),
        Step.RECOVERY: tr("first_run", "Keep this recovery code"),
        Step.DONE: tr("first_run", "Ready"),
    }[state.step]


def _lead(state: FirstRunState) -> str:
    if state.joining and state.step is Step.PERSON:
        return tr("first_run", "You stay the same person here. Your families come with the next sending and receiving.")
    return {
        Step.PERSON: tr("first_run", "This stands under every visit you sign. Nothing leaves this laptop by itself."),
        Step.PASSPHRASE: tr(
            "first_run", "It locks everything on this laptop. Several unrelated words are strong and easy to type."
        ),
        Step.RECOVERY: tr(
            "first_run",
            "If you forget your passphrase, only this code opens the store. It is shown once. "
            "Print it or write it down, and keep it away from the laptop.",
        ),
        Step.DONE: tr("first_run", "Your store is encrypted and your recovery code is in your hands."),
    }[state.step]


def _next_words(state: FirstRunState) -> str:
    if state.busy and state.step is Step.PERSON:
        return tr("first_run", "Opening the file…")
    if state.busy:
        return tr("first_run", "Making your store…")
    if state.step is Step.PASSPHRASE:
        return tr("first_run", "Make my store")
    return tr("first_run", "Begin") if state.step is Step.DONE else tr("first_run", "Go on")
