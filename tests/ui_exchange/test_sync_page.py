"""Two desks and a folder between them: nothing leaves before it was agreed to, then Ctrl+S is all there is to do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from homevisit.domain.conflicts import Oddity, Oddness
from homevisit.domain.summaries import OutboxRow, PackageState
from homevisit.domain.sync_summary import Gap, Held, NextAction, Stage, Step, Summary
from tests.ui_exchange.at_the_page import add_folder, exchange, press, settled, words_on
from tests.ui_exchange.conftest import Screen
from ui.presenters.exchange_state import ExchangeState
from ui.presenters.exchange_words import unsent_words
from ui.presenters.sync_words import gap_words, held_words, oddity_words, stage_words, summary_notice, summary_words
from ui.views.exchange_rows import outbox_rows
from ui.views.exchange_who import WhoRow, consent_badge


def agree(screen: Screen, qtbot: QtBot) -> None:
    for each in screen.who.state.recipients or ():
        if not each.agreed:
            press(screen, f"exchange.who.{each.person}", qtbot)


@pytest.fixture
def both(sender: Screen, receiver: Screen, stick: Path, qtbot: QtBot) -> tuple[Screen, Screen]:
    for screen in (sender, receiver):
        add_folder(screen, stick, qtbot)
    return sender, receiver


def test_who_gets_what_is_shown_before_the_first_time_and_nothing_leaves_until_agreed(
    sender: Screen, stick: Path, qtbot: QtBot
) -> None:
    add_folder(sender, stick, qtbot)
    shown = words_on(sender)
    assert "Nothing goes to anybody by itself before you have agreed to it here." in shown
    assert "Supervises you: gets what you sign" in shown
    assert "Waiting: 1 visit: Example (Additional contact)" in shown
    exchange(sender, qtbot)
    assert list(stick.glob("*.age")) == []
    assert "Sent nothing, held " in words_on(sender)
    assert "for Sal Supervisor wait" in words_on(sender)
    assert "Everything sent." not in words_on(sender)


def test_after_agreeing_ctrl_s_sends_and_the_other_desk_takes_it_in(
    both: tuple[Screen, Screen], visit: str, qtbot: QtBot
) -> None:
    sender, receiver = both
    agree(sender, qtbot)
    exchange(sender, qtbot)
    assert [(row.state, row.next_action) for row in sender.presenter.state.outbox] == [
        (PackageState.CONFIRMED, NextAction.AWAIT_RECEIPT)
    ]
    assert "Sent 1 package." in words_on(sender)
    assert "Everything sent." in words_on(sender)
    exchange(receiver, qtbot)
    assert "received 1 package" in words_on(receiver).casefold()
    assert receiver.services.records.visit(visit).row.author_name == "Ines Practitioner"
    agree(receiver, qtbot)
    exchange(receiver, qtbot)
    exchange(sender, qtbot)
    assert [row.state for row in sender.presenter.state.outbox] == [PackageState.DELIVERED]


def test_consent_can_be_taken_back(both: tuple[Screen, Screen], qtbot: QtBot) -> None:
    sender, _ = both
    agree(sender, qtbot)
    recipient = (sender.who.state.recipients or ())[0]
    assert recipient.agreed
    press(sender, f"exchange.who.{recipient.person}", qtbot)
    assert not (sender.who.state.recipients or ())[0].agreed
    assert "Nothing more goes to Sal Supervisor by itself." in words_on(sender)


def test_a_supervisor_to_whom_nobody_sent_yet_is_not_told_to_add_a_supervisor(
    both: tuple[Screen, Screen], qtbot: QtBot
) -> None:
    _, receiver = both
    settled(receiver, qtbot)
    assert "Nobody yet. Your reviews go to whoever wrote the visits." in words_on(receiver)
    assert "Add your supervisor" not in words_on(receiver)


def test_somebody_whose_laptop_is_lost_is_shown_so_and_cannot_be_agreed_to(
    sender: Screen, stick: Path, qtbot: QtBot
) -> None:
    add_folder(sender, stick, qtbot)
    recipient = replace((sender.who.state.recipients or ())[0], is_lost=True)
    assert consent_badge(recipient).text == "Laptop lost"
    row = WhoRow(recipient)
    qtbot.addWidget(row)
    row.show_recipient(recipient, reviews=False)
    assert row._button.isHidden()
    words = held_words(Held(code="sharing.lost", count=2, person=recipient.person, name="Cora Sample"))
    assert words.startswith("2 entries for Cora Sample wait, for their laptop is lost.")


def test_with_a_place_carrying_by_hand_is_folded_until_it_is_wanted(sender: Screen, stick: Path, qtbot: QtBot) -> None:
    assert "No folder chosen" in words_on(sender)
    add_folder(sender, stick, qtbot)
    assert "Carry packages by hand" in words_on(sender)
    assert "No folder chosen" not in words_on(sender)
    press(sender, "exchange.send.unfold", qtbot)
    assert "No folder chosen" in words_on(sender)


def test_without_a_place_ctrl_s_is_the_desks_own(sender: Screen) -> None:
    assert not sender.page.save_asked()
    assert not sender.shell.sync.is_running


def test_a_place_that_went_away_is_marked_and_named_and_the_visit_still_waits(
    sender: Screen, stick: Path, qtbot: QtBot
) -> None:
    add_folder(sender, stick, qtbot)
    agree(sender, qtbot)
    stick.rmdir()
    exchange(sender, qtbot)
    assert "stick: That place is not there now." in words_on(sender)
    assert sender.places.state.lines[0].problem is not None
    assert "1 visit is still to be sent." in words_on(sender)


def test_a_run_that_was_stopped_says_so_and_is_gone_on_with(sender: Screen, stick: Path, qtbot: QtBot) -> None:
    add_folder(sender, stick, qtbot)
    agree(sender, qtbot)
    sync = sender.shell.sync
    sync.state_changed.connect(lambda state: sync.stop() if state.is_running and not state.is_stopping else None)
    sync.start(asked=True)
    settled(sender, qtbot)
    assert sync.state.summary is not None


def test_nothing_is_claimed_before_both_counts_are_zero() -> None:
    assert unsent_words(ExchangeState(unsent=0)) == ""
    assert unsent_words(ExchangeState(unsent=0, left=2)) == "Changes to families are still to be sent."
    assert unsent_words(ExchangeState(unsent=0, left=0)) == "Everything sent."


def test_the_stages_have_counts_where_anybody_knows_them() -> None:
    assert stage_words(Stage(step=Step.SEND, place="Cloud", done=3, of=12)) == "Sending 3 of 12 to Cloud…"
    assert stage_words(Stage(step=Step.CONNECT, place="Cloud")) == "Opening Cloud…"
    assert all(stage_words(Stage(step=step, place="Cloud", of=of)) for step in Step for of in (0, 2))


def test_receipts_stand_after_what_somebody_wrote() -> None:
    def package(name: str, kind: str) -> OutboxRow:
        state, names = PackageState.CONFIRMED, ("Sal",)
        return OutboxRow(id=name, name=name, kind=kind, recipients=names, state=state, made_at="", visits=1, entries=2)

    rows = outbox_rows([package("1", "receipt"), package("2", "export")])
    assert [row.title for row in rows] == ["To Sal: 1 visit", "RECEIPTS AND KEYS", "To Sal: a receipt"]


@pytest.mark.parametrize(("kind", "word"), [("export", "Packed anew"), ("receipt", "Ran out")])
def test_what_was_given_up_was_refused_by_nobody(kind: str, word: str) -> None:
    state, code = PackageState.REFUSED, "sync.overtaken"
    given_up = OutboxRow(id="1", name="1", kind=kind, recipients=("Sal",), state=state, made_at="", code=code)
    row = next(row for row in outbox_rows([given_up]) if not row.heading)
    assert row.badge is not None
    assert (row.badge.text, row.subtitle) == (word, "Later packages were acknowledged, and this one was not.")


def test_what_one_place_did_not_take_is_not_held_where_another_took_it() -> None:
    held = (Held(code="place.missing", count=2, place="Stick"),)
    both = Summary(began_at="", ended_at="", sent=2, left=0, held=held)
    assert summary_words(both) == "Sent 2 packages. Everything is sent."
    assert summary_words(replace(both, sent=0, left=2)) == "Sent nothing, held 2."


def test_a_summary_is_honest_about_what_was_refused_and_what_is_missing() -> None:
    gap = Gap(person="p", name="Ines", device="d", packages=2, mine=True)
    summary = Summary(began_at="", ended_at="", sent=2, received=1, refused=("package.damaged",), left=3, gaps=(gap,))
    assert summary_words(summary) == "Sent 2 packages, received 1 package (0 new entries), refused 1."
    assert "2 packages from your other laptop have not arrived." in gap_words(gap)
    assert summary_notice(summary).next_step.startswith("This package is damaged.")


def test_what_does_not_add_up_is_said_in_plain_words() -> None:
    fork = Oddity(kind=Oddness.FORK, device="d", whose="Ines", count=2)
    assert oddity_words(fork).startswith("A laptop of Ines was set back or copied: 2 entries claim the same place.")
    assert oddity_words(replace(fork, mine=True)).startswith("This laptop was set back or copied")
    gone = Oddity(kind=Oddness.GAP, device="d", whose="Ines", mine=True, count=3)
    assert oddity_words(gone).startswith("3 entries that this laptop had signed are not here any more")


def test_nothing_new_and_nothing_left_is_said_to_be_everything_sent() -> None:
    quiet = Summary(began_at="", ended_at="", left=0)
    assert summary_words(quiet) == "There was nothing new to send or to receive. Everything is sent."
    assert "Everything" not in summary_words(Summary(began_at="", ended_at="", left=None, cancelled=True))
