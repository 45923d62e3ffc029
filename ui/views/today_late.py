"""The quiet line of Today about reviews that are late, and whom to speak with."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from homevisit.domain.lateness import LateReviews
from homevisit.domain.visit import RecordState
from ui.presenters.family_words import iso_day_words
from ui.tokens import Space, Tone
from ui.widgets.buttons import SecondaryButton
from ui.widgets.mark import Mark
from ui.widgets.surface import row
from ui.widgets.text import BodyText
from ui.words import tr, tr_count

ROOM = "today"


class LateLine(QWidget):
    """``opened`` carries the visit that has waited longest."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("today.late")
        self._visit = ""
        self._words = BodyText("")
        self._open = SecondaryButton(tr(ROOM, "Open the visit"), icon="file-text")
        self._open.setObjectName("today.late.open")
        line = row(Mark("calendar-clock", Tone.WAITING), gap=Space.S)
        line.addWidget(self._words, 1)
        line.addWidget(self._open)
        self.setLayout(line)
        self._open.clicked.connect(lambda: self.opened.emit(self._visit))
        self.hide()

    def show_late(self, late: LateReviews | None) -> None:
        """Say it, or nothing."""
        self.setVisible(late is not None)
        if late is not None:
            self._visit = late.oldest.id
            self._words.setText(late_words(late))


def late_words(late: LateReviews) -> str:
    """What is late, by how much, and who can do something about it."""
    return " ".join((_which(late), _asked(late.within), _next_step(late)))


def _which(late: LateReviews) -> str:
    if late.count > 1:
        one = "The reviews of {visits} visits are late: the first has waited {count} day;"
        many = "The reviews of {visits} visits are late: the first has waited {count} days;"
        return tr_count(ROOM, one, many, late.days, visits=late.count)
    family, day = late.oldest.family_name, iso_day_words(late.oldest.started)
    one = "The review of your visit to {family} on {day} is late: it has waited {count} day;"
    many = "The review of your visit to {family} on {day} is late: it has waited {count} days;"
    return tr_count(ROOM, one, many, late.days, family=family, day=day)


def _asked(within: int) -> str:
    one, many = "your team asks for a review within {count} day.", "your team asks for a review within {count} days."
    return tr_count(ROOM, one, many, within)


def _next_step(late: LateReviews) -> str:
    names = tr(ROOM, " or ").join(late.supervisors)
    if late.count == 1 and late.oldest.state in (RecordState.SIGNED, RecordState.WAITING):
        return tr(ROOM, "It has not been sent yet: send it, then speak with {names}.", names=names)
    return tr(ROOM, "Speak with {names}.", names=names)
