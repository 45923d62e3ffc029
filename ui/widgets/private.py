"""What must not be seen over a shoulder: shown normally, replaced by one neutral line in in-home view."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.privacy import Privacy
from ui.widgets.surface import column
from ui.widgets.text import WrappedText
from ui.words import tr


class SensitiveBox(QWidget):
    """Wraps a widget with a sensitive field (staff safety, enquiry about abuse, third parties)."""

    def __init__(self, privacy: Privacy, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._privacy = privacy
        self._content = content
        self._hidden_note = WrappedText(tr("privacy", "Not shown in in-home view"), "caption")
        self.setLayout(column(content, self._hidden_note))
        privacy.changed.connect(self._render)
        self._render()

    def _render(self) -> None:
        self._content.setVisible(not self._privacy.in_home)
        self._hidden_note.setVisible(self._privacy.in_home)
