"""The brief: twenty seconds before the door. Who, how old, who lives here, what we said we would do, what is strong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from homevisit.domain.age import gestation_text
from homevisit.domain.family import BABIES, Person, Role
from homevisit.domain.summaries import FamilyBrief
from ui.presenters.family import FamilyState
from ui.presenters.family_words import baby_age, clock_words, wall_words
from ui.privacy import Privacy
from ui.tokens import Space
from ui.views.family_parts import ActionRows, emptied
from ui.views.today_words import due_by
from ui.visit_words import contact_words, person_name, role_words
from ui.widgets.private import SensitiveBox
from ui.widgets.surface import Card, Divider, Well, boxed, column, row
from ui.widgets.text import Caption, SectionTitle, SideLabel, TextLabel, WrappedText
from ui.words import tr, tr_count

ROOM = "family"
OPEN_SHOWN = 6
LABEL_WIDTH = 104


class BriefCards(QObject):
    """Three cards: ``who``, what we are ``doing``, and what was ``noticed``: strengths first, then what is worrying."""

    ticked = Signal(object, bool)

    def __init__(self, privacy: Privacy) -> None:
        super().__init__()
        self._shown: tuple[FamilyBrief, date] | None = None
        self._who = column(gap=Space.M)
        self._actions = ActionRows("family.actions")
        self._no_actions = Caption(tr(ROOM, "Nothing open."))
        self._strengths = _Points(tr(ROOM, "What is strong"), tr(ROOM, "Nothing written down yet."))
        self._needs = _Points(tr(ROOM, "What is worrying"), tr(ROOM, "Nothing written down."))
        self._safety = WrappedText("", "body")
        self._safety_well = Well(WrappedText(tr(ROOM, "Safety note for staff"), "strong"), self._safety)
        self._needs_box = SensitiveBox(privacy, self._needs)
        self._safety_box = SensitiveBox(privacy, self._safety_well)
        self._arrange()
        self._actions.ticked.connect(self.ticked)

    def render_state(self, state: FamilyState) -> None:
        brief = state.brief
        if brief is None:
            return
        self._show_who(brief, state.today)
        actions = [action for action in brief.actions if not action.done]
        done = [action for action in brief.actions if action.done][: max(0, OPEN_SHOWN - len(actions))]
        words = [(action, _action_words(action.owner, due_by(action, state.today))) for action in (*actions, *done)]
        self._actions.show_actions(words, lambda told: told)
        self._no_actions.setVisible(not words)
        details = brief.details
        self._strengths.show_points([*_lines(details.strengths), *brief.strengths])
        self._needs.show_points([*_lines(details.worries), *brief.needs])
        self._safety.setText(details.safety_note)
        self._safety_box.setVisible(bool(details.safety_note.strip()))

    def _show_who(self, brief: FamilyBrief, today: date) -> None:
        if (brief, today) == self._shown:
            return
        self._shown = (brief, today)
        emptied(self._who)
        babies = [person for person in brief.people if person.details.role in BABIES]
        for baby in babies:
            self._who.addWidget(_baby(baby, today))
        if not babies:
            self._who.addWidget(Caption(tr(ROOM, "No baby is written down yet.")))
        self._who.addWidget(Divider())
        others = [person for person in brief.people if person.details.role not in BABIES]
        here = [person for person in others if person.details.lives_here]
        away = [person for person in others if not person.details.lives_here]
        self._who.addWidget(_fact(tr(ROOM, "Lives here"), _names(here) or tr(ROOM, "nobody written down")))
        if away:
            self._who.addWidget(_fact(tr(ROOM, "Lives elsewhere"), _names(away)))
        details = brief.details
        for label, words in (
            (tr(ROOM, "Address"), details.address),
            (tr(ROOM, "Phone"), details.phone),
            (tr(ROOM, "Language"), _language(details.language, details.interpreter)),
            (tr(ROOM, "Last seen"), _last(brief)),
        ):
            if words:
                self._who.addWidget(_fact(label, words))

    def _arrange(self) -> None:
        who = Card(name=tr(ROOM, "Who"))
        who.body.addLayout(self._who)
        doing = Card(SectionTitle(tr(ROOM, "What we said we’d do")), name=tr(ROOM, "What we said we’d do"))
        doing.body.addWidget(self._actions)
        doing.body.addWidget(self._no_actions)
        noticed = Card(self._strengths, name=tr(ROOM, "What is strong and what is worrying"))
        noticed.body.setSpacing(Space.L)
        noticed.body.addWidget(self._needs_box)
        noticed.body.addWidget(self._safety_box)
        self.who, self.doing, self.noticed = who, doing, noticed


class _Points(QWidget):
    """A heading with a few lines under it, or a word for none."""

    def __init__(self, title: str, nothing: str) -> None:
        super().__init__()
        self._points: tuple[str, ...] = ()
        self._body = column(gap=Space.XS)
        self._nothing = Caption(nothing)
        whole = column(SectionTitle(title), gap=Space.S)
        whole.addLayout(self._body)
        whole.addWidget(self._nothing)
        self.setLayout(whole)

    def show_points(self, points: Sequence[str]) -> None:
        new = tuple(dict.fromkeys(point.strip() for point in points if point.strip()))
        self._nothing.setVisible(not new)
        if new != self._points:
            self._points = new
            emptied(self._body)
            for point in new:
                self._body.addWidget(_bullet(point))


def _bullet(text: str) -> QWidget:
    line = row(gap=Space.S)
    line.addWidget(TextLabel("•", "soft"), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(WrappedText(text), 1)
    return boxed(line)


def _baby(person: Person, today: date) -> QWidget:
    details = person.details
    age = baby_age(details.birth_date, details.due_date, details.gestation_days, today)
    parts = [clock_words(person, today)]
    if details.gestation_days is not None:
        parts.append(tr(ROOM, "born at {weeks}", weeks=gestation_text(details.gestation_days)))
    if details.role is Role.CHILD and not details.birth_date:
        parts.append(tr(ROOM, "date of birth not known"))
    body = column(WrappedText(person_name(person), "section"), gap=2)
    if age:
        body.addWidget(WrappedText(age, "lead"))
    if words := " · ".join(part for part in parts if part):
        body.addWidget(WrappedText(words, "soft"))
    return boxed(body)


def _fact(label: str, words: str) -> QWidget:
    line = row(gap=Space.M)
    line.addWidget(SideLabel(label, LABEL_WIDTH), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(WrappedText(words), 1)
    return boxed(line)


def _names(people: Sequence[Person]) -> str:
    named = (
        tr(ROOM, "{name} ({role})", name=person_name(person), role=role_words(person.details.role))
        if person.details.name.strip()
        else role_words(person.details.role)
        for person in people
    )
    return ", ".join(named)


def _language(language: str, interpreter: str) -> str:
    if not interpreter.strip():
        return language
    helped = tr(ROOM, "interpreter: {who}", who=interpreter)
    return f"{language}, {helped}" if language else helped


def _last(brief: FamilyBrief) -> str:
    last = brief.last_visit
    if last is None:
        return tr(ROOM, "no visit yet")
    by = tr(ROOM, ", by {name}", name=last.author_name) if last.author_name else ""
    return f"{wall_words(last.started)}, {contact_words(last.contact)}{by}"


def _action_words(owner: str, due: str) -> str:
    return " · ".join(part for part in (owner, due) if part)


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def comments_words(count: int) -> str:
    """How many comments a visit has."""
    return tr_count(ROOM, "{count} comment", "{count} comments", count) if count else ""
