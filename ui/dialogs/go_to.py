"""Ctrl+K: type a few letters of a page or of a family, Enter goes there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.dialogs.overlay import Overlay
from ui.pages import PageSpec
from ui.shell import GoToHit, Shell
from ui.widgets.fields import SearchBox
from ui.widgets.rows import Row, RowList
from ui.words import tr

PAUSE_MS = 120
ROWS_SHOWN = 9


class GoTo(Overlay):
    """Pages come from the desk at once; families and visits from the shell's finders, off the GUI thread."""

    gone = Signal(str, str)

    def __init__(self, host: QWidget, shell: Shell, specs: Sequence[PageSpec]) -> None:
        super().__init__(host, tr("goto", "Go to anything"))
        self.setObjectName("go_to")
        self._shell = shell
        self._pages = [GoToHit(page=spec.name, arg="", title=spec.title, icon=spec.icon) for spec in specs]
        self._entered = ""
        self._hits: dict[str, GoToHit] = {}
        self._box = SearchBox(tr("goto", "Go to a page, a family or a visit"))
        self._box.setObjectName("go_to.text")
        self._list = RowList(tr("goto", "Places found"), flat=True, one_click=True)
        self._list.setObjectName("go_to.places")
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self.card.body.addWidget(self._box)
        self.card.body.addWidget(self._list)
        self._box.edited.connect(self._on_edited)
        self._box.returnPressed.connect(self._on_enter)
        self._box.down_pressed.connect(self._list.setFocus)
        self._list.left_upwards.connect(self._box.setFocus)
        self._list.opened.connect(self._go)
        self._pause.timeout.connect(self._find)

    @override
    def first_focus(self) -> QWidget:
        return self._box

    @override
    def open_over(self) -> None:
        self._box.show_value("")
        self._entered = ""
        self._show_hits(self._pages)
        super().open_over()

    def _on_edited(self, text: str) -> None:
        self._show_hits(self._pages_like(text))
        self._entered = ""
        self._pause.start()

    def _on_enter(self) -> None:
        """Go to what is chosen; where nothing was found yet, as soon as something is."""
        chosen = self._list.chosen_id()
        if chosen:
            self._go(chosen)
        elif self._box.value().strip():
            self._entered = self._box.value().strip()
            self._pause.stop()
            self._find()

    def _find(self) -> None:
        text = self._box.value().strip()
        if text and self._shell.finders:
            finders = tuple(self._shell.finders)
            self._shell.bridge.run(
                lambda: (text, [hit for finder in finders for hit in finder(text)]), self._on_found, owner=self
            )

    def _on_found(self, found: tuple[str, list[GoToHit]]) -> None:
        text, hits = found
        if text == self._box.value().strip():
            self._show_hits([*self._pages_like(text), *hits], is_more=True)
            if self._entered == text and self.isVisible():
                self._go(self._list.chosen_id())

    def _pages_like(self, text: str) -> list[GoToHit]:
        wanted = text.strip().casefold()
        return [hit for hit in self._pages if wanted in hit.title.casefold()]

    def _show_hits(self, hits: Sequence[GoToHit], *, is_more: bool = False) -> None:
        """``is_more`` is for what was found later: a row that was chosen meanwhile stays chosen."""
        self._hits = {f"{hit.page}/{hit.arg}": hit for hit in hits}
        self._list.show_rows(
            [Row(id=key, title=hit.title, subtitle=hit.subtitle, icon=hit.icon) for key, hit in self._hits.items()]
        )
        if not is_more or not self._list.chosen_id():
            self._list.choose_first()
        height = sum(self._list.sizeHintForRow(at) for at in range(min(ROWS_SHOWN, len(self._hits))))
        self._list.setFixedHeight(max(height + 4, 48))

    def _go(self, key: str) -> None:
        hit = self._hits.get(key)
        if hit is not None:
            self.close_over()
            self.gone.emit(hit.page, hit.arg)
