"""The prompts below one place in a column: each is built when it is first shown, hidden ones cost nothing."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from homevisit.prompts.evaluate import ItemState
from homevisit.prompts.items import Item, Kind
from homevisit.prompts.paths import Path
from homevisit.prompts.session import Removed
from homevisit.prompts.terms import Control, Role
from homevisit.prompts.values import answer_text
from ui.prompts.block import PromptBlock, object_name
from ui.prompts.filling import Filling
from ui.prompts.kinds import group_look
from ui.prompts.timer import TwoMinuteTimer
from ui.prompts.wording import ROOM
from ui.tokens import Space
from ui.widgets.buttons import IconButton, QuietButton
from ui.widgets.private import SensitiveBox
from ui.widgets.surface import Card, Well, column, row
from ui.widgets.text import ElidedLabel, WrappedText
from ui.words import tr

# What stands at one spot of a column: one occurrence, or all repeats of a group (its place and linkId).
Spot = tuple[str, Path]


class PromptColumn(QWidget):
    """Everything directly below one occurrence, in order."""

    def __init__(self, children: tuple[Path, ...], filling: Filling, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = filling
        self._spots = tuple(dict.fromkeys(_spot(path, filling) for path in children))
        self._built: dict[Spot, QWidget] = {}
        self._body: QVBoxLayout = column(gap=Space.L)
        self.setLayout(self._body)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._build_on)
        filling.changed.connect(self._on_changed)
        self.refresh()

    def refresh(self) -> None:
        """Show what is enabled now; build what is shown for the first time, the rest in later turns."""
        place = 0
        for spot in self._spots:
            shown = self._is_shown(spot)
            if shown and spot not in self._built:
                if place and not self._filling.may_build:
                    self._later.start(0)
                    return
                self._built[spot] = self._build(spot)
                self._body.insertWidget(place, self._built[spot])
            if spot in self._built:
                _show(self._built[spot], shown)
                place += 1

    def _on_changed(self, _: object) -> None:
        self.refresh()

    def _build_on(self) -> None:
        self._filling.build_for_a_moment()
        self.refresh()

    def _is_shown(self, spot: Spot) -> bool:
        state = self._filling.session.find(spot[1])
        return state is not None and state.shown

    def _build(self, spot: Spot) -> QWidget:
        kind, path = spot
        if kind == "repeats":
            return RepeatsBox(path[:-1], self._filling.state(path).item, self._filling)
        return build_occurrence(path, self._filling)


class RepeatsBox(QWidget):
    """All occurrences of a repeating group, a button for one more, and what was removed with its way back."""

    def __init__(self, place: Path, item: Item, filling: Filling, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place, self._item, self._filling = place, item, filling
        self._body = column(gap=Space.S)
        self.setLayout(self._body)
        self.setObjectName(f"{object_name((*place, (item.link_id, 0)))}.repeats")
        filling.repeats_changed.connect(self._on_repeats)
        self._fill()

    def _on_repeats(self, place: Path, link_id: str) -> None:
        if (place, link_id) == (self._place, self._item.link_id):
            self._fill()

    def _fill(self) -> None:
        _empty(self._body)
        paths = [path for path in self._siblings() if path[-1][0] == self._item.link_id]
        for number, path in enumerate(paths, 1):
            self._body.addWidget(self._card(path, number))
        for removed in self._filling.removed(self._place, self._item.link_id):
            self._body.addWidget(self._way_back(removed))
        self._body.addWidget(self._add_button())

    def _siblings(self) -> tuple[Path, ...]:
        if not self._place:
            return self._filling.session.state().top
        owner = self._filling.session.find(self._place)
        return owner.children if owner else ()

    def _card(self, path: Path, number: int) -> Card:
        name = f"{self._item.text} {number}"
        remove = IconButton("trash-2", tr(ROOM, "Remove: {what}", what=name))
        remove.setObjectName(f"{object_name(path)}.remove")
        remove.clicked.connect(lambda: self._filling.remove(path))
        head = row(gap=Space.S)
        head.addWidget(WrappedText(name, "strong"), 1)
        head.addWidget(remove)
        card = Card(name=name)
        card.setObjectName(object_name(path))
        card.body.addLayout(head)
        card.body.addWidget(PromptColumn(self._filling.state(path).children, self._filling))
        return card

    def _add_button(self) -> QuietButton:
        what = self._item.text[:1].lower() + self._item.text[1:]
        button = QuietButton(tr(ROOM, "Add another {what}", what=what), icon="plus")
        button.setObjectName(f"{self.objectName()}.add")
        button.clicked.connect(self._on_add)
        return button

    def _on_add(self) -> None:
        path = self._filling.add(self._place, self._item.link_id)
        card = self.findChild(QFrame, object_name(path))
        block = card.findChild(PromptBlock) if card else None
        if block:
            block.control.focus_first()

    def _way_back(self, removed: Removed) -> Well:
        words = next((answer_text(a[0]) for a in removed.cut.answers.values() if a), "")
        undo = QuietButton(tr(ROOM, "Bring back"), icon="undo-2")
        undo.setObjectName(f"{self.objectName()}.bring-back")
        undo.setAccessibleName(tr(ROOM, "Bring back: {words}", words=words))
        undo.clicked.connect(lambda: self._filling.restore(removed))
        line = row(gap=Space.S)
        line.addWidget(ElidedLabel(tr(ROOM, "Removed: {words}", words=words), "soft"), 1)
        line.addWidget(undo)
        well = Well()
        well.body.addLayout(line)
        return well


def build_occurrence(path: Path, filling: Filling) -> QWidget:
    """The widget of one occurrence; a sensitive one is hidden in in-home view."""
    state = filling.state(path)
    widget = _bare_occurrence(state, filling)
    if state.item.has_role(Role.SENSITIVE) and filling.privacy is not None:
        return SensitiveBox(filling.privacy, widget)
    return widget


def _bare_occurrence(state: ItemState, filling: Filling) -> QWidget:
    if state.item.kind is Kind.GROUP:
        return _group(state, filling)
    if state.item.kind is Kind.DISPLAY:
        return _display(state, filling)
    block = PromptBlock(state.path, filling)
    inner = tuple(child for child in state.children if not filling.state(child).item.is_beside)
    if not inner:
        return block
    box = QWidget()
    below = PromptColumn(inner, filling)
    below.setContentsMargins(Space.XL, 0, 0, 0)
    box.setLayout(column(block, below, gap=Space.M))
    return box


def _group(state: ItemState, filling: Filling) -> QWidget:
    look = group_look(state.item)
    if look is not None:
        return Well(look.head(state.path, filling), PromptColumn(state.children, filling))
    box = QWidget()
    box.setObjectName(object_name(state.path))
    box.setAccessibleName(state.item.label)
    body = column(gap=Space.M)
    if state.item.label:
        body.addWidget(WrappedText(state.item.label, "section"))
    body.addWidget(PromptColumn(state.children, filling))
    box.setLayout(body)
    return box


def _display(state: ItemState, filling: Filling) -> QWidget:
    item = state.item
    if item.control == Control.TIMER:
        return TwoMinuteTimer(filling.watch)
    if item.has_role(Role.GUARD_RAIL):
        return Well(WrappedText(item.label, "strong"))
    return WrappedText(item.label, "caption" if item.has_role(Role.CREDIT) else "soft")


def _spot(path: Path, filling: Filling) -> Spot:
    item = filling.state(path).item
    if item.is_beside:
        return ("beside", path)
    if item.kind is Kind.GROUP and item.repeats:
        return ("repeats", (*path[:-1], (path[-1][0], 0)))
    return ("one", path)


def _show(widget: QWidget, shown: bool) -> None:
    if widget.isHidden() is shown:
        widget.setVisible(shown)


def _empty(body: QVBoxLayout) -> None:
    while body.count():
        taken = body.takeAt(0)
        widget = taken.widget() if taken else None
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
