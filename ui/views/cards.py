"""People: one's own card with its six words, adding another's, and everybody who is known."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget
from typing_extensions import override

from homevisit.domain.card import Card as PersonCard
from homevisit.domain.card import Desk
from homevisit.domain.summaries import KnownCard
from homevisit.services.cards import OfferedCard
from ui.presenters.cards import CardsState
from ui.prompts.flow import flowing
from ui.theme import theme_now
from ui.tokens import Space
from ui.views.exchange_lists import CardList, fit_height
from ui.views.exchange_receive import DropZone
from ui.views.reading_words import moment_words
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.rows import Row
from ui.widgets.surface import Card, Divider, Well, boxed, column, row
from ui.widgets.text import BodyText, Caption, SectionTitle, TextLabel, WrappedText
from ui.words import tr

ROOM = "cards"
WIDE, NARROW = 3, 2
THREE_FIT = 400


class SixWords(QWidget):
    """Six words large enough to be read aloud from, numbered so that a slip is noticed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells = [TextLabel(style="section") for _ in range(6)]
        self._pairs = [boxed(_beside(TextLabel(str(n), "caption"), cell)) for n, cell in enumerate(self._cells, 1)]
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.L)
        self._grid.setVerticalSpacing(Space.XS)
        self._columns = 0
        for cell in self._cells:
            cell.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setLayout(self._grid)
        self._arrange(WIDE)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two beside each other where three would be cut off."""
        super().resizeEvent(event)
        self._arrange(WIDE if event.size().width() >= theme_now().px(THREE_FIT) else NARROW)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme_now().px(THREE_FIT) * NARROW // WIDE, super().minimumSizeHint().height())

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for position, pair in enumerate(self._pairs):
            self._grid.addWidget(pair, *divmod(position, columns))
        for place in range(WIDE):
            self._grid.setColumnStretch(place, int(place < columns))

    def show_words(self, words: Sequence[str]) -> None:
        self.setAccessibleName(tr(ROOM, "Six words: {words}", words=" ".join(words)))
        for cell, word in zip(self._cells, words, strict=False):
            cell.setText(word)


class PeopleCard(Card):
    """Everything about cards; nothing becomes trusted without the question about the words."""

    save_asked = Signal()
    code_asked = Signal()
    card_asked = Signal()
    card_given = Signal(object)
    answered = Signal(bool)
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name=tr(ROOM, "People"), parent=parent)
        self.bar = QuietBar()
        self._mine_who = WhoLines()
        self._mine_words = SixWords()
        self._save = SecondaryButton(tr(ROOM, "Save my card…"), icon="id-card")
        self._save.setObjectName("cards.mine.save")
        self._code = SecondaryButton(tr(ROOM, "Show as a code"))
        self._code.setObjectName("cards.mine.code")
        self._add = SecondaryButton(tr(ROOM, "Choose card…"), icon="user-plus")
        self._add.setObjectName("cards.add.browse")
        self._zone = DropZone(tr(ROOM, "Drop somebody’s card, or a picture of its code."), self._add)
        self._zone.setObjectName("cards.add.drop")
        self.question = WordsQuestion()
        self.list = CardList(tr(ROOM, "Known people"), flat=True)
        self.list.setObjectName("cards.known.list")
        self._empty = BodyText(tr(ROOM, "Nobody else is known on this laptop yet."), soft=True)
        self._arrange()
        self._connect()

    def render_state(self, state: CardsState) -> None:
        self.bar.show_notice(state.notice)
        if state.mine is not None:
            self._mine_who.show_card(state.mine.card)
            self._mine_words.show_words(state.mine.words)
        self.question.show_offer(state.offered)
        self._zone.setVisible(state.offered is None)
        self.list.show_rows([_row_of(known) for known in state.known])
        fit_height(self.list)
        self._empty.setVisible(not state.known)

    def focus_add(self) -> None:
        """Put the cursor where a card is added."""
        self._add.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _arrange(self) -> None:
        head = row(SectionTitle(tr(ROOM, "People")), gap=Space.M)
        self.body.addLayout(head)
        self.body.addWidget(self.bar)
        mine = Well()
        mine.body.addLayout(column(TextLabel(tr(ROOM, "My card"), "overline"), self._mine_who, gap=2))
        mine.body.addWidget(self._mine_words)
        mine.body.addWidget(Caption(tr(ROOM, "Read these aloud when somebody adds your card.")))
        mine.body.addWidget(flowing(self._save, self._code, gap=Space.S))
        for part in (mine, self._zone, self.question, Divider(), self._empty, self.list):
            self.body.addWidget(part)

    def _connect(self) -> None:
        self._save.clicked.connect(self.save_asked)
        self._code.clicked.connect(self.code_asked)
        self._add.clicked.connect(self.card_asked)
        self._zone.dropped.connect(self.card_given)
        self.question.answered.connect(self.answered)
        self.bar.dismissed.connect(self.dismissed)


class WordsQuestion(Well):
    """Are these the same six words on both screens?"""

    answered = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._offered: OfferedCard | None = None
        self._who = WhoLines()
        self._who.setObjectName("cards.question.who")
        self._replaces = WrappedText(style="problem")
        self._words = SixWords()
        self._yes = PrimaryButton(tr(ROOM, "Yes, the same"))
        self._yes.setObjectName("cards.question.yes")
        self._no = SecondaryButton(tr(ROOM, "No"))
        self._no.setObjectName("cards.question.no")
        self._arrange()
        self._yes.clicked.connect(lambda: self.answered.emit(True))
        self._no.clicked.connect(lambda: self.answered.emit(False))

    def show_offer(self, offered: OfferedCard | None) -> None:
        is_new = offered is not None and offered != self._offered
        self._offered = offered
        self.setVisible(offered is not None)
        if offered is None:
            return
        self._who.show_card(offered.card)
        self._words.show_words(offered.words)
        self._replaces.setText(
            tr(ROOM, "You already know somebody by this card. Say yes only if this person has a new laptop.")
        )
        self._replaces.setVisible(offered.replaces)
        if is_new:
            self._no.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        asked = WrappedText(tr(ROOM, "Are these the same six words on both screens?"), "lead")
        how = Caption(
            tr(ROOM, "Let the other person read theirs aloud, face to face or by a phone number that you knew before.")
        )
        buttons = row(self._yes, self._no)
        buttons.addStretch(1)
        for part in (TextLabel(tr(ROOM, "New card"), "overline"), self._who, self._replaces, self._words, asked, how):
            self.body.addWidget(part)
        self.body.addLayout(buttons)


class WhoLines(QWidget):
    """A name, and under it what the card says about the person."""

    def __init__(self) -> None:
        super().__init__()
        self._name = WrappedText(style="strong")
        self._about = WrappedText(style="soft")
        self.setLayout(column(self._name, self._about, gap=0))

    def show_card(self, card: PersonCard) -> None:
        self._name.setText(card.name)
        parts = (desk_words(card.role), card.title, card.registration, card.organisation)
        self._about.setText(" · ".join(part for part in parts if part))
        self.setAccessibleName(f"{card.name}, {self._about.text()}")


def desk_words(desk: Desk) -> str:
    return {Desk.PRACTITIONER: tr(ROOM, "practitioner"), Desk.SUPERVISOR: tr(ROOM, "supervisor")}[desk]


def _row_of(known: KnownCard) -> Row:
    return Row(
        id=known.card.device,
        title=f"{known.card.name} · {desk_words(known.card.role)}",
        subtitle=" ".join(known.words),
        meta=moment_words(known.confirmed_at),
        icon="user",
    )


def _beside(number: QWidget, word: QWidget) -> QHBoxLayout:
    line = row(number, word, gap=Space.S)
    line.addStretch(1)
    return line
