"""Ctrl+T in a form: a line with the time in the page's timed notes, wherever the keyboard is."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent, QKeySequence

from homevisit.prompts.paths import Path
from homevisit.prompts.terms import Role
from ui.prompts.filling import Filling
from ui.prompts.page import PromptPage
from ui.prompts.texts import TextPrompt
from ui.prompts.timer import line_stamp

_TIMED_LINE = QKeySequence("Ctrl+T")


def wants_line(page: PromptPage | None, event: QKeyEvent) -> bool:
    """Whether a key asks for a timed line and the page has a place for one."""
    return QKeySequence(event.keyCombination()) == _TIMED_LINE and _notes(page) is not None


def begin_line(page: PromptPage | None, filling: Filling) -> bool:
    """Begin a line with the time in the page's timed notes, if it has them."""
    path = _notes(page)
    block = page.block_at(path) if page is not None and path is not None else None
    if block is None or not isinstance(block.control, TextPrompt):
        return False
    wall = filling.now().astimezone().strftime("%H:%M")
    block.control.begin_line(line_stamp(filling.watch, wall))
    return True


def _notes(page: PromptPage | None) -> Path | None:
    rows = page.rows if page is not None else ()
    return next((row.path for row in rows if row.item.has_role(Role.TIMED_NOTES)), None)
