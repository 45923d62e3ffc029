"""Send & receive: what waits for whom, sending it into a folder, taking in what arrived."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from homevisit.changes import Changes
from homevisit.domain.card import Card
from homevisit.domain.conflicts import Oddity
from homevisit.domain.summaries import InboxRow, OutboxRow, PackageState
from homevisit.domain.sync_summary import Gap
from homevisit.errors import HomeVisitError
from ui.messages import notice_of
from ui.notices import Notice
from ui.presenters.exchange_state import ExchangeState, Recipient, Stage
from ui.presenters.exchange_words import received_notice, sent_notice
from ui.shell import Shell

RECEIVED = Changes.INBOX | Changes.VISITS | Changes.FAMILIES | Changes.REVIEWS | Changes.OUTBOX


@dataclass(frozen=True, slots=True)
class _Loaded:
    recipients: tuple[Recipient, ...]
    unsent: int
    left: int
    gaps: tuple[Gap, ...]
    oddities: tuple[Oddity, ...]
    outbox: tuple[OutboxRow, ...]
    inbox: tuple[InboxRow, ...]


class ExchangePresenter(QObject):
    """Everything Send & receive may ask for.

    After a write the desk has the page read its lists anew. Files come in one at a time, so that one can always stop.
    """

    state_changed = Signal(object)

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._state = ExchangeState(desk=shell.desk)
        self._left: list[Callable[[], InboxRow]] = []
        self._taken: list[InboxRow] = []
        self._has_place = False

    @property
    def state(self) -> ExchangeState:
        return self._state

    def load(self) -> None:
        """Read everything anew; what is shown stays until then."""
        if not self._state.is_loaded:
            self._put(stage=Stage.LOADING)
        self._shell.bridge.run(self._read, self._on_loaded, self._on_failed)

    def choose_recipient(self, person: str, chosen: bool) -> None:
        recipients = tuple(
            replace(each, chosen=chosen) if each.person == person else each for each in self._state.recipients
        )
        self._put(recipients=recipients)

    def choose_place(self, folder: Path) -> None:
        """The folder or stick that packages are put on."""
        self._has_place = True
        self._put(place=str(folder), notice=None)

    def choose_inbox(self, row: str) -> None:
        self._put(chosen_inbox=row)

    def dismiss(self) -> None:
        self._put(notice=None)

    def send(self) -> None:
        """Seal what waits for the chosen people and put it into the folder."""
        if not self._state.can_send:
            return
        cards = [card for each in self._state.chosen for card in each.laptops]
        place = Path(self._state.place)
        self._put(stage=Stage.SENDING, notice=None)
        self._shell.bridge.run(lambda: self._export(cards, place), self._on_sent, self._on_failed)

    def take_in(self, paths: Sequence[Path]) -> None:
        """Take these files in, one after the other."""
        self._start([partial(self._take, path) for path in paths])

    def try_again(self, row: InboxRow) -> None:
        """Open a refused file again."""
        self._start([lambda: self._shell.services.receiving.again(row)])

    def try_all_again(self) -> None:
        """After a card was added or the program updated: whatever may be taken in now."""
        self._shell.bridge.run(self._shell.services.receiving.try_again, self._on_tried, self._on_failed)

    def forget(self, row: InboxRow) -> None:
        """Take a refusal off the list."""
        receiving = self._shell.services.receiving
        self._shell.bridge.run(lambda: receiving.forget(row), self._on_forgotten, self._on_failed)

    def stop(self) -> None:
        """Take no further file in; the one being read is finished whole."""
        self._left.clear()

    def _take(self, path: Path) -> InboxRow:
        return self._shell.services.receiving.take_in([path])[0]

    def _start(self, jobs: Sequence[Callable[[], InboxRow]]) -> None:
        if not jobs or self._state.is_busy:
            return
        self._left, self._taken = list(jobs), []
        self._put(stage=Stage.READING, step=1, steps=len(jobs), notice=None)
        self._next()

    def _next(self) -> None:
        job = self._left.pop(0)
        self._shell.bridge.run(job, self._on_taken, self._on_failed)

    def _on_taken(self, row: InboxRow) -> None:
        self._taken.append(row)
        if self._left:
            self._put(step=self._state.step + 1)
            self._next()
        else:
            self._finish(received_notice(self._taken, self._state.steps))

    def _on_tried(self, rows: tuple[InboxRow, ...]) -> None:
        taken = [row for row in rows if not row.code]
        if taken:
            self._finish(received_notice(taken, len(taken)))

    def _finish(self, notice: Notice) -> None:
        """The last import decides which line is looked at: the first refusal, if there was one."""
        refused = next((row.id for row in self._taken if row.code), "")
        self._put(stage=Stage.NOTHING, step=0, steps=0, notice=notice, chosen_inbox=refused)
        self._shell.tell(RECEIVED)

    def _on_forgotten(self, _: None) -> None:
        self._put(chosen_inbox="")
        self._shell.tell(Changes.INBOX)

    def _export(self, cards: list[Card], place: Path) -> tuple[OutboxRow, ...]:
        return self._shell.services.sending.export(cards, place)

    def _on_sent(self, rows: tuple[OutboxRow, ...]) -> None:
        self._put(stage=Stage.NOTHING, notice=sent_notice(rows))
        self._shell.tell(Changes.OUTBOX | Changes.VISITS)

    def _on_failed(self, error: HomeVisitError) -> None:
        """What was made stays waiting, so the lists are read again."""
        self._left.clear()
        was_loading = self._state.stage is Stage.LOADING
        self._put(stage=Stage.NOTHING, step=0, steps=0, notice=notice_of(error))
        if not was_loading:
            self._shell.bridge.run(self._read, self._on_loaded, self._on_unread)

    def _on_unread(self, error: HomeVisitError) -> None:
        self._put(notice=notice_of(error))

    def _read(self) -> _Loaded:
        services = self._shell.services
        return _Loaded(
            recipients=tuple(
                Recipient(laptops=each.laptops, entries=each.entries, visits=each.visits, mine=each.mine)
                for each in services.sending.by_hand()
            ),
            unsent=services.sending.unsent(),
            left=services.syncing.left(),
            gaps=services.syncing.gaps(),
            oddities=services.conflicts.oddities(),
            outbox=services.sending.outbox(),
            inbox=services.receiving.inbox(),
        )

    def _on_loaded(self, loaded: _Loaded) -> None:
        stage = Stage.NOTHING if self._state.stage is Stage.LOADING else self._state.stage
        self._put(
            is_loaded=True,
            recipients=self._chosen_as_before(loaded),
            unsent=loaded.unsent,
            left=loaded.left,
            gaps=loaded.gaps,
            oddities=loaded.oddities,
            outbox=loaded.outbox,
            inbox=loaded.inbox,
            place=self._state.place if self._has_place else _last_place(loaded.outbox),
            stage=stage,
        )

    def _chosen_as_before(self, loaded: _Loaded) -> tuple[Recipient, ...]:
        """Whoever something begins to wait for is ticked; after that the tick is the person's own."""
        before = {each.person: each.chosen for each in self._state.recipients if each.entries}
        made = {name for row in loaded.outbox if row.state is PackageState.WAITING for name in row.recipients}
        return tuple(
            replace(each, chosen=before.get(each.person, bool(each.entries)) or each.card.name in made)
            for each in loaded.recipients
        )

    def _put(self, **changes: object) -> None:
        state = replace(self._state, **changes)  # type: ignore[arg-type]
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _last_place(outbox: Sequence[OutboxRow]) -> str:
    return next((row.place for row in outbox if row.place), "")
