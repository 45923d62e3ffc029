"""Unlocking and the first run on real storage, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from homevisit.clock import SystemClock
from homevisit.domain.card import Desk
from homevisit.exchange.escrow import seal_code
from homevisit.paths import Home
from homevisit.services import escrow_files, homes
from homevisit.storage.escrow import make_escrow
from ui.presenters.first_run_flow import Step
from ui.session import Session
from ui.views.first_run import FirstRunView
from ui.views.first_run_steps import PassphraseStep
from ui.views.unlock import UnlockView
from ui.views.unlock_trouble import UnlockTroubleView

StartSession = Callable[[Home], Session]
PASSPHRASE = "four plain test words"
STRONG = "gravel tulip orbit canvas"


def focused(session: Session) -> QWidget:
    found = session.window.focusWidget()
    assert found is not None
    return found


def tab_to(session: Session, qtbot: QtBot, name: str) -> None:
    """Press Tab until the control with this name has the focus; a control that cannot be reached fails."""
    for _ in range(30):
        if focused(session).objectName() == name:
            return
        qtbot.keyClick(focused(session), Qt.Key.Key_Tab)
    raise AssertionError(f"{name} cannot be reached with Tab; ended at {focused(session).objectName()}")


def is_strong(step: PassphraseStep) -> bool:
    return step._meter.accessibleName() in {"Strength: Strong", "Strength: Very strong"}


def first_run(session: Session) -> FirstRunView:
    content = session.window.content
    assert isinstance(content, FirstRunView)
    return content


def unlock_view(session: Session) -> UnlockView:
    content = session.window.content
    assert isinstance(content, UnlockView)
    return content


def notice_of(view: UnlockView) -> str:
    notice = view._bar.notice
    return notice.sentence if notice else ""


def test_a_first_run_goes_from_an_empty_folder_to_the_desk_by_keyboard(
    start_session: StartSession, home: Home, qtbot: QtBot
) -> None:
    session = start_session(home)
    assert focused(session).objectName() == "first_run.name"
    qtbot.keyClicks(focused(session), "Sal Example")
    tab_to(session, qtbot, "first_run.desk.practitioner")
    qtbot.keyClick(focused(session), Qt.Key.Key_Right)
    tab_to(session, qtbot, "first_run.organisation")
    qtbot.keyClicks(focused(session), "Example Trust")
    qtbot.keyClick(focused(session), Qt.Key.Key_Return)
    assert focused(session).objectName() == "first_run.passphrase.line"
    qtbot.keyClicks(focused(session), STRONG)
    tab_to(session, qtbot, "first_run.repeated.line")
    qtbot.keyClicks(focused(session), STRONG)
    step = first_run(session).passphrase
    qtbot.waitUntil(lambda: is_strong(step), timeout=20_000)
    qtbot.keyClick(focused(session), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: focused(session).objectName() == "first_run.print", timeout=20_000)
    _retype_groups(session, qtbot)
    qtbot.waitUntil(lambda: focused(session).objectName() == "first_run.next")
    qtbot.keyClick(focused(session), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: session.window.desk is not None)
    assert session.opened is not None
    assert session.opened.shell.desk is Desk.SUPERVISOR


def _retype_groups(session: Session, qtbot: QtBot) -> None:
    view = first_run(session)
    groups = view.recovery._well.accessibleName().split(": ")[1].split()
    lines = [line for line in view.findChildren(QLineEdit) if line.objectName().startswith("first_run.group")]
    assert len(lines) == 2
    for line in lines:
        tab_to(session, qtbot, line.objectName())
        qtbot.keyClicks(focused(session), groups[int(line.objectName().removeprefix("first_run.group")) - 1].lower())
    qtbot.keyClick(focused(session), Qt.Key.Key_Return)


def test_a_missing_name_is_explained_beside_the_field(start_session: StartSession, home: Home, qtbot: QtBot) -> None:
    session = start_session(home)
    qtbot.keyClick(focused(session), Qt.Key.Key_Return)
    assert focused(session).objectName() == "first_run.name"
    assert "name" in first_run(session).person.rows["name"].problem
    assert focused(session).accessibleDescription()
    assert not home.root.exists()


def test_the_suggestion_fills_both_fields_and_is_strong(start_session: StartSession, home: Home, qtbot: QtBot) -> None:
    session = start_session(home)
    qtbot.keyClicks(focused(session), "Jo")
    qtbot.keyClick(focused(session), Qt.Key.Key_Return)
    tab_to(session, qtbot, "first_run.suggest")
    qtbot.keyClick(focused(session), Qt.Key.Key_Space)
    step = first_run(session).passphrase
    qtbot.waitUntil(lambda: is_strong(step), timeout=20_000)
    assert len(step._first.value().split()) == 5
    assert step._first.value() == step._again.value()
    assert step._first.line.echoMode() is QLineEdit.EchoMode.Normal


def test_a_wrong_passphrase_says_one_sentence_and_the_right_one_opens(
    start_session: StartSession, made_home: Home, qtbot: QtBot
) -> None:
    session = start_session(made_home)
    qtbot.keyClicks(focused(session), "not this one")
    qtbot.keyClick(focused(session), Qt.Key.Key_Return)
    view = unlock_view(session)
    qtbot.waitUntil(lambda: bool(notice_of(view)))
    assert notice_of(view) == "That passphrase does not open this store."
    assert view._secret.value() == ""
    qtbot.waitUntil(view._go.isEnabled, timeout=10_000)
    qtbot.keyClicks(focused(session), PASSPHRASE)
    qtbot.keyClick(focused(session), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.window.desk is not None)


def test_a_second_instance_says_that_the_store_is_open(
    start_session: StartSession, made_home: Home, qtbot: QtBot
) -> None:
    other = homes.unlock(made_home, PASSPHRASE, clock=SystemClock())
    try:
        session = start_session(made_home)
        qtbot.keyClicks(focused(session), PASSPHRASE)
        qtbot.keyClick(focused(session), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: notice_of(unlock_view(session)) == "Homevisit is already open with this store.")
    finally:
        other.close()


def test_the_recovery_code_can_be_asked_for_and_shows_what_is_typed(
    start_session: StartSession, made_home: Home, qtbot: QtBot
) -> None:
    session = start_session(made_home)
    tab_to(session, qtbot, "unlock.recovery")
    qtbot.keyClick(focused(session), Qt.Key.Key_Space)
    view = unlock_view(session)
    assert focused(session).accessibleName() == "Recovery code"
    assert view._secret.line.echoMode() is QLineEdit.EchoMode.Normal
    qtbot.keyClicks(focused(session), "AAAA-BBBB")
    qtbot.keyClick(focused(session), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "recovery code" in notice_of(view))


def test_an_unreadable_store_is_named_and_set_aside_only_when_that_is_confirmed(
    start_session: StartSession, made_home: Home, qtbot: QtBot
) -> None:
    made_home.keys.write_text("{", encoding="utf-8")
    made_home.keys_copy.unlink(missing_ok=True)
    session = start_session(made_home)
    session.warm_up()
    qtbot.waitUntil(lambda: isinstance(session.window.content, UnlockTroubleView), timeout=20_000)
    qtbot.waitUntil(lambda: session.bridge.is_idle, timeout=20_000)
    tab_to(session, qtbot, "trouble.set_aside")
    qtbot.keyClick(focused(session), Qt.Key.Key_Space)
    assert made_home.keys.exists()
    tab_to(session, qtbot, "confirm.yes")
    qtbot.keyClick(focused(session), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(session.window.content, FirstRunView))
    assert list(made_home.set_aside.iterdir())


def test_looking_again_says_that_it_was_looked(start_session: StartSession, made_home: Home, qtbot: QtBot) -> None:
    keys = made_home.keys.read_text("utf-8")
    made_home.keys_copy.unlink(missing_ok=True)
    made_home.keys.write_text("{", encoding="utf-8")
    session = start_session(made_home)
    session.warm_up()
    qtbot.waitUntil(lambda: isinstance(session.window.content, UnlockTroubleView), timeout=20_000)
    view = session.window.content
    assert isinstance(view, UnlockTroubleView)
    tab_to(session, qtbot, "trouble.retry")
    qtbot.keyClick(focused(session), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view._bar.notice is not None)
    assert view._bar.notice is not None
    assert view._bar.notice.sentence.startswith("Looked again at ")
    made_home.keys.write_text(keys, encoding="utf-8")
    qtbot.keyClick(focused(session), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(session.window.content, UnlockView))


@pytest.mark.parametrize("which", ["empty", "made"])
def test_every_control_of_the_entry_screens_has_a_spoken_name(
    start_session: StartSession, request: pytest.FixtureRequest, which: str
) -> None:
    session = start_session(request.getfixturevalue("home" if which == "empty" else "made_home"))
    operated = [w for w in session.window.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    nameless = [w for w in operated if not (w.accessibleName() or getattr(w, "text", str)())]
    assert operated
    assert nameless == []


@pytest.mark.usefixtures("home")
def test_building_the_screens_shows_no_window_of_its_own(qapp: QApplication) -> None:
    before = {id(widget) for widget in qapp.topLevelWidgets() if widget.isVisible()}
    views = [FirstRunView(), UnlockView()]
    assert {id(widget) for widget in qapp.topLevelWidgets() if widget.isVisible()} == before
    for view in views:
        view.deleteLater()


def test_steps_are_in_the_order_of_the_brief() -> None:
    assert [step.name for step in Step] == ["PERSON", "PASSPHRASE", "RECOVERY", "DONE"]


class SavesAt:
    """Answers where a new file goes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def folder(self, _title: str, _start: str, chosen: Callable[[Path], None]) -> None:
        chosen(self.path)

    def files(self, _title: str, _kinds: str, chosen: Callable[[list[Path]], None]) -> None:
        chosen([self.path])

    def new_file(self, _title: str, _name: str, chosen: Callable[[Path], None]) -> None:
        chosen(self.path)


def test_the_organisation_helps_somebody_who_has_neither_passphrase_nor_code(
    start_session: StartSession, made_home: Home, qtbot: QtBot, tmp_path: Path
) -> None:
    recipient = escrow_files.make_key(tmp_path / "recovery.key", SystemClock())
    services = homes.unlock(made_home, PASSPHRASE, clock=SystemClock())
    card = services.cards.mine().card
    seal = partial(seal_code, card=card, made_at="2026-11-22T10:00:00.000Z", recipient=recipient)
    make_escrow(made_home, services.store, recipient=recipient, seal=seal)
    services.close()
    session = start_session(made_home)
    tab_to(session, qtbot, "unlock.recovery")
    qtbot.keyClick(focused(session), Qt.Key.Key_Space)
    view, file = unlock_view(session), tmp_path / "homevisit-recovery.age"
    qtbot.waitUntil(lambda: view._helper is not None)
    assert view._helper is not None
    view._helper._files = SavesAt(file)
    tab_to(session, qtbot, "unlock.help.save")
    qtbot.keyClick(focused(session), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: notice_of(view) == "Saved as “homevisit-recovery.age”.")
    qtbot.keyClick(focused(session), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: notice_of(view) == "There is a file with that name already.")
    view._secret.setFocus()
    qtbot.keyClicks(focused(session), escrow_files.recover(file, tmp_path / "recovery.key").code)
    qtbot.keyClick(focused(session), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.window.desk is not None)
    desk = session.window.desk
    assert desk is not None
    qtbot.waitUntil(lambda: desk.bar.notice is not None)
    assert desk.bar.notice is not None
    assert desk.bar.notice.sentence.endswith("the code that your organisation read out. It is used up.")
    qtbot.waitUntil(lambda: focused(session).objectName() == "settings.passphrase.new.line")


def test_nothing_is_offered_where_the_organisation_holds_no_key(
    start_session: StartSession, made_home: Home, qtbot: QtBot
) -> None:
    session = start_session(made_home)
    tab_to(session, qtbot, "unlock.recovery")
    qtbot.keyClick(focused(session), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: session.bridge.is_idle)
    assert unlock_view(session)._helper is None
