"""Send & receive on real stores: a visit leaves sealed, arrives whole or is refused with a reason, cards need words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from homevisit.clock import SystemClock
from homevisit.domain.card import Desk
from homevisit.domain.entry import Entry
from homevisit.domain.summaries import PackageState
from homevisit.paths import Home
from homevisit.services import homes
from homevisit.services.packing import Packing, Parcel
from homevisit.storage.homes import Profile
from tests.desks import CHEAP, PASSPHRASE
from tests.ui_exchange.conftest import Screen, screen_of
from ui.presenters.exchange_state import ExchangeState
from ui.presenters.exchange_words import unsent_words
from ui.views.exchange_code import CodeSheet, CodeView
from ui.views.exchange_receive import DropZone


def settled(screen: Screen, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: screen.shell.bridge.is_idle)


def press(screen: Screen, name: str, qtbot: QtBot) -> None:
    button = screen.page.findChild(QAbstractButton, name)
    assert button is not None
    assert button.isVisibleTo(screen.page)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    settled(screen, qtbot)


def words_on(screen: Screen) -> str:
    labels = screen.page.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisibleTo(screen.page))


def send(sender: Screen, stick: Path, qtbot: QtBot) -> list[Path]:
    sender.files.folder_to = stick
    press(sender, "exchange.send.browse", qtbot)
    press(sender, "exchange.send.go", qtbot)
    return sorted(stick.iterdir())


def drop(screen: Screen, zone: str, paths: list[Path], qtbot: QtBot) -> None:
    target = screen.page.findChild(DropZone, zone)
    assert target is not None
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where, left, none = QPointF(QPoint(5, 5)), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    target.dropEvent(QDropEvent(where, Qt.DropAction.CopyAction, data, left, none))
    settled(screen, qtbot)


def test_what_waits_is_named_and_the_recipient_is_ticked(sender: Screen) -> None:
    text = words_on(sender)
    assert "1 visit: Example (Additional contact)" in text
    assert "1 visit is still to be sent." in text
    assert [each.chosen for each in sender.presenter.state.recipients] == [True]


def test_nothing_can_be_sent_before_a_folder_is_chosen(sender: Screen) -> None:
    button = sender.page.findChild(QAbstractButton, "exchange.send.go")
    assert button is not None
    assert not button.isEnabled()
    assert "Choose the folder or stick first." in words_on(sender)


def test_sending_puts_one_sealed_package_and_says_what_is_next(sender: Screen, stick: Path, qtbot: QtBot) -> None:
    assert len(send(sender, stick, qtbot)) == 1
    row = sender.presenter.state.outbox[0]
    assert (row.state, row.visits, row.recipients) == (PackageState.SENT, 1, ("Sal Supervisor",))
    assert "Hand the folder over" in words_on(sender)
    assert "Everything sent." in words_on(sender)


def test_a_review_that_is_signed_ticks_its_author_by_itself(
    sender: Screen, receiver: Screen, stick: Path, visit: str, qtbot: QtBot
) -> None:
    drop(receiver, "exchange.receive.drop", send(sender, stick, qtbot), qtbot)
    assert "There is nothing new to send." in words_on(receiver)
    reviews = receiver.services.reviews
    reviews.decide(reviews.draft(visit, receiver.services.records.visit(visit).row.head).body)
    receiver.presenter.load()
    settled(receiver, qtbot)
    assert [each.chosen for each in receiver.presenter.state.recipients] == [True]
    assert "1 review is still to be sent." in words_on(receiver)


def test_everything_sent_is_never_said_before_it_was_counted() -> None:
    assert unsent_words(ExchangeState()) == ""
    assert unsent_words(ExchangeState(unsent=0, left=0)) == "Everything sent."


def test_a_folder_that_is_gone_is_a_sentence_and_the_visit_still_waits(
    sender: Screen, stick: Path, qtbot: QtBot
) -> None:
    stick.rmdir()
    send_to = stick
    sender.files.folder_to = send_to
    press(sender, "exchange.send.browse", qtbot)
    press(sender, "exchange.send.go", qtbot)
    assert "That place is not there now." in words_on(sender)
    assert sender.presenter.state.unsent == 1


def test_a_package_that_could_not_be_put_is_sent_by_the_next_press(sender: Screen, stick: Path, qtbot: QtBot) -> None:
    services = sender.services
    packing = Packing(services.store, services.home, SystemClock())
    made = packing.pack(Parcel(recipients=(sender.presenter.state.recipients[0].card,), entries=_unsent(sender)))
    sender.presenter.load()
    settled(sender, qtbot)
    assert "A package was made" in words_on(sender) or "still to be sent" in words_on(sender)
    assert send(sender, stick, qtbot) == [stick / made.name]
    assert sender.presenter.state.waiting_packages == ()


def _unsent(screen: Screen) -> tuple[Entry, ...]:
    return screen.services.store.ledger.of_author(screen.services.cards.mine().card.person)


def test_a_dropped_package_is_taken_in_and_shown(
    sender: Screen, receiver: Screen, stick: Path, visit: str, qtbot: QtBot
) -> None:
    drop(receiver, "exchange.receive.drop", send(sender, stick, qtbot), qtbot)
    row = receiver.presenter.state.inbox[0]
    assert (row.sender_name, row.code) == ("Ines Practitioner", "")
    assert f"Taken in: {row.new} new entries." in words_on(receiver)
    assert receiver.services.records.visit(visit).row.author_name == "Ines Practitioner"


def test_the_same_package_again_changes_nothing(sender: Screen, receiver: Screen, stick: Path, qtbot: QtBot) -> None:
    receiver.files.files_to = send(sender, stick, qtbot)
    press(receiver, "exchange.receive.browse", qtbot)
    press(receiver, "exchange.receive.browse", qtbot)
    assert "Nothing new: all of it was here already." in words_on(receiver)
    assert len(receiver.presenter.state.inbox) == 1


def test_a_refused_file_says_why_and_where_it_is_kept(receiver: Screen, tmp_path: Path, qtbot: QtBot) -> None:
    photo = tmp_path / "holiday.age"
    photo.write_bytes(b"not sealed at all")
    drop(receiver, "exchange.receive.drop", [photo], qtbot)
    assert "This file is not a Homevisit package." in words_on(receiver)
    assert "“holiday.age” is kept in quarantine, still sealed." in words_on(receiver)
    press(receiver, "exchange.refusal.forget", qtbot)
    assert receiver.presenter.state.inbox == ()


def test_one_refusal_among_several_does_not_stop_the_others(
    sender: Screen, receiver: Screen, stick: Path, qtbot: QtBot
) -> None:
    send(sender, stick, qtbot)
    (stick / "0.age").write_bytes(b"junk")
    drop(receiver, "exchange.receive.drop", sorted(stick.iterdir()), qtbot)
    assert "1 of 2 files were refused." in words_on(receiver)
    assert sorted(bool(row.code) for row in receiver.presenter.state.inbox) == [False, True]


@pytest.fixture
def newcomer(tmp_path: Path, qtbot: QtBot) -> Iterator[Screen]:
    """A supervisor who knows nobody yet."""
    profile = Profile(name="Kit Newcomer", role=Desk.SUPERVISOR, title="", registration="", organisation="")
    services = homes.create(Home(tmp_path / "newcomer"), profile, PASSPHRASE, clock=SystemClock(), cost=CHEAP).services
    yield screen_of(services, qtbot)
    services.close()


def test_without_any_card_the_page_says_what_comes_first(newcomer: Screen, qtbot: QtBot) -> None:
    assert "Add the card of a practitioner first." in words_on(newcomer)
    press(newcomer, "exchange.send.people", qtbot)
    focus = newcomer.page.focusWidget()
    assert focus is not None
    assert focus.objectName() == "cards.add.browse"


def test_two_people_exchange_cards_by_six_words(newcomer: Screen, sender: Screen, tmp_path: Path, qtbot: QtBot) -> None:
    sender.files.file_to = tmp_path / "card.json"
    press(sender, "cards.mine.save", qtbot)
    newcomer.files.files_to = [tmp_path / "card.json"]
    press(newcomer, "cards.add.browse", qtbot)
    words = sender.services.cards.mine().words
    assert all(word in words_on(newcomer) for word in words)
    assert "Are these the same six words on both screens?" in words_on(newcomer)
    press(newcomer, "cards.question.yes", qtbot)
    assert [known.card.name for known in newcomer.cards.state.known] == ["Ines Practitioner"]
    assert [each.card.name for each in newcomer.presenter.state.recipients] == ["Ines Practitioner"]


def test_a_card_is_read_from_a_picture_of_the_code_on_the_other_screen(
    newcomer: Screen, sender: Screen, tmp_path: Path, qtbot: QtBot
) -> None:
    press(sender, "cards.mine.code", qtbot)
    sheet = sender.page.window().findChild(CodeSheet)
    assert sheet is not None
    assert sheet.isVisible()
    assert sheet.findChild(CodeView).grab().save(str(tmp_path / "photo.png"))
    drop(newcomer, "cards.add.drop", [tmp_path / "photo.png"], qtbot)
    assert all(word in words_on(newcomer) for word in sender.services.cards.mine().words)
    press(newcomer, "cards.question.yes", qtbot)
    assert [known.card.name for known in newcomer.cards.state.known] == ["Ines Practitioner"]


def test_other_words_add_nobody(newcomer: Screen, sender: Screen, tmp_path: Path, qtbot: QtBot) -> None:
    card = sender.services.cards.save(tmp_path / "card.json")
    drop(newcomer, "cards.add.drop", [card], qtbot)
    press(newcomer, "cards.question.no", qtbot)
    assert "The card was not added." in words_on(newcomer)
    assert newcomer.cards.state.known == ()


def test_the_question_about_the_words_begins_at_no(
    newcomer: Screen, sender: Screen, tmp_path: Path, qtbot: QtBot
) -> None:
    card = sender.services.cards.save(tmp_path / "card.json")
    drop(newcomer, "cards.add.drop", [card], qtbot)
    focus = newcomer.page.focusWidget()
    assert focus is not None
    assert focus.objectName() == "cards.question.no"


def test_a_package_refused_for_an_unknown_sender_is_taken_in_once_the_card_is_confirmed(
    newcomer: Screen, sender: Screen, stick: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    desk = sender.services.cards
    desk.confirm(desk.read(newcomer.services.cards.save(tmp_path / "newcomer.json")))
    sender.presenter.load()
    settled(sender, qtbot)
    for each in sender.presenter.state.recipients:
        sender.presenter.choose_recipient(each.person, each.card.name == "Kit Newcomer")
    drop(newcomer, "exchange.receive.drop", send(sender, stick, qtbot), qtbot)
    assert "somebody whose card you do not have" in words_on(newcomer)
    drop(newcomer, "cards.add.drop", [desk.save(tmp_path / "ines.json")], qtbot)
    press(newcomer, "cards.question.yes", qtbot)
    assert [row.code for row in newcomer.presenter.state.inbox] == [""]


def test_a_card_dropped_among_packages_is_looked_at_as_a_card(
    newcomer: Screen, sender: Screen, tmp_path: Path, qtbot: QtBot
) -> None:
    card = sender.services.cards.save(tmp_path / "card.json")
    drop(newcomer, "exchange.receive.drop", [card], qtbot)
    assert newcomer.cards.state.offered is not None
    assert newcomer.presenter.state.inbox == ()


def test_the_page_folds_into_one_column(sender: Screen) -> None:
    sender.page.resize(700, 700)
    assert sender.page.minimumSizeHint().width() <= 700


def test_every_control_has_a_name_and_an_object_name(sender: Screen, receiver: Screen) -> None:
    for screen in (sender, receiver):
        for control in controls(screen.page):
            assert control.accessibleName() or getattr(control, "text", str)(), control
            assert control.objectName(), control


def controls(page: QWidget) -> Iterator[QWidget]:
    for kind in (QAbstractButton, QLineEdit, QTextEdit, QAbstractItemView):
        yield from (each for each in page.findChildren(kind) if each.isVisibleTo(page))
