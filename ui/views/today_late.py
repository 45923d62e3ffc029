"""The quiet card of Today about reviews that are late, and whom to speak with."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from homevisit.domain.lateness import LateReviews
from homevisit.domain.visit import RecordState
from ui.presenters.family_words import iso_day_words
from ui.tokens import Space, Tone
from ui.widgets.buttons import SecondaryButton
from ui.widgets.mark import Mark
from ui.widgets.surface import Card, column, row
from ui.widgets.text import BodyText, SectionTitle, WrappedText
from ui.words import tr, tr_count

ROOM = "today"


class LateCard(Card):
    """``opened`` carries the visit that has waited longest. Not there at all while nothing is late."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__(SectionTitle(tr(ROOM, "Waiting for a review")), name=tr(ROOM, "Waiting for a review"))
        self.setObjectName("today.late")
        self._visit = ""
        self._which = WrappedText(style="strong")
        self._more = BodyText("", soft=True)
        self._open = SecondaryButton(tr(ROOM, "Open the visit"), icon="file-text")
        self._open.setObjectName("today.late.open")
        line = row(gap=Space.S)
        line.addWidget(Mark("calendar-clock", Tone.WAITING), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column(self._which, self._more, gap=Space.XS), 1)
        foot = row(self._open)
        foot.addStretch(1)
        self.body.addLayout(line)
        self.body.addLayout(foot)
        self._open.clicked.connect(lambda: self.opened.emit(self._visit))
        self.hide()

    def show_late(self, late: LateReviews | None) -> None:
        """Say it, or nothing."""
        self.setVisible(late is not None)
        if late is not None:
            self._visit = late.oldest.id
            self._which.setText(which_words(late))
            self._more.setText(more_words(late))
            self._open.setText(tr(ROOM, "Open the visit") if late.count == 1 else tr(ROOM, "Open the first"))


def which_words(late: LateReviews) -> str:
    """What is late."""
    if late.count > 1:
        return tr(ROOM, "The reviews of {count} visits are late", count=late.count)
    family, day = late.oldest.family_name, iso_day_words(late.oldest.started)
    return tr(ROOM, "The review of your visit to {family} on {day} is late", family=family, day=day)


def more_words(late: LateReviews) -> str:
    """By how much, and who can do something about it."""
    return " ".join((_waited(late), _asked(late.within), _next_step(late)))


def _waited(late: LateReviews) -> str:
    if late.count > 1:
        return tr_count(ROOM, "The first has waited {count} day;", "The first has waited {count} days;", late.days)
    return tr_count(ROOM, "It has waited {count} day;", "It has waited {count} days;", late.days)


def _asked(within: int) -> str:
    one, many = "your team asks for a review within {count} day.", "your team asks for a review within {count} days."
    return tr_count(ROOM, one, many, within)


def _next_step(late: LateReviews) -> str:
    names = tr(ROOM, " or ").join(late.supervisors)
    if late.count == 1 and late.oldest.state in (RecordState.SIGNED, RecordState.WAITING):
        return tr(ROOM, "It has not been sent yet: send it, then speak with {names}.", names=names)
    return tr(ROOM, "Speak with {names}.", names=names)
