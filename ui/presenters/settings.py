"""What Settings shows of the store: backups, who opened what, the prompt sets; and changing the passphrase."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import metadata

from PySide6.QtCore import QObject, Signal

from homevisit.assembly import Services
from homevisit.changes import Changes
from homevisit.domain.visit_templates import Nation
from homevisit.errors import HomeVisitError
from homevisit.services import homes
from homevisit.services.safekeeping import AccessLine
from ui.bridge import Where
from ui.messages import notice_of
from ui.notices import Notice
from ui.shell import Shell
from ui.tokens import Tone
from ui.words import tr

ROOM = "settings"
LINES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupLine:
    """A backup as the list shows it; ``size`` in bytes."""

    made_at: str
    entries: int
    size: int
    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsState:
    """``backups`` and ``access`` are None until they were read. ``strength`` is that of the new passphrase, "" none.

    ``by_code`` says that a code opened the store: the present passphrase is forgotten, and not asked for.
    """

    version: str = ""
    place: str = ""
    backups: tuple[BackupLine, ...] | None = None
    backing_up: bool = False
    access: tuple[AccessLine, ...] | None = None
    prompt_sets: int = 0
    by_code: bool = False
    changing: bool = False
    strength: str = ""
    strong: bool = False
    problem: str = ""
    passphrase_changed: int = 0
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    backups: tuple[BackupLine, ...]
    access: tuple[AccessLine, ...]
    prompt_sets: int
    place: str
    by_code: bool


class SettingsPresenter(QObject):
    """Reads on arrival; passphrases are passed through, and wait only for the verdict on the new one."""

    state_changed = Signal(object)

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._state = SettingsState(version=_version())
        self._judged = ""  # the newest passphrase that was asked about
        self._known = ""  # the one that the strength in the state belongs to
        self._waiting: Callable[[], None] | None = None

    @property
    def state(self) -> SettingsState:
        return self._state

    def open(self) -> None:
        """Read everything that is shown."""
        services = self._shell.services
        self._shell.bridge.run(lambda: _read(services), self._on_read, self._on_failed)

    def show_library(self) -> None:
        """Where every prompt set names its licence and its source."""
        self._shell.go("library")

    def refresh(self, changes: Changes) -> None:
        if changes:
            self.open()

    def follow(self, nation: Nation) -> None:
        """From now on contacts are due as this nation's programme says."""
        schedules = self._shell.services.schedules
        self._shell.bridge.run(
            lambda: schedules.choose(nation), lambda _: self._shell.tell(Changes.SETTINGS), owner=self
        )

    def back_up(self) -> None:
        """Make a verified backup now."""
        if self._state.backing_up:
            return
        self._put(replace(self._state, backing_up=True, notice=None))
        self._shell.bridge.run(self._shell.services.upkeep.backup, self._on_backed_up, self._on_failed, owner=self)

    def judge(self, passphrase: str) -> None:
        """Say how strong the new passphrase is."""
        self._judged = passphrase
        self._waiting = None
        if not passphrase:
            self._put(replace(self._state, strength="", strong=False, problem=""))
            return
        self._shell.bridge.run(
            lambda: (passphrase, homes.strength(passphrase)), self._on_judged, owner=self, where=Where.WORKER
        )

    def change_passphrase(self, present: str, new: str, again: str) -> None:
        """Change it; what is wrong is said beside the fields. Pressed twice, it is changed once."""
        if self._state.changing:
            return
        if new != again:
            self._put(replace(self._state, problem=tr(ROOM, "The two new passphrases differ.")))
            return
        if new and new == self._judged != self._known:
            self._waiting = lambda: self.change_passphrase(present, new, again)  # Enter was quicker than the verdict
            return
        if not new or not self._state.strong:
            self._put(replace(self._state, problem=tr(ROOM, "The new passphrase is not strong enough.")))
            return
        self._put(replace(self._state, changing=True, problem=""))
        safekeeping = self._shell.services.safekeeping
        self._shell.bridge.run(
            lambda: safekeeping.change_passphrase(present, new),
            lambda _: self._on_changed(),
            self._on_refused,
            owner=self,
        )

    def _on_read(self, read: _Read) -> None:
        self._put(
            replace(
                self._state,
                backups=read.backups,
                access=read.access,
                prompt_sets=read.prompt_sets,
                place=read.place,
                by_code=read.by_code,
            )
        )

    def _on_backed_up(self, _: object) -> None:
        said = Notice(
            sentence=tr(ROOM, "A backup was made and checked."),
            next_step=tr(ROOM, "It lies on this laptop; copy the folder to keep it elsewhere."),
            tone=Tone.GOOD,
        )
        self._put(replace(self._state, backing_up=False, notice=said))
        self.open()

    def _on_judged(self, judged: tuple[str, homes.Strength]) -> None:
        passphrase, strength = judged
        if passphrase != self._judged:
            return
        self._known = passphrase
        self._put(replace(self._state, strength=strength.words, strong=strength.accepted, problem=""))
        if self._waiting is not None:
            go_on, self._waiting = self._waiting, None
            go_on()

    def _on_changed(self) -> None:
        said = Notice(
            sentence=tr(ROOM, "The passphrase was changed."),
            next_step=tr(ROOM, "Backups made before today still open with the old one."),
            tone=Tone.GOOD,
        )
        self._judged = self._known = ""
        self._put(
            replace(
                self._state,
                changing=False,
                strength="",
                strong=False,
                passphrase_changed=self._state.passphrase_changed + 1,
                notice=said,
            )
        )
        self.open()

    def _on_refused(self, error: HomeVisitError) -> None:
        words = notice_of(error)
        self._put(replace(self._state, changing=False, problem=f"{words.sentence} {words.next_step}".strip()))

    def _on_failed(self, error: HomeVisitError) -> None:
        self._put(replace(self._state, backing_up=False, notice=notice_of(error)))

    def _put(self, state: SettingsState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _read(services: Services) -> _Read:
    backups = services.upkeep.backups()
    return _Read(
        backups=tuple(
            BackupLine(made_at=each.made_at, entries=each.entries, size=each.size, folder=each.path.name)
            for each in backups
        ),
        access=services.safekeeping.access(LINES),
        prompt_sets=len(services.library.sets),
        place=str(services.home.root),
        by_code=services.safekeeping.is_opened_by_code,
    )


def _version() -> str:
    try:
        return metadata.version("homevisit-desktop")
    except metadata.PackageNotFoundError:
        return ""
