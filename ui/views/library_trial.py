"""A prompt set as it is asked, to look at: a session of its own that is thrown away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from homevisit.prompts.evaluate import Context
from homevisit.prompts.library import PromptSet
from homevisit.prompts.session import Session
from ui.privacy import Privacy
from ui.prompts.form import PromptForm
from ui.tokens import Space
from ui.widgets.buttons import SecondaryButton
from ui.widgets.surface import Divider, boxed, column, row
from ui.widgets.text import BodyText, SectionTitle
from ui.words import tr

ROOM = "library"


class TrialPane(QWidget):
    """``close_asked`` by its button, by Done on the last page, or by Esc."""

    close_asked = Signal()

    def __init__(self, *, now: Callable[[], datetime], privacy: Privacy) -> None:
        super().__init__()
        self.setObjectName("library.trial")
        self._now, self._privacy = now, privacy
        self._shown: PromptSet | None = None
        self._form: PromptForm | None = None
        self._title = SectionTitle("")
        self._close = SecondaryButton(tr(ROOM, "Back to the library"), icon="arrow-left")
        self._close.setObjectName("library.trial.close")
        self._close.clicked.connect(self.close_asked)
        words = column(
            self._title, BodyText(tr(ROOM, "To look at only: nothing that is answered here is kept."), soft=True), gap=2
        )
        head = row(gap=Space.L, margin=Space.M)
        head.addLayout(words, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._body = column(boxed(head), Divider(), gap=0)
        self.setLayout(self._body)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def show_set(self, found: PromptSet | None) -> None:
        """Begin a session of this set; None throws the one that stands away."""
        if found is self._shown:
            return
        self._shown = found
        self._drop()
        if found is None:
            return
        self._title.setText(found.title)
        session = Session(found.questionnaire, context=Context(now=self._now()))
        form = PromptForm(session, now=self._now, privacy=self._privacy)
        form.setObjectName("library.trial.form")
        form.finished.connect(self.close_asked)
        self._body.addWidget(form, 1)
        self._form = form

    def focus_first(self) -> None:
        """Put the keyboard on the first prompt."""
        if self._form is not None:
            self._form.focus_first()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_asked.emit()
        else:
            super().keyPressEvent(event)

    def _drop(self) -> None:
        form, self._form = self._form, None
        if form is not None:
            self._body.removeWidget(form)
            form.hide()
            form.deleteLater()
