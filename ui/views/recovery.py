"""A recovered draft beside what it was before: what changed is marked, and the person decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from ui.messages import notice_of
from ui.notices import Notice
from ui.pages import Page
from ui.presenters.recovery import Recovered, RecoveryPresenter, RecoveryState
from ui.presenters.visit_state import Phase
from ui.shell import Shell
from ui.tokens import Space, Tone
from ui.views.reading_words import day_words
from ui.views.visit_difference import difference
from ui.views.visit_family import FamilyNews
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.empty import BusyState, EmptyState
from ui.widgets.header import PageHeader
from ui.widgets.rows import Row, RowList
from ui.widgets.surface import Divider, ScrollColumn, boxed, column, row
from ui.widgets.text import BodyText
from ui.words import tr, tr_count

ROOM = "recovery"
WIDEST = 1100


class RecoveryPage(Page):
    """Without a visit it lists what was recovered; with one it compares."""

    def __init__(self, shell: Shell, presenter: RecoveryPresenter) -> None:
        super().__init__()
        self._shell = shell
        self._presenter = presenter
        presenter.setParent(self)
        self._news = FamilyNews(shell)
        self._compared: Recovered | None = None
        self._header = PageHeader()
        self._bar = QuietBar()
        self._list = RowList(tr(ROOM, "Recovered visits"), one_click=True)
        self._list.setObjectName("recovery.list")
        self._keep = PrimaryButton(tr(ROOM, "Keep what was recovered"), icon="check")
        self._keep.setObjectName("recovery.keep")
        self._back = SecondaryButton(tr(ROOM, "Go back to the earlier one"), icon="undo-2")
        self._back.setObjectName("recovery.go_back")
        self._arrange()
        self._connect(shell, presenter)
        self.render(presenter.state)

    @override
    def arrive(self, arg: str) -> None:
        self._presenter.look(arg)

    @override
    def family(self) -> str:
        compared = self._presenter.state.compared
        return compared.family if compared else ""

    @override
    def panes(self) -> Sequence[QWidget]:
        return (self._list,) if self._presenter.state.compared is None else (self._keep,)

    def render(self, state: RecoveryState) -> None:  # type: ignore[override]
        """Show a state; nothing here answers back."""
        self._bar.show_notice(notice_of(state.problem) if state.problem else None)
        if state.phase is Phase.BUSY:
            self._stack.setCurrentIndex(0)
        elif state.compared is not None and self._shell.privacy.may_show(state.compared.family):
            is_new = state.compared != self._compared
            self._render_compared(state.compared)
            self._stack.setCurrentIndex(2)
            if is_new and self.isVisible():  # while it was looked for the keyboard waited where nothing is shown now
                self._keep.setFocus(Qt.FocusReason.OtherFocusReason)
            self._news.show(state.compared.family)
        elif state.found and not self._shell.privacy.in_home:
            self._list.show_rows(tuple(_row(item, self._shell.clock.now()) for item in state.found))
            self._stack.setCurrentIndex(1)
        else:
            self._empty.button.setHidden(self._shell.privacy.in_home)
            self._stack.setCurrentIndex(3)

    def _arrange(self) -> None:
        self._differences = column(gap=Space.L)
        scroll = ScrollColumn(margin=Space.L, width_limit=WIDEST)
        scroll.setObjectName("recovery.compare")
        self._nothing = BodyText("", soft=True)
        scroll.body.addWidget(self._nothing)
        scroll.body.addLayout(self._differences)
        scroll.finish()
        self._header.add_action(self._back)
        self._header.add_action(self._keep)
        top = column(self._header, self._bar, gap=Space.S)
        top.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        compare = column(gap=0)
        compare.addLayout(top)
        compare.addWidget(Divider())
        compare.addWidget(scroll, 1)
        several = PageHeader(
            tr(ROOM, "Recovered visits"),
            tr(ROOM, "The program ended before these were left. Choose one to see what is newer in it."),
        )
        listed = column(several, self._list, gap=Space.M, margin=Space.L)
        self._empty = EmptyState(
            "check-check", tr(ROOM, "Nothing is waiting to be recovered."), tr(ROOM, "Go to Today")
        )
        self._empty.button.setObjectName("recovery.empty.today")
        self._stack = QStackedWidget()
        for layer in (BusyState(tr(ROOM, "Looking…")), boxed(listed), boxed(compare), self._empty):
            self._stack.addWidget(layer)
        self.setLayout(row(self._stack, gap=0))

    def _connect(self, shell: Shell, presenter: RecoveryPresenter) -> None:
        presenter.state_changed.connect(self.render)
        presenter.decided.connect(lambda visit: shell.go("visit", visit))
        self._list.opened.connect(lambda visit: shell.go("recovery", visit))
        self._keep.clicked.connect(lambda: self._decide(presenter.keep))
        self._back.clicked.connect(lambda: self._decide(presenter.go_back))
        self._empty.acted.connect(lambda: shell.go("today"))
        shell.privacy.changed.connect(lambda: self.render(presenter.state))

    def _decide(self, how: Callable[[str], None]) -> None:
        compared = self._presenter.state.compared
        if compared is not None:
            how(compared.visit)

    def _render_compared(self, compared: Recovered) -> None:
        when = moment_of(compared, self._shell.clock.now())
        title = tr(ROOM, "Recovered: visit to {family}", family=compared.family_name)
        self._header.show_text(title, tr(ROOM, "last saved {when}", when=when))
        self._back.setEnabled(compared.has_earlier)
        if compared == self._compared:
            return
        self._compared = compared
        self._nothing.setText(_nothing_words(compared))
        self._nothing.setVisible(not compared.changes)
        while (item := self._differences.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        labels = tr(ROOM, "Earlier, as it was left"), tr(ROOM, "Recovered")
        for change in compared.changes:
            self._differences.addWidget(difference(change, labels, self._shell.privacy, beside=True))


class RecoveryNews(QObject):
    """At the start of the desk: one quiet bar says what was recovered, and offers to keep or to compare."""

    def __init__(self, shell: Shell, presenter: RecoveryPresenter) -> None:
        super().__init__(shell)
        self._shell = shell
        self._presenter = presenter
        presenter.setParent(self)
        presenter.state_changed.connect(self._on_state)
        shell.acted.connect(self._on_acted)
        presenter.look()

    def _on_state(self, state: RecoveryState) -> None:
        if state.phase is not Phase.READY or not state.found:
            return
        if len(state.found) > 1:
            words = tr_count(ROOM, "{count} visit was recovered.", "{count} visits were recovered.", len(state.found))
        else:
            found = state.found[0]
            words = tr(
                ROOM,
                "Recovered: visit to {family}, last saved {when}.",
                family=found.family_name,
                when=moment_of(found, self._shell.clock.now()),
            )
        self._shell.announce(
            Notice(
                sentence=words,
                next_step=tr(ROOM, "Nothing is lost. Compare to see what is newer than when it was last left."),
                tone=Tone.INFO,
                action="recovery.compare",
                action_label=tr(ROOM, "Compare"),
                kept=True,
                private=True,
            )
        )

    def _on_acted(self, action: str) -> None:
        if action == "recovery.compare":
            found = self._presenter.state.found
            self._shell.announce(None)
            self._shell.go("recovery", found[0].visit if len(found) == 1 else "")


def announce_recovered(shell: Shell) -> RecoveryNews:
    """Look once for drafts that were not left properly, and say so."""
    return RecoveryNews(shell, RecoveryPresenter(shell.services, shell.bridge))


def moment_of(found: Recovered, now: datetime) -> str:
    """The time to the second at which the draft was last saved, with the day where that was not today."""
    saved = found.saved_at.astimezone()
    time = f"{saved:%H:%M:%S}"
    return time if saved.date() == now.astimezone().date() else f"{day_words(saved.date().isoformat())}, {time}"


def _row(found: Recovered, now: datetime) -> Row:
    words = tr(ROOM, "last saved {when}", when=moment_of(found, now))
    count = tr_count(ROOM, "{count} place changed", "{count} places changed", len(found.changes))
    return Row(id=found.visit, title=found.family_name, subtitle=f"{words} · {count}", icon="history")


def _nothing_words(compared: Recovered) -> str:
    if not compared.has_earlier:
        return tr(
            ROOM, "This visit was never left before, so there is nothing earlier. Everything in it was recovered."
        )
    return tr(ROOM, "Nothing is newer than when the visit was last left.")
