"""Who gets what, as a card: one line for each person with the reason, what waits, and one button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from homevisit.domain.card import Desk
from homevisit.domain.sharing import Reason, Why
from homevisit.services.sharing import Recipient
from ui.presenters.exchange_who import WhoState
from ui.tokens import Space, Tone
from ui.views.exchange_rows import waiting_words
from ui.widgets.badges import Badge, Pill
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import Button
from ui.widgets.surface import Card, column, row
from ui.widgets.text import BodyText, Caption, ElidedLabel, SectionTitle
from ui.words import tr

ROOM = "exchange"
NAMED = 4


class WhoRow(QWidget):
    """One person; the button agrees, or stops what was agreed to."""

    agreed = Signal(object)
    stopped = Signal(object)

    def __init__(self, recipient: Recipient) -> None:
        super().__init__()
        self._recipient = recipient
        self._name = ElidedLabel(style="strong")
        self._why, self._waits = Caption(), Caption()
        self._pill = Pill()
        self._button = Button("", kind="secondary")
        self._button.setObjectName(f"exchange.who.{recipient.person}")
        words = column(self._name, self._why, self._waits, gap=2)
        line = row(gap=Space.M)
        line.addLayout(words, 1)
        line.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        self._button.clicked.connect(self._on_clicked)

    def show_recipient(self, recipient: Recipient, *, reviews: bool) -> None:
        self._recipient = recipient
        is_own = all(reason.why is Why.OWN for reason in recipient.why)
        name = tr(ROOM, "Your other laptop") if is_own else recipient.name
        waits = waiting_words(recipient.waiting, recipient.visits, reviews=reviews)
        self._name.show_text(name)
        self._why.setText(why_words(recipient))
        self._waits.setText(tr(ROOM, "Waiting: {what}", what=waits))
        self._waits.setVisible(bool(recipient.waiting))
        self._pill.show_badge(consent_badge(recipient))
        words = tr(ROOM, "Stop") if recipient.agreed else tr(ROOM, "Agree")
        self._button.setText(words)
        self._button.setAccessibleName(f"{words}: {name}, {why_words(recipient)} {waits}")
        may_agree = recipient.card is not None and not recipient.is_lost
        self._button.setVisible((may_agree or recipient.agreed) and not is_own)

    def _on_clicked(self) -> None:
        (self.stopped if self._recipient.agreed else self.agreed).emit(self._recipient)


class WhoCard(Card):
    """Everybody that Homevisit sends to by itself."""

    agreed = Signal(object)
    stopped = Signal(object)
    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__(name=tr(ROOM, "Who gets what"))
        self._rows: dict[str, WhoRow] = {}
        self.bar = QuietBar()
        self._about = BodyText(soft=True)
        self._list = column(gap=Space.M)
        self.body.setSpacing(Space.M)
        for part in (SectionTitle(tr(ROOM, "Who gets what")), self.bar, self._about):
            self.body.addWidget(part)
        self.body.addLayout(self._list)
        self.bar.dismissed.connect(self.dismissed)

    def render_state(self, state: WhoState, desk: Desk) -> None:
        recipients = state.recipients or ()
        self.bar.show_notice(state.notice)
        self._about.setText(about_words(recipients, desk))
        self._about.setVisible(state.recipients is not None)
        wanted = [each.person for each in recipients]
        for person in [known for known in self._rows if known not in wanted]:
            gone = self._rows.pop(person)
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for position, each in enumerate(recipients):
            shown = self._rows.get(each.person) or self._new_row(each, position)
            shown.show_recipient(each, reviews=desk is Desk.SUPERVISOR)

    def _new_row(self, recipient: Recipient, position: int) -> WhoRow:
        made = WhoRow(recipient)
        made.agreed.connect(self.agreed)
        made.stopped.connect(self.stopped)
        self._rows[recipient.person] = made
        self._list.insertWidget(position, made)
        return made


def about_words(recipients: Sequence[Recipient], desk: Desk) -> str:
    """What the list means, and what to do first."""
    if not recipients and desk is Desk.SUPERVISOR:
        return tr(ROOM, "Nobody yet. Your reviews go to whoever wrote the visits.")
    if not recipients:
        return tr(ROOM, "Nobody yet. Add your supervisor’s card under People, or share a family with a colleague.")
    if any(not each.agreed for each in recipients):
        return tr(ROOM, "Nothing goes to anybody by itself before you have agreed to it here.")
    return tr(ROOM, "Nobody else gets anything.")


def why_words(recipient: Recipient) -> str:
    """Why somebody is sent something, as sentences."""
    whys = {reason.why for reason in recipient.why}
    parts = []
    if Why.OWN in whys:
        parts.append(tr(ROOM, "Gets everything that is here."))
    if Why.SUPERVISOR in whys:
        parts.append(tr(ROOM, "Supervises you: gets what you sign, and the families it is about."))
    if Why.COLLEAGUE in whys:
        parts.append(_shared_words(recipient.families, recipient.why))
    if Why.AUTHOR in whys:
        parts.append(tr(ROOM, "Wrote visits that you reviewed: gets your reviews."))
    return " ".join(parts)


def consent_badge(recipient: Recipient) -> Badge:
    """Whether anything goes to this person by itself."""
    if recipient.card is None:
        return Badge(tr(ROOM, "Card missing"), "id-card", Tone.ALERT)
    if recipient.is_lost:
        return Badge(tr(ROOM, "Laptop lost"), "id-card", Tone.ALERT)
    if recipient.agreed:
        return Badge(tr(ROOM, "Goes by itself"), "check", Tone.GOOD)
    return Badge(tr(ROOM, "Not agreed yet"), "hourglass", Tone.WAITING)


def _shared_words(families: Sequence[str], why: Sequence[Reason]) -> str:
    if not families:
        count = len({reason.family for reason in why if reason.family})
        return tr(ROOM, "Looks after {count} of your families too.", count=count)
    named = ", ".join(families[:NAMED])
    more = len(families) - NAMED
    if more > 0:
        words = "Looks after {families} and {count} more too: gets what is written there."
        return tr(ROOM, words, families=named, count=more)
    return tr(ROOM, "Looks after {families} too: gets what is written there.", families=named)
