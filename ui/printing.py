"""Plain text on paper or in a file that the person chooses; the print library is loaded only when it is needed."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtGui import QFont, QTextDocument
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.theme import FONT_FAMILY
from ui.words import tr


def print_text(parent: QWidget, text: str, *, printed: Callable[[], None] | None = None) -> None:
    """Ask for a printer and print, with page numbers; nothing is written to a file of ours on the way."""
    library: Any = importlib.import_module("PySide6.QtPrintSupport")
    printer = library.QPrinter()
    dialog = library.QPrintDialog(printer, parent)
    document = QTextDocument(dialog)
    document.setDefaultFont(QFont(FONT_FAMILY, 11))
    document.setPlainText(text)
    dialog.accepted.connect(lambda: document.print_(printer))
    if printed is not None:
        dialog.accepted.connect(printed)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def ask_sheet_file(parent: QWidget, chosen: Callable[[Path], None]) -> None:
    """Where the recovery sheet goes; the dialog is opened, not executed, and answers by signal."""
    dialog = QFileDialog(parent, tr("first_run", "Save the recovery code"), "", tr("first_run", "Text (*.txt)"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("txt")
    dialog.selectFile("homevisit-recovery-code.txt")
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
