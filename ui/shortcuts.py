"""Every keyboard shortcut in one table: F1 shows it, Settings may change it, pages bind by id."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.words import tr


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One line of the table. ``words`` and ``group`` are British English; :meth:`shown` translates."""

    id: str
    keys: str
    words: str
    group: str

    def shown(self) -> str:
        return tr("shortcuts", self.words)


ANYWHERE, VISIT, REVIEW, TYPING = "Anywhere", "In a visit", "In a review", "While answering"

TABLE = (
    Shortcut("cover", "F12", "Cover the screen, and uncover it", ANYWHERE),
    Shortcut("lock", "Ctrl+L", "Lock", ANYWHERE),
    Shortcut("in_home", "Ctrl+H", "In-home view on or off", ANYWHERE),
    Shortcut("go.anything", "Ctrl+K", "Go to anything", ANYWHERE),
    Shortcut("back", "Alt+Left", "Back", ANYWHERE),
    Shortcut("pane.next", "F6", "Next pane", ANYWHERE),
    Shortcut("find.here", "Ctrl+F", "Find on this page", ANYWHERE),
    Shortcut("find.everything", "Ctrl+Shift+F", "Search everything", ANYWHERE),
    Shortcut("saved", "Ctrl+S", "Say when it was saved; on Send & receive: send and receive", ANYWHERE),
    Shortcut("text.larger", "Ctrl++", "Larger text", ANYWHERE),
    Shortcut("text.smaller", "Ctrl+-", "Smaller text", ANYWHERE),
    Shortcut("text.usual", "Ctrl+0", "Usual text size", ANYWHERE),
    Shortcut("help", "F1", "Show these shortcuts", ANYWHERE),
    Shortcut("visit.new", "Ctrl+N", "New visit", VISIT),
    Shortcut("visit.line", "Ctrl+T", "Add a line with the time", VISIT),
    Shortcut("prompt.next", "Ctrl+J", "Next prompt that is not answered yet", VISIT),
    Shortcut("prompt.left", "Ctrl+Shift+J", "List what is not answered yet", VISIT),
    Shortcut("visit.finish", "Ctrl+Return", "Finish", VISIT),
    Shortcut("review.next", "J", "Next visit in the queue", REVIEW),
    Shortcut("review.previous", "K", "Previous visit in the queue", REVIEW),
    Shortcut("review.comment", "C", "Comment on the selected passage", REVIEW),
    Shortcut("review.decide", "A", "Decide", REVIEW),
)

FIXED = (
    Shortcut("answer.digit", "1 – 9", "Give that answer", TYPING),
    Shortcut("answer.step", "← →", "Next or previous answer", TYPING),
    Shortcut("answer.clear", "Backspace", "Take the answer back", TYPING),
    Shortcut("undo", "Ctrl+Z", "Undo, also what was saved by itself", TYPING),
)
"""What the controls do by themselves; shown by F1, not changeable."""


class Shortcuts:
    """The table with a person's own choices laid over it; an unreadable or doubled choice is left out."""

    def __init__(self, chosen: Mapping[str, str] | None = None) -> None:
        self._keys = {line.id: line.keys for line in TABLE}
        for line_id, keys in (chosen or {}).items():
            if line_id in self._keys and self.is_free(keys, line_id):
                self._keys[line_id] = keys

    def keys(self, line_id: str) -> str:
        """The keys of a line in portable text; an unknown id is a bug."""
        return self._keys[line_id]

    def shown(self, line_id: str) -> str:
        """The keys as this desktop writes them."""
        return QKeySequence(self.keys(line_id)).toString(QKeySequence.SequenceFormat.NativeText)

    def is_free(self, keys: str, for_id: str) -> bool:
        """Whether these keys can be given to a line: valid and not another line's."""
        wanted = QKeySequence(keys)
        taken = (other for line_id, other in self._keys.items() if line_id != for_id)
        return not wanted.isEmpty() and all(wanted != QKeySequence(other) for other in taken)

    def bind(self, owner: QWidget, line_id: str, slot: Callable[[], None]) -> QShortcut:
        """Let keys act while the focus is in ``owner``; hidden under the cover they do nothing."""
        made = QShortcut(QKeySequence(self.keys(line_id)), owner)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.setObjectName(f"shortcut.{line_id}")
        made.activated.connect(slot)
        return made
