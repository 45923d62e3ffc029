"""The sending side: who gets what, into which folder, and what became of every package."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from homevisit.domain.card import Desk
from ui.presenters.exchange_state import ExchangeState, Recipient
from ui.tokens import Space
from ui.views.exchange_lists import CardList, fit_height
from ui.views.exchange_rows import outbox_rows, waiting_words
from ui.widgets.buttons import PrimaryButton, QuietButton, SecondaryButton
from ui.widgets.fields import CheckBox, FieldRow
from ui.widgets.surface import Card, boxed, column, row
from ui.widgets.text import BodyText, Caption, ElidedLabel, SectionTitle
from ui.words import tr

ROOM = "exchange"


class RecipientRow(QWidget):
    """One person with a tick, and what waits for them."""

    chosen = Signal(str, bool)

    def __init__(self, person: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.person = person
        self._tick = CheckBox("")
        self._tick.setObjectName(f"exchange.send.to.{person}")
        self._waits = Caption()
        self._waits.setIndent(Space.XL + Space.S)
        self.setLayout(column(self._tick, self._waits, gap=0))
        self._tick.answered.connect(lambda on: self.chosen.emit(self.person, on))

    def show_recipient(self, recipient: Recipient, *, reviews: bool) -> None:
        words = waiting_words(recipient.entries, recipient.visits, reviews=reviews)
        name = tr(ROOM, "Your other laptop") if recipient.mine else recipient.card.name
        self._tick.setText(name)
        self._tick.setAccessibleName(f"{name}: {words}")
        self._tick.show_value(recipient.chosen)
        self._waits.setText(words)


class SendCard(Card):
    """Whom, where to, send. Without a card of anybody it says what comes first."""

    recipient_chosen = Signal(str, bool)
    folder_asked = Signal()
    send_asked = Signal()
    people_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name=tr(ROOM, "Send"), parent=parent)
        self._rows: dict[str, RecipientRow] = {}
        self._nobody = BodyText(soft=True)
        self._to_people = SecondaryButton(tr(ROOM, "Exchange cards"), icon="id-card")
        self._to_people.setObjectName("exchange.send.people")
        self._title = SectionTitle(tr(ROOM, "Send"))
        self._unfold = QuietButton("", icon="chevron-down")
        self._unfold.setObjectName("exchange.send.unfold")
        self._is_aside = self._is_unfolded = False
        self._list = column(gap=Space.XS)
        self._place = ElidedLabel()
        self._place.setObjectName("exchange.send.place")
        self._browse = SecondaryButton(tr(ROOM, "Choose folder…"), icon="folder-open")
        self._browse.setObjectName("exchange.send.browse")
        self._send = PrimaryButton(tr(ROOM, "Send"), icon="send")
        self._send.setObjectName("exchange.send.go")
        self._why = Caption()
        self._arrange()
        self._browse.clicked.connect(self.folder_asked)
        self._send.clicked.connect(self.send_asked)
        self._to_people.clicked.connect(self.people_asked)
        self._unfold.clicked.connect(self._on_unfold)

    def show_aside(self, is_aside: bool) -> None:
        """With a place of one's own, carrying packages is the exception: folded until it is wanted."""
        if is_aside != self._is_aside:
            self._is_aside = is_aside
            self._show_folding()

    def render_state(self, state: ExchangeState) -> None:
        has_people = bool(state.recipients)
        self._nobody.setText(_nobody_words(state.desk))
        self._nobody.setVisible(state.is_loaded and not has_people)
        self._to_people.setVisible(state.is_loaded and not has_people)
        self._form.setVisible(has_people)
        self._show_recipients(state)
        self._place.show_text(state.place or tr(ROOM, "No folder chosen"))
        self._browse.setEnabled(not state.is_busy)
        self._send.setEnabled(state.can_send)
        self._why.setText(_why_not(state))
        self._why.setVisible(bool(self._why.text()))

    def _show_recipients(self, state: ExchangeState) -> None:
        wanted = [each.person for each in state.recipients]
        for person in [known for known in self._rows if known not in wanted]:
            gone = self._rows.pop(person)
            self._list.removeWidget(gone)
            gone.deleteLater()
        for position, each in enumerate(state.recipients):
            shown = self._rows.get(each.person) or self._new_row(each.person, position)
            shown.show_recipient(each, reviews=state.desk is Desk.SUPERVISOR)

    def _new_row(self, person: str, position: int) -> RecipientRow:
        made = RecipientRow(person)
        made.chosen.connect(self.recipient_chosen)
        self._rows[person] = made
        self._list.insertWidget(position, made)
        return made

    def _arrange(self) -> None:
        where = row(self._place, gap=Space.S)
        where.setStretch(0, 1)
        where.addWidget(self._browse)
        place = FieldRow(tr(ROOM, "Folder or stick"), boxed(where))
        go = row(self._send, gap=Space.M)
        go.addWidget(self._why, 1, Qt.AlignmentFlag.AlignVCenter)
        go.addStretch(0)
        form = column(gap=Space.M)
        form.addLayout(self._list)
        form.addWidget(place)
        form.addLayout(go)
        self._form = boxed(form)
        head = row(self._title, gap=Space.M)
        head.addWidget(self._unfold)
        head.setStretch(0, 1)
        self._all = boxed(column(self._nobody, self._to_people, self._form, gap=Space.S))
        self.body.addLayout(head)
        self.body.addWidget(self._all)
        self._show_folding()

    def _on_unfold(self) -> None:
        self._is_unfolded = not self._is_unfolded
        self._show_folding()

    def _show_folding(self) -> None:
        is_open = self._is_unfolded or not self._is_aside
        title = tr(ROOM, "Carry packages by hand") if self._is_aside else tr(ROOM, "Send")
        self._title.setText(title)
        self.setAccessibleName(title)
        self._unfold.setVisible(self._is_aside)
        self._unfold.setText(tr(ROOM, "Hide") if is_open else tr(ROOM, "Show"))
        self._unfold.setAccessibleName(f"{self._unfold.text()}: {title}")
        self._unfold.show_icon("chevron-up" if is_open else "chevron-down")
        self._all.setVisible(is_open)


class OutboxCard(Card):
    """Every package that was made, with its state and what to do next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name=tr(ROOM, "Sent packages"), parent=parent)
        self.list = CardList(tr(ROOM, "Sent packages"), flat=True)
        self.list.setObjectName("exchange.outbox.list")
        self._empty = BodyText(tr(ROOM, "Nothing has been sent from this laptop yet."), soft=True)
        for part in (SectionTitle(tr(ROOM, "Sent packages")), self._empty, self.list):
            self.body.addWidget(part)

    def render_state(self, state: ExchangeState) -> None:
        self.list.show_rows(outbox_rows(state.outbox))
        fit_height(self.list)
        self._empty.setVisible(state.is_loaded and not state.outbox)


def _nobody_words(desk: Desk) -> str:
    if desk is Desk.SUPERVISOR:
        return tr(ROOM, "Add the card of a practitioner first. Then reviews can be sealed for that person alone.")
    return tr(ROOM, "Add your supervisor’s card first. Then visits can be sealed for that person alone.")


def _why_not(state: ExchangeState) -> str:
    """Why Send cannot be pressed, in words."""
    if state.can_send or state.is_busy or not state.is_loaded:
        return ""
    waits = [each for each in state.recipients if each.entries]
    if not waits and not state.waiting_packages:
        return tr(ROOM, "There is nothing new to send.")
    if not state.chosen:
        return tr(ROOM, "Choose somebody to send to.")
    if not any(each.entries for each in state.chosen) and not state.waiting_packages:
        return tr(ROOM, "Nothing is new for them; choose somebody else.")
    return tr(ROOM, "Choose the folder or stick first.")
