"""Who was present: the people of the family in their own rows, children seen and awake, carers seen alone, visitors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from homevisit.domain.age import described_age
from homevisit.domain.family import CARERS, Person, Role, parse_date
from homevisit.domain.visit import Asked, VisitBody
from ui.presenters.visit_contact import (
    alone_of,
    child_of,
    visitors_of,
    with_alone,
    with_child,
    with_present,
    with_visitors,
)
from ui.presenters.visit_prompts import carers_of, children_of
from ui.presenters.visit_state import VisitState
from ui.theme import theme_now
from ui.tokens import Space
from ui.visit_words import person_name, role_words
from ui.widgets.fields import CheckBox, FieldRow, LineText
from ui.widgets.growing import GrowingTextEdit
from ui.widgets.segmented import Segmented
from ui.widgets.surface import Card, ScrollColumn, boxed, column, row
from ui.widgets.text import SectionTitle, TextLabel, WrappedText
from ui.words import tr

ROOM = "visit"
WIDEST = 760
Change = Callable[[VisitBody], VisitBody]


def _yes_no() -> list[tuple[str, str]]:
    return [(Asked.YES.value, tr(ROOM, "Yes")), (Asked.NO.value, tr(ROOM, "No"))]


def _question(words: str, control: QWidget) -> QWidget:
    """A short question with its answer beside it."""
    label = TextLabel(words, "soft")
    label.setMinimumWidth(theme_now().px(88))
    label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
    line = row(label, gap=Space.S)
    line.addWidget(control, 1)
    return boxed(line)


class ChildRow(QWidget):
    """One child: seen, awake, and why not."""

    changed = Signal(object)

    def __init__(self, child: Person, today: date) -> None:
        super().__init__()
        self._person = child.id
        name = person_name(child)
        self.seen = Segmented(tr(ROOM, "{name} seen", name=name), _yes_no())
        self.seen.setObjectName(f"visit.present.seen.{child.id}")
        self.awake = Segmented(tr(ROOM, "{name} awake", name=name), _yes_no())
        self.awake.setObjectName(f"visit.present.awake.{child.id}")
        self.reason = LineText(tr(ROOM, "Why {name} was not seen", name=name))
        self.reason.setObjectName(f"visit.present.reason.{child.id}")
        self._awake_row = _question(tr(ROOM, "Awake"), self.awake)
        self._reason_row = _question(tr(ROOM, "Why not"), self.reason)
        words = column(WrappedText(name, "strong"), WrappedText(_age(child, today), "caption"), gap=0)
        body = column(gap=Space.XS)
        body.addLayout(words)
        for part in (_question(tr(ROOM, "Seen"), self.seen), self._awake_row, self._reason_row):
            body.addWidget(part)
        self.setLayout(body)
        self.seen.answer_given.connect(self._on_seen)
        self.awake.answer_given.connect(self._on_awake)
        self.reason.edited.connect(self._on_reason)

    def render_body(self, body: VisitBody) -> None:
        child = child_of(body, self._person)
        self.seen.show_value(child.seen.value)
        self.awake.show_value(child.awake.value)
        self.reason.show_value(child.reason)
        self._awake_row.setVisible(child.seen is Asked.YES)
        self._reason_row.setVisible(child.seen is Asked.NO)

    def _on_seen(self, value: str) -> None:
        self.changed.emit(lambda body: with_child(body, replace(child_of(body, self._person), seen=Asked(value))))

    def _on_awake(self, value: str) -> None:
        self.changed.emit(lambda body: with_child(body, replace(child_of(body, self._person), awake=Asked(value))))

    def _on_reason(self, text: str) -> None:
        self.changed.emit(lambda body: with_child(body, replace(child_of(body, self._person), reason=text)))


class CarerRow(QWidget):
    """One carer, a person in his or her own right: present, and then seen alone or why not."""

    changed = Signal(object)

    def __init__(self, carer: Person) -> None:
        super().__init__()
        self._person = carer.id
        name = person_name(carer)
        self.present = CheckBox(f"{name}, {role_words(carer.details.role)}")
        self.present.setObjectName(f"visit.present.person.{carer.id}")
        self.alone = Segmented(tr(ROOM, "{name} seen alone", name=name), _yes_no())
        self.alone.setObjectName(f"visit.present.alone.{carer.id}")
        self.reason = LineText(tr(ROOM, "Why {name} was not seen alone", name=name))
        self.reason.setObjectName(f"visit.present.alone_reason.{carer.id}")
        self._alone_row = _question(tr(ROOM, "Seen alone"), self.alone)
        self._reason_row = _question(tr(ROOM, "Why not"), self.reason)
        inner = column(self._alone_row, self._reason_row, gap=Space.XS)
        inner.setContentsMargins(Space.XL + Space.S, 0, 0, 0)
        body = column(self.present, gap=Space.XS)
        body.addLayout(inner)
        self.setLayout(body)
        self.present.answered.connect(self._on_present)
        self.alone.answer_given.connect(self._on_alone)
        self.reason.edited.connect(self._on_reason)

    def render_body(self, body: VisitBody) -> None:
        is_here = any(item.person == self._person for item in body.present)
        alone = alone_of(body, self._person)
        self.present.show_value(is_here)
        self.alone.show_value(alone.alone.value)
        self.reason.show_value(alone.reason)
        self._alone_row.setVisible(is_here)
        self._reason_row.setVisible(is_here and alone.alone is Asked.NO)

    def _on_present(self, present: bool) -> None:
        self.changed.emit(lambda body: with_present(body, self._person, present=present))

    def _on_alone(self, value: str) -> None:
        self.changed.emit(lambda body: with_alone(body, replace(alone_of(body, self._person), alone=Asked(value))))

    def _on_reason(self, text: str) -> None:
        self.changed.emit(lambda body: with_alone(body, replace(alone_of(body, self._person), reason=text)))


class OtherRow(CheckBox):
    """A sibling or somebody else of the family: present or not."""

    changed = Signal(object)

    def __init__(self, person: Person) -> None:
        super().__init__(f"{person_name(person)}, {role_words(person.details.role)}")
        self._person = person.id
        self.setObjectName(f"visit.present.person.{person.id}")
        self.answered.connect(self._on_answered)

    def render_body(self, body: VisitBody) -> None:
        self.show_value(any(item.person == self._person for item in body.present))

    def _on_answered(self, present: bool) -> None:
        self.changed.emit(lambda body: with_present(body, self._person, present=present))


class PresentPane(ScrollColumn):
    """``changed`` carries what makes the new body of the old one; ``left`` says that a field lost the cursor."""

    changed = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(width_limit=WIDEST, margin=Space.L)
        self.setObjectName("visit.present")
        self.setAccessibleName(tr(ROOM, "Who was present"))
        self._revision = 0
        self._people: tuple[Person, ...] = ()
        self._rows: list[ChildRow | CarerRow | OtherRow] = []
        self._children = Card(SectionTitle(tr(ROOM, "Children")), name=tr(ROOM, "Children"))
        self._carers = Card(SectionTitle(tr(ROOM, "Carers")), name=tr(ROOM, "Carers"))
        self._others = Card(SectionTitle(tr(ROOM, "Others")), name=tr(ROOM, "Others"))
        self._visitors = GrowingTextEdit(tr(ROOM, "Other visitors"), lines=2)
        self._visitors.setObjectName("visit.present.visitors")
        self._visitors.edited.connect(self._on_visitors)
        self._visitors.left.connect(self.left)
        hint = tr(ROOM, "An interpreter, a friend, a relative who does not belong to this record: one name a line.")
        self._others.body.addWidget(FieldRow(tr(ROOM, "Other visitors"), self._visitors, help_text=hint, optional=True))
        for card in (self._children, self._carers, self._others):
            card.body.setSpacing(Space.M)
            self.body.addWidget(card)
        self.finish()

    def render_state(self, state: VisitState) -> None:
        if state.people != self._people:
            self._people = state.people
            self._fill(state.people, state.today)
        for each in self._rows:
            each.render_body(state.body)
        if state.revision != self._revision:
            self._revision = state.revision
            self._visitors.show_value("\n".join(visitors_of(state.body)))

    def focus_field(self, what: str) -> None:
        """The cursor goes to where a code such as ``child.seen/<person>`` is put right."""
        head, _, person = what.partition("/")
        name = {"child.seen": "seen", "child.awake": "awake", "child.reason": "reason", "alone": "alone"}.get(head, "")
        found = self.findChild(QWidget, f"visit.present.{name}.{person}") if name else None
        target = found or next((_first_control(each) for each in self._rows), self._visitors)
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(target, 0, Space.XL)

    def _fill(self, people: tuple[Person, ...], today: date) -> None:
        for each in self._rows:
            each.setParent(None)
            each.deleteLater()
        self._rows = []
        for child in children_of(people):
            self._add(self._children, ChildRow(child, today))
        for carer in carers_of(people):
            self._add(self._carers, CarerRow(carer))
        apart = CARERS | {Role.CHILD, Role.UNBORN}
        for other in (person for person in people if person.details.role not in apart):
            self._add(self._others, OtherRow(other), before_last=True)
        self._children.setVisible(bool(children_of(people)))
        self._carers.setVisible(bool(carers_of(people)))

    def _add(self, card: Card, added: ChildRow | CarerRow | OtherRow, *, before_last: bool = False) -> None:
        if before_last:
            card.body.insertWidget(card.body.count() - 1, added)
        else:
            card.body.addWidget(added)
        added.changed.connect(self.changed)
        self._rows.append(added)

    def _on_visitors(self) -> None:
        names = self._visitors.value().split("\n")
        self.changed.emit(lambda body: with_visitors(body, names))


def _age(child: Person, today: date) -> str:
    born = parse_date(child.details.birth_date)
    return described_age(born, child.details.gestation_days, today) if born else role_words(child.details.role)


def _first_control(each: ChildRow | CarerRow | OtherRow) -> QWidget:
    if isinstance(each, ChildRow):
        return each.seen
    return each.present if isinstance(each, CarerRow) else each
