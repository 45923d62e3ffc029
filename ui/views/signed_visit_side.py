"""Beside a signed visit: who signed it, what the reviews say, and every version with both its times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from homevisit.clock import parse_instant
from homevisit.domain.entry import Act
from homevisit.domain.review import Comment
from homevisit.domain.summaries import ReviewRow, Version
from ui.icons import pixmap
from ui.presenters.finish_words import apart_words
from ui.presenters.signed_visit import SignedState
from ui.theme import theme_now
from ui.tokens import Space, Tone
from ui.views.reading_words import day_words, moment_words
from ui.visit_words import decision_words
from ui.widgets.buttons import Button
from ui.widgets.rows import Row, RowList
from ui.widgets.surface import Card, Divider, column, row
from ui.widgets.text import BodyText, Caption, SectionTitle, WrappedText
from ui.words import tr

ROOM = "signed"


class Verdict(QWidget):
    """Whether hash, body and signature of a version are genuine, with an icon and in words."""

    def __init__(self) -> None:
        super().__init__()
        self._genuine = True
        self._mark = QLabel()
        self._words = WrappedText(style="strong")
        line = row(self._mark, gap=Space.S)
        line.addWidget(self._words, 1)
        self.setLayout(line)

    def render_version(self, version: Version) -> None:
        self._genuine = version.genuine
        good = tr(ROOM, "The signature is genuine; nothing was changed since.")
        bad = tr(ROOM, "The signature does not fit what is written here. Do not rely on it; tell your supervisor.")
        self._words.setText(good if version.genuine else bad)
        self._tint()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._tint()

    def _tint(self) -> None:
        theme = theme_now()
        tone, name = (Tone.GOOD, "shield-check") if self._genuine else (Tone.ALERT, "shield-alert")
        self._mark.setPixmap(pixmap(name, theme.palette.tones[tone].ink, theme.px(18)))


class SignerCard(Card):
    """Who signed the version that is read, and when."""

    def __init__(self) -> None:
        super().__init__(name=tr(ROOM, "Signature"))
        self._title = SectionTitle()
        self._who = WrappedText(style="strong")
        self._what = Caption()
        self._times = BodyText()
        self._apart = Caption()
        self._reason = BodyText()
        self._verdict = Verdict()
        for part in (self._title, self._who, self._what, self._times, self._apart, self._reason, self._verdict):
            self.body.addWidget(part)

    def render_version(self, version: Version, newest: int) -> None:
        words = tr(ROOM, "Version {number} of {newest}", number=version.number, newest=newest)
        self._title.setText(words if newest > 1 else tr(ROOM, "Signed"))
        self._who.setText(version.author_name)
        self._what.setText(_title_words(version))
        self._what.setVisible(bool(self._what.text()))
        happened, recorded = parse_instant(version.happened_at), parse_instant(version.recorded_at)
        took, wrote = moment_words(version.happened_at), moment_words(version.recorded_at)
        self._times.setText(tr(ROOM, "Took place {took}\nSigned {wrote}", took=took, wrote=wrote))
        self._apart.setText(apart_words(happened, recorded))
        self._reason.setText(tr(ROOM, "Reason: {reason}", reason=version.reason))
        self._reason.setVisible(bool(version.reason))
        self._verdict.render_version(version)


class VersionsCard(Card):
    """Every version; ``chosen`` carries the entry to read. The first one stays readable as it was signed."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(name=tr(ROOM, "History"))
        self.body.addWidget(SectionTitle(tr(ROOM, "History")))
        self._list = RowList(tr(ROOM, "Versions"), flat=True, one_click=True)
        self._list.setObjectName("signed.versions")
        self._list.opened.connect(self.chosen)
        self.body.addWidget(self._list)

    def render_state(self, versions: Sequence[Version], shown: str) -> None:
        newest_first = tuple(reversed(versions))
        self._list.show_rows(tuple(_version_row(version) for version in newest_first))
        self._list.choose(shown)
        height = sum(self._list.sizeHintForRow(place) for place in range(len(newest_first)))
        self._list.setFixedHeight(height + 2 * self._list.frameWidth() + Space.XS)

    def focus_list(self) -> None:
        self._list.setFocus()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinned:
    """A comment with the review it belongs to."""

    comment: Comment
    review: ReviewRow = field(repr=False)


def pinned_comments(state: SignedState) -> tuple[Pinned, ...]:
    """The comments on what is read; on the newest version also those on the ones before it."""
    signed = state.signed
    if signed is None:
        return ()
    reviews = signed.reviews if state.shown == state.head else state.reviews
    return tuple(Pinned(comment=comment, review=review) for review in reviews for comment in review.body.comments)


class ReviewsCard(Card):
    """Decisions and comments; ``comment_chosen`` carries the position among all comments of the page."""

    comment_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(name=tr(ROOM, "Review"))
        self._shown: object = None
        self._title = SectionTitle(tr(ROOM, "Review"))
        self._list: QVBoxLayout = column(gap=Space.S)
        self.body.addWidget(self._title)
        self.body.addLayout(self._list)
        self._buttons: list[CommentButton] = []

    def render_state(self, state: SignedState) -> None:
        pinned = pinned_comments(state)
        reviews = state.signed.reviews if state.signed and state.shown == state.head else state.reviews
        self.setVisible(bool(reviews))
        if (reviews, state.shown) == self._shown:
            return
        self._shown = (reviews, state.shown)
        self._clear()
        newest = max((version.number for version in state.signed.versions), default=1) if state.signed else 1
        for place, review in enumerate(reviews):
            if place:
                self._list.addWidget(Divider())
            self._add_review(review, newest, [number for number, item in enumerate(pinned) if item.review is review])

    def show_active(self, index: int) -> None:
        """The comment that stands out in the text stands out here too."""
        for button in self._buttons:
            button.setChecked(button.number == index)

    def _add_review(self, review: ReviewRow, newest: int, numbers: list[int]) -> None:
        when = moment_words(review.recorded_at)
        self._list.addWidget(WrappedText(decision_words(review.body.decision), "strong"))
        self._list.addWidget(Caption(f"{review.reviewer_name} · {when}"))
        if review.version_number and review.version_number != newest:
            words = tr(
                ROOM, "Reviewed version {seen}, now version {newest}.", seen=review.version_number, newest=newest
            )
            self._list.addWidget(BodyText(words))
        if review.body.action.strip():
            due = f" ({tr(ROOM, 'by {day}', day=day_words(review.body.due))})" if review.body.due else ""
            self._list.addWidget(BodyText(review.body.action + due))
        for number, comment in zip(numbers, review.body.comments, strict=True):
            button = CommentButton(number, comment)
            button.clicked.connect(lambda _=False, at=number: self.comment_chosen.emit(at))
            self._buttons.append(button)
            self._list.addWidget(button)

    def _clear(self) -> None:
        self._buttons = []
        while (item := self._list.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()


class CommentButton(Button):
    """A comment in the margin list: its number, the passage it is pinned to, and the words; pressed, it shows where."""

    def __init__(self, number: int, comment: Comment) -> None:
        super().__init__("", kind="comment")
        self.number = number
        self.setCheckable(True)
        self.setObjectName(f"signed.comment.{number + 1}")
        quote = " ".join(comment.anchor.quote.split())
        about = f"“{quote[:80]}{'…' if len(quote) > 80 else ''}”" if quote else tr(ROOM, "on the whole visit")
        spoken = tr(ROOM, "Comment {number} {about}: {text}", number=number + 1, about=about, text=comment.text)
        self.setAccessibleName(spoken)
        head = Caption(f"{number + 1}  {about}")
        words = BodyText(comment.text)
        for label in (head, words):
            label.setTextInteractionFlags(label.textInteractionFlags().NoTextInteraction)
        body = column(head, words, gap=2, margin=Space.S)
        self.setLayout(body)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Preferred)
        policy.setVerticalPolicy(policy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @override
    def heightForWidth(self, width: int) -> int:
        inner = self.layout()
        return inner.heightForWidth(width) if inner is not None else super().heightForWidth(width)


def _title_words(version: Version) -> str:
    number = tr(ROOM, "registration {number}", number=version.registration) if version.registration else ""
    return " · ".join(part for part in (version.author_title, number) if part)


def _version_row(version: Version) -> Row:
    acts = {
        Act.SIGN: (tr(ROOM, "signed"), "signature"),
        Act.AMEND: (tr(ROOM, "amended"), "pencil"),
        Act.SETTLE: (tr(ROOM, "settled"), "git-branch"),
        Act.WITHDRAW: (tr(ROOM, "entered in error"), "ban"),
    }
    words, icon = acts[version.act]
    title = tr(ROOM, "Version {number}, {act}", number=version.number, act=words)
    subtitle = " · ".join(part for part in (moment_words(version.recorded_at), version.reason) if part)
    return Row(id=version.entry, title=title, subtitle=subtitle, icon=icon)
