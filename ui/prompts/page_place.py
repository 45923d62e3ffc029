"""Where the pages of a form stand: one at a time, the one before is taken down."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.prompts.page import PromptPage
from ui.widgets.surface import column


class PagePlace(QWidget):
    """Holds the page that is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: PromptPage | None = None
        self._body: QVBoxLayout = column()
        self.setLayout(self._body)

    def show_page(self, fresh: PromptPage) -> PromptPage:
        """Put a page in the place of the one before; what is seen first of it is built at once."""
        if self._page is not None:
            self._body.removeWidget(self._page)
            # Not taken from its parent first: that would style the whole dying page once more (20 ms).
            self._page.hide()
            self._page.deleteLater()
        self._page = fresh
        self._body.addWidget(fresh)
        fresh.begin(self.width(), self.height())
        return fresh
