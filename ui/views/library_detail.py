"""One prompt set: what it is, its sources and licences, what works of it, and the pack it came with."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from homevisit.prompts.items import Verdict
from homevisit.prompts.library import PromptSet
from homevisit.services.prompt_library import InstalledPack
from ui.presenters.family_words import iso_day_words, moment_words
from ui.presenters.library_state import LibraryState
from ui.tokens import Space
from ui.views.family_parts import emptied
from ui.views.library_words import about_words, fault_words, licence_words, verdict_words, version_words
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.surface import Card, ScrollColumn, boxed, column, row
from ui.widgets.text import BodyText, Caption, SectionTitle, SideLabel, WrappedText
from ui.words import tr

ROOM = "library"
LABEL_WIDTH = 104
FAULTS_SHOWN = 12


class SetDetail(QWidget):
    """The chosen set. ``try_asked`` wants to see it as it is asked, ``remove_asked`` carries its pack."""

    try_asked = Signal()
    remove_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("library.detail")
        self._shown: object = None
        self._pack: InstalledPack | None = None
        self._make()
        self._arrange()
        self.try_.clicked.connect(self.try_asked)
        self.remove.clicked.connect(lambda: self.remove_asked.emit(self._pack))

    def render_state(self, state: LibraryState) -> None:
        found = state.found
        shown = (found, state.faults, state.pack, state.versions)
        if found is None or shown == self._shown:
            return
        self._shown, self._pack = shown, state.pack
        self._title.setText(found.title)
        self._about.setText(about_words(found))
        self._description.setText(found.description)
        self._description.setVisible(bool(found.description))
        self._show_sources(found)
        self._show_verdict(state)
        self._show_versions(state)
        self._show_pack(state.pack)

    def _make(self) -> None:
        self._title = SectionTitle("")
        self._title.setObjectName("library.title")
        self._about = BodyText("", soft=True)
        self._description = BodyText("")
        self.try_ = PrimaryButton(tr(ROOM, "See it as it is asked"), icon="eye")
        self.try_.setObjectName("library.try")
        self._sources = column(gap=Space.S)
        self._verdict = BodyText("")
        self._verdict.setObjectName("library.verdict")
        self._faults = column(gap=Space.XS)
        self._versions = column(gap=Space.XS)
        self._brought = column(gap=Space.S)
        self.remove = SecondaryButton(tr(ROOM, "Remove this pack…"), icon="trash-2")
        self.remove.setObjectName("library.remove")

    def _arrange(self) -> None:
        scroll = ScrollColumn(width_limit=760)
        line = row(self.try_)
        line.addStretch(1)
        head = column(self._title, self._about, gap=2)
        top = column(gap=Space.M)
        top.addLayout(head)
        top.addWidget(self._description)
        top.addLayout(line)
        foot = row(self.remove)
        foot.addStretch(1)
        self._pack_card = _card(tr(ROOM, "Pack"), self._brought)
        self._pack_card.body.addLayout(foot)
        works = column(self._verdict, gap=Space.S)
        works.addLayout(self._faults)
        self._versions_card = _card(tr(ROOM, "Other versions here"), self._versions)
        for part in (
            boxed(top),
            _card(tr(ROOM, "Sources and licences"), self._sources),
            _card(tr(ROOM, "What Homevisit makes of it"), works),
            self._versions_card,
            self._pack_card,
        ):
            scroll.body.addWidget(part)
        scroll.finish()
        self.setLayout(column(scroll))

    def _show_sources(self, found: PromptSet) -> None:
        emptied(self._sources)
        checked = iso_day_words(found.checked_on) if found.checked_on else tr(ROOM, "not stated")
        facts = (
            (tr(ROOM, "Licence"), licence_words(found.licence_class)),
            (tr(ROOM, "Stated right"), found.licence),
            (tr(ROOM, "Credit"), found.attribution if found.attribution not in found.copyright else ""),
            (tr(ROOM, "Copyright"), found.copyright),
            (tr(ROOM, "Source"), found.source if found.source != found.url else ""),
            (tr(ROOM, "Checked"), checked),
            (tr(ROOM, "Version"), found.version),
            (tr(ROOM, "Address"), found.url),
        )
        for label, words in facts:
            if words:
                self._sources.addWidget(fact(label, words))

    def _show_verdict(self, state: LibraryState) -> None:
        emptied(self._faults)
        self._verdict.setText(verdict_words(state.faults))
        faults = state.faults or ()
        self.try_.setEnabled(all(each.verdict is not Verdict.REFUSED for each in faults))
        for each in faults[:FAULTS_SHOWN]:
            self._faults.addWidget(Caption("• " + fault_words(each)))
        if len(faults) > FAULTS_SHOWN:
            more = len(faults) - FAULTS_SHOWN
            self._faults.addWidget(Caption(tr(ROOM, "and {more} more; “homevisit prompts check” lists all", more=more)))

    def _show_versions(self, state: LibraryState) -> None:
        emptied(self._versions)
        for each in state.versions:
            self._versions.addWidget(WrappedText(version_words(each)))
        self._versions_card.setVisible(bool(state.versions))

    def _show_pack(self, pack: InstalledPack | None) -> None:
        emptied(self._brought)
        self._pack_card.setVisible(pack is not None)
        if pack is None:
            return
        manifest = pack.manifest
        for label, words in (
            (tr(ROOM, "Pack"), tr(ROOM, "{name}, version {version}", name=manifest.name, version=manifest.version)),
            (tr(ROOM, "From"), manifest.organisation),
            (tr(ROOM, "Signed by"), pack.signer),
            (tr(ROOM, "Installed"), moment_words(pack.installed_at)),
            (tr(ROOM, "Brings"), ", ".join(each.title for each in manifest.sets)),
        ):
            self._brought.addWidget(fact(label, words))


def fact(label: str, words: str) -> QWidget:
    """A line of a card: what it is about at the left, the words beside it."""
    line = row(gap=Space.M)
    line.addWidget(SideLabel(label, LABEL_WIDTH), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(WrappedText(words), 1)
    return boxed(line)


def _card(title: str, body: QVBoxLayout) -> Card:
    card = Card(SectionTitle(title), name=title)
    card.body.addLayout(body)
    return card
