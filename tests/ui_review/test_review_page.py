"""The review desk on real stores: queue, comments on the passage, a decision on the exact version, all by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from homevisit.clock import SystemClock
from homevisit.domain.card import Desk
from homevisit.domain.review import Anchor, Comment, Decision, ReviewBody
from homevisit.domain.visit import RecordState, Section
from homevisit.errors import HomeVisitError
from homevisit.jobs import InlineLane
from tests.desks import Desks, add_family, open_desks, whole_draft
from ui.bridge import Bridge
from ui.presenters.review import ReviewPresenter
from ui.presenters.review_state import Group, ReviewState, group_of
from ui.shell import Shell
from ui.shortcuts import Shortcuts
from ui.views.review import ReviewPage

WORDS = "10:05 – Seen and awake, 👶 watched the window."
PASSAGE = "watched the window"


@dataclass(frozen=True)
class Bench:
    """The review page of a supervisor who got visits from a practitioner."""

    page: ReviewPage
    presenter: ReviewPresenter
    shell: Shell
    desks: Desks
    visits: tuple[str, ...]

    @property
    def state(self) -> ReviewState:
        return self.presenter.state

    def find(self, name: str) -> QWidget:
        found = self.page.findChild(QWidget, name)
        assert found is not None, name
        return found

    def text(self) -> str:
        labels = self.page.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisibleTo(self.page))


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    opened = open_desks(tmp_path)
    (tmp_path / "stick").mkdir()
    yield opened
    opened.close()


def signed(desks: Desks, family: str) -> str:
    visit = whole_draft(desks.practitioner, add_family(desks.practitioner, family), WORDS)
    desks.practitioner.signing.sign(visit)
    return visit


def hand_over(desks: Desks) -> None:
    """Everything new goes to the supervisor by the stick."""
    stick = desks.folder / "stick"
    desks.practitioner.sending.export([known.card for known in desks.practitioner.cards.supervisors()], stick)
    desks.supervisor.receiving.take_in(sorted(stick.iterdir()))


def amend(desks: Desks, visit: str) -> None:
    desks.practitioner.drafting.amend(visit)
    desks.practitioner.drafting.save_section(visit, Section.FACTS, "Added later. " + WORDS)
    desks.practitioner.signing.sign(visit, "Something was missing")
    hand_over(desks)


def bench_of(desks: Desks, visits: tuple[str, ...], qtbot: QtBot) -> Bench:
    lanes = InlineLane(), InlineLane()
    shell = Shell(
        services=desks.supervisor,
        bridge=Bridge(*lanes),
        clock=SystemClock(),
        desk=Desk.SUPERVISOR,
        shortcuts=Shortcuts(),
    )
    presenter = ReviewPresenter(shell)
    page = ReviewPage(shell, presenter)
    shell.changed.connect(page.refresh)  # as the desk does
    qtbot.addWidget(page)
    page.resize(1160, 720)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    page.arrive("")
    bench = Bench(page, presenter, shell, desks, visits)
    settle(bench, qtbot)
    return bench


@pytest.fixture
def bench(desks: Desks, qtbot: QtBot) -> Bench:
    visits = (signed(desks, "Osei"), signed(desks, "Ito"))
    hand_over(desks)
    return bench_of(desks, visits, qtbot)


def settle(bench: Bench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bench.shell.bridge.is_idle)


def select_passage(bench: Bench) -> None:
    reader = bench.find("review.reader")
    assert isinstance(reader, QTextEdit)
    reader.setTextCursor(reader.document().find(PASSAGE))
    reader.setFocus()


def comment(bench: Bench, words: str, qtbot: QtBot) -> None:
    """Select words, press C, type."""
    select_passage(bench)
    QTest.keyClick(bench.find("review.reader"), Qt.Key.Key_C)
    box = bench.page.focusWidget()
    assert isinstance(box, QPlainTextEdit)
    QTest.keyClicks(box, words)
    settle(bench, qtbot)


def choose(bench: Bench, decision: Decision, qtbot: QtBot) -> None:
    """Press A, then the digit of the decision."""
    QTest.keyClick(bench.find("review.reader"), Qt.Key.Key_A)
    focus = bench.page.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key(Qt.Key.Key_1.value + list(Decision).index(decision)))
    settle(bench, qtbot)


def sign(bench: Bench, qtbot: QtBot) -> None:
    QTest.keyClick(bench.find("review.reader"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(bench, qtbot)


def kept(bench: Bench) -> list[str]:
    """The comments on the first visit as the store has them."""
    draft = bench.desks.supervisor.reviews.draft(bench.visits[0], "")
    return [each.text for each in draft.body.comments]


def test_the_first_visit_of_the_queue_is_open_with_who_signed_it(bench: Bench) -> None:
    assert bench.state.visit == bench.visits[0]
    assert "Ines Practitioner" in bench.text()
    assert "The signature is genuine" in bench.text()
    assert "2 visits to read" in bench.text()


def test_j_and_k_go_through_the_queue_and_stop_at_its_ends(bench: Bench, qtbot: QtBot) -> None:
    for key, expected in ((Qt.Key.Key_J, 1), (Qt.Key.Key_J, 1), (Qt.Key.Key_K, 0), (Qt.Key.Key_K, 0)):
        QTest.keyClick(bench.find("review.reader"), key)
        settle(bench, qtbot)
        assert bench.state.visit == bench.visits[expected]
        assert bench.page.showing() == bench.visits[expected]  # where one comes back to after a lock


def test_c_pins_a_comment_to_the_selected_words(bench: Bench, qtbot: QtBot) -> None:
    comment(bench, "jack said so", qtbot)
    kept = bench.state.draft
    assert kept is not None
    start = WORDS.index(PASSAGE)
    anchor = Anchor(part="note/facts", start=start, end=start + len(PASSAGE), quote=PASSAGE)
    assert kept.comments == (Comment(anchor=anchor, text="jack said so"),)


def test_without_a_selection_the_comment_is_on_the_whole_visit(bench: Bench) -> None:
    QTest.keyClick(bench.find("review.queue"), Qt.Key.Key_C)
    assert bench.state.draft is not None
    assert bench.state.draft.comments[0].anchor == Anchor()


def test_what_is_typed_is_kept_without_saving(bench: Bench, qtbot: QtBot) -> None:
    comment(bench, "Warm words", qtbot)
    qtbot.waitUntil(lambda: kept(bench) == ["Warm words"], timeout=2_000)


def test_leaving_a_visit_keeps_what_was_typed_and_coming_back_shows_it(bench: Bench, qtbot: QtBot) -> None:
    comment(bench, "Half a thou", qtbot)
    bench.presenter.step(1)
    bench.presenter.step(-1)
    settle(bench, qtbot)
    assert [pinned.comment.text for pinned in bench.state.comments] == ["Half a thou"]


def test_locking_flushes_what_was_just_typed(bench: Bench, qtbot: QtBot) -> None:
    comment(bench, "Last words", qtbot)
    assert all(future.exception() is None for future in bench.shell.flush())
    assert kept(bench) == ["Last words"]


def test_nothing_is_decided_until_somebody_decides(bench: Bench, qtbot: QtBot) -> None:
    sign(bench, qtbot)
    assert bench.state.reviews == ()
    assert "Choose a decision to sign." in bench.text()


def test_read_is_signed_by_keyboard_and_waits_to_be_sent(bench: Bench, desks: Desks, qtbot: QtBot) -> None:
    choose(bench, Decision.READ, qtbot)
    sign(bench, qtbot)
    assert [review.body.decision for review in bench.state.reviews] == [Decision.READ]
    assert desks.supervisor.sending.unsent() == 1
    assert "Read – no action" in bench.text()
    assert group_of(next(row for row in bench.state.queue if row.id == bench.visits[0])) is Group.REVIEWED


def test_sending_back_needs_words(bench: Bench, qtbot: QtBot) -> None:
    choose(bench, Decision.SEND_BACK, qtbot)
    sign(bench, qtbot)
    assert bench.state.reviews == ()
    assert "Say in a comment what should be changed." in bench.text()
    comment(bench, "Add the plan", qtbot)
    sign(bench, qtbot)
    assert [review.body.decision for review in bench.state.reviews] == [Decision.SEND_BACK]


def test_an_action_has_words_and_a_day_as_people_type_it(bench: Bench, qtbot: QtBot) -> None:
    choose(bench, Decision.ACTION, qtbot)
    QTest.keyClicks(bench.find("review.action"), "Ask about sleep")
    QTest.keyClicks(bench.find("review.due"), "31/2/26")
    assert "There is no such day." in bench.text()
    bench.presenter.write_due("5/12/26")
    sign(bench, qtbot)
    body = bench.state.reviews[0].body
    assert (body.action, body.due) == ("Ask about sleep", "2026-12-05")


def test_an_empty_comment_is_not_signed(bench: Bench, qtbot: QtBot) -> None:
    bench.presenter.add_comment()
    choose(bench, Decision.READ, qtbot)
    sign(bench, qtbot)
    assert bench.state.reviews[0].body.comments == ()


def test_a_comment_taken_out_can_be_put_back(bench: Bench, qtbot: QtBot) -> None:
    comment(bench, "Wait", qtbot)
    button = bench.find("review.comment.1.remove")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert bench.state.comments == ()
    QTest.mouseClick(bench.find("quiet_bar.action"), Qt.MouseButton.LeftButton)
    assert [pinned.comment.text for pinned in bench.state.comments] == ["Wait"]


def test_an_amended_visit_comes_back_into_the_queue_and_keeps_the_review_of_the_old_version(
    bench: Bench, desks: Desks, qtbot: QtBot
) -> None:
    choose(bench, Decision.READ, qtbot)
    sign(bench, qtbot)
    amend(desks, bench.visits[0])
    bench.presenter.reload()
    settle(bench, qtbot)
    row = next(row for row in bench.state.queue if row.id == bench.visits[0])
    assert (group_of(row), row.reviewed_version, row.version) == (Group.AMENDED, 1, 2)
    assert bench.state.reviews == ()
    assert bench.state.can_write


def test_a_review_begun_before_an_amendment_moves_to_the_new_version_with_its_comments(
    bench: Bench, desks: Desks, qtbot: QtBot
) -> None:
    comment(bench, "Nice", qtbot)
    bench.shell.flush()
    amend(desks, bench.visits[0])
    bench.presenter.reload()
    settle(bench, qtbot)
    assert "This visit was amended after you began to write." in bench.text()
    assert bench.state.draft is not None
    assert bench.state.draft.version == bench.state.head
    reader = bench.find("review.reader")
    assert isinstance(reader, QTextEdit)
    assert [each.cursor.selectedText() for each in reader.extraSelections()] == [PASSAGE]


def test_an_earlier_version_can_be_read_and_not_reviewed(bench: Bench, desks: Desks, qtbot: QtBot) -> None:
    amend(desks, bench.visits[0])
    bench.presenter.reload()
    settle(bench, qtbot)
    assert bench.state.signed is not None
    bench.presenter.show_version(bench.state.signed.versions[0].entry)
    settle(bench, qtbot)
    assert bench.state.body is not None
    assert bench.state.body.note[Section.FACTS] == WORDS
    assert not bench.state.can_write


def test_the_author_gets_the_comment_on_the_very_words(bench: Bench, desks: Desks, qtbot: QtBot) -> None:
    comment(bench, "Lovely", qtbot)
    choose(bench, Decision.DISCUSS, qtbot)
    sign(bench, qtbot)
    back = desks.folder / "back"
    back.mkdir()
    desks.supervisor.sending.export([known.card for known in desks.supervisor.cards.known()], back)
    desks.practitioner.receiving.take_in(list(back.iterdir()))
    visit = desks.practitioner.records.visit(bench.visits[0])
    assert visit.row.state is RecordState.REVIEWED
    assert visit.reviews[0].body.comments[0].anchor.quote == PASSAGE


def test_another_review_of_the_same_version_can_be_written(bench: Bench, qtbot: QtBot) -> None:
    choose(bench, Decision.READ, qtbot)
    sign(bench, qtbot)
    QTest.mouseClick(bench.find("review.again"), Qt.MouseButton.LeftButton)
    choose(bench, Decision.DISCUSS, qtbot)
    sign(bench, qtbot)
    assert [review.body.decision for review in bench.state.reviews] == [Decision.READ, Decision.DISCUSS]


def test_a_withdrawn_visit_is_struck_through_and_still_readable(bench: Bench, desks: Desks, qtbot: QtBot) -> None:
    desks.practitioner.signing.withdraw(bench.visits[0], "Wrong family")
    hand_over(desks)
    bench.presenter.reload()
    settle(bench, qtbot)
    reader = bench.find("review.reader")
    assert isinstance(reader, QTextEdit)
    assert "Entered in error" in reader.toPlainText()


def test_an_empty_queue_says_where_visits_come_from(desks: Desks, qtbot: QtBot) -> None:
    bench = bench_of(desks, (), qtbot)
    went: list[str] = []
    bench.shell.went.connect(lambda page, _: went.append(page))
    assert "There is nothing to review yet." in bench.text()
    QTest.mouseClick(bench.find("review.empty.receive"), Qt.MouseButton.LeftButton)
    assert went == ["exchange"]


def test_the_store_refuses_a_review_of_a_version_that_is_not_here(bench: Bench, desks: Desks) -> None:
    draft = desks.supervisor.reviews.draft(bench.visits[0], "0" * 64).body
    assert isinstance(draft, ReviewBody)
    with pytest.raises(HomeVisitError) as refusal:
        desks.supervisor.reviews.decide(replace(draft, decision=Decision.READ))
    assert refusal.value.code == "review.unknown_version"


def test_every_control_has_a_name_and_an_object_name(bench: Bench, qtbot: QtBot) -> None:
    comment(bench, "One", qtbot)
    choose(bench, Decision.ACTION, qtbot)
    for kind in (QAbstractButton, QLineEdit, QPlainTextEdit, QTextEdit, QAbstractItemView):
        for control in bench.page.findChildren(kind):
            if control.isVisibleTo(bench.page):
                assert control.accessibleName() or getattr(control, "text", str)(), control
                assert control.objectName(), control


def test_the_page_fits_a_narrow_window(bench: Bench) -> None:
    bench.page.resize(900, 700)
    assert bench.page.minimumSizeHint().width() <= 900
