"""What is still open or faulty, as a list to jump from: Enter or a tap goes to the prompt, Esc goes back."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from homevisit.prompts.evaluate import ItemState
from homevisit.prompts.paths import Path, parse_path, path_text
from ui.prompts.completion import is_faulty
from ui.prompts.paging import Paging
from ui.prompts.wording import ROOM, problem_words
from ui.theme import theme_now
from ui.tokens import Space
from ui.widgets.rows import Row, RowList
from ui.widgets.surface import Divider, column
from ui.widgets.text import WrappedText
from ui.words import tr


class OpenList(QWidget):
    """``chosen`` carries the path of a prompt; ``closed`` says that the person went back."""

    chosen = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._list = RowList(tr(ROOM, "What is left to answer"), flat=True, one_click=True)
        self._list.setObjectName("prompts.left.list")
        self._list.opened.connect(lambda place: self.chosen.emit(parse_path(place)))
        self._nothing = WrappedText(tr(ROOM, "Nothing is left on any page."), "soft")
        self._nothing.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        self.setLayout(column(Divider(), self._list, self._nothing, gap=0))
        self.setFocusProxy(self._list)

    def show_left(self, states: Iterable[ItemState], pages: Paging) -> None:
        """Every page that has something left, with what it is."""
        by_page: dict[int, list[Row]] = {}
        for state in states:
            page = pages.page_of(state.path)
            if page is not None:
                by_page.setdefault(page, []).append(_row(state))
        rows: list[Row] = []
        for number, found in sorted(by_page.items()):
            rows += [Row(id=f"page/{number}", title=pages.title(number), heading=True), *found]
        self._list.show_rows(rows)
        self._list.setVisible(bool(rows))
        self._nothing.setHidden(bool(rows))
        self._list.setMinimumHeight(theme_now().px(38) + 2 * Space.S if rows else 0)

    def focus_list(self) -> None:
        self._list.choose_first()
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def first_after(states: Iterable[ItemState], path: Path | None) -> ItemState | None:
    """The one after the prompt where the person is, else the first."""
    found = list(states)
    paths = [state.path for state in found]
    if path in paths:
        at = paths.index(path) + 1
        return found[at] if at < len(found) else found[0]
    return found[0] if found else None


def _row(state: ItemState) -> Row:
    words = state.item.looks.short_text or " ".join(state.label.split())
    if is_faulty(state):
        said = " ".join(filter(None, (problem_words(problem, state.item) for problem in state.problems)))
        return Row(id=path_text(state.path), title=words, subtitle=said, icon="circle-alert")
    return Row(id=path_text(state.path), title=words, subtitle=tr(ROOM, "not answered"), icon="circle")
