"""The places that packages travel through: what they are, whether they work, and naming another one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from homevisit.domain.place import FOLDER, S3, WEBDAV, Place
from ui.dialogs.confirm import Confirm, ConfirmSheet, Question
from ui.preferences import Preferences
from ui.presenters.places import ROOM, Check, PlaceLine, PlacesState
from ui.tokens import Space, Tone
from ui.views.places_form import PlaceForm, is_open
from ui.widgets.badges import Badge, Pill
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import IconButton, SecondaryButton
from ui.widgets.fields import CheckBox
from ui.widgets.mark import Mark
from ui.widgets.surface import Card, Divider, boxed, column, row
from ui.widgets.text import BodyText, Caption, ElidedLabel, SectionTitle, WrappedText
from ui.words import tr

WITH_SECRETS = (WEBDAV, S3)


class PlaceRow(QWidget):
    """One place: its name, where it lies, what trying it came to, and what can be done with it."""

    check_asked = Signal(str)
    remove_asked = Signal(object)
    renewal_asked = Signal(object)

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self._title = ElidedLabel(style="strong")
        self._where = ElidedLabel(style="caption")
        self._pill = Pill()
        self._problem = WrappedText(style="problem")
        self._problem.setObjectName(f"places.problem.{place.id}")
        self._check = IconButton("refresh-cw", tr(ROOM, "Try it"))
        self._check.setObjectName(f"places.check.{place.id}")
        self._renew = IconButton("key-round", tr(ROOM, "Another password"))
        self._renew.setObjectName(f"places.renew.{place.id}")
        self._remove = IconButton("trash-2", tr(ROOM, "Take it off the list"))
        self._remove.setObjectName(f"places.remove.{place.id}")
        self._arrange()
        self._check.clicked.connect(lambda: self.check_asked.emit(self.place.id))
        self._renew.clicked.connect(lambda: self.renewal_asked.emit(self.place))
        self._remove.clicked.connect(lambda: self.remove_asked.emit(self.place))

    def show_line(self, line: PlaceLine) -> None:
        self.place = place = line.place
        self._title.show_text(place.title)
        team = tr(ROOM, "From your team") if line.is_of_team else ""
        self._where.show_text(" · ".join(part for part in (team, where_words(place)) if part))
        badge = check_badge(line.check)
        self._pill.setVisible(badge is not None)
        if badge is not None:
            self._pill.show_badge(badge)
        said = line.problem
        self._problem.setText(f"{said.sentence} {said.next_step}".strip() if said else "")
        self._problem.setVisible(said is not None)
        self._remove.setVisible(not line.is_of_team)
        self._renew.setVisible(not line.is_of_team and place.kind in WITH_SECRETS)
        self._check.setEnabled(line.check is not Check.RUNNING)
        self._check.setAccessibleName(tr(ROOM, "Try {title}", title=place.title))
        self._renew.setAccessibleName(tr(ROOM, "Another password for {title}", title=place.title))
        self._remove.setAccessibleName(tr(ROOM, "Take {title} off the list", title=place.title))

    def _arrange(self) -> None:
        names = column(self._title, self._where, gap=0)
        head = row(Mark("hard-drive" if self.place.kind == FOLDER else "package", size=20), gap=Space.M)
        head.addLayout(names, 1)
        head.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addLayout(row(self._check, self._renew, self._remove, gap=0))
        self.setLayout(column(boxed(head), self._problem, gap=Space.XS))


class PlacesCard(Card):
    """Everything about places; the form opens inside the card."""

    add_asked = Signal()
    check_asked = Signal(str)
    removed = Signal(str)
    renewal_asked = Signal(object)
    dismissed = Signal()

    def __init__(self, preferences: Preferences | None = None, *, confirm: Confirm | None = None) -> None:
        super().__init__(name=tr(ROOM, "Places"))
        self._confirm = confirm
        self._rows: dict[str, PlaceRow] = {}
        self.bar = QuietBar()
        self._about = BodyText(soft=True)
        self._list = column(gap=Space.M)
        self._add = SecondaryButton(tr(ROOM, "Add a place…"), icon="plus")
        self._add.setObjectName("places.add")
        self.form = PlaceForm()
        self._choices = SyncChoices(preferences) if preferences is not None else None
        self._arrange()
        self._add.clicked.connect(self.add_asked)
        self.form.given_up.connect(lambda: self._add.setFocus(Qt.FocusReason.OtherFocusReason))
        self.bar.dismissed.connect(self.dismissed)

    def render_state(self, state: PlacesState) -> None:
        closes = not self.form.isHidden() and not is_open(state) and self._has_keyboard()
        self.bar.show_notice(state.notice)
        self._about.setVisible(not state.lines)  # also before they were read: nothing moves for whoever has none
        self._about.setText(
            tr(
                ROOM,
                "Add a folder that is shared with your team, a WebDAV share or a bucket. Homevisit then sends and "
                "receives by itself; without one you carry packages on a stick.",
            )
        )
        self._show_rows(state)
        self._rows_box.setVisible(bool(state.lines))
        self._add_box.setVisible(not is_open(state))
        self.form.setVisible(is_open(state))
        self.form.render_state(state)
        if closes:
            self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._choices is not None:
            self._choices.setVisible(bool(state.lines))
            self._choices.show_remote(any(line.place.kind != FOLDER for line in state.lines))

    def focus_add(self) -> None:
        """Put the cursor where a place is added."""
        self._add.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _has_keyboard(self) -> bool:
        """Whether the keyboard is in the form; while a place is tried nothing of it can have it."""
        focus = QApplication.focusWidget()
        return focus is None or self.form.isAncestorOf(focus)

    def _show_rows(self, state: PlacesState) -> None:
        wanted = [line.place.id for line in state.lines]
        for place in [known for known in self._rows if known not in wanted]:
            gone = self._rows.pop(place)
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for position, line in enumerate(state.lines):
            shown = self._rows.get(line.place.id) or self._new_row(line.place, position)
            shown.show_line(line)

    def _new_row(self, place: Place, position: int) -> PlaceRow:
        made = PlaceRow(place)
        made.check_asked.connect(self.check_asked)
        made.remove_asked.connect(self._on_remove)
        made.renewal_asked.connect(self.renewal_asked)
        self._rows[place.id] = made
        self._list.insertWidget(position, made)
        return made

    def _on_remove(self, place: Place) -> None:
        question = Question(
            title=tr(ROOM, "Take “{title}” off the list?", title=place.title),
            consequence=tr(
                ROOM,
                "Homevisit sends and receives there no longer and forgets how to open it. What lies there stays there.",
            ),
            yes=tr(ROOM, "Take it off"),
        )
        (self._confirm or ConfirmSheet(self.window())).ask(question, lambda: self.removed.emit(place.id))

    def _arrange(self) -> None:
        add = row(self._add)
        add.addStretch(1)
        self._rows_box, self._add_box = boxed(self._list), boxed(add)
        self.body.setSpacing(Space.M)
        parts = (SectionTitle(tr(ROOM, "Places")), self.bar, self._about, self._rows_box, self._add_box, self.form)
        for part in parts:
            self.body.addWidget(part)
        if self._choices is not None:
            self.body.addWidget(self._choices)


class SyncChoices(QWidget):
    """When Homevisit goes to the places by itself."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self._itself = CheckBox(tr(ROOM, "Send and receive by itself"))
        self._itself.setObjectName("places.by_itself")
        self._metered = CheckBox(tr(ROOM, "Also where the connection is paid by volume"))
        self._metered.setObjectName("places.metered")
        when = tr(ROOM, "After unlocking, when the network is back, and every few minutes; never while you type.")
        line = column(Divider(), self._itself, Caption(when), self._metered, gap=Space.XS)
        self.setLayout(line)
        self._is_remote = False
        self._itself.answered.connect(lambda on: preferences.change(sync_by_itself=on))
        self._metered.answered.connect(lambda on: preferences.change(sync_metered=on))
        preferences.changed.connect(self._render)
        self._render()

    def show_remote(self, is_remote: bool) -> None:
        """What a connection costs matters only where a place lies across a network."""
        self._is_remote = is_remote
        self._render()

    def _render(self) -> None:
        settings = self._preferences.settings
        self._itself.show_value(settings.sync_by_itself)
        self._metered.show_value(settings.sync_metered)
        self._metered.setVisible(self._is_remote and settings.sync_by_itself)


def where_words(place: Place) -> str:
    """Where a place lies, as one may say it aloud: never with a user's name or a password."""
    settings = place.settings
    if place.kind == FOLDER:
        return settings.get("path", "")
    if place.kind == S3:
        return tr(ROOM, "Bucket at {address}", address=settings.get("endpoint", ""))
    return settings.get("endpoint", "") or place.kind


def check_badge(check: Check) -> Badge | None:
    """What trying came to; nothing is claimed about a place that was not tried."""
    return {
        Check.UNKNOWN: None,
        Check.RUNNING: Badge(tr(ROOM, "Trying…"), "hourglass", Tone.NEUTRAL),
        Check.GOOD: Badge(tr(ROOM, "Works"), "circle-check", Tone.GOOD),
        Check.BAD: Badge(tr(ROOM, "Does not work"), "circle-x", Tone.ALERT),
    }[check]
