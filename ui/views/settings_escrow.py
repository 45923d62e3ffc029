"""What the organisation's key to this laptop means, in plain words: before it is made, and while it is held."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from homevisit.services.escrow import EscrowStanding
from ui.tokens import Space, Tone
from ui.widgets.buttons import SecondaryButton
from ui.widgets.mark import Mark
from ui.widgets.surface import Well, boxed, column, row
from ui.widgets.text import Caption, WrappedText
from ui.words import tr

ROOM = "team"


class EscrowWords(QWidget):
    """A key, one strong sentence, and what follows from it."""

    def __init__(self) -> None:
        super().__init__()
        self._what = WrappedText(style="strong")
        self._more = Caption("")
        self._more.setWordWrap(True)
        line = row(gap=Space.S)
        line.addWidget(Mark("key-round", Tone.WAITING), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column(self._what, self._more, gap=Space.XS), 1)
        self.setLayout(line)

    def show_held(self, held: bool) -> None:
        """Whether the organisation has the key already, or will have it."""
        self._what.setText(
            tr(ROOM, "Your organisation holds a key that can open this laptop’s records.")
            if held
            else tr(ROOM, "Your organisation will hold a key that can open this laptop’s records.")
        )
        self._more.setText(
            tr(
                ROOM,
                "The team file asks for it, for the day when a passphrase is forgotten: whoever keeps that key can "
                "then read you a code, and nothing is lost. With this laptop or a backup of it in their hands they "
                "could also open it without you, and do there what you can.",
            )
        )


class EscrowWell(Well):
    """In the card of the team: the key that is held, or one that waits until it was read about."""

    read = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("settings.team.escrow")
        self._words = EscrowWords()
        self._understood = SecondaryButton(tr(ROOM, "I have read this"), icon="check")
        self._understood.setObjectName("settings.team.escrow.read")
        self._later = Caption(tr(ROOM, "Until then nothing is made. If you do not agree, leave the team first."))
        self._later.setWordWrap(True)
        buttons = row(self._understood, gap=Space.M)
        buttons.addWidget(self._later, 1)
        self._asked = boxed(buttons)
        self.body.setSpacing(Space.M)
        self.body.addWidget(self._words)
        self.body.addWidget(self._asked)
        self._understood.clicked.connect(self.read)
        self.show_standing(EscrowStanding.NONE)

    def show_standing(self, standing: EscrowStanding) -> None:
        """Say how it stands, or nothing."""
        self.setVisible(standing is not EscrowStanding.NONE)
        self._words.show_held(standing is EscrowStanding.HELD)
        self._asked.setVisible(standing is EscrowStanding.UNTOLD)
