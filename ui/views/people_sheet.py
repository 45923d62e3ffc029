"""The form as a part of a page: the family, its people, what was kept from earlier, and the buttons."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from homevisit.domain.family import Role
from ui.presenters.family_words import day_words, time_of
from ui.presenters.people_form import NEW_FAMILY, FormState, PeopleFormPresenter
from ui.privacy import Privacy
from ui.prompts.flow import flowing
from ui.tokens import Space
from ui.views.people_form import FamilyBlock, PersonBlock, first_problem
from ui.widgets.bars import QuietBar
from ui.widgets.buttons import PrimaryButton, QuietButton, SecondaryButton
from ui.widgets.surface import boxed, column, row
from ui.widgets.text import Caption, WrappedText
from ui.words import tr, tr_count

ROOM = "people"


class PeopleSheet(QWidget):
    """Renders a FormState; the presenter is told every keystroke, and keeps it."""

    filled = Signal()

    def __init__(
        self, presenter: PeopleFormPresenter, privacy: Privacy, name: str, *, new_family: bool = False
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._presenter = presenter
        self._revision = -1
        self._new_family = new_family
        self._family = FamilyBlock(f"{name}.family", privacy, brief=new_family)
        self._blocks: list[PersonBlock] = []
        self._bar = QuietBar()
        self._kept = Caption("")
        self._again = QuietButton(tr(ROOM, "Start again"), icon="undo-2")
        self._again.setObjectName(f"{name}.start_again")
        self._problems = WrappedText("", "problem")
        self._enter = PrimaryButton("", icon="check")
        self._enter.setObjectName(f"{name}.enter")
        self._close = SecondaryButton(tr(ROOM, "Close"))
        self._close.setObjectName(f"{name}.close")
        self._discard = QuietButton(tr(ROOM, "Throw away what I typed"), icon="trash-2")
        self._discard.setObjectName(f"{name}.discard")
        self._arrange(name)
        self._connect()

    def render_state(self, state: FormState) -> None:
        """Fill the fields when they came from outside; otherwise only say what is right and wrong about them."""
        if not state.is_open:
            return
        is_filled = state.revision != self._revision
        if is_filled:
            self._fill(state)
        self._bar.show_notice(state.notice)
        self._family.setVisible(state.family is not None)
        self._family.show_problems({name: words for name, words in state.problems.items() if "." not in name})
        for place, block in enumerate(self._blocks):
            prefix = f"{place}."
            own = {
                name.removeprefix(prefix): words for name, words in state.problems.items() if name.startswith(prefix)
            }
            block.show_read(state.people[place], state.read[place], own)
        self._show_foot(state)
        if is_filled:
            self.filled.emit()

    def focus_first(self) -> None:
        """Put the cursor where typing begins."""
        if self._family.isVisibleTo(self):
            self._family.focus_field("name")
        elif self._blocks:
            self._blocks[0].focus_field("name")

    def _fill(self, state: FormState) -> None:
        self._revision = state.revision
        while len(self._blocks) > len(state.people):
            self._blocks.pop().deleteLater()
        while len(self._blocks) < len(state.people):
            self._blocks.append(self._block(len(self._blocks)))
        if state.family is not None:
            self._family.show_family(state.family)
        for block, typed in zip(self._blocks, state.people, strict=True):
            block.show_person(typed, in_new_family=self._new_family)
        self._add_box.setVisible(self._new_family)

    def _block(self, place: int) -> PersonBlock:
        presenter = self._presenter
        block = PersonBlock(f"{self.objectName()}.person{place}")
        block.edited.connect(lambda name, value: presenter.change_person(place, name, value))
        block.left.connect(lambda name: presenter.left(f"{place}.{name}"))
        block.removed.connect(lambda: self._on_remove(place))
        self._people.addWidget(block)
        return block

    def _show_foot(self, state: FormState) -> None:
        self._enter.setText(tr(ROOM, "Add this family") if state.name == NEW_FAMILY else _enter_words(state.name))
        self._enter.setEnabled(not state.busy)
        self._discard.setVisible(state.changed)
        self._kept_box.setVisible(state.kept_at is not None)
        if state.kept_at is not None:
            at = tr(
                ROOM, "{day}, {time}", day=day_words(state.kept_at.astimezone().date()), time=time_of(state.kept_at)
            )
            self._kept.setText(tr(ROOM, "This is what you typed earlier, kept {at}. It is not entered yet.", at=at))
        count = len(state.problems)
        words = tr_count(ROOM, "{count} field needs a look.", "{count} fields need a look.", count)
        self._problems.setText(words)
        self._problems.setVisible(bool(count))

    def _arrange(self, name: str) -> None:
        kept = row(self._kept, gap=Space.S)
        kept.setStretch(0, 1)
        kept.addWidget(self._again)
        self._kept_box = boxed(kept)
        self._people = column(gap=Space.L)
        self._add_box = self._adding(name)
        foot = row(self._enter, self._close, self._discard, gap=Space.S)
        foot.addStretch(1)
        body = column(self._kept_box, self._family, gap=Space.L)
        body.addLayout(self._people)
        for part in (self._add_box, self._bar, self._problems):
            body.addWidget(part)
        body.addLayout(foot)
        self.setLayout(body)

    def _adding(self, name: str) -> QWidget:
        """One button per kind of person: adding somebody is one press."""
        buttons = []
        for role, words in _adding_words().items():
            button = QuietButton(words, icon="plus")
            button.setObjectName(f"{name}.add.{role.value}")
            button.clicked.connect(lambda _=False, added=role.value: self._on_add(added))
            buttons.append(button)
        return flowing(*buttons)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.state_changed.connect(self.render_state)
        self._family.edited.connect(presenter.change_family)
        self._family.left.connect(presenter.left)
        self._enter.clicked.connect(self._on_enter)
        self._close.clicked.connect(presenter.close)
        self._discard.clicked.connect(presenter.discard)
        self._again.clicked.connect(presenter.start_again)
        self._bar.dismissed.connect(self.focus_first)

    def _on_add(self, role: str) -> None:
        """The cursor goes where the name of whoever was added is typed."""
        self._presenter.add_person(role)
        self._blocks[-1].focus_field("name")

    def _on_remove(self, place: int) -> None:
        """What goes away takes its buttons with it: the cursor goes to whoever stands before, or to the family."""
        self._presenter.remove_person(place)
        if self._blocks:
            self._blocks[max(0, place - 1)].focus_field("name")
        else:
            self.focus_first()

    def _on_enter(self) -> None:
        self._presenter.enter()
        self._go_to(first_problem(self._presenter.state))

    def _go_to(self, problem: str) -> None:
        place, apart, name = problem.partition(".")
        if apart and int(place) < len(self._blocks):
            self._blocks[int(place)].focus_field(name)
        elif problem:
            self._family.focus_field(problem)


def _enter_words(name: str) -> str:
    if name.startswith("new-person/"):
        return tr(ROOM, "Add this person")
    return tr(ROOM, "Enter these changes")


def _adding_words() -> dict[Role, str]:
    return {
        Role.CHILD: tr(ROOM, "Baby or child"),
        Role.UNBORN: tr(ROOM, "Unborn baby"),
        Role.MOTHER: tr(ROOM, "Mother"),
        Role.FATHER: tr(ROOM, "Father"),
        Role.SECOND_CARER: tr(ROOM, "Second carer"),
        Role.SIBLING: tr(ROOM, "Sibling"),
        Role.OTHER: tr(ROOM, "Somebody else"),
    }
