"""The Library: finding a prompt set, what it is and may be used for, and packs that bring more of them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from homevisit.changes import Changes
from homevisit.errors import HomeVisitError
from homevisit.prompts.items import Fault
from homevisit.prompts.library import PromptSet
from homevisit.services.pack_reading import ExaminedPack, examine
from homevisit.services.prompt_library import InstalledPack, PackOffer
from ui.bridge import Where
from ui.messages import notice_of
from ui.notices import Notice
from ui.presenters.library_state import Busy, LibraryState
from ui.shell import Shell
from ui.tokens import Tone
from ui.words import tr, tr_count

ROOM = "library"
MINE = Changes.LIBRARY | Changes.CARDS


class LibraryPresenter(QObject):
    """Packs are examined on the worker lane, away from the store; only installing and removing write."""

    state_changed = Signal(object)

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._state = LibraryState()

    @property
    def state(self) -> LibraryState:
        return self._state

    def open(self, canonical: str = "") -> None:
        """Read the library anew; with a canonical that set is chosen. A look that never came back is given up."""
        self._put(busy=Busy.NOTHING)
        if canonical:
            self._put(chosen=canonical, faults=None, offer=None, trying=None)
        self._read()

    def refresh(self, changes: Changes) -> None:
        if changes & MINE:
            self._read()

    def search(self, words: str) -> None:
        self._put(words=words)

    def only(self, licence: str) -> None:
        """Show only sets of this licence class, "" for all."""
        self._put(licence=licence)

    def choose(self, canonical: str) -> None:
        """Show this set; the engine says on the worker lane what it thinks of it."""
        if canonical == self._state.chosen and self._state.faults is not None:
            self._put(offer=None, trying=None)
            return
        self._put(chosen=canonical, faults=None, offer=None, trying=None)
        self._judge()

    def try_out(self, found: PromptSet | None = None) -> None:
        """Show a set as it would be asked; what is answered there is kept nowhere."""
        wanted = found or self._state.found
        if wanted is not None:
            load = self._shell.bridge.run
            load(lambda: _loaded(wanted), self._on_loaded, self._on_failed, where=Where.WORKER)

    def close_trial(self) -> None:
        self._put(trying=None)

    def look_into(self, path: Path) -> None:
        """Examine a pack file; nothing is taken in."""
        if self._state.busy is not Busy.NOTHING:
            return
        self._put(busy=Busy.READING, notice=None, offer=None, trying=None, file=path.name)
        self._shell.bridge.run(lambda: examine(path), self._on_examined, self._on_failed, where=Where.WORKER)

    def words_compared(self, same: bool) -> None:
        """The six words of the signer were read aloud."""
        offer = self._state.offer
        if offer is None:
            return
        if same:
            library = self._shell.services.prompt_library
            self._shell.bridge.run(lambda: library.confirm_signer(offer), self._on_confirmed, self._on_failed)
            return
        said = Notice(
            sentence=tr(ROOM, "The pack was not installed."),
            next_step=tr(ROOM, "Ask the person who signed it for the pack again, by another way, and compare anew."),
            tone=Tone.WAITING,
        )
        self._put(offer=None, notice=said)

    def install(self) -> None:
        """Install the pack that was looked into."""
        offer = self._state.offer
        if offer is None or self._state.busy is not Busy.NOTHING:
            return
        self._put(busy=Busy.INSTALLING, notice=None)
        library = self._shell.services.prompt_library
        self._shell.bridge.run(lambda: library.install(offer), self._on_installed, self._on_failed)

    def close_offer(self) -> None:
        self._put(offer=None, file="")

    def remove(self, pack: InstalledPack) -> None:
        """Remove an installed pack; the question about it was answered."""
        library = self._shell.services.prompt_library
        self._shell.bridge.run(
            lambda: library.remove(pack.id), lambda _: self._on_removed(pack), self._on_failed, owner=self
        )

    def dismiss(self) -> None:
        self._put(notice=None)

    def _read(self) -> None:
        packs = self._shell.services.prompt_library.packs
        self._shell.bridge.run(packs, self._on_packs, self._on_failed)

    def _judge(self) -> None:
        found = self._state.found
        if found is not None:
            self._shell.bridge.run(partial(_judged, found), self._on_judged, self._on_failed, where=Where.WORKER)

    def _on_packs(self, packs: tuple[InstalledPack, ...]) -> None:
        library = self._shell.services.library
        sets = library.sets
        others = tuple(each for each in library.all if each not in sets)
        self._put(is_loaded=True, sets=sets, others=others, packs=packs)
        if self._state.found is None:
            first = next(iter(self._state.shown), None)
            self._put(chosen=first.canonical if first else "", faults=None)
        self._judge()

    def _on_judged(self, judged: tuple[str, tuple[Fault, ...]]) -> None:
        if judged[0] == self._state.chosen:
            self._put(faults=judged[1])

    def _on_loaded(self, found: PromptSet) -> None:
        self._put(trying=found)

    def _on_examined(self, examined: ExaminedPack) -> None:
        library = self._shell.services.prompt_library
        self._shell.bridge.run(lambda: library.judge(examined), self._on_offer, self._on_failed)

    def _on_offer(self, offer: PackOffer) -> None:
        self._put(busy=Busy.NOTHING, offer=offer)

    def _on_confirmed(self, offer: PackOffer) -> None:
        self._put(offer=offer)
        self._shell.tell(Changes.CARDS)

    def _on_installed(self, pack: InstalledPack) -> None:
        said = Notice(
            sentence=tr(ROOM, "The pack “{name}” is installed.", name=pack.manifest.name),
            next_step=tr_count(
                ROOM,
                "Its prompt set can be added to any visit.",
                "Its {count} prompt sets can be added to any visit.",
                len(pack.manifest.sets),
            ),
            tone=Tone.GOOD,
        )
        first = pack.manifest.sets[0]
        self._put(busy=Busy.NOTHING, offer=None, file="", notice=said, words="", licence="")
        self._put(chosen=f"{first.url}|{first.version}", faults=None)
        self._shell.tell(Changes.LIBRARY)

    def _on_removed(self, pack: InstalledPack) -> None:
        said = Notice(
            sentence=tr(ROOM, "The pack “{name}” was removed.", name=pack.manifest.name),
            next_step=tr(ROOM, "What was answered stays readable as it was asked."),
            tone=Tone.GOOD,
        )
        self._put(notice=said)
        self._shell.tell(Changes.LIBRARY)

    def _on_failed(self, error: HomeVisitError) -> None:
        self._put(busy=Busy.NOTHING, notice=notice_of(error))

    def _put(self, **changes: object) -> None:
        state = replace(self._state, **changes)  # type: ignore[arg-type]
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _judged(found: PromptSet) -> tuple[str, tuple[Fault, ...]]:
    return found.canonical, found.questionnaire.faults


def _loaded(found: PromptSet) -> PromptSet:
    """The set, with what the form needs of it read away from the window's thread."""
    if not found.questionnaire.usable:
        raise HomeVisitError("prompts.refused", fault=next(each.code for each in found.questionnaire.faults))
    return found
