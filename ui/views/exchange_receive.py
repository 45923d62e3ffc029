"""The receiving side: a place to drop files, everything that arrived, and why a file was refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from homevisit.domain.summaries import InboxRow
from ui.icons import pixmap
from ui.notices import Notice
from ui.presenters.exchange_state import ExchangeState
from ui.presenters.sync_words import gap_words, oddity_words
from ui.theme import theme_now
from ui.tokens import RADIUS, Space, Tone
from ui.views.exchange_lists import CardList, fit_height
from ui.views.exchange_rows import inbox_rows, refusal_words
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import QuietButton, SecondaryButton
from ui.widgets.surface import Card, Well, boxed, column, row
from ui.widgets.text import BodyText, Caption, SectionTitle, WrappedText
from ui.words import tr

ROOM = "exchange"


class DropZone(QWidget):
    """Takes files that are dropped on it; the button beside it does the same by keyboard."""

    dropped = Signal(object)

    def __init__(self, words: str, *buttons: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_over = False
        self.setAcceptDrops(True)
        self._mark = QLabel()
        text = BodyText(words, soft=True)
        line = row(self._mark, gap=Space.M, margin=Space.M)
        line.addWidget(text, 1, Qt.AlignmentFlag.AlignVCenter)
        for button in buttons:
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(line)
        self._tint()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if paths_of(event.mimeData()):
            event.acceptProposedAction()
            self._show_over(True)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_over(False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._show_over(False)
        paths = paths_of(event.mimeData())
        if paths and self.isEnabled():
            event.acceptProposedAction()
            self.dropped.emit(paths)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_mark"):
            self._tint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme_now().palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.accent if self._is_over else colours.edge), 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(colours.accent_soft if self._is_over else colours.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        painter.end()

    def _show_over(self, over: bool) -> None:
        self._is_over = over
        self.update()

    def _tint(self) -> None:
        theme = theme_now()
        self._mark.setPixmap(pixmap("download", theme.palette.ink_faint, theme.px(24)))


class ReceiveCard(Card):
    """Drop or choose; then the list of what arrived, with the reason of the chosen refusal under it."""

    files_given = Signal(object)
    files_asked = Signal()
    row_chosen = Signal(str)
    again_asked = Signal(object)
    forget_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name=tr(ROOM, "Receive"), parent=parent)
        self._browse = SecondaryButton(tr(ROOM, "Choose files…"), icon="folder-open")
        self._browse.setObjectName("exchange.receive.browse")
        self._zone = DropZone(tr(ROOM, "Drop packages here, whatever they are named."), self._browse)
        self._zone.setObjectName("exchange.receive.drop")
        self.list = CardList(tr(ROOM, "Received files"), flat=True)
        self.list.setObjectName("exchange.inbox.list")
        self._empty = BodyText(tr(ROOM, "Nothing has arrived on this laptop yet."), soft=True)
        self._refusal = Refusal()
        self._gaps = QuietBar(stays=True)
        self._gaps.setObjectName("exchange.gaps")
        for part in (SectionTitle(tr(ROOM, "Receive")), self._gaps, self._zone, self._empty, self.list, self._refusal):
            self.body.addWidget(part)
        self._zone.dropped.connect(self.files_given)
        self._browse.clicked.connect(self.files_asked)
        self.list.chosen.connect(self.row_chosen)
        self._refusal.again_asked.connect(self.again_asked)
        self._refusal.forget_asked.connect(self.forget_asked)

    def render_state(self, state: ExchangeState) -> None:
        self.list.blockSignals(True)
        self.list.show_rows(inbox_rows(state.inbox))
        if state.chosen_inbox:
            self.list.choose(state.chosen_inbox)
        self.list.blockSignals(False)
        fit_height(self.list)
        self._empty.setVisible(state.is_loaded and not state.inbox)
        self._gaps.show_notice(missing_notice(state))
        self._zone.setEnabled(not state.is_busy)
        chosen = state.chosen_row
        self._refusal.show_row(chosen if chosen and chosen.code else None, busy=state.is_busy)


class Refusal(Well):
    """Why a file was refused, what to do next, and where it lies."""

    again_asked = Signal(object)
    forget_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._row: InboxRow | None = None
        self._why = WrappedText(style="strong")
        self._why.setObjectName("exchange.refusal.why")
        self._next = BodyText()
        self._where = Caption()
        self._again = SecondaryButton(tr(ROOM, "Try again"), icon="refresh-cw")
        self._again.setObjectName("exchange.refusal.again")
        self._forget = QuietButton(tr(ROOM, "Take off this list"))
        self._forget.setObjectName("exchange.refusal.forget")
        buttons = row(self._again, self._forget)
        buttons.addStretch(1)
        for part in (self._why, self._next, self._where):
            self.body.addWidget(part)
        self.body.addWidget(boxed(column(boxed(buttons), gap=0)))
        self._again.clicked.connect(lambda: self.again_asked.emit(self._row))
        self._forget.clicked.connect(lambda: self.forget_asked.emit(self._row))

    def show_row(self, refused: InboxRow | None, *, busy: bool) -> None:
        self._row = refused
        self.setVisible(refused is not None)
        if refused is None:
            return
        why, next_step = refusal_words(refused)
        self._why.setText(why)
        self._next.setText(next_step)
        kept = tr(
            ROOM, "“{name}” is kept in quarantine, still sealed. Nothing of it was taken in.", name=refused.file_name
        )
        not_kept = tr(ROOM, "“{name}” was left where it is. Nothing of it was taken in.", name=refused.file_name)
        self._where.setText(kept if refused.kept else not_kept)
        self._again.setVisible(bool(refused.kept))
        self._again.setEnabled(not busy)
        self._forget.setEnabled(not busy)


def missing_notice(state: ExchangeState) -> Notice | None:
    """What was numbered elsewhere and has not arrived, and what does not add up."""
    said = [*map(gap_words, state.gaps), *map(oddity_words, state.oddities)]
    if not said:
        return None
    first, *others = said
    return Notice(sentence=first, next_step="\n".join(others), tone=Tone.WAITING)


def paths_of(data: QMimeData) -> list[Path]:
    """The files on this computer that a drag carries."""
    urls: Sequence[str] = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return [Path(url) for url in urls if url]
