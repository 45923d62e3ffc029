"""File elsewhere: the FHIR servers that visits are filed at, and sending them what they do not have."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget
from typing_extensions import override

from homevisit.changes import Changes
from homevisit.domain.filing import FhirServer
from ui.dialogs.confirm import Confirm, ConfirmSheet, Question
from ui.pages import Page
from ui.presenters.filing import FilingPageState, FilingPresenter, ServerLine
from ui.shell import Shell
from ui.tokens import Space, Tone
from ui.views.filing_form import ServerForm, permit_words
from ui.widgets.badges import Badge, Pill
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import IconButton, QuietButton, SecondaryButton
from ui.widgets.header import PageHeader
from ui.widgets.mark import Mark
from ui.widgets.surface import Card, ScrollColumn, boxed, column, row
from ui.widgets.text import BodyText, Caption, ElidedLabel, WrappedText
from ui.words import tr, tr_count

ROOM = "filing"
WIDEST = 760


class ServerRow(Card):
    """One server: what it is called, what may go there besides, how much it lacks, and what can be done."""

    push_asked = Signal(object)
    remove_asked = Signal(object)

    def __init__(self, server: FhirServer) -> None:
        super().__init__(name=server.title)
        self._server = server
        self._title, self._url = ElidedLabel(style="strong"), ElidedLabel(style="caption")
        self._pill = Pill()
        self._besides = Caption()
        self._push = SecondaryButton(tr(ROOM, "File now"), icon="archive")
        self._push.setObjectName(f"filing.push.{server.id}")
        self._remove = IconButton("trash-2", tr(ROOM, "Take it off the list"))
        self._remove.setObjectName(f"filing.remove.{server.id}")
        head = row(Mark("archive", size=20), gap=Space.M)
        head.addLayout(column(self._title, self._url, gap=0), 1)
        for part in (self._pill, self._push, self._remove):
            head.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(head)
        self.body.addWidget(self._besides)
        self._push.clicked.connect(lambda: self.push_asked.emit(self._server))
        self._remove.clicked.connect(lambda: self.remove_asked.emit(self._server))

    def show_line(self, line: ServerLine, *, is_free: bool) -> None:
        self._server = server = line.server
        self._title.show_text(server.title)
        self._url.show_text(server.url)
        words = permit_words()
        besides = ", ".join(words[name] for name in server.policy.allowed())
        nothing = tr(ROOM, "Nothing sensitive goes there.")
        self._besides.setText(tr(ROOM, "Goes there too: {what}", what=besides) if besides else nothing)
        self._pill.show_badge(waiting_badge(line.waiting))
        self._push.setVisible(bool(line.waiting))
        self._push.setEnabled(is_free)
        self._push.setAccessibleName(tr(ROOM, "File at {title} now", title=server.title))
        self._remove.setEnabled(is_free)
        self._remove.setAccessibleName(tr(ROOM, "Take {title} off the list", title=server.title))


class FilingPage(Page):
    """Reached from Today and from Send & receive; only a practitioner files."""

    def __init__(self, shell: Shell, presenter: FilingPresenter, *, confirm: Confirm | None = None) -> None:
        super().__init__()
        self.setObjectName("filing")
        self._shell, self._presenter, self._confirm = shell, presenter, confirm
        presenter.setParent(self)
        self._rows: dict[str, ServerRow] = {}
        self._back = SecondaryButton(tr(ROOM, "Send && receive"), icon="arrow-left")
        self._back.setAccessibleName(tr(ROOM, "Send & receive"))
        self._back.setObjectName("filing.back")
        self._header = PageHeader(tr(ROOM, "File elsewhere"), "", self._back)
        self._bar = QuietBar()
        self._about = BodyText(soft=True)
        self._add = SecondaryButton(tr(ROOM, "Add a server…"), icon="plus")
        self._add.setObjectName("filing.add")
        self._form = ServerForm()
        self._make_progress()
        self._arrange()
        self._connect()
        self.render_state(presenter.state)

    @override
    def arrive(self, arg: str) -> None:
        self._presenter.load()

    @override
    def refresh(self, changes: Changes) -> None:
        if changes & (Changes.VISITS | Changes.OUTBOX):
            self._presenter.load()

    @override
    def panes(self) -> Sequence[QWidget]:
        return (self._list_box, self._form) if self._form.isVisibleTo(self) else (self._list_box,)

    def render_state(self, state: FilingPageState) -> None:
        """Show a state; nothing here answers back."""
        self._bar.show_notice(state.notice)
        self._about.setText(
            tr(
                ROOM,
                "Signed visits can be filed as FHIR R4 at a clinical system of your organisation. Each one is sent "
                "once; what was not taken is sent again until it is there.",
            )
        )
        self._show_rows(state)
        self._show_progress(state)
        self._add_box.setVisible(state.is_loaded and not state.is_adding)
        self._form.setVisible(state.is_adding)
        self._form.render_state(state)

    def _show_rows(self, state: FilingPageState) -> None:
        wanted = {line.server.id for line in state.lines}
        for server in [known for known in self._rows if known not in wanted]:
            gone = self._rows.pop(server)
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for position, line in enumerate(state.lines):
            shown = self._rows.get(line.server.id) or self._new_row(line.server, position)
            shown.show_line(line, is_free=not state.running)

    def _new_row(self, server: FhirServer, position: int) -> ServerRow:
        made = ServerRow(server)
        made.push_asked.connect(self._presenter.push)
        made.remove_asked.connect(self._on_remove)
        self._rows[server.id] = made
        self._list.insertWidget(position, made)
        return made

    def _show_progress(self, state: FilingPageState) -> None:
        self._progress.setVisible(bool(state.running))
        at = state.progress
        words = tr(ROOM, "Filing {done} of {count}…", done=min(at.done + 1, at.of), count=at.of) if at else ""
        self._words.setText(words or tr(ROOM, "Looking what is to be filed…"))
        self._meter.setAccessibleName(self._words.text())
        self._meter.setRange(0, at.of if at else 0)
        self._meter.setValue(at.done if at else 0)
        self._stop.setText(tr(ROOM, "Stopping…") if state.is_stopping else tr(ROOM, "Stop"))
        self._stop.setEnabled(not state.is_stopping)

    def _make_progress(self) -> None:
        self._words = WrappedText(style="soft")
        self._meter = QProgressBar()
        self._meter.setTextVisible(False)
        self._stop = QuietButton("")
        self._stop.setObjectName("filing.stop")
        line = row(gap=Space.M)
        line.addWidget(self._words, 2)
        line.addWidget(self._meter, 3, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._stop)
        self._progress = boxed(line)

    def _arrange(self) -> None:
        add = row(self._add)
        add.addStretch(1)
        self._add_box = boxed(add)
        self._list = column(gap=Space.M)
        self._list.addWidget(self._add_box)
        self._list_box = boxed(self._list)
        scroll = ScrollColumn(width_limit=WIDEST)
        for part in (self._header, self._about, self._bar, self._progress, self._list_box, self._form):
            scroll.body.addWidget(part)
        scroll.finish()
        self.setLayout(column(scroll))

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.state_changed.connect(self.render_state)
        self._back.clicked.connect(lambda: self._shell.go("exchange"))
        self._bar.dismissed.connect(presenter.dismiss)
        self._add.clicked.connect(presenter.begin)
        self._stop.clicked.connect(presenter.stop)
        self._form.given.connect(presenter.add)
        self._form.given_up.connect(self._on_given_up)

    def _on_given_up(self) -> None:
        self._presenter.give_up()
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_remove(self, server: FhirServer) -> None:
        question = Question(
            title=tr(ROOM, "Take “{title}” off the list?", title=server.title),
            consequence=tr(ROOM, "Homevisit forgets how to get in. What was filed there stays there, and known here."),
            yes=tr(ROOM, "Take it off"),
        )
        (self._confirm or ConfirmSheet(self.window())).ask(question, lambda: self._presenter.remove(server.id))


def waiting_badge(count: int) -> Badge:
    """How much a server lacks."""
    if not count:
        return Badge(tr(ROOM, "Has everything"), "circle-check", Tone.GOOD)
    words = tr_count(ROOM, "{count} not yet filed", "{count} not yet filed", count)
    return Badge(words, "hourglass", Tone.WAITING)
