"""The team and one's own laptops in Settings: opening a team file, adding a laptop, saying that one was lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from homevisit.assembly import Services
from homevisit.changes import Changes
from homevisit.domain.card import Card
from homevisit.domain.team import Standing, Team
from homevisit.errors import HomeVisitError
from homevisit.services.escrow import EscrowStanding
from homevisit.services.second_laptop import Beginning
from homevisit.services.team import OfferedTeam
from ui.bridge import Where
from ui.messages import notice_of
from ui.notices import Notice
from ui.shell import Shell
from ui.tokens import Tone
from ui.words import tr

ROOM = "team"
ALL = Changes.CARDS | Changes.PLACES | Changes.SETTINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class LaptopLine:
    """A laptop of one's own. ``lost`` says that its packages are refused; ``by_team`` that the team file says so."""

    device: str
    made_at: str
    here: bool = False
    lost: bool = False
    by_team: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamState:
    """``offered`` waits for the answer about its six words; ``new_words`` open the file for the next laptop.

    ``is_revoked`` says that the team file calls this very laptop lost, ``escrow`` whether the organisation holds a key
    to it, ``offers_escrow`` that the offered file would give it one.
    """

    team: Team | None = field(default=None, repr=False)
    me: str = ""
    words: tuple[str, ...] = ()
    offered: OfferedTeam | None = field(default=None, repr=False)
    runs_out: bool = False
    is_revoked: bool = False
    escrow: EscrowStanding = EscrowStanding.NONE
    offers_escrow: bool = False
    laptops: tuple[LaptopLine, ...] = ()
    new_words: tuple[str, ...] = field(default=(), repr=False)
    new_file: str = ""
    busy: bool = False
    notice: Notice | None = None
    laptop_notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    team: Team | None
    me: str
    words: tuple[str, ...]
    runs_out: bool
    is_revoked: bool
    escrow: EscrowStanding
    laptops: tuple[LaptopLine, ...]


class TeamPresenter(QObject):
    """Reads on arrival; nothing becomes trusted without the answer about the words."""

    state_changed = Signal(object)

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._state = TeamState()

    @property
    def state(self) -> TeamState:
        return self._state

    def open(self) -> None:
        """Read everything that is shown."""
        services = self._shell.services
        self._shell.bridge.run(lambda: _read(services), self._on_read, self._on_failed, owner=self)

    def refresh(self, changes: Changes) -> None:
        if changes & ALL:
            self.open()

    def read(self, path: Path) -> None:
        """Look at a team file. A newer version of the team that is here needs no question."""
        services = self._shell.services
        self._put(replace(self._state, offered=None, notice=None))
        self._shell.bridge.run(lambda: _looked_into(services, path), self._on_offered, self._on_failed, owner=self)

    def same_words(self) -> None:
        """The six words are the same as those that were read out."""
        if self._state.offered is not None:
            self._take(self._state.offered, told=self._state.offers_escrow)

    def escrow_read(self) -> None:
        """The person has read that the organisation will hold a key: from now on it does."""
        escrow = self._shell.services.escrow
        self._shell.bridge.run(escrow.told, lambda _: self._shell.tell(Changes.SETTINGS), self._on_failed, owner=self)

    def other_words(self) -> None:
        """They differ: this is not the team's file. Of a newer version: the person wants to ask somebody first."""
        if self._state.offered is None:
            return
        is_first = self._state.offered.standing is Standing.FIRST
        notice = notice_of(HomeVisitError("team.words_differ")) if is_first else None
        self._put(replace(self._state, offered=None, notice=notice))

    def leave(self) -> None:
        """Leave the team, so that another one can be opened."""
        escrow = self._shell.services.escrow
        self._shell.bridge.run(escrow.leave, lambda _: self._on_left(), self._on_failed, owner=self)

    def add_laptop(self, path: Path) -> None:
        """Write the file for the next laptop and show its words."""
        second = self._shell.services.second_laptop
        self._put(replace(self._state, busy=True, laptop_notice=None))
        self._shell.bridge.run(
            second.beginning, lambda found: self._write(found, path), self._on_not_written, owner=self
        )

    def forget_words(self) -> None:
        """They were written down."""
        self._put(replace(self._state, new_words=(), new_file=""))

    def lose(self, device: str) -> None:
        """This laptop was lost: believe it no more."""
        teams = self._shell.services.teams
        said = tr(ROOM, "What this laptop sends from now on is refused, and nothing is sent to it.")
        self._change(lambda: teams.lose(device), said)

    def find_again(self, device: str) -> None:
        """It was not lost after all."""
        teams = self._shell.services.teams
        self._change(lambda: teams.find_again(device), tr(ROOM, "Packages from this laptop are taken in again."))

    def dismiss(self) -> None:
        self._put(replace(self._state, notice=None, laptop_notice=None))

    def _write(self, beginning: Beginning, path: Path) -> None:
        self._shell.bridge.run(
            lambda: beginning.write(path),
            lambda words: self._on_written(path, words),
            self._on_not_written,
            owner=self,
            where=Where.WORKER,
        )

    def _take(self, offered: OfferedTeam, *, told: bool = False) -> None:
        escrow = self._shell.services.escrow
        self._shell.bridge.run(lambda: escrow.take(offered, told=told), self._on_taken, self._on_failed, owner=self)

    def _change(self, job: Callable[[], object], said: str) -> None:
        notice = Notice(sentence=said, tone=Tone.GOOD)
        self._shell.bridge.run(job, lambda _: self._on_changed(notice), self._on_not_written, owner=self)

    def _on_read(self, read: _Read) -> None:
        self._put(
            replace(
                self._state,
                team=read.team,
                me=read.me,
                words=read.words,
                runs_out=read.runs_out,
                is_revoked=read.is_revoked,
                escrow=read.escrow,
                laptops=read.laptops,
            )
        )

    def _on_offered(self, found: tuple[OfferedTeam, bool]) -> None:
        offered, offers_escrow = found
        if offered.standing is Standing.FIRST or (offers_escrow and offered.standing is Standing.UPDATE):
            self._put(replace(self._state, offered=offered, offers_escrow=offers_escrow))
        elif offered.standing is Standing.UPDATE:
            self._take(offered)
        else:
            said = tr(ROOM, "This version of the team file is on this laptop already.")
            self._put(replace(self._state, notice=Notice(sentence=said, tone=Tone.GOOD)))

    def _on_taken(self, team: Team) -> None:
        said = tr(ROOM, "The team file of {name} is on this laptop now.", name=team.organisation)
        self._put(replace(self._state, offered=None, notice=Notice(sentence=said, tone=Tone.GOOD)))
        self._shell.tell(ALL)
        self.open()

    def _on_left(self) -> None:
        said = tr(ROOM, "You have left the team. The people you knew are still known.")
        self._put(replace(self._state, notice=Notice(sentence=said, tone=Tone.GOOD)))
        self._shell.tell(ALL)
        self.open()

    def _on_written(self, path: Path, words: str) -> None:
        self._put(replace(self._state, busy=False, new_words=tuple(words.split()), new_file=path.name))

    def _on_changed(self, notice: Notice) -> None:
        self._put(replace(self._state, laptop_notice=notice))
        self._shell.tell(Changes.CARDS)
        self.open()

    def _on_not_written(self, error: HomeVisitError) -> None:
        self._put(replace(self._state, busy=False, laptop_notice=notice_of(error)))

    def _on_failed(self, error: HomeVisitError) -> None:
        self._put(replace(self._state, offered=None, notice=notice_of(error)))

    def _put(self, state: TeamState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _looked_into(services: Services, path: Path) -> tuple[OfferedTeam, bool]:
    offered = services.teams.read(path)
    return offered, services.escrow.is_news(offered.team)


def _read(services: Services) -> _Read:
    teams, me = services.teams, services.cards.mine().card
    lost = teams.lost_laptops()
    others = [known.card for known in services.cards.known() if known.card.person == me.person]

    def line(card: Card) -> LaptopLine:
        return LaptopLine(
            device=card.device,
            made_at=card.made_at,
            here=card.device == me.device,
            lost=card.device in lost,
            by_team="team" in lost.get(card.device, ()),
        )

    return _Read(
        team=teams.current(),
        me=me.person,
        words=teams.words(),
        runs_out=teams.expires_soon(),
        is_revoked=me.device in lost,
        escrow=services.escrow.standing(),
        laptops=tuple(line(card) for card in (me, *sorted(others, key=lambda card: card.made_at))),
    )
