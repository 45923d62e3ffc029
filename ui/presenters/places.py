"""Places that packages travel through: naming one, trying whether it works, taking it off the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from homevisit.changes import Changes
from homevisit.domain.place import Place
from homevisit.domain.sync_summary import PlaceResult
from homevisit.errors import HomeVisitError
from ui.bridge import Where
from ui.messages import notice_of
from ui.notices import Notice
from ui.shell import Shell
from ui.tokens import Tone
from ui.words import tr

ROOM = "places"
CERTIFICATES = "certificates"
LARGEST_CERTIFICATES = 64 * 1024


class Check(Enum):
    """What is known about a place since the page was opened."""

    UNKNOWN = auto()
    RUNNING = auto()
    GOOD = auto()
    BAD = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    """A place and what trying it came to."""

    place: Place
    check: Check = Check.UNKNOWN
    problem: Notice | None = None
    is_of_team: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlace:
    """What was typed about a place; ``secret`` goes to the store and nowhere else.

    ``certificates`` is the file with those that an organisation signs its own servers with.
    """

    kind: str
    settings: dict[str, str] = field(repr=False)
    secret: dict[str, str] = field(repr=False)
    certificates: Path | None = None

    def whole(self) -> dict[str, str]:
        """The settings with what is in the certificate file; off the GUI thread."""
        if self.certificates is None:
            return self.settings
        try:
            with self.certificates.open(encoding="ascii") as file:
                return {**self.settings, CERTIFICATES: file.read(LARGEST_CERTIFICATES + 1)}
        except (OSError, ValueError):
            raise HomeVisitError("place.settings", name=CERTIFICATES) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesState:
    """``renewing`` is the place that another password is typed for.

    ``refused`` is why a place that is being added did not work, ``refused_field`` which setting is to blame; without
    one it may be added all the same.
    """

    is_loaded: bool = False
    lines: tuple[PlaceLine, ...] = ()
    is_adding: bool = False
    renewing: Place | None = None
    is_trying: bool = False
    refused: Notice | None = None
    refused_field: str = ""
    notice: Notice | None = None


class PlacesPresenter(QObject):
    """Trying a place happens on the exchange lane: a server that does not answer holds nothing else up."""

    state_changed = Signal(object)

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._state = PlacesState()
        self._new: NewPlace | None = None

    @property
    def state(self) -> PlacesState:
        return self._state

    def load(self) -> None:
        self._shell.bridge.run(self._read, self._on_loaded, self._on_failed)

    def begin(self) -> None:
        """Show what has to be typed."""
        self._put(is_adding=True, renewing=None, refused=None, refused_field="", notice=None)

    def begin_renewal(self, place: Place) -> None:
        """Ask for another password, as when the old one has run out."""
        self._put(renewing=place, is_adding=False, refused=None, refused_field="", notice=None)

    def give_up(self) -> None:
        self._new = None
        self._put(is_adding=False, renewing=None, refused=None, refused_field="")

    def dismiss(self) -> None:
        self._put(notice=None)

    def add(self, new: NewPlace) -> None:
        """Add a place if it works; a place that does not is not kept, and why is said beside what was typed."""
        if self._state.renewing is not None:
            self._renew(self._state.renewing, new)
        elif not self._state.is_trying:
            self._new = new
            self._put(is_trying=True, refused=None, refused_field="")
            self._shell.bridge.run(lambda: self._added(new), self._on_kept, self._on_refused)

    def add_all_the_same(self) -> None:
        """Add what did not work just now: it may later, as at home or once the stick is in."""
        new = self._new
        if new is not None and not self._state.is_trying:
            self._put(is_trying=True, refused=None, refused_field="")
            self._shell.bridge.run(lambda: self._added(new), self._on_added, self._on_refused)

    def check(self, place: str) -> None:
        """Try whether a package could be put there."""
        self._mark(place, Check.RUNNING)
        self._shell.bridge.run(
            lambda: self._try(place),
            lambda _: self._mark(place, Check.GOOD),
            lambda error: self._mark(place, Check.BAD, notice_of(error)),
            owner=self,
            where=Where.EXCHANGE,
        )

    def remove(self, place: str) -> None:
        """Take a place off the list; what lies there stays there."""
        places = self._shell.services.places
        self._shell.bridge.run(lambda: places.remove(place), self._on_removed, self._on_failed)

    def note(self, results: Sequence[PlaceResult]) -> None:
        """A run has been at these places."""
        for result in results:
            problem = notice_of(HomeVisitError(result.code)) if result.code else None
            self._mark(result.place, Check.BAD if problem else Check.GOOD, problem)

    def _renew(self, place: Place, new: NewPlace) -> None:
        places = self._shell.services.places
        self._put(is_trying=True, refused=None, refused_field="")
        self._shell.bridge.run(
            lambda: places.renew(place.id, new.secret), lambda _: self._try_renewed(place), self._on_refused, owner=self
        )

    def _try_renewed(self, place: Place) -> None:
        self._shell.bridge.run(
            lambda: self._try(place.id),
            lambda _: self._on_renewed(place),
            self._on_refused,
            owner=self,
            where=Where.EXCHANGE,
        )

    def _on_renewed(self, place: Place) -> None:
        said = Notice(sentence=tr(ROOM, "“{title}” can be opened again.", title=place.title), tone=Tone.GOOD)
        self._put(renewing=None, is_trying=False, notice=said)
        self._mark(place.id, Check.GOOD)
        self._shell.tell(Changes.PLACES)

    def _added(self, new: NewPlace) -> Place:
        return self._shell.services.places.add(new.kind, "", new.whole(), new.secret)

    def _try(self, place: str) -> None:
        """On the exchange lane: the store gives what the place needs, the rest happens outside it."""
        bridge, places = self._shell.bridge, self._shell.services.places
        places.test(place, inside=bridge.inside)

    def _on_kept(self, place: Place) -> None:
        self._shell.bridge.run(
            lambda: self._try(place.id),
            lambda _: self._on_added(place),
            lambda error: self._on_useless(place, error),
            owner=self,
            where=Where.EXCHANGE,
        )

    def _on_useless(self, place: Place, error: HomeVisitError) -> None:
        places = self._shell.services.places
        self._shell.bridge.run(lambda: places.remove(place.id), lambda _: self._on_refused(error), owner=self)

    def _on_refused(self, error: HomeVisitError) -> None:
        blamed = str(error.values.get("name") or "") if error.code == "place.settings" else ""
        self._put(is_trying=False, refused=notice_of(error), refused_field=blamed)

    def _on_added(self, place: Place) -> None:
        self._new = None
        said = Notice(
            sentence=tr(ROOM, "“{title}” was added.", title=place.title),
            next_step=tr(ROOM, "From now on Homevisit sends and receives there by itself."),
            tone=Tone.GOOD,
        )
        self._put(is_adding=False, is_trying=False, refused=None, notice=said)
        self._shell.tell(Changes.PLACES)

    def _on_removed(self, _: object) -> None:
        self._shell.tell(Changes.PLACES)

    def _read(self) -> tuple[tuple[Place, ...], frozenset[str]]:
        places = self._shell.services.places
        return places.all(), frozenset(each.id for each in places.of_team())

    def _on_loaded(self, found: tuple[tuple[Place, ...], frozenset[str]]) -> None:
        places, of_team = found
        before = {line.place.id: line for line in self._state.lines}
        lines = (replace(before.get(each.id, PlaceLine(place=each)), place=each) for each in places)
        self._put(is_loaded=True, lines=tuple(replace(line, is_of_team=line.place.id in of_team) for line in lines))

    def _on_failed(self, error: HomeVisitError) -> None:
        self._put(notice=notice_of(error))

    def _mark(self, place: str, check: Check, problem: Notice | None = None) -> None:
        lines = (
            replace(line, check=check, problem=problem) if line.place.id == place else line
            for line in self._state.lines
        )
        self._put(lines=tuple(lines))

    def _put(self, **changes: object) -> None:
        state = replace(self._state, **changes)  # type: ignore[arg-type]
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)
