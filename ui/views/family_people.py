"""The people of a family and how they relate: rows to read, one press to change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from homevisit.domain.age import gestation_text
from homevisit.domain.family import BABIES, Person, Relation, Tie
from homevisit.domain.summaries import FamilyBrief
from ui.presenters.family import FamilyState, TieTyped
from ui.presenters.family_words import baby_age, iso_day_words, relation_words
from ui.prompts.flow import flowing
from ui.tokens import Space
from ui.views.entered_in_error import ErrorPanel
from ui.views.family_parts import FittedList, inset
from ui.visit_words import person_name, role_words
from ui.widgets.buttons import PrimaryButton, QuietButton, SecondaryButton
from ui.widgets.fields import CheckBox, ChoiceBox, FieldRow
from ui.widgets.rows import Row
from ui.widgets.surface import Card, Divider, boxed, column, row
from ui.widgets.text import Caption, SectionTitle, WrappedText
from ui.words import tr

ROOM = "family"


class PeopleCard(Card):
    """``edit_asked`` carries a person's id; ``tie_changed`` what was chosen in the panel about a tie."""

    edit_asked = Signal(str)
    add_asked = Signal()
    tie_asked = Signal()
    error_asked = Signal()

    def __init__(self) -> None:
        super().__init__(name=tr(ROOM, "People"))
        self.setObjectName("family.people")
        self._list = FittedList(tr(ROOM, "People"))
        self._list.setObjectName("family.people.list")
        self._hint = Caption(tr(ROOM, "Choose somebody to change what is kept about them."))
        self._ties = column(gap=Space.XS)
        self._ties_shown: tuple[str, ...] | None = None
        self.add = QuietButton(tr(ROOM, "Add somebody"), icon="user-plus")
        self.add.setObjectName("family.people.add")
        self.add_tie = QuietButton(tr(ROOM, "Say how two people relate"), icon="link")
        self.add_tie.setObjectName("family.people.add_tie")
        self.add_error = QuietButton(tr(ROOM, "Something was entered in error"), icon="ban")
        self.add_error.setObjectName("family.people.add_error")
        self.tie_panel = TiePanel()
        self.error_panel = ErrorPanel()
        self._arrange()
        self._list.opened.connect(self.edit_asked)
        self.add.clicked.connect(self.add_asked)
        self.add_tie.clicked.connect(self.tie_asked)
        self.add_error.clicked.connect(self.error_asked)

    def _arrange(self) -> None:
        head = row(SectionTitle(tr(ROOM, "People")))
        head.addWidget(self.add)
        acts = flowing(self.add_tie, self.add_error)
        self.body.setContentsMargins(Space.XS, Space.L, Space.XS, Space.M)
        self.body.addLayout(inset(head))
        self.body.addWidget(self._list)
        self.body.addLayout(inset(column(self._hint, Divider(), gap=Space.M)))
        self.body.addLayout(inset(self._ties))
        self.body.addWidget(acts)
        self.body.addLayout(inset(column(self.tie_panel, self.error_panel)))

    @property
    def list(self) -> FittedList:
        return self._list

    def render_state(self, state: FamilyState) -> None:
        brief = state.brief
        if brief is None:
            return
        self._list.show_rows([person_row(person, state.today, in_home=state.in_home) for person in brief.people])
        self._list.setVisible(bool(brief.people))
        self._show_ties(tuple(words for _, words in tie_lines(brief.ties, brief.people)))
        can_tie = len(brief.people) > 1
        self.add_tie.setVisible(can_tie and state.tie is None)
        self.tie_panel.setVisible(state.tie is not None)
        if state.tie is not None:
            self.tie_panel.show_tie(state.tie, brief.people)
        self._show_error(state, brief)

    def _show_error(self, state: FamilyState, brief: FamilyBrief) -> None:
        choices = error_choices(brief)
        self.add_error.setVisible(bool(choices) and not state.erring)
        self.error_panel.show_choices(choices)
        was_hidden = self.error_panel.isHidden()
        self.error_panel.setVisible(state.erring)
        if state.erring and was_hidden:
            self.error_panel.ask()

    def _show_ties(self, lines: tuple[str, ...]) -> None:
        if lines == self._ties_shown:
            return
        self._ties_shown = lines
        while (item := self._ties.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for words in lines:
            self._ties.addWidget(WrappedText(words))
        if not lines:
            self._ties.addWidget(Caption(tr(ROOM, "How they relate is not written down yet.")))


class TiePanel(QWidget):
    """Two people and how they relate, chosen in reading order: the first is the … of the second."""

    changed = Signal(str, object)
    entered = Signal()
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("family.tie")
        self._people: tuple[tuple[str, str], ...] = ()
        self._source = ChoiceBox(tr(ROOM, "Who"))
        self._relation = ChoiceBox(tr(ROOM, "is the"), [(each.value, relation_words(each)) for each in Relation])
        self._target = ChoiceBox(tr(ROOM, "of"))
        self._home = CheckBox(tr(ROOM, "They share a home"))
        self._responsible = CheckBox(tr(ROOM, "Holds parental responsibility"))
        self._enter = PrimaryButton(tr(ROOM, "Enter"), icon="check")
        self._drop = SecondaryButton(tr(ROOM, "Close"))
        self._name_parts()
        line = column(FieldRow(tr(ROOM, "Who"), self._source), gap=Space.S)
        line.addWidget(FieldRow(tr(ROOM, "is the"), self._relation))
        line.addWidget(FieldRow(tr(ROOM, "of"), self._target))
        facts = column(self._home, self._responsible, gap=0)
        foot = row(self._enter, self._drop)
        foot.addStretch(1)
        body = column(boxed(line), boxed(facts), boxed(foot), gap=Space.M)
        self.setLayout(body)
        self._connect()

    def show_tie(self, tie: TieTyped, people: Sequence[Person]) -> None:
        """Render what is chosen; never emits."""
        choices = tuple((person.id, person_name(person)) for person in people)
        if choices != self._people:
            self._people = choices
            self._source.show_choices(choices)
            self._target.show_choices(choices)
        self._source.show_value(tie.source)
        self._relation.show_value(tie.relation)
        self._target.show_value(tie.target)
        self._home.show_value(tie.shares_home)
        self._responsible.show_value(tie.parental_responsibility)
        self._enter.setEnabled(tie.is_whole)

    def focus_first(self) -> None:
        self._source.setFocus()

    def _name_parts(self) -> None:
        for name, part in (
            ("source", self._source),
            ("relation", self._relation),
            ("target", self._target),
            ("shares_home", self._home),
            ("parental_responsibility", self._responsible),
            ("enter", self._enter),
            ("close", self._drop),
        ):
            part.setObjectName(f"family.tie.{name}")

    def _connect(self) -> None:
        self._source.chosen.connect(lambda value: self.changed.emit("source", value))
        self._relation.chosen.connect(lambda value: self.changed.emit("relation", value))
        self._target.chosen.connect(lambda value: self.changed.emit("target", value))
        self._home.answered.connect(lambda value: self.changed.emit("shares_home", value))
        self._responsible.answered.connect(lambda value: self.changed.emit("parental_responsibility", value))
        self._enter.clicked.connect(self.entered)
        self._drop.clicked.connect(self.dropped)


def person_row(person: Person, today: date, *, in_home: bool) -> Row:
    """One person: who, how old, born when; notes and numbers stay away in in-home view."""
    details = person.details
    is_baby = details.role in BABIES
    age = baby_age(details.birth_date, details.due_date, details.gestation_days, today)
    parts = [role_words(details.role), *([age] if age else [])]
    if details.birth_date:
        parts.append(tr(ROOM, "born {day}", day=iso_day_words(details.birth_date)))
    if is_baby and details.gestation_days is not None:
        parts.append(tr(ROOM, "at {weeks}", weeks=gestation_text(details.gestation_days)))
    if not details.lives_here:
        parts.append(tr(ROOM, "lives elsewhere"))
    if details.phone:
        parts.append(details.phone)
    if details.nhs_number and not in_home:
        number = details.nhs_number
        parts.append(tr(ROOM, "NHS {number}", number=f"{number[:3]} {number[3:6]} {number[6:]}"))
    if details.note and not in_home:
        parts.append(details.note)
    return Row(
        id=person.id,
        title=person_name(person),
        subtitle=" · ".join(parts),
        icon="baby" if is_baby else "user",
    )


def error_choices(brief: FamilyBrief) -> tuple[tuple[str, str], ...]:
    """What can be marked as entered in error: everybody, and how they relate."""
    people = [(each.id, f"{person_name(each)} · {role_words(each.details.role)}") for each in brief.people]
    return (*people, *tie_lines(brief.ties, brief.people))


def tie_lines(ties: Sequence[Tie], people: Sequence[Person]) -> tuple[tuple[str, str], ...]:
    """How the people relate: the id of each tie, and a sentence."""
    names = {person.id: person_name(person) for person in people}
    known = [tie for tie in ties if tie.source in names and tie.target in names]
    return tuple((tie.id, _tie_line(tie, names)) for tie in known)


def _tie_line(tie: Tie, names: dict[str, str]) -> str:
    words = tr(
        ROOM,
        "{source} is {target}’s {relation}",
        source=names[tie.source],
        target=names[tie.target],
        relation=relation_words(tie.relation),
    )
    facts = [tr(ROOM, "parental responsibility")] if tie.parental_responsibility else []
    if not tie.shares_home:
        facts.append(tr(ROOM, "another home"))
    return f"{words} – {', '.join(facts)}" if facts else words
