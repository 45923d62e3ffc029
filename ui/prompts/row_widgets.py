"""The widget of each row of a page: headings, prompts, texts, the heads and buttons of repeats."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from homevisit.prompts.items import Item
from homevisit.prompts.paths import Path
from homevisit.prompts.terms import Role
from homevisit.prompts.values import answer_text
from ui.prompts.block import PromptBlock, object_name
from ui.prompts.filling import Filling
from ui.prompts.kinds import group_look
from ui.prompts.rich_words import show_words, state_words
from ui.prompts.rows import PromptRow, RowKind
from ui.prompts.timer import TwoMinuteTimer
from ui.prompts.wording import ROOM
from ui.tokens import Space
from ui.widgets.buttons import IconButton, QuietButton
from ui.widgets.surface import Well, boxed, column, row
from ui.widgets.text import ElidedLabel, SectionTitle, WrappedText
from ui.words import tr


def row_widget(shown: PromptRow, filling: Filling) -> QWidget:
    """A fresh widget for a row; it shows the state by itself from then on."""
    return _MAKERS[shown.kind](shown, filling)


def _title(shown: PromptRow, _: Filling) -> QWidget:
    return SectionTitle(shown.item.text)


class _Words(QWidget):
    """Words of the set alone; calculated ones follow the answers."""

    def __init__(self, shown: PromptRow, filling: Filling, style: str) -> None:
        super().__init__()
        self._path, self._filling = shown.path, filling
        self._label = state_words(filling.state(shown.path), style)
        self.setObjectName(object_name(shown.path))
        self.setLayout(column(self._label))
        if shown.item.formulas.words is not None:
            filling.changed.connect(self._on_changed)

    def _on_changed(self, changed: frozenset[Path]) -> None:
        state = self._filling.session.find(self._path)
        if self._path in changed and state is not None:
            show_words(self._label, state)


def _heading(shown: PromptRow, filling: Filling) -> QWidget:
    return _Words(shown, filling, "soft-strong" if shown.level else "prompt")


def _prompt(shown: PromptRow, filling: Filling) -> QWidget:
    return PromptBlock(shown.path, filling)


def _text(shown: PromptRow, filling: Filling) -> QWidget:
    item = shown.item
    if item.has_role(Role.GUARD_RAIL):
        return Well(_Words(shown, filling, "strong"))
    return _Words(shown, filling, "caption" if item.has_role(Role.CREDIT) else "soft")


def _timer(_: PromptRow, filling: Filling) -> QWidget:
    timer = TwoMinuteTimer(filling.watch)
    timer.line_wanted.connect(filling.line_wanted)
    return timer


def _look(shown: PromptRow, filling: Filling) -> QWidget:
    look = group_look(shown.item)
    return look.head(shown.path, filling) if look else QWidget()


def _repeat(shown: PromptRow, filling: Filling) -> QWidget:
    name = f"{shown.item.text} {shown.path[-1][1] + 1}"
    remove = IconButton("trash-2", tr(ROOM, "Remove: {what}", what=name))
    remove.setObjectName(f"{object_name(shown.path)}.remove")
    remove.clicked.connect(lambda: filling.remove(shown.path))
    head = row(gap=Space.S)
    head.addWidget(WrappedText(name, "strong"), 1)
    head.addWidget(remove)
    box = boxed(head)
    box.setObjectName(object_name(shown.path))
    box.setAccessibleName(name)
    return box


def _removed(shown: PromptRow, filling: Filling) -> QWidget:
    gone = filling.removed(shown.path[:-1], shown.item.link_id)[shown.number]
    words = next((answer_text(answers[0]) for answers in gone.cut.answers.values() if answers), "")
    undo = QuietButton(tr(ROOM, "Bring back"), icon="undo-2")
    undo.setObjectName(f"{object_name(shown.path)}.repeats.bring-back")
    undo.setAccessibleName(tr(ROOM, "Bring back: {words}", words=words))
    undo.clicked.connect(lambda: filling.restore(gone))
    line = row(gap=Space.S)
    line.addWidget(ElidedLabel(tr(ROOM, "Removed: {words}", words=words), "soft"), 1)
    line.addWidget(undo)
    well = Well()
    well.body.addLayout(line)
    return well


def _add(shown: PromptRow, filling: Filling) -> QWidget:
    item = shown.item
    button = QuietButton(_add_words(item), icon="plus")
    button.setObjectName(f"{object_name(shown.path)}.repeats.add")
    button.clicked.connect(lambda: filling.add_and_go(shown.path[:-1], item.link_id))
    line = row(button, gap=0)
    line.addStretch(1)
    return boxed(line)


def _add_words(item: Item) -> str:
    what = item.text[:1].lower() + item.text[1:]
    return tr(ROOM, "Add another {what}", what=what) if what else tr(ROOM, "Add another")


def _private(_: PromptRow, __: Filling) -> QWidget:
    return WrappedText(tr("privacy", "Not shown in in-home view"), "caption")


_MAKERS: Mapping[RowKind, Callable[[PromptRow, Filling], QWidget]] = {
    RowKind.TITLE: _title,
    RowKind.HEADING: _heading,
    RowKind.PROMPT: _prompt,
    RowKind.TEXT: _text,
    RowKind.TIMER: _timer,
    RowKind.LOOK: _look,
    RowKind.REPEAT: _repeat,
    RowKind.REMOVED: _removed,
    RowKind.ADD: _add,
    RowKind.PRIVATE: _private,
}
