"""The decision on the version that was read, and its signature."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QRadioButton, QSizePolicy

from homevisit.domain.review import Decision
from homevisit.domain.summaries import ReviewRow
from ui.presenters.review_state import ReviewState
from ui.tokens import Space
from ui.views.reading_words import day_words, moment_words
from ui.visit_words import decision_words
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.fields import FieldRow, LineText
from ui.widgets.growing import GrowingTextEdit
from ui.widgets.segmented import Segmented
from ui.widgets.surface import Card, boxed, column
from ui.widgets.text import BodyText, Caption, SectionTitle, WrappedText
from ui.words import tr

ROOM = "review"


class DecisionCard(Card):
    """Choose, say what is needed where that is asked for, sign. Once signed, what was decided."""

    decided = Signal(str)
    action_written = Signal(str)
    due_written = Signal(str)
    sign_asked = Signal()
    again_asked = Signal()
    writing_left = Signal()

    def __init__(self) -> None:
        super().__init__(name=tr(ROOM, "Decision"))
        self._choice = Segmented(
            tr(ROOM, "Decision"), [(each.value, choice_words(each)) for each in Decision], layout=column(gap=Space.XS)
        )
        self._choice.setObjectName("review.decision")
        for segment in self._choice.findChildren(QRadioButton):
            segment.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._action = GrowingTextEdit(tr(ROOM, "What is needed"), lines=2)
        self._action.setObjectName("review.action")
        self._due = LineText(tr(ROOM, "By when"), placeholder=tr(ROOM, "For example 5/12/26"))
        self._due.setObjectName("review.due")
        self._due_row = FieldRow(tr(ROOM, "By when"), self._due, optional=True)
        self._why = Caption()
        self._why.setObjectName("review.sign.why")
        self._sign = PrimaryButton(tr(ROOM, "Sign review"), icon="signature")
        self._sign.setObjectName("review.sign")
        self._signed = WrappedText(style="strong")
        self._signed.setObjectName("review.signed")
        self._signed_more = BodyText()
        self._again = SecondaryButton(tr(ROOM, "Write another review"), icon="plus")
        self._again.setObjectName("review.again")
        self._arrange()
        self._connect()

    def render_state(self, state: ReviewState) -> None:
        latest = state.reviews[-1] if state.reviews else None
        self._form.setVisible(state.can_write or state.is_signing)
        self._done.setVisible(not self._form.isVisibleTo(self))
        self._form.setEnabled(not state.is_signing)
        self._show_form(state)
        self._signed.setText(decision_words(latest.body.decision) if latest else _no_review_words(state))
        self._signed_more.setText(_signed_words(latest) if latest else "")
        self._signed_more.setVisible(latest is not None)
        self._again.setVisible(latest is not None and state.shown == state.head)

    def focus_choice(self) -> None:
        """A goes here."""
        self._choice.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_form(self, state: ReviewState) -> None:
        draft = state.draft
        self._choice.show_value(state.decision.value if state.decision else "")
        self._more.setVisible(state.decision is Decision.ACTION)
        if draft is not None:
            self._action.show_value(draft.action)
            self._due.show_value(draft.due)
        wrong = tr(ROOM, "There is no such day. Try 5/12/26 or 2026-12-05.") if state.due_wrong else ""
        self._due_row.show_problem(wrong)
        self._sign.setEnabled(state.can_sign)
        self._why.setText(_why_not(state))
        self._why.setVisible(bool(self._why.text()))

    def _arrange(self) -> None:
        more = column(FieldRow(tr(ROOM, "What is needed"), self._action), self._due_row, gap=Space.S)
        self._more = boxed(more)
        self._form = boxed(column(self._choice, self._more, self._why, self._sign, gap=Space.M))
        self._done = boxed(column(self._signed, self._signed_more, self._again, gap=Space.S))
        for part in (SectionTitle(tr(ROOM, "Decision")), self._form, self._done):
            self.body.addWidget(part)

    def _connect(self) -> None:
        self._choice.answer_given.connect(self.decided)
        self._action.edited.connect(lambda: self.action_written.emit(self._action.value()))
        self._due.edited.connect(self.due_written)
        self._action.left.connect(self.writing_left)
        self._due.editingFinished.connect(self.writing_left)
        self._sign.clicked.connect(self.sign_asked)
        self._again.clicked.connect(self.again_asked)


def choice_words(decision: Decision) -> str:
    """A decision before it is taken."""
    if decision is Decision.SEND_BACK:
        return tr(ROOM, "Send back")
    return tr(ROOM, "Action needed by…") if decision is Decision.ACTION else decision_words(decision)


def _signed_words(review: ReviewRow) -> str:
    body = review.body
    when = tr(ROOM, "{name}, {when}", name=review.reviewer_name, when=moment_words(review.recorded_at))
    due = tr(ROOM, "By {date}", date=day_words(body.due)) if body.due else ""
    came = tr(ROOM, "Delivered to its author.") if review.delivered else ""
    return "\n".join(part for part in (body.action, due, when, came) if part)


def _no_review_words(state: ReviewState) -> str:
    if state.signed is None:
        return ""
    return tr(ROOM, "This version was not reviewed.")


def _why_not(state: ReviewState) -> str:
    """Why the review cannot be signed yet, in words."""
    if state.decision is None:
        return tr(ROOM, "Choose a decision to sign.")
    if state.needs_words:
        return (
            tr(ROOM, "Say what should be done: in a comment, or here.")
            if state.decision is Decision.ACTION
            else tr(ROOM, "Say in a comment what should be changed.")
        )
    return ""
