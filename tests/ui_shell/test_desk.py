"""The desk: cover, lock, in-home view, keys, the quiet places."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from homevisit.errors import HomeVisitError
from tests.desks import PASSPHRASE
from ui.desk import DeskView
from ui.idle import IdleWatch
from ui.navigation import Place
from ui.notices import Notice
from ui.pages import Page, PageSpec
from ui.session import Session
from ui.shell import GoToHit, Shell
from ui.status import saved_words, waiting_words
from ui.widgets.fields import LineText
from ui.widgets.surface import column

OpenDesk = Callable[[], Session]


class OneFamily(Page):
    """A page that shows one family and notes what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []
        self.line = LineText("Name")
        self.other = LineText("Other")
        self.setLayout(column(self.line, self.other))

    @override
    def arrive(self, arg: str) -> None:
        self.shown.append(arg)

    @override
    def family(self) -> str:
        return self.shown[-1]

    @override
    def panes(self) -> tuple[QWidget, ...]:
        return (self.line, self.other)


@pytest.fixture
def session(open_desk: OpenDesk) -> Session:
    """A desk with two pages of families and one that shows everybody."""
    opened = open_desk()
    shell = shell_of(opened)
    specs = (
        PageSpec(name="today", make=lambda _: OneFamily(), title="Today", icon="house", in_rail=True),
        PageSpec(name="family", make=lambda _: OneFamily(), title="Family", icon="users", in_rail=True, in_home=True),
        PageSpec(name="visit", make=lambda _: OneFamily(), in_home=True),
    )
    desk = DeskView(shell, specs)
    assert opened.opened is not None
    leaving = opened.opened.leaving
    desk.lock_asked.connect(leaving.lock)
    opened.window.show_content(desk)
    desk.start()
    return opened


def shell_of(session: Session) -> Shell:
    assert session.opened is not None
    return session.opened.shell


def desk_of(session: Session) -> DeskView:
    assert session.window.desk is not None
    return session.window.desk


def press(
    session: Session, qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    qtbot.keyClick(session.window.focusWidget() or session.window, key, held)


CTRL = Qt.KeyboardModifier.ControlModifier


def test_f12_covers_everything_and_f12_uncovers_with_the_focus_where_it_was(session: Session, qtbot: QtBot) -> None:
    before = session.window.focusWidget()
    press(session, qtbot, Qt.Key.Key_F12)
    assert session.window.is_covered
    assert not desk_of(session).isVisible()
    press(session, qtbot, Qt.Key.Key_Escape)
    assert session.window.is_covered
    press(session, qtbot, Qt.Key.Key_F12)
    assert not session.window.is_covered
    assert session.window.focusWidget() is before


def test_no_shortcut_acts_under_the_cover(session: Session, qtbot: QtBot, relaunches: object) -> None:
    desk_of(session).go("family", "f1")
    press(session, qtbot, Qt.Key.Key_F12)
    for key, held in ((Qt.Key.Key_L, CTRL), (Qt.Key.Key_K, CTRL), (Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)):
        press(session, qtbot, key, held)
    press(session, qtbot, Qt.Key.Key_F1)
    assert session.window.is_covered
    assert relaunches.places == []  # type: ignore[attr-defined]
    assert desk_of(session).here == Place("family", "f1")


def test_a_dialog_of_its_own_is_covered_too_and_comes_back(session: Session, qtbot: QtBot) -> None:
    dialog = QFileDialog(session.window)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.findChild(QShortcut, "shortcut.cover") is not None)
    session.window.toggle_cover()
    assert not dialog.isVisible()
    session.window.toggle_cover()
    assert dialog.isVisible()
    dialog.close()


def test_ctrl_l_locks_from_a_dialog_of_its_own_and_from_the_suggestions_in_it(
    session: Session, qtbot: QtBot, relaunches: object
) -> None:
    dialog = QFileDialog(session.window)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.findChild(QShortcut, "shortcut.lock") is not None)
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    line.setFocus()
    suggestions = line.completer().popup()
    assert suggestions.findChild(QShortcut, "shortcut.cover") is not None
    suggestions.findChild(QShortcut, "shortcut.lock").activated.emit()
    qtbot.waitUntil(lambda: len(relaunches.places) == 1)  # type: ignore[attr-defined]
    assert not dialog.isVisible()


def test_the_window_title_carries_no_name(session: Session) -> None:
    desk_of(session).go("family", "f1")
    assert session.window.windowTitle() == "Homevisit"


def test_locking_flushes_closes_the_store_and_comes_back_to_the_place(
    session: Session, qtbot: QtBot, relaunches: object
) -> None:
    desk_of(session).go("family", "f1")
    shell, order = shell_of(session), list[str]()
    shell.services = dataclasses.replace(shell.services)
    shell.flush_with(desk_of(session), lambda: shell.bridge.run(lambda: order.append("draft")))
    press(session, qtbot, Qt.Key.Key_L, CTRL)
    assert order == ["draft"]
    assert relaunches.places == [Place("family", "f1")]  # type: ignore[attr-defined]
    assert session.window.is_covered
    assert shell.bridge.run(lambda: order.append("too late")).cancelled()


@pytest.mark.usefixtures("qtbot")
def test_locking_stops_at_the_cover_while_the_last_words_cannot_be_saved(session: Session, relaunches: object) -> None:
    problems: list[HomeVisitError | None] = [HomeVisitError("store.disk_full"), None]

    def flush() -> Future[None]:
        return _settled(problems.pop(0))

    shell_of(session).flush_with(session, flush)
    desk_of(session).lock_asked.emit()
    cover = session.window.cover_screen
    assert relaunches.places == []  # type: ignore[attr-defined]
    said = cover.unsaved.bar.notice
    assert said is not None
    assert "could not be saved" in said.sentence
    cover.retry_asked.emit()
    assert len(relaunches.places) == 1  # type: ignore[attr-defined]


def test_whoever_knows_the_passphrase_may_go_back_to_words_that_cannot_be_saved(
    session: Session, qtbot: QtBot, relaunches: object
) -> None:
    shell_of(session).flush_with(session, lambda: _settled(HomeVisitError("store.disk_full")))
    desk_of(session).lock_asked.emit()
    secret = session.window.findChild(QLineEdit, "cover.secret.line")
    for text, is_covered in (("not this one", True), (PASSPHRASE, False)):
        qtbot.keyClicks(secret, text)
        qtbot.keyClick(secret, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: session.bridge.is_idle)
        assert session.window.is_covered is is_covered
        assert secret.text() == ""
    assert desk_of(session).bar.notice is not None
    assert relaunches.places == []  # type: ignore[attr-defined]
    desk_of(session).lock_asked.emit()
    assert session.window.is_covered


def _settled(problem: HomeVisitError | None) -> Future[None]:
    future: Future[None] = Future()
    if problem is None:
        future.set_result(None)
    else:
        future.set_exception(problem)
    return future


@pytest.mark.usefixtures("qtbot")
def test_closing_the_window_flushes_first(session: Session) -> None:
    order: list[str] = []
    shell = shell_of(session)
    shell.flush_with(session, lambda: shell.bridge.run(lambda: order.append("draft")))
    session.window.close()
    assert order == ["draft"]
    assert not session.window.isVisible()


@pytest.mark.usefixtures("qtbot")
def test_idleness_is_told_by_the_clock_and_a_touch_starts_it_again() -> None:
    now = [0.0]
    watch, heard = IdleWatch(5, now=lambda: now[0]), list[float]()
    watch.reached.connect(lambda: heard.append(now[0]))
    for moment in (299, 300, 301, 599, 600):
        now[0] = float(moment)
        watch.look()
    assert heard == [300.0, 600.0]
    now[0] = -50.0
    watch.look()
    now[0] = 200.0
    watch.look()
    assert len(heard) == 2


def test_a_lock_time_of_zero_never_locks_by_itself(qtbot: QtBot) -> None:
    now = [0.0]
    watch = IdleWatch(0, now=lambda: now[0])
    now[0] = 1e9
    with qtbot.assertNotEmitted(watch.reached):
        watch.look()


@pytest.mark.usefixtures("qtbot")
def test_in_home_view_shows_one_family_and_leads_nowhere_else(session: Session) -> None:
    desk, privacy = desk_of(session), shell_of(session).privacy
    desk.set_in_home(True)
    assert not privacy.in_home
    desk.go("family", "f1")
    desk.set_in_home(True)
    assert privacy.in_home
    assert privacy.may_show("f1")
    assert not privacy.may_show("f2")
    desk.go("today")
    desk.back()
    assert desk.here == Place("family", "f1")
    shown = [button.objectName() for button in desk.rail._places.values() if button.isVisible()]
    assert shown == []
    desk.set_in_home(False)
    assert not privacy.in_home


def test_ctrl_k_does_nothing_in_in_home_view(session: Session, qtbot: QtBot) -> None:
    desk = desk_of(session)
    desk.go("family", "f1")
    desk.set_in_home(True)
    press(session, qtbot, Qt.Key.Key_K, CTRL)
    assert not desk._goto.isVisible()


def test_what_is_found_later_leaves_the_chosen_place_chosen(session: Session, qtbot: QtBot) -> None:
    later = [GoToHit(page="family", arg=name, title=f"Family {name}") for name in ("f1", "f2")]
    shell_of(session).finders.append(lambda _: later)
    press(session, qtbot, Qt.Key.Key_K, CTRL)
    go_to = desk_of(session)._goto
    qtbot.keyClicks(session.window.focusWidget(), "fam")
    go_to._find()
    qtbot.waitUntil(lambda: len(go_to._hits) > len(later))
    press(session, qtbot, Qt.Key.Key_Down)
    press(session, qtbot, Qt.Key.Key_Down)
    chosen = go_to._list.chosen_id()
    later.insert(0, GoToHit(page="family", arg="f0", title="Family f0"))
    go_to._find()
    qtbot.waitUntil(lambda: "family/f0" in go_to._hits)
    assert (go_to._list.chosen_id(), go_to._list.currentIndex().row() > 0) == (chosen, True)


def test_ctrl_k_goes_to_what_enter_is_pressed_on(session: Session, qtbot: QtBot) -> None:
    press(session, qtbot, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(session.window.focusWidget(), "fam")
    press(session, qtbot, Qt.Key.Key_Return)
    assert desk_of(session).here == Place("family")


def test_alt_left_goes_back(session: Session, qtbot: QtBot) -> None:
    desk = desk_of(session)
    desk.go("family", "f1")
    desk.go("visit", "v1")
    press(session, qtbot, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert desk.here == Place("family", "f1")


@pytest.mark.usefixtures("qtbot")
def test_a_wish_is_granted_on_arrival_and_is_no_place_to_come_back_to(session: Session) -> None:
    desk = desk_of(session)
    desk.go("family", "f1")
    for _ in range(2):
        desk.go("family", "f1!start")
        assert desk.here == Place("family", "f1")
    page = desk.page
    assert isinstance(page, OneFamily)
    assert page.shown == ["f1", "f1!start", "f1!start"]


def test_f6_goes_round_the_panes_and_the_rail(session: Session, qtbot: QtBot) -> None:
    desk_of(session).go("family", "f1")
    names: list[str] = []
    for _ in range(4):
        press(session, qtbot, Qt.Key.Key_F6)
        focus = session.window.focusWidget()
        names.append(focus.accessibleName() or focus.objectName())
    assert names == ["Other", "rail.family", "Name", "Other"]


def test_f1_shows_the_table_and_esc_gives_the_focus_back(session: Session, qtbot: QtBot) -> None:
    before = session.window.focusWidget()
    press(session, qtbot, Qt.Key.Key_F1)
    assert desk_of(session)._sheet.isVisible()
    press(session, qtbot, Qt.Key.Key_Escape)
    assert not desk_of(session)._sheet.isVisible()
    assert session.window.focusWidget() is before


def test_one_sheet_at_a_time_dims_the_page(session: Session, qtbot: QtBot) -> None:
    desk = desk_of(session)
    before = session.window.focusWidget()
    press(session, qtbot, Qt.Key.Key_K, CTRL)
    press(session, qtbot, Qt.Key.Key_F1)
    assert (desk._goto.isVisible(), desk._sheet.isVisible()) == (False, True)
    press(session, qtbot, Qt.Key.Key_K, CTRL)
    assert (desk._goto.isVisible(), desk._sheet.isVisible()) == (True, False)
    press(session, qtbot, Qt.Key.Key_Escape)
    assert session.window.focusWidget() is before


def test_a_notice_stands_in_the_quiet_bar_until_it_is_dismissed(session: Session, qtbot: QtBot) -> None:
    shell, desk = shell_of(session), desk_of(session)
    shell.announce(
        Notice(sentence="The stick is not there.", next_step="Connect it.", action="a", action_label="Again")
    )
    assert desk.bar.isVisible()
    with qtbot.waitSignal(shell.acted) as heard:
        desk.bar._action.click()
    assert heard.args == ["a"]
    desk.bar._close.click()
    assert not desk.bar.isVisible()


def test_a_refusal_without_a_listener_is_announced(session: Session, qtbot: QtBot) -> None:
    def refuse() -> None:
        raise HomeVisitError("store.disk_full")

    session.bridge.run(refuse)
    qtbot.waitUntil(lambda: desk_of(session).bar.notice is not None)


def test_everything_sent_is_said_only_for_a_counted_zero() -> None:
    assert waiting_words(None) == ""
    assert waiting_words(0) == "Everything sent"
    assert waiting_words(3) == "3 to send"


def test_the_saved_time_is_written_to_the_second() -> None:
    moment = datetime(2026, 3, 1, 14, 2, 11, tzinfo=UTC)
    assert saved_words(moment) == f"Saved {moment.astimezone():%H:%M:%S}"


def test_opening_and_closing_are_logged_without_a_word_of_the_store(session: Session) -> None:
    folder = shell_of(session).services.home.logs
    session.end()
    written = (folder / "homevisit.log").read_text(encoding="utf-8")
    assert [json.loads(line)["event"] for line in written.splitlines()] == ["store.opened", "store.closed"]
    assert "Jo Example" not in written
