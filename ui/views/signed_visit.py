"""A signed visit as it reads, with its versions, its reviews on the very passages, and what may follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from homevisit.changes import Changes
from homevisit.domain.card import Desk
from homevisit.domain.visit import RecordState
from ui.messages import notice_of
from ui.notices import Notice
from ui.pages import Page
from ui.presenters.signed_visit import SignedState, SignedVisitPresenter
from ui.presenters.visit_state import Phase
from ui.printing import print_text
from ui.shell import Shell
from ui.tokens import Space, Tone
from ui.views.filed_words import filed_lines
from ui.views.reading import VisitReader
from ui.views.reading_panes import ReadingPanes
from ui.views.reading_words import wall_words
from ui.views.signed_visit_filed import FiledCard
from ui.views.signed_visit_print import sheet_text
from ui.views.signed_visit_settle import SettleCard
from ui.views.signed_visit_side import ReviewsCard, SignerCard, VersionsCard, pinned_comments
from ui.views.signed_visit_withdraw import WithdrawPanel
from ui.views.visit_family import FamilyNews
from ui.visit_words import contact_words, state_at_home
from ui.widgets.badges import StateBadge
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import IconButton, PrimaryButton, QuietButton, SecondaryButton
from ui.widgets.empty import BusyState, EmptyState
from ui.widgets.header import PageHeader
from ui.widgets.surface import Divider, ScrollColumn, boxed, column, row
from ui.widgets.text import Caption
from ui.words import tr

ROOM = "signed"
SIDE_WIDTH, READ_WIDTH = 340, 460


class SignedVisitPage(Page):
    """Reads in the middle, who, what and when beside it."""

    def __init__(self, shell: Shell, presenter: SignedVisitPresenter) -> None:
        super().__init__()
        self._shell = shell
        self._presenter = presenter
        self._news = FamilyNews(shell)
        presenter.setParent(self)
        self._make()
        self._arrange()
        self._connect(shell, presenter)
        self.render(presenter.state)

    @override
    def arrive(self, arg: str) -> None:
        self._presenter.open(arg)

    @override
    def refresh(self, changes: Changes) -> None:
        if changes & (Changes.VISITS | Changes.REVIEWS | Changes.OUTBOX):
            self._presenter.open(self._presenter.state.visit)

    @override
    def family(self) -> str:
        return self._presenter.state.body.family

    @override
    def find_here(self) -> None:
        self._reader.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def panes(self) -> Sequence[QWidget]:
        return (self._reader, self._side)

    def render(self, state: SignedState) -> None:  # type: ignore[override]
        """Show a state; nothing here answers back."""
        self._stack.setCurrentIndex(self._layer(state))
        if state.phase is not Phase.READY or state.signed is None:
            return
        row_ = state.signed.row
        when = wall_words(state.body.started, state.body.ended)
        self._header.show_text(contact_words(state.body.contact), f"{row_.family_name} · {when}")
        self._badge.show_state(state_at_home(row_.state) if self._shell.privacy.in_home else row_.state)
        self._bar.show_notice(self._notice(state))
        self._render_text(state)
        self._render_side(state)
        self._amend.setVisible(self._may_change(state) and not state.is_withdrawn)
        self._amend.setEnabled(not state.is_busy)
        self._amend.setText(_amend_words(state))
        self._withdraw.setVisible(self._may_change(state) and not state.is_withdrawn and not state.is_withdrawing)
        self._panel.render_state(state)
        self._news.show(state.body.family)

    def _make(self) -> None:
        self._badge = StateBadge()
        self._badge.setObjectName("signed.state")
        self._withdraw = QuietButton(tr(ROOM, "Entered in error…"), icon="ban")
        self._withdraw.setObjectName("signed.withdraw")
        self._print = IconButton("printer", tr(ROOM, "Print this visit"))
        self._print.setObjectName("signed.print")
        self._history = SecondaryButton(tr(ROOM, "History"), icon="history")
        self._history.setObjectName("signed.history")
        self._amend = PrimaryButton(tr(ROOM, "Amend"), icon="pencil")
        self._amend.setObjectName("signed.amend")
        self._header = PageHeader("", "", self._badge, self._print, self._withdraw, self._history, self._amend)
        self._bar = QuietBar()
        self._panel = WithdrawPanel()
        self._reader = VisitReader()
        self._reader.setObjectName("signed.reader")
        self._beside = VisitReader()
        self._beside.setObjectName("signed.reader.other")
        self._beside.setAccessibleName(tr(ROOM, "The other version"))
        self._signer = SignerCard()
        self._reviews = ReviewsCard()
        self._versions = VersionsCard()
        self._filed = FiledCard()
        self._settle = SettleCard(self._shell.services.library)

    def _arrange(self) -> None:
        self._other_title = Caption(tr(ROOM, "The other version, signed without seeing this one"))
        other = column(self._other_title, self._beside, gap=Space.XS)
        self._other = boxed(other)
        self._this_title = Caption(tr(ROOM, "This version"))
        texts = row(
            boxed(column(self._this_title, self._reader, gap=Space.XS)), self._other, gap=Space.M, margin=Space.L
        )
        for place in range(2):
            texts.setStretch(place, 1)
        self._side = ScrollColumn(margin=Space.L)
        self._side.setObjectName("signed.side")
        for card in (self._settle, self._reviews, self._signer, self._filed, self._versions):
            self._side.body.addWidget(card)
        self._side.finish()
        self._panes = ReadingPanes(boxed(texts), self._side, read_width=READ_WIDTH, side_width=SIDE_WIDTH)
        self._refused = EmptyState("file-text", "", tr(ROOM, "Go to Today"))
        self._refused.button.setObjectName("signed.refused.today")
        self._stack = QStackedWidget()
        for layer in (BusyState(tr(ROOM, "Opening the visit…")), self._whole(), self._refused):
            self._stack.addWidget(layer)
        self.setLayout(row(self._stack, gap=0))

    def _whole(self) -> QWidget:
        top = column(self._header, self._bar, self._panel, gap=Space.S)
        top.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        whole = column(gap=0)
        whole.addLayout(top)
        whole.addWidget(Divider())
        whole.addWidget(self._panes, 1)
        return boxed(whole)

    def _connect(self, shell: Shell, presenter: SignedVisitPresenter) -> None:
        presenter.state_changed.connect(self.render)
        presenter.amending.connect(lambda visit: shell.go("visit", visit))
        presenter.withdrawn.connect(lambda _: shell.tell(Changes.VISITS | Changes.OUTBOX))
        self._amend.clicked.connect(presenter.amend)
        self._withdraw.clicked.connect(lambda: presenter.ask_withdraw(True))
        self._panel.cancelled.connect(lambda: presenter.ask_withdraw(False))
        self._panel.agreed.connect(presenter.withdraw)
        self._settle.chosen.connect(presenter.choose)
        self._settle.together.connect(presenter.amend)
        self._settle.in_error.connect(presenter.settle_in_error)
        self._print.clicked.connect(self._on_print)
        self._history.clicked.connect(self._on_history)
        self._versions.chosen.connect(presenter.show_version)
        self._reviews.comment_chosen.connect(self._on_comment)
        self._reader.comment_activated.connect(self._reviews.show_active)
        self._bar.acted.connect(self._on_bar)
        self._refused.acted.connect(lambda: shell.go("today"))
        shell.privacy.changed.connect(lambda: self.render(presenter.state))

    def _on_print(self) -> None:
        self._reader.complete()
        text = sheet_text(self._presenter.state, self._reader.toPlainText())
        print_text(self, text, printed=self._presenter.note_printed)

    def _render_text(self, state: SignedState) -> None:
        library, in_home = self._shell.services.library, self._shell.privacy.in_home
        comments = [] if in_home else [item.comment for item in pinned_comments(state)]
        self._reader.show_visit(state.body, state.people, library, comments, state.is_withdrawn)
        self._reader.hide_sensitive(in_home)
        has_other = state.beside is not None
        self._other.setVisible(has_other)
        self._this_title.setVisible(has_other)
        if state.beside is not None:
            self._beside.show_visit(state.beside, state.people, library)
            self._beside.hide_sensitive(in_home)

    def _render_side(self, state: SignedState) -> None:
        versions = state.signed.versions if state.signed else ()
        self._versions.render_state(versions, state.shown)
        self._history.setVisible(len(versions) > 1)
        open_state = replace(state, differing=None) if self._shell.privacy.in_home else state
        self._settle.render_state(open_state, may_settle=self._may_change(state))
        if state.version is not None:
            self._signer.render_version(state.version, max(version.number for version in versions))
        self._reviews.render_state(state)
        self._reviews.setVisible(not self._reviews.isHidden() and not self._shell.privacy.in_home)
        newest = max((version.number for version in versions), default=0)
        filed = filed_lines(state.filings, state.servers, newest, is_withdrawn=state.is_withdrawn)
        self._filed.show_lines(() if self._shell.privacy.in_home else filed)

    def _on_history(self) -> None:
        self._side.ensureWidgetVisible(self._versions)
        self._versions.focus_list()

    def _on_comment(self, index: int) -> None:
        self._reader.highlight(index)
        self._reviews.show_active(index)

    def _on_bar(self, action: str) -> None:
        if action == "newest":
            self._presenter.show_version(self._presenter.state.head)
        else:
            self._presenter.amend()

    def _notice(self, state: SignedState) -> Notice | None:
        if state.problem is not None:
            return notice_of(state.problem)
        if state.conflict:
            return self._conflict_notice(state)
        if state.shown != state.head:
            words = tr(ROOM, "You are reading an earlier version, exactly as it was signed.")
            return Notice(sentence=words, tone=Tone.INFO, action="newest", action_label=tr(ROOM, "Read the newest"))
        is_sent_back = state.signed is not None and state.signed.row.state is RecordState.SENT_BACK
        if is_sent_back and not self._shell.privacy.in_home:
            words = tr(ROOM, "Your supervisor sent this visit back.")
            return Notice(sentence=words, next_step=tr(ROOM, "Read the comments, then amend it."), tone=Tone.WAITING)
        return None

    def _conflict_notice(self, state: SignedState) -> Notice:
        sentence = tr(ROOM, "Two versions of this visit were signed without seeing each other.")
        if state.is_disputed:
            sentence = tr(ROOM, "One version marks this visit as entered in error, another one changes it.")
        return Notice(
            sentence=sentence,
            next_step=tr(ROOM, "Read both, then settle them with one amendment. Neither is lost."),
            tone=Tone.WAITING,
            action="settle" if self._may_change(state) else "",
            action_label=tr(ROOM, "Settle by amending") if self._may_change(state) else "",
        )

    def _may_change(self, state: SignedState) -> bool:
        return state.may_change and self._shell.desk is Desk.PRACTITIONER

    def _layer(self, state: SignedState) -> int:
        if state.phase is Phase.BUSY:
            return 0
        if state.phase is Phase.REFUSED and state.problem is not None:
            said = notice_of(state.problem)
            has_today = self._shell.desk is Desk.PRACTITIONER and not self._shell.privacy.in_home
            way_out = tr(ROOM, "Go to Today") if has_today else ""
            self._refused.show_text(f"{said.sentence} {said.next_step}", way_out)
            return 2
        if not self._shell.privacy.may_show(state.body.family):
            self._refused.show_text(tr(ROOM, "This visit is not shown in in-home view."))
            return 2
        return 1


def _amend_words(state: SignedState) -> str:
    if state.has_draft:
        return tr(ROOM, "Go on with the amendment")
    return tr(ROOM, "Settle by amending") if state.conflict else tr(ROOM, "Amend")
