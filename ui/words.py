"""The one way from a British English sentence in the source to the sentence of the person's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def tr(room: str, text: str, /, **values: object) -> str:
    """Translate ``text`` in the context ``room`` and put values into its ``{placeholders}``.

    Call it when the words are needed, never at import: the language is not known before the application is.
    """
    translated = QCoreApplication.translate(room, text)
    return translated.format(**values) if values else translated


def tr_count(room: str, one: str, many: str, count: int, /, **values: object) -> str:
    """A sentence about a number of things: ``one`` for 1, ``many`` otherwise; both may hold ``{count}``."""
    return tr(room, one if count == 1 else many, count=count, **values)
