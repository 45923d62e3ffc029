"""The parts in which two versions of a visit differ, each with what stood before: one is chosen for every part."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from homevisit.domain.conflicts import BASE, Conflict, Difference
from homevisit.domain.draft_parts import NOTE_PREFIX, RESPONSE_PREFIX
from homevisit.domain.family import Person
from homevisit.domain.visit import Attendance, Contact, Mode, Section
from homevisit.prompts.library import Library
from ui.presenters.signed_visit import SignedState
from ui.prompts.flow import FlowLayout
from ui.tokens import Space, Tone
from ui.views.family_parts import emptied
from ui.views.reading_words import moment_words, named
from ui.visit_words import attendance_words, contact_words, mode_words, section_words
from ui.widgets.badges import Pill
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.segmented import Segmented
from ui.widgets.surface import Card, Divider, boxed, column, row
from ui.widgets.text import Caption, SectionTitle, WrappedText
from ui.words import tr, tr_count

ROOM = "signed"
LONGEST, BEFORE = 240, 60
CODED: dict[str, Callable[[str], str]] = {
    "contact": lambda value: contact_words(Contact(value)),
    "mode": lambda value: mode_words(Mode(value)),
    "attendance": lambda value: attendance_words(Attendance(value)),
}


class SettleCard(Card):
    """``chosen`` carries a part and an entry or “base”; ``together`` asks for the amendment made of the choices."""

    chosen = Signal(str, str)
    together = Signal()
    in_error = Signal()

    def __init__(self, library: Library) -> None:
        super().__init__(name=tr(ROOM, "What to settle"))
        self.setObjectName("signed.settle")
        self._library = library
        self._shown: tuple[Conflict, tuple[Person, ...]] | None = None
        self._choices: dict[str, Segmented] = {}
        self._said = Caption("")
        self._lines = column(gap=Space.M)
        self._together = PrimaryButton("", icon="pencil")
        self._together.setObjectName("signed.settle.together")
        self._error = SecondaryButton(tr(ROOM, "It was entered in error"), icon="ban")
        self._error.setObjectName("signed.settle.error")
        head = row(SectionTitle(tr(ROOM, "What to settle")))
        head.addWidget(Pill(tr(ROOM, "Two versions"), "git-branch", Tone.ALERT))
        self.body.addLayout(head)
        self.body.addWidget(self._said)
        self.body.addLayout(self._lines)
        for part in (self._together, self._error):
            self.body.addWidget(part)
        self._together.clicked.connect(self.together)
        self._error.clicked.connect(self.in_error)
        self.hide()

    def render_state(self, state: SignedState, *, may_settle: bool) -> None:
        """Show what differs, or nothing; never emits."""
        conflict = state.differing
        self.setVisible(conflict is not None)
        if conflict is None:
            self._shown = None
            return
        if (conflict, state.people) != self._shown:
            self._shown = (conflict, state.people)
            self._show(conflict, state.people)
        for part, segmented in self._choices.items():
            segmented.show_value(state.choices.get(part, ""))
            segmented.setEnabled(may_settle and not state.has_draft)
        self._together.setText(_together_words(conflict, state))
        self._together.setVisible(may_settle)
        self._error.setVisible(may_settle and conflict.disputed)
        for button in (self._together, self._error):
            button.setEnabled(not state.is_busy)

    def _show(self, conflict: Conflict, people: Sequence[Person]) -> None:
        emptied(self._lines)
        self._choices = {}
        self._said.setText(_said(conflict))
        known = {person.id: person for person in people}
        for place, difference in enumerate(conflict.differences):
            self._lines.addWidget(self._line(place, conflict, difference, known))

    def _line(self, place: int, conflict: Conflict, difference: Difference, people: dict[str, Person]) -> QWidget:
        title = self._part_words(difference.part, people)
        body = column(Divider(), WrappedText(title, "strong"), gap=Space.XS)
        choices: list[tuple[str, str]] = []
        told: list[tuple[str, str]] = []
        for number, side in enumerate(conflict.sides):
            if side.entry in difference.values:
                choices.append((side.entry, short_words(number)))
                told.append((side_words(number), part_value(difference, difference.values[side.entry], people)))
        if conflict.base:
            choices.append((BASE, tr(ROOM, "Before")))
            told.append((tr(ROOM, "Before"), part_value(difference, difference.base, people)))
        for (label, _), words in zip(told, where_they_differ([words for _, words in told]), strict=True):
            body.addWidget(_told(label, words))
        segmented = Segmented(tr(ROOM, "Which holds for {part}", part=title), choices, layout=FlowLayout())
        segmented.setObjectName(f"signed.settle.{place}")
        segmented.answer_given.connect(lambda value, part=difference.part: self.chosen.emit(part, value))
        self._choices[difference.part] = segmented
        body.addWidget(segmented)
        return boxed(body)

    def _part_words(self, part: str, people: dict[str, Person]) -> str:
        if part.startswith(NOTE_PREFIX):
            return section_words(Section(part.removeprefix(NOTE_PREFIX)))
        if part.startswith(RESPONSE_PREFIX):
            name, _, person = part.removeprefix(RESPONSE_PREFIX).partition("/")
            found = self._library.find(name)
            title = found.title if found else name
            return f"{title} – {named(people, person, with_role=False)}" if person else title
        return {
            "contact": tr(ROOM, "Kind of contact"),
            "mode": tr(ROOM, "Where"),
            "attendance": tr(ROOM, "What became of it"),
            "started": tr(ROOM, "Began"),
            "ended": tr(ROOM, "Ended"),
            "present": tr(ROOM, "Who was there"),
            "children": tr(ROOM, "Children seen"),
            "alone": tr(ROOM, "Seen alone"),
        }.get(part, part)


def side_words(number: int) -> str:
    """What a side is called: as over the two texts."""
    if number < 2:
        return tr(ROOM, "The other version") if number else tr(ROOM, "This version")
    return tr(ROOM, "Version {number}", number=number + 1)


def short_words(number: int) -> str:
    """The same on a button, where three of them stand in a row."""
    if number < 2:
        return tr(ROOM, "Other") if number else tr(ROOM, "This")
    return str(number + 1)


def part_value(difference: Difference, value: object, people: dict[str, Person]) -> str:
    """A value as people read it."""
    if value in (None, "", []):
        return tr(ROOM, "nothing")
    part = difference.part
    if part.startswith(RESPONSE_PREFIX):
        return tr_count(ROOM, "{count} prompt answered", "{count} prompts answered", _answered(value))
    if part in CODED and isinstance(value, str):
        return CODED[part](value)
    if isinstance(value, list):
        return ", ".join(_person_words(each, people) for each in value)
    text = str(value).replace("T", " ") if part in ("started", "ended") else str(value)
    return " ".join(text.split())


def where_they_differ(texts: Sequence[str]) -> list[str]:
    """Long texts cut to where the first difference is, since all stand whole beside each other."""
    long = [text for text in texts if len(text) > LONGEST]
    firsts = (place for place, letters in enumerate(zip(*long, strict=False)) if len(set(letters)) > 1)
    alike = next(firsts, min(map(len, long), default=0)) if len(set(long)) > 1 else 0
    begin = long[0].rfind(" ", 0, alike - BEFORE) + 1 if alike > LONGEST - BEFORE else 0
    return [_cut(text, begin) if len(text) > LONGEST else text for text in texts]


def _cut(text: str, begin: int) -> str:
    end = begin + LONGEST - 1
    return f"{'…' if begin else ''}{text[begin:end]}{'…' if end < len(text) else ''}"


def _person_words(value: object, people: dict[str, Person]) -> str:
    if not isinstance(value, dict):
        return str(value)
    who = str(value.get("name") or "") or named(people, str(value.get("person", "")), with_role=False)
    facts = [str(value[name]) for name in ("seen", "awake", "alone", "reason") if value.get(name)]
    return f"{who} ({', '.join(facts)})" if facts else who


def _answered(value: object) -> int:
    """How many items of a response have an answer."""
    if isinstance(value, list):
        return sum(_answered(each) for each in value)
    if not isinstance(value, dict):
        return 0
    return int(bool(value.get("answer"))) + _answered(value.get("item"))


def _told(label: str, words: str) -> QWidget:
    return boxed(column(Caption(label), WrappedText(words), gap=0))


def _said(conflict: Conflict) -> str:
    signed = "\n".join(
        tr(
            ROOM,
            "{which}: {name}, {when}",
            which=side_words(number),
            name=side.author_name,
            when=moment_words(side.recorded_at),
        )
        for number, side in enumerate(conflict.sides)
    )
    if conflict.disputed:
        reasons = ", ".join(side.reason for side in conflict.sides if side.is_mark and side.reason)
        why = tr(ROOM, "The reason given for the mark: {why}.", why=reasons) if reasons else ""
        return "\n".join(part for part in (signed, why) if part)
    return f"{signed}\n" + tr(ROOM, "Where only one changed something, that is suggested.")


def _together_words(conflict: Conflict, state: SignedState) -> str:
    if state.has_draft:
        return tr(ROOM, "Go on with the amendment")
    if conflict.disputed:
        return tr(ROOM, "It is right: amend it")
    return tr(ROOM, "Put together and read it through")
