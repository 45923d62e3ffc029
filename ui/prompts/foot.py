"""The foot of a form: back, how much is answered (which opens the list of the rest), next; and why it waits."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from ui.prompts.completion import Count
from ui.prompts.wording import ROOM, done_words
from ui.tokens import Space
from ui.widgets.buttons import PrimaryButton, QuietButton, SecondaryButton
from ui.widgets.surface import column, row
from ui.widgets.text import WrappedText
from ui.words import tr


class FormFoot(QWidget):
    """``list_wanted`` says whether the list of what is left is to be shown."""

    back_pressed = Signal()
    next_pressed = Signal()
    list_wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._held = WrappedText("", "problem")
        self._held.setContentsMargins(Space.M, Space.S, Space.M, 0)
        self._held.hide()
        self._back = SecondaryButton(tr(ROOM, "Back"), icon="chevron-left")
        self._left = QuietButton("", icon="list-checks")
        self._left.setCheckable(True)
        self._next = PrimaryButton(tr(ROOM, "Next"))
        for button, name in ((self._back, "back"), (self._left, "left"), (self._next, "next")):
            button.setObjectName(f"prompts.{name}")
        self._back.clicked.connect(self.back_pressed)
        self._left.clicked.connect(self.list_wanted)
        self._next.clicked.connect(self.next_pressed)
        line = row(self._back, gap=Space.S, margin=Space.M)
        line.addWidget(self._left, 1, Qt.AlignmentFlag.AlignCenter)
        line.addWidget(self._next)
        body = column(self._held, gap=0)
        body.addLayout(line)
        self.setLayout(body)

    def show_count(self, count: Count) -> None:
        """How far the whole set is."""
        words = done_words(count)
        self._left.setText(words)
        self._left.setAccessibleName(tr(ROOM, "{done}: show what is left", done=words))
        self._left.setVisible(count.expected > 0)

    def show_ways(self, *, is_first: bool, is_last: bool) -> None:
        self._back.setEnabled(not is_first)
        self._next.setText(tr(ROOM, "Done") if is_last else tr(ROOM, "Next"))
        self._next.setIcon(QIcon())
        self._next.show_icon("check" if is_last else "")

    def show_hold(self, words: str) -> None:
        """Why the person cannot go on yet; "" when nothing holds. The words take room from the page at once, so that
        what is gone to next is seen in what is left of it.
        """
        self._held.setText(words)
        self._held.setVisible(bool(words))
        form = self.parentWidget()
        layout = form.layout() if words and form is not None else None
        if layout is not None:
            layout.activate()

    def show_list_open(self, is_open: bool) -> None:
        self._left.setChecked(is_open)
