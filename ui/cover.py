"""The cover: one neutral screen in front of everything, at once. It hides; it does not lock."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from ui.icons import pixmap
from ui.notices import Notice
from ui.theme import theme_now
from ui.tokens import Space
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import DangerButton, SecondaryButton
from ui.widgets.fields import FieldRow, SecretEdit
from ui.widgets.surface import column, row
from ui.widgets.text import TextLabel
from ui.words import tr

ROOM = "cover"


class UnsavedPanel(QWidget):
    """What can be done while the last words cannot be written. Whoever knows the passphrase may go back to them.

    ``retry_asked`` and ``lose_asked`` are for the program that locks; ``back_asked`` carries the passphrase.
    """

    retry_asked = Signal()
    lose_asked = Signal()
    back_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.bar = QuietBar(stays=True)
        self._lose = DangerButton(tr(ROOM, "Lock without them"))
        self._lose.setObjectName("cover.lose")
        self._secret = SecretEdit(tr(ROOM, "Passphrase"))
        self._secret.setObjectName("cover.secret")
        help_text = tr(ROOM, "Your passphrase takes you back to what you wrote, so that you can copy it.")
        self._field = FieldRow(tr(ROOM, "Passphrase"), self._secret, help_text=help_text)
        self._back = SecondaryButton(tr(ROOM, "Back to my words"), icon="arrow-left")
        self._back.setObjectName("cover.back")
        foot = row(self._back)
        foot.addStretch(1)
        foot.addWidget(self._lose)
        body = column(self.bar, self._field, gap=Space.M)
        body.addLayout(foot)
        self.setLayout(body)
        self.bar.acted.connect(self.retry_asked)
        self._lose.clicked.connect(self.lose_asked)
        self._back.clicked.connect(self._on_back)
        self._secret.submitted.connect(self._on_back)

    def show_problem(self, notice: Notice) -> None:
        self.show_checked()
        self._field.show_problem("")
        self.bar.show_notice(notice)

    def show_wrong(self, words: str) -> None:
        """The passphrase was refused, and why."""
        self.show_checked()
        self._field.show_problem(words)
        self._secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_checked(self) -> None:
        """Nothing of the passphrase stays on the screen."""
        self._secret.show_value("")
        self._secret.reveal(False)
        self._back.setEnabled(True)

    def _on_back(self) -> None:
        if self._secret.value() and self._back.isEnabled():
            self._back.setEnabled(False)
            self.back_asked.emit(self._secret.value())


class Cover(QWidget):
    """Shows nothing of anybody. While locking fails to save the last words it says so, and asks what to do."""

    retry_asked = Signal()
    lose_asked = Signal()
    back_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cover")
        self.setAccessibleName(tr(ROOM, "The screen is covered"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ground", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._mark = QLabel()
        self._hint = TextLabel("", "caption")
        self.unsaved = UnsavedPanel()
        self._arrange()
        self.unsaved.retry_asked.connect(self.retry_asked)
        self.unsaved.lose_asked.connect(self.lose_asked)
        self.unsaved.back_asked.connect(self.back_asked)
        self.show_hint("")

    def show_hint(self, keys: str) -> None:
        """The plain cover; ``keys`` uncover it, "" while the program is locking."""
        self.unsaved.hide()
        self.unsaved.show_checked()
        theme = theme_now()
        self._mark.setPixmap(pixmap("house", theme.palette.edge, theme.px(28)))
        self._hint.setText(tr(ROOM, "Press {keys} to go on", keys=keys) if keys else tr(ROOM, "Locking…"))

    def show_problem(self, notice: Notice) -> None:
        """The last words could not be written: nothing is shown of them, but they are still in memory."""
        self._hint.setText("")
        self.unsaved.show_problem(notice)
        self.unsaved.show()

    def _arrange(self) -> None:
        self.unsaved.setMaximumWidth(640)
        centre = column(gap=Space.M, margin=Space.XL)
        centre.addStretch(1)
        for part in (self._mark, self._hint):
            centre.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        line = row()
        line.addStretch(1)
        line.addWidget(self.unsaved, 4)
        line.addStretch(1)
        centre.addLayout(line)
        centre.addStretch(1)
        self.setLayout(centre)
