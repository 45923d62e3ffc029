"""On the unlock screen, for somebody who has neither passphrase nor recovery code: the organisation can help."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal

from ui.tokens import Space
from ui.views.exchange_files import FileChooser, FileDialogs
from ui.widgets.buttons import SecondaryButton
from ui.widgets.surface import Well, row
from ui.widgets.text import Caption, WrappedText
from ui.words import tr

ROOM = "unlock"
SUGGESTED_NAME = "homevisit-recovery.age"


class UnlockHelp(Well):
    """``chosen`` carries where the sealed file is to be saved."""

    chosen = Signal(object)

    def __init__(self, files: FileChooser | None = None) -> None:
        super().__init__()
        self.setObjectName("unlock.help")
        self._files = files
        self._save = SecondaryButton(tr(ROOM, "Save the file…"), icon="save")
        self._save.setObjectName("unlock.help.save")
        how = Caption(
            tr(
                ROOM,
                "No recovery code at hand? Save this file and send it to whoever keeps your organisation’s recovery "
                "key. Only they can open it. They read you a code, and you type it above.",
            )
        )
        how.setWordWrap(True)
        line = row(self._save)
        line.addStretch(1)
        self.body.setSpacing(Space.S)
        self.body.addWidget(WrappedText(tr(ROOM, "Your organisation can help"), "strong"))
        self.body.addWidget(how)
        self.body.addLayout(line)
        self._save.clicked.connect(self._ask)

    def _ask(self) -> None:
        files = self._files or FileDialogs(self.window())
        files.new_file(tr(ROOM, "Save the recovery file"), SUGGESTED_NAME, self._on_chosen)

    def _on_chosen(self, path: Path) -> None:
        self.chosen.emit(path)
