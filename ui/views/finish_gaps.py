"""What is missing before a visit is signed: each with a sentence, a way there, and a way to leave it out."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QWidget
from typing_extensions import override

from ui.icons import pixmap
from ui.presenters.finish_words import Gap
from ui.theme import theme_now
from ui.tokens import Space, Tone
from ui.widgets.buttons import QuietButton, SecondaryButton
from ui.widgets.fields import LineText
from ui.widgets.surface import Card, column, row
from ui.widgets.text import BodyText, Caption, SectionTitle, WrappedText
from ui.words import tr, tr_count

ROOM = "finish"


class GapRow(QFrame):
    """One missing thing. ``reason_given`` carries the reason for leaving it out, "" to take it back."""

    go_asked = Signal()
    reason_given = Signal(str)

    def __init__(self, what: str) -> None:
        super().__init__()
        name = what.replace("/", ".")
        self.setObjectName(f"finish.gap.{name}")
        self._reason = ""
        self._look = ("circle-alert", Tone.WAITING)
        self._mark = QLabel()
        self._mark.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._sentence = WrappedText(style="strong")
        self._why = Caption()
        self.go = QuietButton(tr(ROOM, "Go there"))
        self.go.setObjectName(f"finish.gap.{name}.go")
        self.leave = QuietButton(tr(ROOM, "Leave out…"))
        self.leave.setObjectName(f"finish.gap.{name}.leave")
        self.line = LineText(tr(ROOM, "Reason for leaving it out"), placeholder=tr(ROOM, "Why is it left out?"))
        self.line.setObjectName(f"finish.gap.{name}.reason")
        self.done = SecondaryButton(tr(ROOM, "Leave out"))
        self.done.setObjectName(f"finish.gap.{name}.done")
        self._arrange()
        self._connect()

    def render_gap(self, gap: Gap) -> None:
        """A reason that is being typed stays as it is."""
        left_out = bool(gap.reason)
        self._look = (
            ("circle-check", Tone.NEUTRAL)
            if left_out
            else ("triangle-alert", Tone.ALERT)
            if gap.blocking
            else ("circle-alert", Tone.WAITING)
        )
        self._tint()
        self._sentence.setText(gap.sentence)
        self._why.setText(_why(gap))
        self._why.setVisible(bool(self._why.text()))
        for button, words in ((self.go, tr(ROOM, "Go there")), (self.leave, tr(ROOM, "Leave out"))):
            button.setAccessibleName(f"{words}: {gap.sentence}")
        self.leave.setText(tr(ROOM, "Take back") if left_out else tr(ROOM, "Leave out…"))
        self.leave.setVisible(not gap.blocking)
        if gap.reason != self._reason:
            self._reason = gap.reason
            self._open_line(False)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_mark"):
            self._tint()

    def _tint(self) -> None:
        theme, (icon, tone) = theme_now(), self._look
        self._mark.setPixmap(pixmap(icon, theme.palette.tones[tone].ink, theme.px(18)))

    def _arrange(self) -> None:
        actions = row(self.go, self.leave, gap=Space.XS)
        actions.setContentsMargins(-Space.S - 1, 0, 0, 0)  # the words of the first button stand under the sentence
        actions.addStretch(1)
        self._asking = QWidget()
        asking = row(gap=Space.XS)
        asking.addWidget(self.line, 1)
        asking.addWidget(self.done)
        self._asking.setLayout(asking)
        self._asking.hide()
        words = column(self._sentence, self._why, gap=2)
        words.addLayout(actions)
        words.addWidget(self._asking)
        line = row(self._mark, gap=Space.S)
        line.addLayout(words, 1)
        self.setLayout(line)

    def _connect(self) -> None:
        self.go.clicked.connect(self.go_asked)
        self.leave.clicked.connect(self._on_leave)
        self.done.clicked.connect(self._on_done)
        self.line.editingFinished.connect(self._on_done)

    def _on_leave(self) -> None:
        if self._reason:
            self.reason_given.emit("")
        else:
            self._open_line(True)

    def _on_done(self) -> None:
        """Leaving the field counts too: a reason that was typed is never lost."""
        reason = self.line.value().strip()
        if reason and reason != self._reason:
            self.reason_given.emit(reason)

    def _open_line(self, shown: bool) -> None:
        if shown:
            self._asking.show()
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            # A field that goes away must not leave the keyboard to whatever comes next on the page.
            if self.line.hasFocus() or self.done.hasFocus():
                self.leave.setFocus(Qt.FocusReason.OtherFocusReason)
            self._asking.hide()
            self.line.show_value("")


class GapsCard(Card):
    """Everything that is missing; says so too when nothing is."""

    go_asked = Signal(str)
    reason_given = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(name=tr(ROOM, "What is missing"))
        self._title = SectionTitle()
        self._nothing = BodyText(tr(ROOM, "Everything this kind of visit asks for is there."), soft=True)
        self._rows: dict[str, GapRow] = {}
        self.body.setSpacing(Space.M)
        for part in (self._title, self._nothing):
            self.body.addWidget(part)

    def render_gaps(self, gaps: tuple[Gap, ...]) -> None:
        still = sum(gap.blocking or not gap.reason for gap in gaps)
        words = tr_count(ROOM, "{count} thing is missing", "{count} things are missing", still)
        self._title.setText(words if still else tr(ROOM, "Ready to sign"))
        self._nothing.setVisible(not gaps)
        self._drop(set(self._rows) - {gap.what for gap in gaps})
        for place, gap in enumerate(gaps):
            found = self._rows.get(gap.what) or self._add(gap.what)
            self.body.insertWidget(2 + place, found)
            found.render_gap(gap)

    def focus_first(self) -> None:
        """The cursor goes to the first thing that stops the signature."""
        for found in self._rows.values():
            found.go.setFocus(Qt.FocusReason.OtherFocusReason)
            return

    def _add(self, what: str) -> GapRow:
        made = GapRow(what)
        made.go_asked.connect(partial(self.go_asked.emit, what))
        made.reason_given.connect(partial(self.reason_given.emit, what))
        self._rows[what] = made
        return made

    def _drop(self, gone: set[str]) -> None:
        for what in gone:
            row_ = self._rows.pop(what)
            self.body.removeWidget(row_)
            row_.hide()
            row_.deleteLater()


def _why(gap: Gap) -> str:
    if gap.reason:
        return tr(ROOM, "Left out: {reason}", reason=gap.reason)
    return tr(ROOM, "A visit cannot be signed without it.") if gap.blocking else ""


def count_words(count: int) -> str:
    """How many points stop the signature, for the line beside the button."""
    return tr_count(ROOM, "{count} point is still open", "{count} points are still open", count)
