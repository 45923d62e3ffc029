"""Who looks after a family, and the two small forms in the page: share it with a colleague, end that."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from homevisit.services.sharing import Keeper
from ui.presenters.family_sharing import SharingState
from ui.presenters.family_words import iso_day_words
from ui.tokens import Space, Tone
from ui.views.family_parts import emptied, plain_label
from ui.views.reason_panel import Asking, ReasonPanel
from ui.widgets.badges import Pill
from ui.widgets.buttons import PrimaryButton, QuietButton
from ui.widgets.fields import ChoiceBox, FieldRow
from ui.widgets.surface import Card, boxed, column, row
from ui.widgets.text import Caption, SectionTitle, WrappedText
from ui.words import tr, tr_count

ROOM = "family"


class SharingCard(Card):
    """``end_asked`` carries a person's id, ``shared`` a person's id and the reason, ``ended`` the reason."""

    join_asked = Signal()
    end_asked = Signal(str)
    shared = Signal(str, str)
    ended = Signal(str)
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__(name=tr(ROOM, "Who looks after this family"))
        self.setObjectName("family.sharing")
        self._shown: tuple[Keeper, ...] | None = None
        self._lines = column(gap=Space.M)
        self._nobody = Caption(tr(ROOM, "To share it, first add the card of a colleague in Send & receive."))
        self.share = QuietButton(tr(ROOM, "Share with a colleague"), icon="user-plus")
        self.share.setObjectName("family.sharing.share")
        self.joining = JoinPanel()
        self.ending = EndPanel()
        head = row(SectionTitle(tr(ROOM, "Who looks after this family")))
        head.addWidget(self.share)
        self.body.addLayout(head)
        self.body.addLayout(self._lines)
        for part in (self._nobody, self.joining, self.ending):
            self.body.addWidget(part)
        self.share.clicked.connect(self.join_asked)
        self.joining.agreed.connect(self.shared)
        self.ending.given.connect(self.ended)
        for panel in (self.joining, self.ending):
            panel.dropped.connect(self.dropped)

    def render_state(self, state: SharingState) -> None:
        self.setVisible(bool(state.keepers))
        if state.keepers != self._shown:
            self._shown = state.keepers
            self._show_keepers(state)
        self.share.setVisible(state.may_share and bool(state.could_join) and not state.joining)
        self._nobody.setVisible(state.may_share and len(state.keepers) == 1 and not state.could_join)
        self.joining.render_state(state)
        self.ending.render_state(state)

    def _show_keepers(self, state: SharingState) -> None:
        emptied(self._lines)
        for place, keeper in enumerate(state.keepers):
            self._lines.addWidget(self._line(place, keeper, len(state.keepers) > 1 and state.may_share))

    def _line(self, place: int, keeper: Keeper, can_end: bool) -> QWidget:
        name = tr(ROOM, "You") if keeper.me else keeper.name or tr(ROOM, "Somebody whose card is not here")
        line = row(gap=Space.M)
        line.addWidget(boxed(column(WrappedText(name, "strong"), Caption(_since(keeper)), gap=0)), 1)
        if not keeper.agreed:
            line.addWidget(Pill(tr(ROOM, "Nothing is sent yet"), "clock", Tone.WAITING), 0, Qt.AlignmentFlag.AlignTop)
        if can_end:
            button = QuietButton(tr(ROOM, "Hand over…") if keeper.me else tr(ROOM, "End…"))
            button.setObjectName(f"family.sharing.end.{place}")
            button.setAccessibleName(
                tr(ROOM, "Hand this family over")
                if keeper.me
                else tr(ROOM, "End that {name} looks after this family", name=name)
            )
            button.clicked.connect(lambda _=False, person=keeper.person: self.end_asked.emit(person))
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return boxed(line)


class JoinPanel(ReasonPanel):
    """Chooses a colleague and says what will go there before anything is signed."""

    agreed = Signal(str, str)

    def __init__(self) -> None:
        self._who = ChoiceBox(tr(ROOM, "Colleague"))
        self._who.setObjectName("family.sharing.join.who")
        share = PrimaryButton(tr(ROOM, "Share this family"), icon="check")
        self._told = Caption("")
        chosen = FieldRow(tr(ROOM, "Colleague"), self._who)
        super().__init__("family.sharing.join", _asking(), share, above=[chosen], below=[self._told])
        self.hide()
        self._choices: list[tuple[str, str]] = []
        self._visits = 0
        self._who.chosen.connect(lambda _: self._tell())
        self.given.connect(lambda why: self.agreed.emit(self._who.value(), why))

    def render_state(self, state: SharingState) -> None:
        choices = [(card.person, ", ".join(filter(None, (card.name, card.title)))) for card in state.could_join]
        if choices != self._choices:
            self._choices = choices
            self._who.show_choices(choices)
        self._visits = state.visits
        self._tell()
        was_hidden = self.isHidden()
        self.setVisible(state.joining)
        self.agree.setEnabled(not state.busy)
        if state.joining and was_hidden:
            self.begin(self._who)

    def _tell(self) -> None:
        name = dict(self._choices).get(self._who.value(), "").partition(", ")[0]
        visits = tr_count(ROOM, "{count} visit", "{count} visits", self._visits)
        self._told.setText(
            tr(
                ROOM,
                "To {name} go the details of this family and everything that was signed for it ({visits}), now and"
                " from now on. What {name} signs for it comes to you. Either of you can end that.",
                name=name,
                visits=visits,
            )
        )


class EndPanel(ReasonPanel):
    """Says what an end means before it is signed."""

    def __init__(self) -> None:
        self._told = Caption("")
        end = PrimaryButton(tr(ROOM, "End it"), icon="check")
        super().__init__("family.sharing.ending", _asking(), end, below=[self._told])
        self.hide()

    def render_state(self, state: SharingState) -> None:
        keeper = state.ending_keeper
        was_hidden = self.isHidden()
        self.setVisible(keeper is not None)
        self.agree.setEnabled(not state.busy)
        if keeper is None:
            return
        self._told.setText(_end_words(keeper))
        self.agree.setText(plain_label(tr(ROOM, "Hand it over") if keeper.me else tr(ROOM, "End it")))
        if was_hidden:
            self.begin(self.reason)


def _asking() -> Asking:
    return Asking(
        question=tr(ROOM, "Why"),
        hint=tr(ROOM, "A few words; they are signed with it and everybody who looks after the family reads them."),
        close=tr(ROOM, "Close"),
        field="why",
    )


def _since(keeper: Keeper) -> str:
    share = keeper.share
    if share is None:
        return tr(ROOM, "entered the family")
    why = share.why or tr(ROOM, "no reason given")
    day = iso_day_words(share.since)
    by = keeper.shared_by or tr(ROOM, "somebody")
    return tr(ROOM, "since {day}, shared by {name}: {why}", day=day, name=by, why=why)


def _end_words(keeper: Keeper) -> str:
    if keeper.me:
        return tr(
            ROOM,
            "The others look after this family from now on, and nothing new of it comes to you. What is here stays"
            " here to be read.",
        )
    return tr(
        ROOM,
        "From now on nothing new of this family goes to {name}, who is told so. What {name} has stays with {name}: a"
        " copy cannot be called back.",
        name=keeper.name or tr(ROOM, "this person"),
    )
