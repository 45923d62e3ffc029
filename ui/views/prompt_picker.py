"""Adding a prompt set to a visit: what the contact suggests first, then what else fits; words narrow it down."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.presenters.visit_prompts import Group, Pick, Wanted, carers_of, children_of
from ui.presenters.visit_state import VisitState
from ui.tokens import Space
from ui.visit_words import person_name, role_words
from ui.widgets.fields import CheckBox, ChoiceBox, SearchBox
from ui.widgets.rows import Row, RowList
from ui.widgets.surface import boxed, column, row
from ui.widgets.text import BodyText
from ui.words import tr

ROOM = "visit"
SHORTEST = 8


class PromptPicker(QWidget):
    """``chosen`` carries the key of the response to begin, ``looked_for`` what is wanted now."""

    chosen = Signal(str)
    looked_for = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("visit.picker")
        self._make()
        self._nothing = BodyText(
            tr(ROOM, "Nothing here fits. Try fewer words, or tick “Also what does not fit the age”."), soft=True
        )
        self._nothing.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        for box in (self._person, self._licence):  # beside each other, however long a name is
            box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(SHORTEST)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        top = column(self._words, boxed(row(self._person, self._licence, gap=Space.S)), self._any_age, gap=Space.S)
        top.setContentsMargins(Space.M, Space.M, Space.M, 0)
        body = column(gap=Space.S)
        body.addLayout(top)
        body.addWidget(self._list, 1)
        body.addWidget(self._nothing, 1)
        self.setLayout(body)
        self.setFocusProxy(self._words)

    def render_state(self, state: VisitState) -> None:
        people = [*carers_of(state.people), *children_of(state.people)]
        named = [(each.id, f"{person_name(each)}, {role_words(each.details.role)}") for each in people]
        self._person.show_choices([("", tr(ROOM, "About anybody")), *named])
        wanted = state.wanted
        if self._words.text() != wanted.words:
            self._words.show_value(wanted.words)
        self._person.show_value(wanted.person)
        self._licence.show_value(wanted.licence)
        self._any_age.show_value(wanted.any_age)
        self._list.show_rows(_rows(state.picks))
        self._list.setVisible(bool(state.picks))
        self._nothing.setVisible(not state.picks)

    def _make(self) -> None:
        self._words = SearchBox(tr(ROOM, "Find a prompt set"))
        self._words.setObjectName("visit.picker.words")
        self._person = ChoiceBox(tr(ROOM, "About whom"), [("", tr(ROOM, "About anybody"))])
        self._person.setObjectName("visit.picker.person")
        licences = [("", tr(ROOM, "Any licence")), ("A", licence_words("A")), ("B", licence_words("B"))]
        self._licence = ChoiceBox(tr(ROOM, "Licence"), [*licences, ("C", licence_words("C"))])
        self._licence.setObjectName("visit.picker.licence")
        self._any_age = CheckBox(tr(ROOM, "Also what does not fit the age"))
        self._any_age.setObjectName("visit.picker.any_age")
        self._list = RowList(tr(ROOM, "Prompt sets that can be added"), flat=True, one_click=True)
        self._list.setObjectName("visit.picker.list")
        self._words.edited.connect(lambda _: self._look())
        self._words.down_pressed.connect(self._go_down)
        self._words.returnPressed.connect(self._open_first)
        self._person.chosen.connect(lambda _: self._look())
        self._licence.chosen.connect(lambda _: self._look())
        self._any_age.answered.connect(lambda _: self._look())
        self._list.opened.connect(self.chosen)

    def _look(self) -> None:
        self.looked_for.emit(
            Wanted(
                words=self._words.text(),
                person=self._person.value(),
                licence=self._licence.value(),
                any_age=self._any_age.isChecked(),
            )
        )

    def _go_down(self) -> None:
        self._list.choose_first()
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_first(self) -> None:
        """Return in the search box opens the first that was found."""
        self._list.choose_first()
        if found := self._list.chosen_id():
            self.chosen.emit(found)


def licence_words(licence: str) -> str:
    """What a licence class means for the person who asks."""
    return {
        "A": tr(ROOM, "With its questions"),
        "B": tr(ROOM, "Under extra terms"),
        "C": tr(ROOM, "Result only, from the licensed form"),
    }.get(licence, tr(ROOM, "From a pack"))


def _rows(found: tuple[Pick, ...]) -> tuple[Row, ...]:
    titles = {
        Group.SUGGESTED: tr(ROOM, "Suggested for this contact"),
        Group.FITTING: tr(ROOM, "Others that fit"),
        Group.OTHER: tr(ROOM, "Meant for another age or carer"),
    }
    rows: list[Row] = []
    for group in dict.fromkeys(pick.group for pick in found):
        rows.append(Row(id=f"group/{group}", title=titles[group], heading=True))
        rows += [_row(pick) for pick in found if pick.group is group]
    return tuple(rows)


def _row(pick: Pick) -> Row:
    about = pick.place.about or tr(ROOM, "the whole visit")
    said = about if pick.licence == "A" else f"{about} · {licence_words(pick.licence).lower()}"
    return Row(id=pick.place.key, title=pick.place.title, subtitle=said, icon="plus")
