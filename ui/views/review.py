"""The review desk: queue at the left, the visit as signed in the middle, comments and decision at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from homevisit.changes import Changes
from homevisit.domain.entry import Act
from homevisit.domain.summaries import VisitRow
from homevisit.domain.visit import RecordState
from ui.pages import Page
from ui.presenters.review import ReviewPresenter
from ui.presenters.review_state import ReviewState
from ui.shell import Shell
from ui.theme import theme_now
from ui.tokens import Space, Tone
from ui.views.reading import VisitReader
from ui.views.review_comments import CommentsCard
from ui.views.review_decision import DecisionCard
from ui.views.review_queue import count_words, late_words, queue_rows, short_day
from ui.views.signed_visit_side import SignerCard, VersionsCard
from ui.visit_words import contact_words
from ui.widgets.badges import StateBadge
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import SecondaryButton
from ui.widgets.empty import BusyState, EmptyState
from ui.widgets.mark import Mark
from ui.widgets.rows import RowList
from ui.widgets.surface import ScrollColumn, SplitPanes, boxed, column, row
from ui.widgets.text import Caption, ElidedLabel, Heading, WrappedText
from ui.words import tr

ROOM = "review"
QUEUE_WIDTH, READ_WIDTH, SIDE_WIDTH = 276, 400, 320
MINE = Changes.VISITS | Changes.REVIEWS | Changes.INBOX | Changes.FAMILIES


class ReviewPage(Page):
    """Everything by keyboard: J and K go through the queue, C comments, A decides, N and P go through the comments."""

    def __init__(self, shell: Shell, presenter: ReviewPresenter) -> None:
        super().__init__()
        self.setObjectName("review")
        self._library = shell.services.library
        self._presenter = presenter
        presenter.setParent(self)
        self._make()
        self._arrange()
        self._connect(shell)
        self.render_state(presenter.state)

    def render_state(self, state: ReviewState) -> None:
        """Show a state; nothing here answers back."""
        self._layers.setCurrentIndex(2 if state.queue else 1 if state.is_loaded else 0)
        self._show_queue(state)
        self._bar.show_notice(state.notice)
        self._show_visit(state)
        for part in (self._comments, self._decision):
            part.render_state(state)

    @override
    def arrive(self, arg: str) -> None:
        if arg and arg != self._presenter.state.visit:
            self._presenter.load()
            self._presenter.open(arg)
        else:
            self._presenter.reload()

    @override
    def depart(self) -> None:
        self._presenter.flush()

    @override
    def refresh(self, changes: Changes) -> None:
        if changes & MINE:
            self._presenter.reload()

    @override
    def showing(self) -> str:
        return self._presenter.state.visit

    @override
    def find_here(self) -> None:
        self._queue.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def panes(self) -> Sequence[QWidget]:
        return (self._queue, self._reader, self._side)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _make(self) -> None:
        self._queue_shown: tuple[VisitRow, ...] = ()
        self._title = Heading(tr(ROOM, "Review"))
        self._count = Caption()
        self._queue = RowList(tr(ROOM, "Visits to review"), flat=True)
        self._queue.setObjectName("review.queue")
        self._family = ElidedLabel(style="section")
        self._about = ElidedLabel(style="soft")
        self._badge = StateBadge()
        self._badge.setObjectName("review.state")
        self._earlier = SecondaryButton(tr(ROOM, "Answers over time"), icon="chart-line")
        self._earlier.setObjectName("review.over_time")
        self._late_words = WrappedText(style="strong")
        late = row(Mark("calendar-clock", Tone.WAITING), gap=Space.S)
        late.addWidget(self._late_words, 1)
        self._late = boxed(late)
        self._late.setObjectName("review.late")
        self._bar = QuietBar()
        self._reader = VisitReader()
        self._reader.setObjectName("review.reader")
        self._comments, self._decision = CommentsCard(), DecisionCard()
        self._signer, self._versions = SignerCard(), VersionsCard()
        self._empty = EmptyState(
            "clipboard-check",
            tr(ROOM, "There is nothing to review yet. Take in a package that a practitioner sent you."),
            tr(ROOM, "Receive a package"),
        )
        self._empty.button.setObjectName("review.empty.receive")

    def _arrange(self) -> None:
        head = column(self._title, self._count, gap=2)
        head.setContentsMargins(Space.M, 0, Space.M, Space.S)
        left = column(gap=0)
        left.setContentsMargins(Space.XS, Space.L, Space.XS, 0)
        left.addLayout(head)
        left.addWidget(self._queue, 1)
        words = column(self._family, self._about, gap=2)
        top = row(gap=Space.M)
        top.addLayout(words, 1)
        top.addWidget(self._earlier, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        middle = column(gap=Space.M, margin=Space.L)
        middle.addLayout(top)
        middle.addWidget(self._late)
        middle.addWidget(self._bar)
        middle.addWidget(self._reader, 1)
        self._side = ScrollColumn(margin=Space.L)
        self._side.setObjectName("review.side")
        for card in (self._comments, self._decision, self._signer, self._versions):
            self._side.body.addWidget(card)
        self._side.finish()
        self._inner = SplitPanes(boxed(middle), self._side)
        self._inner.setStretchFactor(0, 1)
        self._whole = SplitPanes(boxed(left, ground="surface"), self._inner)
        self._whole.setStretchFactor(1, 1)
        self._layers = QStackedWidget()
        for layer in (BusyState(tr(ROOM, "Reading the queue…")), self._empty, self._whole):
            self._layers.addWidget(layer)
        self.setLayout(row(self._layers, gap=0))

    def _connect(self, shell: Shell) -> None:
        presenter, comments, decision = self._presenter, self._comments, self._decision
        presenter.state_changed.connect(self.render_state)
        self._queue.chosen.connect(presenter.open)
        self._queue.opened.connect(lambda _: self._reader.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self._reader.anchor_chosen.connect(presenter.point_at)
        self._reader.comment_activated.connect(presenter.activate)
        comments.comment_asked.connect(presenter.add_comment)
        comments.comment_written.connect(presenter.write_comment)
        comments.comment_removed.connect(presenter.remove_comment)
        comments.comment_entered.connect(presenter.activate)
        comments.writing_left.connect(presenter.flush)
        decision.decided.connect(presenter.decide)
        decision.action_written.connect(presenter.write_action)
        decision.due_written.connect(presenter.write_due)
        decision.sign_asked.connect(presenter.sign)
        decision.again_asked.connect(presenter.review_again)
        decision.writing_left.connect(presenter.flush)
        self._versions.chosen.connect(presenter.show_version)
        self._bar.acted.connect(presenter.act)
        self._bar.dismissed.connect(presenter.dismiss)
        self._empty.acted.connect(lambda: shell.go("exchange"))
        self._earlier.clicked.connect(lambda: self._compare(shell))
        self._bind_keys(shell)

    def _compare(self, shell: Shell) -> None:
        """This visit's answers against those of the visits before it."""
        if self._presenter.state.row is not None:
            shell.go("over-time", self._presenter.state.row.family)

    def _bind_keys(self, shell: Shell) -> None:
        keys = shell.shortcuts
        keys.bind(self, "review.next", lambda: self._presenter.step(1))
        keys.bind(self, "review.previous", lambda: self._presenter.step(-1))
        keys.bind(self, "review.comment", self._presenter.add_comment)
        keys.bind(self, "review.decide", self._decision.focus_choice)
        keys.bind(self, "visit.finish", self._presenter.sign)

    def _show_queue(self, state: ReviewState) -> None:
        self._queue.blockSignals(True)
        if state.queue is not self._queue_shown:
            self._queue_shown = state.queue
            self._queue.show_rows(queue_rows(state.queue, state.late))
        if state.visit and self._queue.chosen_id() != state.visit:
            self._queue.choose(state.visit)
        self._queue.blockSignals(False)
        self._count.setText(count_words(state.queue, state.late))

    def _show_visit(self, state: ReviewState) -> None:
        row_, body, version = state.row, state.body, state.version
        days = state.late.days.get(row_.id, 0) if row_ is not None else 0
        self._late.setVisible(bool(days))
        self._late_words.setText(late_words(days, state.late.within))
        for part in (
            self._badge,
            self._earlier,
            self._reader,
            self._signer,
            self._versions,
            self._comments,
            self._decision,
        ):
            part.setVisible(row_ is not None)
        if row_ is None or body is None or state.signed is None:
            return
        self._family.show_text(row_.family_name or tr(ROOM, "Family not here yet"))
        about = (contact_words(row_.contact), short_day(row_.started), row_.author_name)
        self._about.show_text(" · ".join(part for part in about if part))
        self._badge.show_state(row_.state)
        struck = row_.state is RecordState.WITHDRAWN or (version is not None and version.act is Act.WITHDRAW)
        pins = [replace(pinned.comment, text="") for pinned in state.comments]
        self._reader.show_visit(body, state.people, self._library, pins, struck)
        if state.active != self._reader.active_comment:
            self._reader.highlight(state.active)
        if version is not None:
            self._signer.render_version(version, max(each.number for each in state.signed.versions))
        self._versions.render_state(state.signed.versions, state.shown)

    def _fold(self) -> None:
        """In a narrow window what stands beside the text comes under it."""
        px, width = theme_now().px, self.width()
        queue = min(px(QUEUE_WIDTH), max(200, width // 3))
        left = width - queue
        beside = left >= px(READ_WIDTH) + px(SIDE_WIDTH)
        self._inner.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)
        self._whole.setSizes([queue, left])
        side, height = px(SIDE_WIDTH), self.height()
        self._inner.setSizes([left - side, side] if beside else [height * 3 // 5, height * 2 // 5])
