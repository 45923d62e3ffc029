"""Filing visits at FHIR servers: setting one up, and rounds that send it what it does not have."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal

from homevisit.changes import Changes
from homevisit.domain.filing import Access, ExportPolicy, FhirServer, FilingProgress, FilingState, FilingSummary
from homevisit.errors import HomeVisitError
from homevisit.services.filing import Watch
from ui.bridge import Where
from ui.messages import notice_of, words_of
from ui.notices import Notice
from ui.shell import Shell
from ui.tokens import Tone
from ui.words import tr, tr_count

ROOM = "filing"
FILED = Changes.VISITS | Changes.OUTBOX
"""What is shown of a visit has changed, though nothing of what was signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerLine:
    """A server with how many visits it does not have as they are now."""

    server: FhirServer
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewServer:
    """What was typed about a server; ``secret`` goes to the store and nowhere else."""

    url: str
    access: Access = Access.OPEN
    secret: str = field(default="", repr=False)
    client_id: str = ""
    token_url: str = ""
    policy: ExportPolicy = field(default_factory=ExportPolicy)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingPageState:
    """``running`` is the id of the server of the round that goes on; ``refused`` why a server was not added."""

    is_loaded: bool = False
    lines: tuple[ServerLine, ...] = ()
    is_adding: bool = False
    is_trying: bool = False
    refused: Notice | None = None
    running: str = ""
    is_stopping: bool = False
    progress: FilingProgress | None = None
    notice: Notice | None = None


class FilingPresenter(QObject):
    """The network is waited for on the exchange lane; the store is reached in short steps from there."""

    state_changed = Signal(object)
    _progressed = Signal(object)

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._state = FilingPageState()
        self._stop = threading.Event()
        self._progressed.connect(self._on_progress)

    @property
    def state(self) -> FilingPageState:
        return self._state

    def load(self) -> None:
        self._shell.bridge.run(self._read, self._on_loaded, self._on_failed)

    def begin(self) -> None:
        """Show what has to be typed."""
        self._put(is_adding=True, refused=None, notice=None)

    def give_up(self) -> None:
        self._put(is_adding=False, refused=None)

    def dismiss(self) -> None:
        self._put(notice=None)

    def add(self, new: NewServer) -> None:
        """Ask the server whether it is one, then set it up; nothing is kept of one that is not."""
        server = FhirServer(
            id="",
            url=new.url.strip(),
            title=_host(new.url),
            access=new.access,
            client_id=new.client_id.strip(),
            token_url=new.token_url.strip(),
            policy=new.policy,
        )
        self._put(is_trying=True, refused=None)
        self._shell.bridge.run(
            lambda: self._tried(server, new.secret.strip()), self._on_added, self._on_refused, where=Where.EXCHANGE
        )

    def remove(self, server: str) -> None:
        """Take a server off the list; what was filed there stays known, and stays there."""
        filing = self._shell.services.filing
        self._shell.bridge.run(lambda: filing.remove(server), self._on_removed, self._on_failed)

    def push(self, server: FhirServer) -> None:
        """File what the server does not have."""
        if self._state.running:
            return
        self._stop.clear()
        self._put(running=server.id, is_stopping=False, progress=None, notice=None)
        self._shell.bridge.run(
            lambda: self._round(server),
            lambda summary: self._on_pushed(server, summary),
            self._on_broken_off,
            owner=self,
            where=Where.EXCHANGE,
        )

    def stop(self) -> None:
        """End the round after the visit that it is at; the next one goes on from there."""
        self._stop.set()
        self._put(is_stopping=True)

    def _round(self, server: FhirServer) -> FilingSummary:
        """On the exchange lane."""
        bridge, filing = self._shell.bridge, self._shell.services.filing
        watch = Watch(inside=bridge.inside, progress=self._progressed.emit, cancelled=self._stop.is_set)
        return filing.push(server, watch=watch)

    def _tried(self, server: FhirServer, secret: str) -> None:
        """On the exchange lane: the server is asked, then kept."""
        bridge, filing = self._shell.bridge, self._shell.services.filing
        filing.check(server, secret=secret, inside=bridge.inside)
        bridge.inside(lambda: filing.put(server, secret))

    def _read(self) -> tuple[ServerLine, ...]:
        filing = self._shell.services.filing
        return tuple(ServerLine(server=each, waiting=filing.count_waiting(each)) for each in filing.servers())

    def _on_loaded(self, lines: tuple[ServerLine, ...]) -> None:
        self._put(is_loaded=True, lines=lines)

    def _on_added(self, _: object) -> None:
        self._put(is_adding=False, is_trying=False, refused=None)
        self._on_changed()

    def _on_refused(self, error: HomeVisitError) -> None:
        self._put(is_trying=False, refused=notice_of(error))

    def _on_removed(self, _: object) -> None:
        self._on_changed()

    def _on_changed(self) -> None:
        self.load()
        self._shell.tell(FILED)

    def _on_progress(self, progress: FilingProgress) -> None:
        if self._state.running:
            self._put(progress=progress)

    def _on_pushed(self, server: FhirServer, summary: FilingSummary) -> None:
        self._put(running="", progress=None, notice=summary_notice(server, summary))
        self._on_changed()

    def _on_broken_off(self, error: HomeVisitError) -> None:
        self._put(running="", progress=None, notice=notice_of(error))
        self.load()

    def _on_failed(self, error: HomeVisitError) -> None:
        self._put(notice=notice_of(error))

    def _put(self, **changes: object) -> None:
        state = replace(self._state, **changes)  # type: ignore[arg-type]
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def summary_notice(server: FhirServer, summary: FilingSummary) -> Notice:
    """What a round came to: what was filed, and the first reason why not everything was."""
    filed = summary.count(FilingState.FILED)
    one, many = "Filed {count} visit at {server}.", "Filed {count} visits at {server}."
    sentence = tr_count(ROOM, one, many, filed, server=server.title)
    if not filed:
        sentence = tr(ROOM, "Nothing was filed at {server}.", server=server.title)
    codes = [*(each.code for each in summary.filings), *(each.code for each in summary.held), summary.stopped]
    code = next((each for each in codes if each), "")
    if not code:
        return Notice(sentence=sentence, tone=Tone.GOOD)
    one, many = "{count} visit is not filed there yet.", "{count} visits are not filed there yet."
    left = tr_count(ROOM, one, many, summary.left)
    words = words_of(HomeVisitError(code))
    return Notice(
        sentence=f"{sentence} {left}" if summary.left else sentence,
        next_step=f"{words.sentence} {words.next_step}",
        tone=Tone.WAITING,
    )


def _host(url: str) -> str:
    """What a server is called until somebody has a better name for it."""
    return url.strip().partition("://")[2].partition("/")[0].rpartition("@")[2]
