"""Printing plain text; the print library is loaded only when something is printed."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QFont, QTextDocument
from PySide6.QtWidgets import QWidget

from ui.theme import FONT_FAMILY


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
