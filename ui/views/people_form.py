"""The form for families and people: few fields in sight, every problem beside its field, nothing to save by hand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from homevisit.domain.family import Level, Role
from ui.presenters.family_words import level_words
from ui.presenters.people_form import FormState
from ui.presenters.person_form import FamilyTyped, PersonRead, PersonTyped
from ui.privacy import Privacy
from ui.tokens import Space
from ui.visit_words import role_words
from ui.widgets.buttons import QuietButton
from ui.widgets.fields import CheckBox, ChoiceBox, FieldRow, LineText
from ui.widgets.growing import GrowingTextEdit
from ui.widgets.segmented import Segmented
from ui.widgets.surface import Card, row
from ui.widgets.text import SectionTitle
from ui.words import tr

ROOM = "people"
SHOWN_FOR = {
    Role.CHILD: frozenset({"birth", "due", "gestation", "sex", "nhs_number"}),
    Role.UNBORN: frozenset({"due"}),
}
GROWN = frozenset({"birth", "nhs_number", "phone"})


class FormLine(LineText):
    """One line of the form; ``left`` says that the cursor went away."""

    left = Signal()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class FieldGrid(QWidget):
    """Fields in two columns; one of them may be as wide as both."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.L)
        self._grid.setVerticalSpacing(Space.M)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.setLayout(self._grid)

    def show_fields(self, fields: Sequence[tuple[QWidget, bool]]) -> None:
        """Put these fields in reading order; the others are taken out."""
        kept = {id(widget) for widget, _ in fields}
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None and id(widget) not in kept:
                widget.hide()
        line = place = 0
        for widget, is_wide in fields:
            if is_wide and place:
                line, place = line + 1, 0
            self._grid.addWidget(widget, line, place, 1, 2 if is_wide else 1, Qt.AlignmentFlag.AlignTop)
            widget.show()
            line, place = (line + 1, 0) if is_wide or place else (line, 1)


class PersonBlock(Card):
    """The fields of one person. ``edited`` carries field and value, ``left`` the field that the cursor left."""

    edited = Signal(str, object)
    left = Signal(str)
    removed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._base = name
        self._role_now: Role | None = None
        self._more_open = False
        self._title = SectionTitle("")
        self.remove = QuietButton(tr(ROOM, "Take out"), icon="x")
        self.remove.setObjectName(f"{name}.remove")
        self._more = QuietButton(tr(ROOM, "More about this person"), icon="chevron-down")
        self._more.setObjectName(f"{name}.more")
        self._make_choices()
        self._make_lines()
        self._grid = FieldGrid()
        head = row(self._title)
        head.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.body.addWidget(self._grid)
        self.body.addWidget(self._more)
        self._connect()

    def show_person(self, typed: PersonTyped, *, in_new_family: bool) -> None:
        """Fill every field; never emits."""
        self._role.show_value(typed.role)
        self._sex.show_value(typed.sex)
        self._lives_here.show_value(typed.lives_here)
        for name, line in self._lines.items():
            line.show_value(str(getattr(typed, name)))
        self._note.show_value(typed.note)
        self.remove.setVisible(in_new_family)
        self._more_open = self._more_open or not in_new_family or bool(typed.note or typed.phone or typed.nhs_number)
        self._arrange(Role(typed.role))

    def show_read(self, typed: PersonTyped, read: PersonRead, problems: dict[str, str]) -> None:
        """Say what was understood and what is wrong, beside the fields."""
        role = Role(typed.role)
        title = typed.name.strip() or role_words(role).capitalize()
        self._title.setText(title)
        self.setAccessibleName(title)
        for name, field_row in self._rows.items():
            field_row.show_problem(problems.get(name, ""))
            field_row.show_help(read.hints.get(name, "") or _help(name, role))
        if role is not self._role_now:
            self._arrange(role)

    def focus_field(self, name: str) -> None:
        """Put the cursor into a field."""
        if name in self._rows:
            self._rows[name].control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_choices(self) -> None:
        roles = [(role.value, role_words(role).capitalize()) for role in Role]
        self._role = ChoiceBox(tr(ROOM, "Who this is"), roles)
        self._role.setObjectName(f"{self._base}.role")
        sexes = [("female", tr(ROOM, "Girl")), ("male", tr(ROOM, "Boy")), ("other", tr(ROOM, "Other"))]
        self._sex = Segmented(tr(ROOM, "Sex"), sexes)
        self._sex.setObjectName(f"{self._base}.sex")
        self._lives_here = CheckBox(tr(ROOM, "Lives here"))
        self._lives_here.setObjectName(f"{self._base}.lives_here")
        self._note = GrowingTextEdit(tr(ROOM, "Note about this person"), lines=2)
        self._note.setObjectName(f"{self._base}.note")

    def _make_lines(self) -> None:
        labels = {
            "name": tr(ROOM, "Name"),
            "birth": tr(ROOM, "Date of birth"),
            "due": tr(ROOM, "Due date"),
            "gestation": tr(ROOM, "Gestation at birth"),
            "nhs_number": tr(ROOM, "NHS number"),
            "phone": tr(ROOM, "Phone"),
        }
        self._lines = {name: FormLine(label) for name, label in labels.items()}
        self._rows = {name: FieldRow(labels[name], line) for name, line in self._lines.items()}
        for name, line in self._lines.items():
            line.setObjectName(f"{self._base}.{name}")
        self._lines["birth"].setPlaceholderText(tr(ROOM, "1/3/26 or 3 weeks ago"))
        self._lines["due"].setPlaceholderText(tr(ROOM, "1/3/26 or in 6 weeks"))
        self._lines["gestation"].setPlaceholderText("31+4")
        self._choices = {
            "role": FieldRow(tr(ROOM, "Who this is"), self._role),
            "sex": FieldRow(tr(ROOM, "Sex"), self._sex),
            "note": FieldRow(tr(ROOM, "Note about this person"), self._note),
        }

    def _arrange(self, role: Role) -> None:
        """The fields that this role has, in reading order; the tab order follows."""
        self._role_now = role
        shown = SHOWN_FOR.get(role, GROWN)
        seldom = {"due", "sex", "nhs_number"} if role is Role.CHILD else {"birth", "nhs_number"}
        seldom = seldom if role is not Role.UNBORN else set()
        visible = [name for name in self._lines if name == "name" or name in shown]
        visible = [name for name in visible if self._more_open or name not in seldom or self._lines[name].value()]
        fields: list[tuple[QWidget, bool]] = [(self._choices["role"], False)]
        fields += [(self._rows[name], False) for name in visible]
        if "sex" in shown and (self._more_open or self._sex.value()):
            fields.append((self._choices["sex"], False))
        if role is not Role.UNBORN:
            fields.append((self._lives_here, True))
        if self._more_open:
            fields.append((self._choices["note"], True))
        self._grid.show_fields(fields)
        self._more.setVisible(not self._more_open)
        self._order([widget for widget, _ in fields])

    def _order(self, fields: Sequence[QWidget]) -> None:
        controls = [part.control if isinstance(part, FieldRow) else part for part in fields]
        for before, after in pairwise(controls):
            QWidget.setTabOrder(before.focusProxy() or before, after.focusProxy() or after)

    def _connect(self) -> None:
        for name, line in self._lines.items():
            line.edited.connect(lambda text, field=name: self.edited.emit(field, text))
            line.left.connect(lambda field=name: self.left.emit(field))
        self._role.chosen.connect(lambda value: self.edited.emit("role", value))
        self._sex.answer_given.connect(lambda value: self.edited.emit("sex", value))
        self._lives_here.answered.connect(lambda value: self.edited.emit("lives_here", value))
        self._note.edited.connect(lambda: self.edited.emit("note", self._note.value()))
        self.remove.clicked.connect(self.removed)
        self._more.clicked.connect(self._on_more)

    def _on_more(self) -> None:
        self._more_open = True
        self._arrange(self._role_now or Role.CHILD)
        first = next(name for name in ("due", "birth", "nhs_number", "phone") if self._rows[name].isVisibleTo(self))
        self.focus_field(first)


class FamilyBlock(Card):
    """The fields about the family as a whole; staff safety and worries are not shown in in-home view."""

    edited = Signal(str, str)
    left = Signal(str)

    def __init__(self, name: str, privacy: Privacy, *, brief: bool) -> None:
        super().__init__(SectionTitle(tr(ROOM, "The family")), name=tr(ROOM, "The family"))
        self.setObjectName(name)
        self._privacy = privacy
        self._brief = brief
        self._make_fields(name)
        self._grid = FieldGrid()
        self.body.addWidget(self._grid)
        privacy.changed.connect(self._arrange)
        self._connect()
        self._arrange()

    def show_family(self, typed: FamilyTyped) -> None:
        """Fill every field; never emits."""
        for name, line in self._lines.items():
            line.show_value(str(getattr(typed, name)))
        for name, text in self._texts.items():
            text.show_value(str(getattr(typed, name)))
        self._level.show_value(typed.level)

    def show_problems(self, problems: dict[str, str]) -> None:
        for name, field_row in self._rows.items():
            field_row.show_problem(problems.get(name, ""))

    def focus_field(self, name: str) -> None:
        if name in self._rows:
            self._rows[name].control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_fields(self, base: str) -> None:
        lines = {
            "name": tr(ROOM, "Family name"),
            "phone": tr(ROOM, "Phone"),
            "address": tr(ROOM, "Address"),
            "language": tr(ROOM, "Language"),
            "interpreter": tr(ROOM, "Interpreter"),
            "level_reason": tr(ROOM, "Why this level"),
        }
        texts = {
            "strengths": tr(ROOM, "What is strong"),
            "worries": tr(ROOM, "What is worrying"),
            "safety_note": tr(ROOM, "Safety note for staff"),
        }
        self._lines = {name: FormLine(label) for name, label in lines.items()}
        self._texts = {name: GrowingTextEdit(label, lines=2) for name, label in texts.items()}
        self._level = ChoiceBox(tr(ROOM, "Level"), [(level.value, level_words(level)) for level in Level])
        self._rows = {name: FieldRow(lines[name], line) for name, line in self._lines.items()}
        self._rows |= {name: FieldRow(texts[name], text) for name, text in self._texts.items()}
        self._rows["level"] = FieldRow(tr(ROOM, "Level"), self._level)
        for name, field_row in self._rows.items():
            field_row.control.setObjectName(f"{base}.{name}")
        self._lines["interpreter"].setPlaceholderText(tr(ROOM, "none, by phone, who"))
        self._rows["safety_note"].show_help(tr(ROOM, "For staff only; never printed for the family."))

    def _arrange(self) -> None:
        wide = {"address", "strengths", "worries", "safety_note"}
        names = ["name", "phone", "address", "language", "interpreter"]
        if not self._brief:
            hidden = {"worries", "safety_note"} if self._privacy.in_home else set()
            names += [name for name in ("level", "level_reason", *self._texts) if name not in hidden]
        self._grid.show_fields([(self._rows[name], name in wide) for name in names])
        controls = [self._rows[name].control for name in names]
        for before, after in pairwise(controls):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        for name, line in self._lines.items():
            line.edited.connect(lambda text, field=name: self.edited.emit(field, text))
            line.left.connect(lambda field=name: self.left.emit(field))
        for name, text in self._texts.items():
            text.edited.connect(lambda field=name, box=text: self.edited.emit(field, box.value()))
        self._level.chosen.connect(lambda value: self.edited.emit("level", value))


def first_problem(state: FormState) -> str:
    """The name of the first field, in reading order, that has a problem."""
    return min(state.problems, key=lambda name: ("." in name, name), default="")


def _help(name: str, role: Role) -> str:
    if name == "gestation":
        return tr(ROOM, "Weeks and days, like 31+4")
    if name == "due" and role is Role.CHILD:
        return tr(ROOM, "If born early: the date the baby was due")
    return ""
