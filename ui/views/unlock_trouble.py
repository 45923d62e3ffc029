"""The screen for a folder whose store cannot be opened: names what is wrong, and changes nothing by itself."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from homevisit.errors import HomeVisitError
from ui.dialogs.confirm import Confirm, ConfirmSheet, Question
from ui.messages import words_of
from ui.notices import Notice
from ui.tokens import Tone
from ui.views.entry_frame import EntryFrame
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.surface import row
from ui.widgets.text import BodyText, Caption, SectionTitle
from ui.words import tr


class UnlockTroubleView(EntryFrame):
    """``set_aside_asked`` fires only after the person confirmed it."""

    set_aside_asked = Signal()
    retry_asked = Signal()

    def __init__(
        self, error: HomeVisitError, folder: str, *, confirm: Confirm | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(width=520, parent=parent)
        self.setObjectName("trouble")
        self._confirm = confirm or ConfirmSheet(self)
        words = words_of(error)
        self._retry = PrimaryButton(tr("trouble", "Look again"), icon="refresh-cw")
        self._retry.setObjectName("trouble.retry")
        self._aside = SecondaryButton(tr("trouble", "Set it aside…"), icon="archive")
        self._aside.setObjectName("trouble.set_aside")
        self._bar = QuietBar()
        body = self.card.body
        body.addWidget(SectionTitle(tr("trouble", "This store cannot be opened")))
        body.addWidget(BodyText(words.sentence))
        body.addWidget(BodyText(words.next_step, soft=True))
        body.addWidget(Caption(tr("trouble", "Folder: {folder}", folder=folder)))
        buttons = row(self._retry, self._aside)
        buttons.addStretch(1)
        body.addWidget(self._bar)
        body.addLayout(buttons)
        self._retry.clicked.connect(self.retry_asked)
        self._aside.clicked.connect(self._on_aside)

    def show_looked(self, at: datetime) -> None:
        """It was looked again, at this moment, and is as it was."""
        time = f"{at.astimezone():%H:%M:%S}"
        words = tr("trouble", "Looked again at {time}: it is as before.", time=time)
        self._bar.show_notice(Notice(sentence=words, tone=Tone.NEUTRAL))

    def _on_aside(self) -> None:
        question = Question(
            title=tr("trouble", "Set this store aside?"),
            consequence=tr(
                "trouble",
                "It is moved, whole and unchanged, into the folder “set-aside” beside it, and you can start a new "
                "store. What it holds cannot be seen here until somebody repairs or restores it.",
            ),
            yes=tr("trouble", "Set it aside"),
        )
        self._confirm.ask(question, self.set_aside_asked.emit)
