"""The Visit page: steps at the left, the note in the middle, prompts at the right; a narrow window folds them."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from enum import Enum, auto
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from homevisit.changes import Changes
from homevisit.domain.visit import Section
from ui.handover.passing import Passing
from ui.messages import notice_of
from ui.notices import Notice
from ui.pages import Page
from ui.presenters.visit import VisitPresenter
from ui.presenters.visit_state import Phase, VisitState, discreet
from ui.presenters.visit_steps import CONTACT, FINISH, MORE, NOTE, PRESENT, PROMPTS, step_of
from ui.shell import Shell
from ui.theme import theme_now
from ui.tokens import Space
from ui.views.visit_contact import ContactPane
from ui.views.visit_family import FamilyNews
from ui.views.visit_note import NotePane
from ui.views.visit_places import visit_place
from ui.views.visit_present import PresentPane
from ui.views.visit_prompts import PromptsPane
from ui.views.visit_steps import StepsPane
from ui.visit_words import contact_words
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.empty import BusyState, EmptyState
from ui.widgets.header import PageHeader
from ui.widgets.surface import Divider, SplitPanes, boxed, column, row
from ui.words import tr

ROOM = "visit"
STEPS_WIDTH, NOTE_WIDTH, PROMPTS_WIDTH, FORM_WIDTH = 232, 400, 340, 440


class Fold(Enum):
    """How many panes stand side by side: all, the steps with one other, or one."""

    WIDE = auto()
    HALF = auto()
    NARROW = auto()


class VisitPage(Page):
    """Composes the panes; what they want goes to the presenter, what the presenter holds is rendered by them."""

    def __init__(self, shell: Shell, presenter: VisitPresenter) -> None:
        super().__init__()
        self._shell = shell
        self._presenter = presenter
        presenter.setParent(self)
        self._focus_serial = 0
        self._news = FamilyNews(shell)
        self._shows_steps = False
        self._sized: tuple[Fold, bool, int] | None = None
        self._make_panes(shell)
        self._arrange()
        self._connect(shell, presenter)
        self.render(presenter.state)

    @override
    def arrive(self, arg: str) -> None:
        visit, focus = visit_place(arg)
        if visit != self._presenter.state.visit:
            self._prompts.forget()
        self._presenter.open(visit, focus)

    @override
    def depart(self) -> None:
        self._flush()

    @override
    def family(self) -> str:
        return self._presenter.state.body.family

    @override
    def find_here(self) -> None:
        self._steps.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def panes(self) -> Sequence[QWidget]:
        middle = self._middle.currentWidget()
        panes = (middle or self._note, self._prompts, self._steps)
        return tuple(pane for pane in panes if pane.isVisibleTo(self))

    @override
    def refresh(self, changes: Changes) -> None:
        if changes & Changes.FAMILIES and self._presenter.state.phase is Phase.READY:
            self._presenter.reload_people()

    def render(self, state: VisitState) -> None:  # type: ignore[override]
        """Show a state; nothing here answers back."""
        self._bar.show_notice(_notice(state))
        self._stack.setCurrentIndex(self._layer(state))
        if state.phase is not Phase.READY:
            return
        state = self._seen(state)
        title = contact_words(state.body.contact)
        self._header.show_text(title, _subtitle(state))
        for pane in (self._note, self._contact, self._present, self._prompts, self._steps):
            pane.render_state(state)
        self._middle.setCurrentWidget({CONTACT: self._contact, PRESENT: self._present}.get(state.step, self._note))
        self._fold(state)
        self._news.show(state.body.family)
        if state.focus_serial != self._focus_serial:
            self._focus_serial = state.focus_serial
            self._focus(state.focus)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold(self._seen(self._presenter.state))

    def _make_panes(self, shell: Shell) -> None:
        self._header = PageHeader()
        self._steps_button = Button(tr(ROOM, "Steps"), icon="panel-left")
        self._steps_button.setObjectName("visit.show_steps")
        self._steps_button.setCheckable(True)
        self._finish = PrimaryButton(tr(ROOM, "Finish"), icon="signature")
        self._finish.setObjectName("visit.finish")
        self._finish.setToolTip(shell.shortcuts.shown("visit.finish"))
        self._header.add_action(self._steps_button)
        self._header.add_action(self._finish)
        self._bar = QuietBar()
        self._steps = StepsPane()
        self._note = NotePane(shell.shortcuts.shown("visit.line"))
        self._contact = ContactPane()
        self._present = PresentPane()
        self._middle = QStackedWidget()
        for pane in (self._note, self._contact, self._present):
            self._middle.addWidget(pane)
        self._prompts = PromptsPane(
            self._presenter.session, self._presenter.earlier, now=shell.clock.now, privacy=shell.privacy
        )
        self._passing = Passing(shell, self._presenter, self)

    def _arrange(self) -> None:
        self._panes = SplitPanes(self._steps, self._middle, self._prompts)
        for place, share in enumerate((0, 1, 0)):
            self._panes.setStretchFactor(place, share)
        self._panes.setObjectName("visit.panes")
        top = column(self._header, self._bar, gap=Space.S)
        top.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        whole = column(gap=0)
        whole.addLayout(top)
        whole.addWidget(Divider())
        whole.addWidget(self._panes, 1)
        self._refused = EmptyState("notebook-pen", "", tr(ROOM, "Go to Today"))
        self._stack = QStackedWidget()
        for layer in (BusyState(tr(ROOM, "Opening the visit…")), boxed(whole), self._refused):
            self._stack.addWidget(layer)
        self._refused.button.setObjectName("visit.refused.today")
        self.setLayout(row(self._stack, gap=0))

    def _connect(self, shell: Shell, presenter: VisitPresenter) -> None:
        presenter.state_changed.connect(self.render)
        presenter.saved.connect(shell.note_saved)
        presenter.handing_in.connect(self._prompts.flush)
        presenter.finish_asked.connect(lambda visit: shell.go("finish", visit))
        self._steps.chosen.connect(self._on_step)
        self._note.edited.connect(presenter.note_edited)
        for pane in (self._contact, self._present):
            pane.changed.connect(presenter.change_contact)
        for place in (self._note, self._contact, self._present):
            place.left.connect(presenter.write_now)
        self._prompts.opened.connect(self._on_prompts)
        self._prompts.changed.connect(presenter.response_changed)
        self._prompts.adding.connect(lambda: self._on_step(MORE))
        self._prompts.looked_for.connect(presenter.look_for)
        self._prompts.handed.connect(self._on_hand_over)
        self._prompts.unsealed.connect(self._passing.open_answers)
        self._passing.returned.connect(self._prompts.focus_form)
        self._finish.clicked.connect(self._on_finish)
        self._steps_button.clicked.connect(self._on_show_steps)
        self._bar.acted.connect(presenter.write_now)
        self._refused.acted.connect(lambda: shell.go("today"))
        shell.flush_with(self, self._flush)
        shell.privacy.changed.connect(lambda: self.render(presenter.state))
        shell.shortcuts.bind(self, "visit.line", self._on_line)
        shell.shortcuts.bind(self, "prompt.next", self._prompts.show_next_left)
        shell.shortcuts.bind(self, "prompt.left", self._prompts.toggle_left)
        shell.shortcuts.bind(self, "visit.finish", self._on_finish)

    def _seen(self, state: VisitState) -> VisitState:
        """What may be on the screen now: in in-home view nothing of a sensitive prompt set."""
        return discreet(state) if self._shell.privacy.in_home else state

    def _flush(self) -> Future[Any] | None:
        self._prompts.flush()
        self._passing.flush()
        return self._presenter.flush()

    def _on_hand_over(self, key: str) -> None:
        self._prompts.flush()
        self._passing.hand(key)

    def _on_line(self) -> None:
        if self._presenter.state.step != NOTE:
            self._presenter.go(NOTE)
        self._note.add_timed_line(self._presenter.stamp())

    def _on_finish(self) -> None:
        self._prompts.flush()
        if self._prompts.may_go_on():
            self._presenter.finish()

    def _on_step(self, step: str) -> None:
        leaves = step.startswith(PROMPTS) or step in (FINISH, MORE)
        if leaves and not self._prompts.may_go_on(step.removeprefix(PROMPTS)):
            self._steps.render_state(self._seen(self._presenter.state))
            return
        self._shows_steps = False
        self._steps_button.setChecked(False)
        self._presenter.go(step)
        self._focus_step(step)

    def _on_prompts(self, key: str) -> None:
        self._presenter.open_prompts(key)
        if self._prompts.isVisible():  # back in the overview: the row one came from has the keyboard again
            self._prompts.focus_form()
        else:
            self._focus_step(self._presenter.state.step)

    def _on_show_steps(self, shown: bool) -> None:
        self._shows_steps = shown
        self._fold(self._seen(self._presenter.state))
        if shown:
            self._steps.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_step(self, step: str) -> None:
        if step in (CONTACT, PRESENT, NOTE):
            self._focus({CONTACT: "contact", PRESENT: "present"}.get(step, "note.facts"))
        else:
            self._prompts.focus_form()

    def _focus(self, what: str) -> None:
        step = step_of(what)
        if CONTACT in {what, step}:
            self._contact.focus_field(what)
        elif step == NOTE:
            self._note.focus_section(Section(what.removeprefix("note.")))
        elif step == PRESENT:
            self._present.focus_field(what)
        else:
            self._prompts.focus_form()

    def _layer(self, state: VisitState) -> int:
        if state.phase is Phase.BUSY:
            return 0
        if not self._shell.privacy.may_show(state.body.family) and state.phase is Phase.READY:
            self._refused.show_text(tr(ROOM, "This visit is not shown in in-home view."))
            return 2
        if state.phase is Phase.REFUSED and state.problem is not None:
            said = notice_of(state.problem)
            way_out = "" if self._shell.privacy.in_home else tr(ROOM, "Go to Today")
            self._refused.show_text(f"{said.sentence} {said.next_step}", way_out)
            return 2
        return 1

    def _fold(self, state: VisitState) -> None:
        px, width = theme_now().px, self.width()
        wide = px(STEPS_WIDTH) + px(NOTE_WIDTH) + px(PROMPTS_WIDTH)
        fold = Fold.WIDE if width >= wide else Fold.HALF if width >= px(STEPS_WIDTH) + px(NOTE_WIDTH) else Fold.NARROW
        has_prompts = bool(state.places) and len(state.steps) > 3
        alone = self._shows_steps and fold is Fold.NARROW
        prompts = has_prompts and (fold is Fold.WIDE or bool(state.open_prompt)) and not alone
        self._steps.setVisible(fold is not Fold.NARROW or alone)
        self._prompts.setVisible(prompts)
        self._middle.setVisible(not alone and not (prompts and fold is not Fold.WIDE))
        self._steps_button.setVisible(fold is Fold.NARROW)
        self._size((fold, bool(state.open_prompt), width))

    def _size(self, wanted: tuple[Fold, bool, int]) -> None:
        """Give the panes their widths anew only when the fold or the window changed: a dragged handle stays."""
        if wanted == self._sized:
            return
        self._sized = wanted
        px, (_, is_open, width) = theme_now().px, wanted
        self._steps.setMinimumWidth(px(STEPS_WIDTH))
        self._prompts.setMinimumWidth(px(PROMPTS_WIDTH) if wanted[0] is Fold.WIDE else 0)
        steps = px(STEPS_WIDTH) if not self._steps.isHidden() else 0
        prompts = 0 if self._prompts.isHidden() else px(FORM_WIDTH if is_open else PROMPTS_WIDTH)
        if self._middle.isHidden():
            prompts = width - steps
        self._panes.setSizes([steps, max(0, width - steps - prompts), prompts])


def _subtitle(state: VisitState) -> str:
    kind = tr(ROOM, "amendment, not signed yet") if state.amends else tr(ROOM, "draft, saved by itself")
    return f"{state.family_name} · {kind}"


def _notice(state: VisitState) -> Notice | None:
    if state.problem is None or state.phase is not Phase.READY:
        return None
    return notice_of(state.problem, action="retry", action_label=tr(ROOM, "Try again now"))
