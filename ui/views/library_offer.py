"""A pack that was looked into: who signed it, what is in it, why it cannot be installed, or the way to install it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from homevisit.services.pack_reading import OfferedSet
from homevisit.services.prompt_library import PackOffer
from ui.messages import words_of
from ui.presenters.family_words import moment_words
from ui.presenters.library_state import Busy, LibraryState
from ui.tokens import Space
from ui.views.cards import WordsQuestion
from ui.views.family_parts import emptied
from ui.views.library_detail import fact
from ui.views.library_words import fault_words, language_words, standing_words, verdict_words
from ui.widgets.buttons import PrimaryButton, QuietButton, SecondaryButton
from ui.widgets.surface import Card, Divider, ScrollColumn, boxed, column, row
from ui.widgets.text import BodyText, Caption, SectionTitle, WrappedText
from ui.words import tr, tr_count

ROOM = "library"


class OfferPane(QWidget):
    """Nothing of the pack is taken in until ``install_asked``; ``try_asked`` carries one of its sets."""

    install_asked = Signal()
    close_asked = Signal()
    compared = Signal(bool)
    try_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("library.offer")
        self._shown: PackOffer | None = None
        self._make()
        self._arrange()
        self._install.clicked.connect(self.install_asked)
        self._close.clicked.connect(self.close_asked)
        self._question.answered.connect(self.compared)

    def render_state(self, state: LibraryState) -> None:
        offer = state.offer
        if offer is None:
            self._shown = None
            return
        installing = state.busy is Busy.INSTALLING
        may = offer.problem is None and offer.unknown is None and not offer.is_installed
        self._install.setVisible(may)
        self._install.setEnabled(not installing)
        self._install.setText(tr(ROOM, "Installing…") if installing else tr(ROOM, "Install this pack"))
        self._question.show_offer(offer.unknown if offer.problem is None else None)
        if offer == self._shown:
            return
        asked = self._shown is not None and self._shown.unknown is not None
        self._shown = offer
        if asked and may:  # the words were compared: what follows is one key away
            self._install.setFocus(Qt.FocusReason.OtherFocusReason)
        self._title.setText(
            tr(ROOM, "{name}, version {version}", name=offer.manifest.name, version=offer.manifest.version)
        )
        self._file.setText(_file_words(state.file, offer))
        self._problem.setText(_stands_against(offer))
        self._problem.setVisible(bool(self._problem.text()))
        self._show_facts(offer)
        self._show_sets(offer)

    def first_focus(self) -> QWidget:
        """Where the keyboard goes when the pack comes up: to what is at the top, so that reading begins there."""
        return self._close if self._install.isHidden() else self._install

    def _make(self) -> None:
        self._title = SectionTitle("")
        self._title.setObjectName("library.offer.title")
        self._file = BodyText("", soft=True)
        self._problem = WrappedText("", "problem")
        self._problem.setObjectName("library.offer.problem")
        self._install = PrimaryButton(tr(ROOM, "Install this pack"), icon="check")
        self._install.setObjectName("library.offer.install")
        self._close = SecondaryButton(tr(ROOM, "Close"))
        self._close.setObjectName("library.offer.close")
        self._question = WordsQuestion()
        self._question.hide()
        self._facts = column(gap=Space.S)
        self._sets = column(gap=Space.M)

    def _arrange(self) -> None:
        scroll = ScrollColumn(width_limit=760)
        buttons = row(self._install, self._close)
        buttons.addStretch(1)
        top = column(self._title, self._file, self._problem, gap=Space.S)
        top.addLayout(buttons)
        who = Card(SectionTitle(tr(ROOM, "Who made it")), name=tr(ROOM, "Who made it"))
        who.body.addLayout(self._facts)
        who.body.addWidget(self._question)
        what = Card(SectionTitle(tr(ROOM, "What is in it")), name=tr(ROOM, "What is in it"))
        what.body.addLayout(self._sets)
        for part in (boxed(top), who, what):
            scroll.body.addWidget(part)
        scroll.finish()
        self.setLayout(column(scroll))

    def _show_facts(self, offer: PackOffer) -> None:
        emptied(self._facts)
        manifest, signer = offer.manifest, offer.signer
        known = tr(ROOM, "known on this laptop") if offer.unknown is None else tr(ROOM, "not known on this laptop yet")
        about = ", ".join(part for part in (signer.title, signer.organisation) if part)
        for label, words in (
            (tr(ROOM, "From"), manifest.organisation),
            (tr(ROOM, "Signed by"), " · ".join(part for part in (signer.name, about, known) if part)),
            (tr(ROOM, "Made"), moment_words(manifest.made_at)),
            (tr(ROOM, "Languages"), ", ".join(language_words(each) for each in manifest.languages)),
        ):
            if words:
                self._facts.addWidget(fact(label, words))

    def _show_sets(self, offer: PackOffer) -> None:
        emptied(self._sets)
        for place, each in enumerate(offer.sets):
            if place:
                self._sets.addWidget(Divider())
            self._sets.addWidget(self._set(each))

    def _set(self, each: OfferedSet) -> QWidget:
        said, words = each.said, column(gap=2)
        words.addWidget(WrappedText(f"{each.place}. {said.title}", "strong"))
        state = "" if each.problem is not None else standing_words(each.standing)
        facts = (tr(ROOM, "Version {version}", version=said.version), state, said.url)
        words.addWidget(Caption(" · ".join(part for part in facts if part)))
        words.addWidget(WrappedText(tr(ROOM, "Stated right: {licence}", licence=said.licence)))
        if each.problem is not None:
            words.addWidget(WrappedText(words_of(each.problem).sentence, "problem"))
        elif each.faults:
            words.addWidget(
                Caption(" ".join((verdict_words(each.faults), " ".join(map(fault_words, each.faults[:4])))))
            )
        else:
            words.addWidget(Caption(verdict_words(each.faults)))
        line = row(gap=Space.M)
        line.addLayout(words, 1)
        if each.problem is None and each.prompt_set is not None:
            look = QuietButton(tr(ROOM, "Look at it"), icon="eye")
            look.setAccessibleName(tr(ROOM, "Look at {title}", title=said.title))
            look.setObjectName(f"library.offer.look.{each.place}")
            look.clicked.connect(lambda _=False, found=each.prompt_set: self.try_asked.emit(found))
            line.addWidget(look)
        return boxed(line)


def _file_words(file: str, offer: PackOffer) -> str:
    if offer.is_installed:
        return tr(ROOM, "In the file “{file}”.", file=file)
    if offer.unknown is not None and offer.problem is None:
        return tr(ROOM, "In the file “{file}”. It can be installed once the six words were compared.", file=file)
    return tr(ROOM, "In the file “{file}”. Nothing of it is installed yet.", file=file)


def _stands_against(offer: PackOffer) -> str:
    """Why it cannot be installed now, with what to do."""
    if offer.problem is not None:
        words = words_of(offer.problem)
        return f"{words.sentence} {words.next_step}"
    if offer.is_installed:
        return tr_count(
            ROOM,
            "This pack is installed already.",
            "This pack is installed already, with its {count} sets.",
            len(offer.sets),
        )
    return ""
