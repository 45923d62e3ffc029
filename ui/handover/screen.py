"""The screen that a parent is handed: large type, large targets, one question at a time, nothing else reachable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from homevisit.prompts.paths import Path
from ui.handover.asking import Question
from ui.handover.check import CheckPanel
from ui.handover.layout import centred
from ui.handover.presenter import ROOM, HandOverPresenter, HandOverState, Stage
from ui.handover.welcome import Welcome
from ui.prompts.block import PromptBlock
from ui.prompts.filling import Filling
from ui.prompts.flow import FlowLayout
from ui.shortcuts import Shortcuts
from ui.stylesheet import stylesheet
from ui.theme import Theme, theme_now
from ui.tokens import Space, TextSize
from ui.widgets.buttons import PrimaryButton, QuietButton, SecondaryButton
from ui.widgets.surface import ScrollColumn, boxed, column, row
from ui.widgets.text import Heading, TextLabel, WrappedText
from ui.words import tr

LARGER_PERCENT = 145
LARGEST_PERCENT = 200
LEAST_TARGET = 44
WIDEST_CHOICE = 560


class HandOverScreen(QWidget):
    """``answered`` says that the response changed, ``returned`` that the practitioner has the screen again. Of all
    keys only the one that locks acts here, and the window's own that covers.
    """

    answered = Signal()
    returned = Signal()
    lock_asked = Signal()

    def __init__(self, presenter: HandOverPresenter, *, shortcuts: Shortcuts, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("handover")
        self.setProperty("ground", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._presenter = presenter
        presenter.setParent(self)
        self._filling = Filling(presenter.session, now=now)
        self._filling.setParent(self)
        self._block: PromptBlock | None = None
        self._shown: Question | None = None
        self._shortcuts = shortcuts
        self._direction = self.layoutDirection()
        self._make()
        self._arrange()
        self._connect()
        self._large: Theme | None = None
        self.render_state(presenter.state)
        self._enlarge()
        self._close_menus()

    @property
    def presenter(self) -> HandOverPresenter:
        return self._presenter

    def render_state(self, state: HandOverState) -> None:
        self._layers.setCurrentIndex(list(Stage).index(state.stage))
        self._check.render_state(state.tries)
        self._mine.setVisible(state.stage is not Stage.CHECK)
        if state.stage is Stage.WELCOME:  # the only one where the language is chosen
            self._welcome.show_set(self._presenter.session, len(state.asked))
            self.setLayoutDirection(QLocale(state.language).textDirection() if state.language else self._direction)
        if state.question is not None:
            self._show_question(state.question)
        self._render_steps(state)

    def flush(self) -> None:
        """Take over what was typed and not yet announced."""
        if self._block is not None:
            self._block.control.flush()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_large"):
            self._enlarge()

    def _make(self) -> None:
        self._layers = QStackedWidget()
        self._count = TextLabel("", "soft")
        self._count.setObjectName("handover.count")
        self._scroll_place = column()
        self._scroll: ScrollColumn | None = None
        self._back = SecondaryButton(tr(ROOM, "Back"), icon="chevron-left")
        self._back.setObjectName("handover.back")
        self._next = PrimaryButton(tr(ROOM, "Next"))
        self._next.setObjectName("handover.next")
        self._welcome = Welcome()
        self._again = SecondaryButton(tr(ROOM, "Look at my answers again"), icon="chevron-left")
        self._again.setObjectName("handover.again")
        self._mine = QuietButton(tr(ROOM, "I am the practitioner"), icon="key-round")
        self._mine.setObjectName("handover.practitioner")
        self._check = CheckPanel()

    def _arrange(self) -> None:
        for page in (centred(self._welcome), self._question_page(), self._thanks(), centred(self._check)):
            self._layers.addWidget(page)
        foot = row(self._mine, margin=Space.M)
        foot.addStretch(1)
        body = column(gap=0)
        body.addWidget(self._layers, 1)
        body.addLayout(foot)
        self.setLayout(body)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.state_changed.connect(self.render_state)
        self._welcome.started.connect(presenter.begin)
        self._welcome.language_chosen.connect(presenter.speak)
        self._next.clicked.connect(lambda: self._step(1))
        self._back.clicked.connect(lambda: self._step(-1))
        self._again.clicked.connect(presenter.go_on_from_thanks)
        self._mine.clicked.connect(self._on_mine)
        self._check.tried.connect(presenter.check)
        self._check.left.connect(presenter.leave_check)
        presenter.returned.connect(self.returned)
        self._filling.changed.connect(self._on_changed)
        self._shortcuts.bind(self, "lock", self.lock_asked.emit)

    def _question_page(self) -> QWidget:
        foot = row(self._back, gap=Space.M, margin=Space.L)
        foot.addStretch(1)
        foot.addWidget(self._count)
        foot.addStretch(1)
        foot.addWidget(self._next)
        page = column(gap=0)
        page.addLayout(self._scroll_place, 1)
        page.addLayout(foot)
        return boxed(page)

    def _thanks(self) -> QWidget:
        words = WrappedText(tr(ROOM, "That was the last question. Please hand the laptop back."), "lead")
        return centred(Heading(tr(ROOM, "Thank you")), words, self._again)

    def _show_question(self, question: Question) -> None:
        if question == self._shown:
            return
        self._shown = question
        self._block = PromptBlock(question.path, self._filling)
        for choices in self._block.findChildren(FlowLayout):
            choices.stand_upright(WIDEST_CHOICE)
        fresh = ScrollColumn()
        fresh.body.addWidget(centred(*(WrappedText(words, "lead") for words in question.stem), self._block))
        self._replace(fresh)
        self._close_menus()
        self._block.control.focus_first()

    def _replace(self, fresh: ScrollColumn) -> None:
        if self._scroll is not None:
            self._scroll_place.removeWidget(self._scroll)
            self._scroll.hide()
            self._scroll.deleteLater()
        self._scroll = fresh
        self._scroll_place.addWidget(fresh)
        fresh.show()  # at once, not with the next turn: the keyboard goes into it now

    def _render_steps(self, state: HandOverState) -> None:
        self._back.setEnabled(state.place > 0)
        self._count.setText(tr(ROOM, "{place} of {count}", place=state.place + 1, count=len(state.asked)))
        question = state.question
        if question is not None:
            answered = self._filling.state(question.path).answered
            self._next.setText(tr(ROOM, "Next") if answered else tr(ROOM, "Skip this question"))

    def _step(self, by: int) -> None:
        self.flush()
        self._presenter.step(by)

    def _on_mine(self) -> None:
        self.flush()
        self._presenter.ask_passphrase()
        self._check.focus_first()

    def _on_changed(self, _: frozenset[Path]) -> None:
        self._render_steps(self._presenter.state)
        self.answered.emit()

    def _close_menus(self) -> None:
        """No menu of a text field opens while the screen is in somebody else's hands."""
        for part in self.findChildren(QWidget):
            part.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def _enlarge(self) -> None:
        """Larger than the desk's own text; the sheet of this widget alone, so nothing behind is styled anew."""
        now = theme_now()
        large = Theme(now.mode, min(LARGEST_PERCENT, round(now.scale * LARGER_PERCENT / 100)))
        if large == self._large:
            return  # its own sheet is a change of style too
        self._large = large
        question = f'PromptBlock QLabel[text_style="label"] {{ font-size: {large.px(TextSize.SECTION)}px; }}'
        pressed = f"QPushButton {{ font-size: {large.px(TextSize.BODY)}px; }}"
        whole = stylesheet(large.palette, large.px, max(LEAST_TARGET, large.target))
        self.setStyleSheet("\n".join((whole, question, pressed)))
