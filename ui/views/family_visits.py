"""A family's timeline, the fields that two people changed differently, and the choice of contact for a new visit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from homevisit.domain.family import Person
from homevisit.domain.summaries import IN_ERROR, FieldConflict, VisitDraft, VisitRow
from homevisit.domain.visit import Attendance, Contact, RecordState
from ui.presenters.family import FamilyState
from ui.presenters.family_words import away_words, iso_day_words, time_of, wall_words
from ui.prompts.flow import FlowLayout
from ui.tokens import Space, Tone
from ui.views.family_brief import comments_words
from ui.views.family_parts import emptied, plain_label
from ui.visit_words import attendance_words, contact_words, person_name, state_at_home
from ui.widgets.badges import Badge, Pill, state_badge
from ui.widgets.buttons import Button, PrimaryButton, SecondaryButton
from ui.widgets.rows import Row
from ui.widgets.segmented import Segmented
from ui.widgets.surface import Card, boxed, column, row
from ui.widgets.text import BodyText, Caption, SectionTitle, WrappedText
from ui.words import tr

ROOM = "family"


class StartPanel(Card):
    """What kind of contact this is; the one that is due is chosen already, so Enter is enough."""

    chosen = Signal(str)
    started = Signal()
    dropped = Signal()
    draft_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(SectionTitle(tr(ROOM, "Start a visit")), name=tr(ROOM, "Start a visit"))
        self.setObjectName("family.start")
        self._draft = ""
        self._is_open = False
        self._open_draft = SecondaryButton("", icon="notebook-pen")
        self._open_draft.setObjectName("family.start.continue")
        self._suggestion = BodyText("", soft=True)
        kinds = [(item.value, contact_words(item)) for item in Contact]
        self._kind = Segmented(tr(ROOM, "Kind of contact"), kinds, layout=FlowLayout())
        self._kind.setObjectName("family.start.kind")
        self.start = PrimaryButton(tr(ROOM, "Start now"), icon="play")
        self.start.setObjectName("family.start.start")
        self.close_button = SecondaryButton(tr(ROOM, "Close"))
        self.close_button.setObjectName("family.start.close")
        foot = row(self.start, self._open_draft, self.close_button)
        foot.addStretch(1)
        for part in (self._suggestion, self._kind):
            self.body.addWidget(part)
        self.body.addLayout(foot)
        self._kind.answer_given.connect(self._on_kind)
        self.start.clicked.connect(self.started)
        self.close_button.clicked.connect(self.dropped)
        self._open_draft.clicked.connect(lambda: self.draft_asked.emit(self._draft))

    def render_state(self, state: FamilyState) -> None:
        was_open, self._is_open = self._is_open, state.choosing
        self.setVisible(state.choosing)
        self._kind.show_value(state.contact.value)
        self._suggestion.setText(_suggestion(state.suggested))
        self.start.setEnabled(not state.busy)
        self._draft = state.drafts[0].visit if state.drafts else ""
        self._open_draft.setVisible(bool(self._draft))
        if state.drafts:
            begun = wall_words(state.drafts[0].body.started)
            self._open_draft.setText(plain_label(tr(ROOM, "Go on with the draft of {when}", when=begun)))
        if state.choosing and not was_open:
            self._kind.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = QApplication.focusWidget()
            (focus if isinstance(focus, Button) else self.start).click()
        elif event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)

    def _on_kind(self, value: str) -> None:
        self.chosen.emit(value or Contact.ADDITIONAL.value)


class ConflictCard(Card):
    """Fields that two people changed without seeing each other: both values stand here until somebody settles them."""

    settled = Signal(object, str)

    def __init__(self) -> None:
        super().__init__(name=tr(ROOM, "Two versions of the same detail"))
        self.setObjectName("family.conflicts")
        self._shown: tuple[FieldConflict, ...] = ()
        self._before: Mapping[tuple[str, str], str] = {}
        self._lines = column(gap=Space.L)
        head = row(SectionTitle(tr(ROOM, "Two versions of the same detail")))
        head.addWidget(Pill(tr(ROOM, "To settle"), "git-branch", Tone.ALERT), 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.body.addWidget(
            Caption(tr(ROOM, "Two people changed this without seeing each other’s change. Nothing is lost either way."))
        )
        self.body.addLayout(self._lines)

    def show_conflicts(
        self, conflicts: Sequence[FieldConflict], people: Sequence[Person], before: Mapping[tuple[str, str], str]
    ) -> None:
        self.setVisible(bool(conflicts))
        self._before = before
        if tuple(conflicts) == self._shown:
            return
        self._shown = tuple(conflicts)
        emptied(self._lines)
        names = {person.id: person_name(person) for person in people}
        for place, conflict in enumerate(self._shown):
            self._lines.addWidget(self._line(place, conflict, names.get(conflict.record, "")))

    def _line(self, place: int, conflict: FieldConflict, whose: str) -> QWidget:
        title = field_words(conflict.field_name)
        body = column(WrappedText(f"{whose}: {title}" if whose else title, "strong"), gap=Space.S)
        for number, (entry, author, value) in enumerate(conflict.values):
            shown = value_words(conflict.field_name, value)
            button = SecondaryButton(tr(ROOM, "This one holds"), icon="check")
            button.setObjectName(f"family.conflicts.{place}.{number}")
            button.setAccessibleName(tr(ROOM, "This one holds: {value}", value=shown))
            button.clicked.connect(lambda _=False, chosen=entry: self.settled.emit(conflict, chosen))
            told = column(
                WrappedText(shown), Caption(tr(ROOM, "written by {name}", name=author or tr(ROOM, "somebody"))), gap=0
            )
            line = row(gap=Space.M)
            line.addWidget(boxed(told), 1)
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
            body.addLayout(line)
        before = self._before.get((conflict.record, conflict.field_name))
        if before is not None and conflict.field_name != IN_ERROR:
            body.addWidget(Caption(tr(ROOM, "before: {value}", value=value_words(conflict.field_name, before))))
        return boxed(body)


def timeline_rows(state: FamilyState) -> list[Row]:
    """Unsigned work first, then every signed visit, the newest first."""
    signed = {visit.id for visit in state.timeline}
    rows = [_draft_row(draft, state.today) for draft in state.drafts if draft.visit not in signed]
    amended = {draft.visit for draft in state.drafts}
    return rows + [_visit_row(visit, in_home=state.in_home, amended=visit.id in amended) for visit in state.timeline]


def _draft_row(draft: VisitDraft, today: date) -> Row:
    day = draft.saved_at.astimezone().date()
    saved = time_of(draft.saved_at) if day == today else away_words(day, today)
    return Row(
        id=draft.visit,
        title=f"{wall_words(draft.body.started)} · {contact_words(draft.body.contact)}",
        subtitle=tr(ROOM, "Not signed yet; saved {when}", when=saved),
        badge=state_badge(RecordState.DRAFT),
        icon="notebook-pen",
    )


def _visit_row(visit: VisitRow, *, in_home: bool, amended: bool) -> Row:
    became = "" if visit.attendance is Attendance.SEEN else attendance_words(visit.attendance)
    title = " · ".join(part for part in (wall_words(visit.started), contact_words(visit.contact), became) if part)
    parts = [tr(ROOM, "amendment in progress") if amended else "", visit.author_name]
    if not in_home:
        parts += [_version_words(visit), comments_words(visit.comments), visit.summary]
    badge = state_badge(state_at_home(visit.state) if in_home else visit.state)
    if visit.heads > 1:
        badge = Badge(tr(ROOM, "{count} versions to settle", count=visit.heads), "git-branch", Tone.ALERT)
    return Row(
        id=visit.id,
        title=title,
        subtitle=" · ".join(part for part in parts if part),
        badge=badge,
        icon="file-text",
        struck=visit.state is RecordState.WITHDRAWN,
    )


def _version_words(visit: VisitRow) -> str:
    if visit.reviewed_version and visit.reviewed_version != visit.version:
        return tr(
            ROOM, "reviewed version {reviewed}, now version {now}", reviewed=visit.reviewed_version, now=visit.version
        )
    return tr(ROOM, "version {now}", now=visit.version) if visit.version > 1 else ""


def _suggestion(contact: Contact) -> str:
    if contact is Contact.ADDITIONAL:
        return tr(ROOM, "No contact is due by age, so this would be an additional one.")
    return tr(ROOM, "By age, this is due: {contact}. Enter starts it.", contact=contact_words(contact))


def field_words(name: str) -> str:
    """The name of a field as the form labels it."""
    known = {
        "name": tr(ROOM, "Name"),
        "address": tr(ROOM, "Address"),
        "phone": tr(ROOM, "Phone"),
        "language": tr(ROOM, "Language"),
        "interpreter": tr(ROOM, "Interpreter"),
        "level": tr(ROOM, "Level"),
        "level_reason": tr(ROOM, "Why this level"),
        "safety_note": tr(ROOM, "Safety note for staff"),
        "worries": tr(ROOM, "What is worrying"),
        "strengths": tr(ROOM, "What is strong"),
        "role": tr(ROOM, "Who this is"),
        "birth_date": tr(ROOM, "Date of birth"),
        "due_date": tr(ROOM, "Due date"),
        "gestation_days": tr(ROOM, "Gestation at birth"),
        "nhs_number": tr(ROOM, "NHS number"),
        "sex": tr(ROOM, "Sex"),
        "lives_here": tr(ROOM, "Lives here"),
        "note": tr(ROOM, "Note"),
        IN_ERROR: tr(ROOM, "Entered in error?"),
    }
    return known.get(name, name.replace("_", " "))


def value_words(name: str, value: str) -> str:
    """A value of a field as people read it."""
    if name == IN_ERROR:
        return tr(ROOM, "entered in error") if value == "true" else tr(ROOM, "right, and changed since")
    if name in ("birth_date", "due_date"):
        return iso_day_words(value)
    if name == "gestation_days" and value.isdigit():
        return f"{int(value) // 7}+{int(value) % 7}"
    plain = {"true": tr(ROOM, "yes"), "false": tr(ROOM, "no"), "null": tr(ROOM, "nothing"), "": tr(ROOM, "nothing")}
    return plain.get(value, value)
