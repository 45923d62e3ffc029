"""The prompts of this visit at the right: an overview by person, and the one that is being filled in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QWidget
from typing_extensions import override

from homevisit.prompts.handing import is_self_completed
from homevisit.prompts.safety import unsettled
from homevisit.prompts.session import Session
from homevisit.services.earlier import EarlierAnswers
from ui.presenters.family_words import iso_day_words
from ui.presenters.visit_prompts import PromptPlace
from ui.presenters.visit_state import VisitState
from ui.presenters.visit_steps import MORE, PROMPTS, Progress, Step
from ui.privacy import Privacy
from ui.prompts.earlier import earlier_lines
from ui.prompts.filling import BlockExtra, Stopwatch
from ui.prompts.form import PromptForm
from ui.tokens import Space
from ui.views.prompt_picker import PromptPicker
from ui.widgets.buttons import IconButton, PrimaryButton, QuietButton, SecondaryButton
from ui.widgets.rows import Row, RowList
from ui.widgets.surface import Divider, boxed, column, row
from ui.widgets.text import BodyText, ElidedLabel, SectionTitle
from ui.words import tr

ROOM = "visit"
PROGRESS_ICONS = {Progress.OPEN: "circle", Progress.STARTED: "circle-dot", Progress.DONE: "circle-check"}
MakeSession = Callable[[str], Session | None]
FindEarlier = Callable[[str], EarlierAnswers | None]


class PromptsPane(QWidget):
    """``opened`` carries the key of a response, "" for the overview; ``changed`` the key of one that was answered.
    ``adding`` asks for the sets that could be added, ``looked_for`` says what is wanted of them. ``handed`` carries the
    key of a set that the person it is about is to answer on the screen, ``unsealed`` of one whose answers are opened.
    """

    opened = Signal(str)
    changed = Signal(str)
    adding = Signal()
    looked_for = Signal(object)
    handed = Signal(str)
    unsealed = Signal(str)

    def __init__(
        self, session: MakeSession, earlier: FindEarlier, *, now: Callable[[], datetime], privacy: Privacy
    ) -> None:
        super().__init__()
        self.setObjectName("visit.prompts")
        self.setAccessibleName(tr(ROOM, "Prompts"))
        self._session, self._earlier, self._now, self._privacy = session, earlier, now, privacy
        self._watches: dict[str, Stopwatch] = {}
        self._form: PromptForm | None = None
        self._shown = ("", 0, False, False)
        self._stack = QStackedLayout(self)  # without its parent the first layer would flash up as a window of its own
        self._stack.addWidget(self._make_overview())
        self._stack.addWidget(self._make_frame())
        self._stack.addWidget(self._make_adding())
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def render_state(self, state: VisitState) -> None:
        """The form is made anew only when another response, or another draft, is shown."""
        self._list.show_rows(_rows(state.places, state.steps))
        if state.open_prompt == MORE:
            self._picker.render_state(state)
        is_sealed = state.open_prompt in state.unopened
        calls = is_sealed and self._calls_for_action(state.open_prompt)
        wanted = (state.open_prompt, state.revision, is_sealed, calls)
        if wanted == self._shown:
            return
        if state.open_prompt != self._shown[0] or state.open_prompt:
            self._drop_form()
        self._shown = wanted
        place = next((each for each in state.places if each.key == state.open_prompt), None)
        if place is not None:
            self._show_form(place, is_sealed=is_sealed)
        self._stack.setCurrentIndex(1 if place is not None else 2 if state.open_prompt == MORE else 0)

    def flush(self) -> None:
        """Take over what was typed and not yet announced."""
        if self._form is not None:
            self._form.flush()

    def may_go_on(self, key: str = "") -> bool:
        """Whether these prompts may be left for others; what must be settled first is said and gone to."""
        return self._form is None or key == self._shown[0] or self._form.may_go_on()

    def show_next_left(self) -> None:
        """The keyboard goes to the next prompt of the open set that is not answered; to the overview without one."""
        if self._form is None or not self._form.show_next_left():
            self.focus_form()

    def toggle_left(self) -> None:
        """Show or hide the list of what is not answered in the open set."""
        if self._form is not None:
            self._form.show_left(not self._form.shows_left)

    def focus_form(self) -> None:
        """The cursor goes to what must be settled, else to the first prompt, or to the overview."""
        if self._form is not None:
            if self._form.may_go_on():
                self._form.focus_first()
        elif self._stack.currentIndex() == 2:
            self._picker.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            (self._list if self._list.isVisible() else self._back).setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the overview; every answer is kept already."""
        if event.key() == Qt.Key.Key_Escape and self._stack.currentIndex():
            self._on_back()
        else:
            super().keyPressEvent(event)

    def forget(self) -> None:
        """Another visit: its two minutes begin anew."""
        self._watches.clear()

    def _make_overview(self) -> QWidget:
        self._list = RowList(tr(ROOM, "Prompts of this visit"), flat=True, one_click=True)
        self._list.setObjectName("visit.prompts.list")
        self._list.opened.connect(self.opened)
        words = column(
            SectionTitle(tr(ROOM, "Prompts")),
            BodyText(tr(ROOM, "Open one when it fits the conversation. None of them has to be used."), soft=True),
            gap=Space.XS,
        )
        words.setContentsMargins(Space.M, Space.M, Space.M, Space.S)
        add = QuietButton(tr(ROOM, "Add a prompt set"), icon="plus")
        add.setObjectName("visit.prompts.add")
        add.clicked.connect(self.adding)
        foot = row(add, gap=0, margin=Space.S)
        foot.addStretch(1)
        body = column(gap=0)
        body.addLayout(words)
        body.addWidget(self._list, 1)
        body.addWidget(Divider())
        body.addLayout(foot)
        return boxed(body)

    def _make_frame(self) -> QWidget:
        self._back = IconButton("arrow-left", tr(ROOM, "All prompts"))
        self._back.setObjectName("visit.prompts.back")
        self._back.clicked.connect(self._on_back)
        self._title = ElidedLabel("", "strong")
        self._about = ElidedLabel("", "caption")
        line = row(self._back, gap=Space.S)
        line.setContentsMargins(Space.S, Space.S, Space.L, Space.S)
        line.addLayout(column(self._title, self._about, gap=0), 1)
        self._hand = SecondaryButton(tr(ROOM, "Hand over"), icon="tablet")
        self._hand.setObjectName("visit.prompts.hand_over")
        self._hand.setAccessibleName(tr(ROOM, "Hand the screen over for these questions"))
        self._hand.setToolTip(tr(ROOM, "They answer on the screen themselves; nothing else can be reached."))
        self._hand.clicked.connect(lambda: self.handed.emit(self._shown[0]))
        line.addWidget(self._hand)
        self._frame = column(gap=0)
        self._frame.addLayout(line)
        self._frame.addWidget(Divider())
        return boxed(self._frame)

    def _make_adding(self) -> QWidget:
        back = IconButton("arrow-left", tr(ROOM, "All prompts"))
        back.setObjectName("visit.picker.back")
        back.clicked.connect(self._on_back)
        line = row(back, gap=Space.S)
        line.setContentsMargins(Space.S, Space.S, Space.L, Space.S)
        line.addWidget(ElidedLabel(tr(ROOM, "Add a prompt set"), "strong"), 1)
        self._picker = PromptPicker()
        self._picker.chosen.connect(self.opened)
        self._picker.looked_for.connect(self.looked_for)
        body = column(gap=0)
        body.addLayout(line)
        body.addWidget(Divider())
        body.addWidget(self._picker, 1)
        return boxed(body)

    def _show_form(self, place: PromptPlace, *, is_sealed: bool) -> None:
        self._title.show_text(place.title)
        earlier = self._earlier(place.key)
        self._about.show_text(_about_words(place, earlier))
        session = self._session(place.key)
        self._hand.setVisible(session is not None and is_self_completed(session.questionnaire))
        if session is None:
            words = tr(ROOM, "These answers belong to another version of the prompt set and are kept as they are.")
            self._frame.addWidget(_message(words), 1)
        elif is_sealed:
            self._frame.addWidget(self._sealed(place.key), 1)
        else:
            self._form = self._make_form(place.key, session)
            self._frame.addWidget(self._form, 1)

    def _make_form(self, key: str, session: Session) -> PromptForm:
        watch = self._watches.setdefault(key, Stopwatch())
        earlier = self._earlier(key)
        extras = _earlier_lines(earlier) if earlier else ()
        form = PromptForm(session, now=self._now, privacy=self._privacy, watch=watch, extras=extras)
        form.setObjectName(f"visit.prompts.form.{key}")
        form.changed.connect(lambda: self.changed.emit(key))
        form.finished.connect(self._on_back)
        return form

    def _calls_for_action(self, key: str) -> bool:
        """Whether answers that are not opened yet opened a safety panel. The words for it tell an onlooker nothing."""
        session = None if self._privacy.in_home else self._session(key)
        return session is not None and bool(unsettled(session.state()))

    def _sealed(self, key: str) -> QWidget:
        """Answers that were given on the handed-over screen are not shown to whoever happens to look."""
        words = tr(ROOM, "Answered on the screen, and not opened yet. Open the answers when only you can see them.")
        if self._shown[3]:
            words = tr(ROOM, "{words} Please open them before you leave.", words=words)
        button = PrimaryButton(tr(ROOM, "Open the answers"), icon="eye")
        button.setObjectName("visit.prompts.open_answers")
        button.clicked.connect(lambda: self.unsealed.emit(key))
        return _message(words, button)

    def _drop_form(self) -> None:
        self.flush()
        self._form = None
        while self._frame.count() > 2:
            item = self._frame.takeAt(2)
            old = item.widget() if item else None
            if old is not None:
                old.hide()
                old.setParent(None)
                old.deleteLater()

    def _on_back(self) -> None:
        self.flush()
        if self.may_go_on():
            self.opened.emit("")


def _message(words: str, *buttons: QWidget) -> QWidget:
    body = column(BodyText(words), gap=Space.L, margin=Space.L)
    for button in buttons:
        body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    body.addStretch(1)
    return boxed(body)


def _rows(places: tuple[PromptPlace, ...], steps: tuple[Step, ...]) -> tuple[Row, ...]:
    """One row per prompt set, under the person it is about."""
    by_id = {step.id: step for step in steps}
    rows: list[Row] = []
    whole = tr(ROOM, "The whole visit") if any(place.about for place in places) else ""
    for about in dict.fromkeys(place.about for place in places):
        if heading := about or whole:
            rows.append(Row(id=f"about/{about}", title=heading, heading=True))
        for place in (each for each in places if each.about == about):
            step = by_id.get(PROMPTS + place.key)
            if step is not None:
                icon = PROGRESS_ICONS[step.progress]
                rows.append(Row(id=place.key, title=place.title, subtitle=step.status, icon=icon))
    return tuple(rows)


def _about_words(place: PromptPlace, earlier: EarlierAnswers | None) -> str:
    about = place.about or tr(ROOM, "The whole visit")
    if earlier is None:
        return about
    return tr(ROOM, "{about} · last asked on {day}", about=about, day=iso_day_words(earlier.started))


def _earlier_lines(earlier: EarlierAnswers) -> tuple[BlockExtra, ...]:
    when = iso_day_words(earlier.started)
    return (earlier_lines(earlier.answers, when=when, quoted=earlier.quoted),)
