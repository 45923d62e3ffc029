"""Finish: what will be signed as it will read, what is missing beside it, both times, and the signature."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from homevisit.changes import Changes
from homevisit.clock import instant
from homevisit.domain.entry import Act
from ui.messages import notice_of
from ui.pages import Page
from ui.presenters.finish import FinishPresenter, FinishState
from ui.presenters.finish_words import apart_words, discreet
from ui.presenters.visit_changes import Change
from ui.presenters.visit_state import Phase
from ui.shell import Shell
from ui.tokens import Space
from ui.views.finish_gaps import GapsCard, count_words
from ui.views.reading import VisitReader
from ui.views.reading_panes import ReadingPanes
from ui.views.reading_words import moment_words, wall_words
from ui.views.visit_difference import difference
from ui.views.visit_family import FamilyNews
from ui.views.visit_places import visit_arg
from ui.visit_words import contact_words
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.empty import BusyState, EmptyState
from ui.widgets.fields import FieldRow
from ui.widgets.growing import GrowingTextEdit
from ui.widgets.header import PageHeader
from ui.widgets.surface import Card, Divider, ScrollColumn, boxed, column, row
from ui.widgets.text import BodyText, Caption, SectionTitle
from ui.words import tr

ROOM = "finish"
SIDE_WIDTH, READ_WIDTH = 372, 460


class FinishPage(Page):
    """Reads at the left, what is still to do at the right."""

    def __init__(self, shell: Shell, presenter: FinishPresenter) -> None:
        super().__init__()
        self._shell = shell
        self._presenter = presenter
        presenter.setParent(self)
        self._news = FamilyNews(shell)
        self._changes: tuple[Change, ...] = ()
        self._make(shell)
        self._arrange()
        self._connect(shell, presenter)
        self.render(presenter.state)

    @override
    def arrive(self, arg: str) -> None:
        self._presenter.open(arg)

    @override
    def depart(self) -> None:
        self._presenter.flush()

    @override
    def family(self) -> str:
        return self._presenter.state.body.family

    @override
    def find_here(self) -> None:
        self._reader.setFocus()

    @override
    def panes(self) -> Sequence[QWidget]:
        return (self._reader, self._side)

    def render(self, state: FinishState) -> None:  # type: ignore[override]
        """Show a state; nothing here answers back."""
        ready = state.phase is Phase.READY
        self._bar.show_notice(notice_of(state.problem) if state.problem and ready else None)
        self._stack.setCurrentIndex(self._layer(state))
        if not ready:
            return
        self._header.show_text(_title(state), f"{contact_words(state.body.contact)} · {state.family_name}")
        self._reader.show_visit(state.body, state.people, self._shell.services.library)
        self._reader.hide_sensitive(self._shell.privacy.in_home)
        self._gaps.render_gaps(discreet(state.gaps) if self._shell.privacy.in_home else state.gaps)
        self._render_times(state)
        self._render_amendment(state)
        self._sign.setEnabled(state.can_sign)
        self._open.setText(_open_words(state))
        self._news.show(state.body.family)

    def _make(self, shell: Shell) -> None:
        self._back = SecondaryButton(tr(ROOM, "Back to the visit"), icon="arrow-left")
        self._back.setObjectName("finish.back")
        self._sign = PrimaryButton(tr(ROOM, "Sign"), icon="signature")
        self._sign.setObjectName("finish.sign")
        self._sign.setToolTip(shell.shortcuts.shown("visit.finish"))
        self._open = Caption()
        self._open.setObjectName("finish.open")
        self._header = PageHeader("", "", self._back, self._sign)
        self._bar = QuietBar()
        self._reader = VisitReader()
        self._reader.setObjectName("finish.reader")
        self._gaps = GapsCard()
        self._happened = BodyText()
        self._recorded = BodyText()
        self._apart = Caption()
        self._reason = GrowingTextEdit(tr(ROOM, "Why is it changed?"), lines=2)
        self._reason.setObjectName("finish.reason")
        hint = tr(ROOM, "The first version stays readable; this reason stands beside the new one.")
        self._reason_row = FieldRow(tr(ROOM, "Why is it changed?"), self._reason, help_text=hint)

    def _arrange(self) -> None:
        times = Card(SectionTitle(tr(ROOM, "Times")), name=tr(ROOM, "Times"))
        for part in (self._happened, self._recorded, self._apart):
            times.body.addWidget(part)
        self._amendment = Card(SectionTitle(tr(ROOM, "What changes")), self._reason_row, name=tr(ROOM, "What changes"))
        self._differences: QVBoxLayout = column(gap=Space.M)
        self._amendment.body.addLayout(self._differences)
        self._side = ScrollColumn(margin=Space.L)
        self._side.setObjectName("finish.side")
        for card in (self._amendment, self._gaps, times):
            self._side.body.addWidget(card)
        self._side.finish()
        self._reading = boxed(column(self._reader, margin=Space.L))
        self._panes = ReadingPanes(self._reading, self._side, read_width=READ_WIDTH, side_width=SIDE_WIDTH)
        self._stack = QStackedWidget()
        self._refused = EmptyState("signature", "", tr(ROOM, "Open the signed visit"))
        self._refused.button.setObjectName("finish.refused.open")
        for layer in (BusyState(tr(ROOM, "Putting the visit together…")), self._whole(), self._refused):
            self._stack.addWidget(layer)
        self.setLayout(row(self._stack, gap=0))

    def _whole(self) -> QWidget:
        top = column(self._header, self._open, self._bar, gap=Space.XS)
        top.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        whole = column(gap=0)
        whole.addLayout(top)
        whole.addWidget(Divider())
        whole.addWidget(self._panes, 1)
        return boxed(whole)

    def _connect(self, shell: Shell, presenter: FinishPresenter) -> None:
        presenter.state_changed.connect(self.render)
        presenter.saved.connect(shell.note_saved)
        presenter.signed.connect(self._on_signed)
        self._back.clicked.connect(lambda: shell.go("visit", presenter.state.visit))
        self._sign.clicked.connect(self._on_sign)
        self._gaps.go_asked.connect(lambda what: shell.go("visit", visit_arg(presenter.state.visit, what)))
        self._gaps.reason_given.connect(presenter.leave_out)
        self._reason.edited.connect(lambda: presenter.say_reason(self._reason.value()))
        self._reason.left.connect(presenter.flush)
        self._refused.acted.connect(lambda: shell.go("signed", presenter.state.visit))
        shell.flush_with(self, presenter.flush)
        shell.privacy.changed.connect(lambda: self.render(presenter.state))
        shell.shortcuts.bind(self, "visit.finish", self._on_finish)

    def _on_finish(self) -> None:
        """Ctrl+Enter signs, or goes to what is in the way."""
        state = self._presenter.state
        if state.can_sign:
            self._on_sign()
        elif state.still_open:
            self._gaps.focus_first()
        elif state.needs_reason:
            self._reason.setFocus()

    def _on_sign(self) -> None:
        """What some page could not write yet would be missing from what is signed: then nothing is signed."""
        self._presenter.sign(after=self._shell.flush())

    def _on_signed(self, visit: str) -> None:
        self._shell.tell(Changes.VISITS | Changes.DRAFTS | Changes.OUTBOX)
        self._shell.go("signed", visit)

    def _render_times(self, state: FinishState) -> None:
        when = wall_words(state.body.started, state.body.ended)
        self._happened.setText(tr(ROOM, "Took place {when}", when=when))
        words = moment_words(instant(state.recorded_at)) if state.recorded_at else ""
        self._recorded.setText(tr(ROOM, "Signed {when}, now", when=words))
        self._apart.setText(apart_words(state.happened_at, state.recorded_at))

    def _render_amendment(self, state: FinishState) -> None:
        self._amendment.setVisible(state.act is not Act.SIGN)
        if not self._reason.hasFocus():
            self._reason.show_value(state.reason)
        if state.changes == self._changes:
            return
        self._changes = state.changes
        while (item := self._differences.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        labels = tr(ROOM, "before"), tr(ROOM, "now")
        for change in state.changes:
            self._differences.addWidget(difference(change, labels, self._shell.privacy, beside=False))

    def _layer(self, state: FinishState) -> int:
        if state.phase is Phase.BUSY:
            return 0
        if state.phase is Phase.REFUSED and state.problem is not None:
            is_signed = state.problem.code == "visit.no_draft"
            said = notice_of(state.problem)
            sentence = tr(ROOM, "There is nothing left to sign here.") if is_signed else said.sentence
            self._refused.show_text(sentence, tr(ROOM, "Open the signed visit") if is_signed else "")
            return 2
        if not self._shell.privacy.may_show(state.body.family):
            self._refused.show_text(tr(ROOM, "This visit is not shown in in-home view."))
            return 2
        return 1


def _title(state: FinishState) -> str:
    return {
        Act.SIGN: tr(ROOM, "Read and sign"),
        Act.AMEND: tr(ROOM, "Read and sign the amendment"),
        Act.SETTLE: tr(ROOM, "Read and settle the two versions"),
    }.get(state.act, tr(ROOM, "Read and sign"))


def _open_words(state: FinishState) -> str:
    if state.is_signing:
        return tr(ROOM, "Signing…")
    if state.still_open:
        return tr(ROOM, "{points}: fill it in, or say why it is left out.", points=count_words(state.still_open))
    if state.needs_reason:
        return tr(ROOM, "Say why the visit is changed.")
    return tr(ROOM, "After signing, nothing can be changed without a trace; it can be amended.")
