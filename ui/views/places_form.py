"""Naming a place: a folder or stick, a WebDAV share, or a bucket; it is tried before it is kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal

from homevisit.domain.place import FOLDER
from ui.presenters.places import ROOM, PlacesState
from ui.prompts.flow import FlowLayout
from ui.tokens import Space
from ui.views.places_fields import groups, kinds
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import PrimaryButton, QuietButton, SecondaryButton
from ui.widgets.fields import FieldRow
from ui.widgets.segmented import Segmented
from ui.widgets.surface import Well, boxed
from ui.widgets.text import Caption, WrappedText
from ui.words import tr


class PlaceForm(Well):
    """``given`` carries a NewPlace; the fields stay as typed until the place was added, and are emptied then."""

    given = Signal(object)
    all_the_same = Signal()
    given_up = Signal()
    folder_asked = Signal(str)
    file_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("places.form")
        self._kind = Segmented(tr(ROOM, "What kind of place"), kinds(), layout=FlowLayout())
        self._kind.setObjectName("places.kind")
        self._groups = groups()
        self._bar = QuietBar(stays=True)
        self._add = PrimaryButton("", icon="plus")
        self._add.setObjectName("places.add.go")
        self._anyway = SecondaryButton(tr(ROOM, "Add all the same"))
        self._anyway.setObjectName("places.add.anyway")
        self._cancel = QuietButton(tr(ROOM, "Cancel"))
        self._cancel.setObjectName("places.add.cancel")
        self._state = PlacesState()
        self._arrange()
        self._connect()
        self._show_kind(FOLDER)

    @property
    def kind(self) -> str:
        return self._kind.value() or FOLDER

    def render_state(self, state: PlacesState) -> None:
        """``state`` decides whether anything is typed here now."""
        before, self._state = self._state, state
        if is_open(before) and not is_open(state):
            for group in self._groups.values():
                group.clear()
        self._show_what(state)
        self._show_refusal(state)
        for part in (*self._groups.values(), self._kind, self._add, self._anyway):
            part.setEnabled(not state.is_trying)
        self._add.setText(_go_words(state))
        if is_open(state) and not is_open(before):
            QTimer.singleShot(0, self, self._groups[self.kind].focus)  # it has its place after this event
        elif state.refused is not None and before.refused is None:
            self._groups[self.kind].focus(state.refused_field)

    def show_file(self, path: Path) -> None:
        """The folder, or the file of certificates, that was chosen."""
        self._groups[self.kind].show_file(path)

    def _show_what(self, state: PlacesState) -> None:
        place = state.renewing
        self._kind_row.setVisible(place is None)
        self._about.setText(tr(ROOM, "Another password for “{title}”", title=place.title) if place else "")
        self._about.setVisible(place is not None)
        self._others.setVisible(place is None)
        if place is not None and place.kind in self._groups:
            self._show_kind(place.kind)
        for group in self._groups.values():
            group.show_secrets_only(place is not None)

    def _show_refusal(self, state: PlacesState) -> None:
        said = state.refused
        words = f"{said.sentence} {said.next_step}".strip() if said else ""
        is_field = self._groups[self.kind].blame(state.refused_field, words) if said else False
        self._bar.show_notice(None if is_field else said)
        self._anyway.setVisible(said is not None and state.is_adding and not state.refused_field)

    def _arrange(self) -> None:
        buttons = FlowLayout(gap=Space.S)
        for button in (self._add, self._anyway, self._cancel):
            buttons.addWidget(button)
        self.body.setSpacing(Space.M)
        self._kind_row = FieldRow(tr(ROOM, "What kind of place"), self._kind)
        self._about = WrappedText(style="strong")
        for part in (self._kind_row, self._about, *self._groups.values(), self._bar):
            self.body.addWidget(part)
        self.body.addWidget(boxed(buttons))
        self._others = Caption(
            tr(
                ROOM,
                "IT staff can set up other services, such as Azure or OneDrive, with the command “homevisit place "
                "add other”. They are listed here then, and can come with the team file.",
            )
        )
        self._others.setWordWrap(True)
        self.body.addWidget(self._others)
        self.body.addWidget(Caption(tr(ROOM, "Whoever runs the place sees sealed packages and can read none of them.")))

    def _connect(self) -> None:
        self._kind.answer_given.connect(self._on_kind)
        self._add.clicked.connect(self._on_add)
        self._anyway.clicked.connect(self.all_the_same)
        self._cancel.clicked.connect(self.given_up)
        for group in self._groups.values():
            group.submitted.connect(self._on_add)
            group.file_asked.connect(self._on_file)

    def _on_kind(self, value: str) -> None:
        self._show_kind(value or FOLDER)
        self._anyway.hide()
        self._bar.show_notice(None)

    def _show_kind(self, kind: str) -> None:
        self._kind.show_value(kind)
        for each, group in self._groups.items():
            group.setVisible(each == kind)

    def _on_file(self) -> None:
        if self.kind == FOLDER:
            self.folder_asked.emit(self._groups[FOLDER].start())
        else:
            self.file_asked.emit()

    def _on_add(self) -> None:
        group = self._groups[self.kind]
        missing = group.missing()
        if missing:
            group.focus(missing)
        elif not self._state.is_trying:
            self.given.emit(group.value())


def is_open(state: PlacesState) -> bool:
    """Whether something is to be typed."""
    return state.is_adding or state.renewing is not None


def _go_words(state: PlacesState) -> str:
    if state.is_trying:
        return tr(ROOM, "Trying…")
    return tr(ROOM, "Add and try") if state.renewing is None else tr(ROOM, "Keep and try")
