"""The steps of the first run, one widget each: they show the state and say what was typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget
from typing_extensions import override

from homevisit.domain.card import Desk
from ui.presenters.first_run_flow import FirstRunState
from ui.tokens import Space
from ui.views.strength_meter import StrengthMeter
from ui.widgets.buttons import QuietButton, SecondaryButton
from ui.widgets.fields import FieldRow, LineText, SecretEdit
from ui.widgets.segmented import Segmented
from ui.widgets.surface import Well, column, row
from ui.widgets.text import BodyText, Caption, TextLabel
from ui.words import tr


class StepWidget(QWidget):
    """One step. Enter in any of its fields goes on."""

    submitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, FieldRow] = {}
        self.body = column(gap=Space.L)
        self.setLayout(self.body)

    def render_state(self, state: FirstRunState) -> None:
        for name, field in self.rows.items():
            field.show_problem(state.problems.get(name, ""))

    def first_focus(self) -> QWidget:
        return next(iter(self.rows.values())).control

    def focus_problem(self, state: FirstRunState) -> None:
        """Put the cursor into the first field that has a problem."""
        for name, field in self.rows.items():
            if name in state.problems:
                field.control.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit()
        else:
            super().keyPressEvent(event)

    def add_row(self, name: str, field: FieldRow) -> FieldRow:
        self.rows[name] = field
        return field


class PersonStep(StepWidget):
    """Name, desk, title, registration number, organisation."""

    changed = Signal(str, object)
    join_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._desk = Segmented(
            tr("first_run", "Desk"),
            [
                (Desk.PRACTITIONER.value, tr("first_run", "I visit families")),
                (Desk.SUPERVISOR.value, tr("first_run", "I supervise")),
            ],
        )
        self._desk.setObjectName("first_run.desk")
        self._lines = {name: LineText() for name in ("name", "title", "registration", "organisation")}
        self._build()
        self._role = Desk.PRACTITIONER
        self._desk.answer_given.connect(self._on_desk)
        for name, line in self._lines.items():
            line.setObjectName(f"first_run.{name}")
            line.edited.connect(lambda text, name=name: self.changed.emit(name, text))

    @override
    def render_state(self, state: FirstRunState) -> None:
        super().render_state(state)
        self._role = state.person.role
        self._desk.show_value(self._role.value)
        for name, line in self._lines.items():
            line.show_value(str(getattr(state.person, name)))

    def _on_desk(self, value: str) -> None:
        """A desk can be changed, not taken back."""
        self.changed.emit("role", Desk(value) if value else self._role)
        self._desk.show_value(value or self._role.value)

    def _build(self) -> None:
        lines = self._lines
        name = self.add_row("name", FieldRow(tr("first_run", "Your name"), lines["name"]))
        desk = self.add_row("role", FieldRow(tr("first_run", "Your desk"), self._desk))
        title = FieldRow(
            tr("first_run", "Title"), lines["title"], help_text=tr("first_run", "For example: health visitor")
        )
        number = FieldRow(
            tr("first_run", "Registration number"),
            lines["registration"],
            help_text=tr("first_run", "NMC PIN or another register"),
            optional=True,
        )
        place = FieldRow(tr("first_run", "Organisation"), lines["organisation"], optional=True)
        self.body.addWidget(name)
        self.body.addWidget(desk)
        pair = row(gap=Space.L)
        pair.addWidget(title, 1)
        pair.addWidget(number, 1)
        self.body.addLayout(pair)
        self.body.addWidget(place)
        join = QuietButton(tr("first_run", "I already use Homevisit on another laptop"), icon="laptop")
        join.setObjectName("first_run.join")
        join.clicked.connect(self.join_asked)
        line = row(join)
        line.addStretch(1)
        self.body.addLayout(line)


class JoinStep(StepWidget):
    """The file that the other laptop wrote, and its six words."""

    file_asked = Signal()
    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._file = SecondaryButton(tr("first_run", "Choose the file…"), icon="laptop")
        self._file.setObjectName("first_run.file")
        self._words = LineText()
        self._words.setObjectName("first_run.words")
        how = tr("first_run", "On the other laptop: Settings, My laptops, “Add another laptop…”")
        self.body.addWidget(self.add_row("file", FieldRow(tr("first_run", "Its file"), self._file, help_text=how)))
        self.body.addWidget(self.add_row("words", FieldRow(tr("first_run", "Its six words"), self._words)))
        self._file.clicked.connect(self.file_asked)
        self._words.edited.connect(self.typed)

    @override
    def render_state(self, state: FirstRunState) -> None:
        super().render_state(state)
        self._file.setText(state.file.name if state.file else tr("first_run", "Choose the file…"))
        self._words.show_value(state.words)


class PassphraseStep(StepWidget):
    """The passphrase twice, how strong it is in words, and a suggestion of five words."""

    typed = Signal(str)
    repeated = Signal(str)
    suggestion_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._first = SecretEdit(tr("first_run", "Passphrase"))
        self._first.setObjectName("first_run.passphrase")
        self._again = SecretEdit(tr("first_run", "Passphrase again"))
        self._again.setObjectName("first_run.repeated")
        self._meter = StrengthMeter()
        self._suggest = QuietButton(tr("first_run", "Suggest five words"), icon="lightbulb")
        self._suggest.setObjectName("first_run.suggest")
        self._revealed = False
        self._build()
        self._first.edited.connect(self.typed)
        self._again.edited.connect(self.repeated)
        self._suggest.clicked.connect(self.suggestion_asked)

    @override
    def render_state(self, state: FirstRunState) -> None:
        super().render_state(state)
        self._first.show_value(state.passphrase)
        self._again.show_value(state.repeated)
        self._meter.show_strength(state.strength if state.passphrase else None, is_waiting=bool(state.passphrase))
        if state.revealed and not self._revealed:
            self._revealed = True
            self._first.reveal(True)
        for part in (self._first, self._again, self._suggest):
            part.setEnabled(not state.busy)

    def _build(self) -> None:
        first = self.add_row("passphrase", FieldRow(tr("first_run", "Passphrase"), self._first))
        again = self.add_row("repeated", FieldRow(tr("first_run", "The same again"), self._again))
        under = row(self._meter, gap=Space.L)
        under.setStretch(0, 1)
        under.addWidget(self._suggest)
        self.body.addLayout(column(first, gap=Space.XS))
        self.body.addLayout(under)
        self.body.addWidget(again)


class RecoveryStep(StepWidget):
    """The code in groups, ways to keep it, and two groups to type again."""

    retyped = Signal(int, str)
    print_asked = Signal()
    save_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[str, ...] = ()
        self._grid = QGridLayout()
        self._grid.setSpacing(Space.S)
        self._well = Well()
        self._well.body.addLayout(self._grid)
        self._print = SecondaryButton(tr("first_run", "Print…"), icon="printer")
        self._print.setObjectName("first_run.print")
        self._save = SecondaryButton(tr("first_run", "Save to a stick…"), icon="save")
        self._save.setObjectName("first_run.save")
        self._ask = row(gap=Space.L)
        buttons = row(self._print, self._save)
        buttons.addStretch(1)
        self.body.addWidget(self._well)
        self.body.addLayout(buttons)
        self.body.addWidget(BodyText(tr("first_run", "Type these two groups from your copy:")))
        self.body.addLayout(self._ask)
        self._print.clicked.connect(self.print_asked)
        self._save.clicked.connect(self.save_asked)

    @override
    def render_state(self, state: FirstRunState) -> None:
        if state.groups and not self._shown:
            self._show_code(state)
        for position in state.ask:
            line = self.rows[f"group{position}"].control
            if isinstance(line, LineText):
                line.show_value(state.retyped.get(position, ""))
        super().render_state(state)

    @override
    def first_focus(self) -> QWidget:
        return self._print

    def _show_code(self, state: FirstRunState) -> None:
        self._shown = state.groups
        for number, group in enumerate(state.groups):
            cell = row(TextLabel(f"{number + 1}", "caption"), _code_label(group), gap=Space.S)
            cell.addStretch(1)
            self._grid.addLayout(cell, number // 3, number % 3)
        self._well.setAccessibleName(tr("first_run", "Recovery code: {code}", code=" ".join(state.groups)))
        for position in state.ask:
            line = LineText()
            line.setObjectName(f"first_run.group{position + 1}")
            line.edited.connect(lambda text, position=position: self.retyped.emit(position, text))
            words = tr("first_run", "Group {number}", number=position + 1)
            self._ask.addWidget(self.add_row(f"group{position}", FieldRow(words, line)), 1)


class DoneStep(StepWidget):
    """What comes next, in three lines."""

    def __init__(self) -> None:
        super().__init__()
        for sentence in (
            tr("first_run", "There is never anything to save: every word is kept as you type it."),
            tr("first_run", "F12 covers the screen at once. Ctrl+L locks. F1 shows all shortcuts."),
            tr("first_run", "Nothing leaves this laptop until you send it."),
        ):
            self.body.addWidget(BodyText(sentence))
        self.body.addWidget(Caption(tr("first_run", "Press Enter to begin.")))


def _code_label(group: str) -> QLabel:
    label = TextLabel(group, "code")
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    font = QFont(label.font())
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 112)
    label.setFont(font)
    return label
