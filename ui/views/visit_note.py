"""The note in its five sections: plain boxes that grow, and a key for a line with the time."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from homevisit.domain.visit import Section
from ui.presenters.visit_state import VisitState
from ui.presenters.visit_steps import sections_shown
from ui.tokens import Space
from ui.visit_words import section_words
from ui.widgets.growing import GrowingTextEdit
from ui.widgets.surface import ScrollColumn, column
from ui.widgets.text import Caption, TextLabel
from ui.words import tr, tr_count

ROOM = "visit"
WIDEST = 760
_LINES = {Section.FACTS: 7, Section.PARENTS_VIEW: 3, Section.BABY: 3, Section.ANALYSIS: 4, Section.PLAN: 3}


def section_hint(section: Section, keys: str) -> str:
    """What belongs into a section, in one line under its title."""
    return {
        Section.FACTS: tr(ROOM, "What you saw and heard, with times. {keys} begins a line with the time.", keys=keys),
        Section.PARENTS_VIEW: tr(ROOM, "How they see it, in their own words; say whose words they are."),
        Section.BABY: tr(ROOM, "Today, here, from the baby’s side."),
        Section.ANALYSIS: tr(ROOM, "What you make of it and what that rests on; strengths before needs."),
        Section.PLAN: tr(ROOM, "Who will do what, by when, and what was agreed with the family."),
    }[section]


class SectionBox(QWidget):
    """One section: title, hint, text, and what became of characters that could not be kept."""

    def __init__(self, section: Section, keys: str) -> None:
        super().__init__()
        title = section_words(section)
        self.editor = GrowingTextEdit(title, lines=_LINES[section])
        self.editor.setObjectName(f"visit.note.{section.value}")
        self.editor.setAccessibleDescription(section_hint(section, keys))
        self._replaced = Caption()
        self._replaced.hide()
        head = TextLabel(title, "strong")
        head.setBuddy(self.editor)
        words = column(head, Caption(section_hint(section, keys)), gap=0)
        body = column(gap=Space.XS)
        body.addLayout(words)
        body.addWidget(self.editor)
        body.addWidget(self._replaced)
        self.setLayout(body)
        self.editor.replaced.connect(self._on_replaced)

    def _on_replaced(self, count: int) -> None:
        words = tr_count(
            ROOM,
            "{count} character of what was pasted cannot be kept and is shown as �.",
            "{count} characters of what was pasted cannot be kept and are shown as �.",
            count,
        )
        self._replaced.setText(words)
        self._replaced.show()


class NotePane(ScrollColumn):
    """``edited`` carries the section and how to read its newest text; ``left`` says that a box lost the cursor."""

    edited = Signal(object, object)
    left = Signal()

    def __init__(self, line_keys: str) -> None:
        super().__init__(width_limit=WIDEST, margin=Space.L)
        self.setObjectName("visit.note")
        self.setAccessibleName(tr(ROOM, "Note"))
        self._boxes = {section: SectionBox(section, line_keys) for section in Section}
        self._revision = 0
        self._last = Section.FACTS
        for section, box in self._boxes.items():
            self.body.addWidget(box)
            box.editor.edited.connect(partial(self._on_edited, section))
            box.editor.left.connect(partial(self._on_left, section))
        self.finish()
        self.setFocusProxy(self._boxes[Section.FACTS].editor)

    def render_state(self, state: VisitState) -> None:
        """Texts are filled in only when a draft was loaded: nothing that is typed is ever overwritten."""
        shown = sections_shown(state.body)
        for section, box in self._boxes.items():
            box.setVisible(section in shown)
        if state.revision != self._revision:
            self._revision = state.revision
            for section, box in self._boxes.items():
                box.editor.show_value(state.body.note.get(section, ""))

    def focus_section(self, section: Section) -> None:
        """The cursor goes to the end of a section."""
        editor = self._boxes[section].editor
        editor.moveCursor(QTextCursor.MoveOperation.End)
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(self._boxes[section], 0, Space.L)

    def add_timed_line(self, stamp: str) -> None:
        """Begin a line with the time in the box that has, or last had, the cursor; one step of undo."""
        editor = self._boxes[self._current()].editor
        cursor = editor.textCursor()
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        start = "\n" if cursor.block().text().strip() else ""
        cursor.insertText(f"{start}{stamp} – ")
        cursor.endEditBlock()
        editor.setTextCursor(cursor)
        editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        editor.ensureCursorVisible()

    def _current(self) -> Section:
        focused = (section for section, box in self._boxes.items() if box.editor.hasFocus())
        return next(focused, self._last)

    def _on_edited(self, section: Section) -> None:
        self._last = section
        self.edited.emit(section, self._boxes[section].editor.value)

    def _on_left(self, section: Section) -> None:
        self._last = section
        self.left.emit()
