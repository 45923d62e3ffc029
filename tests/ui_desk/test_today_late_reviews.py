"""Today says quietly that a review is late, and whom to speak with."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QWidget

from homevisit.domain.lateness import LateReviews
from homevisit.domain.team import Policy
from homevisit.domain.visit import RecordState
from tests.desks import SUPERVISOR, Desks, whole_draft
from tests.team.conftest import founded, take
from tests.ui_desk.conftest import Room
from tests.ui_desk.test_today_page import words_in
from ui.views.today import TodayPage
from ui.views.today_late import more_words, which_words


def asked(desks: Desks, room: Room, folder: Path, *, days: int) -> None:
    made = founded(folder / "t.homevisit-team", desks, clock=room.clock)
    made.change(replace(made.team, policy=Policy(escalation=days)))
    take(desks.practitioner, made.sign())


def late_of(room: Room) -> LateReviews:
    found = room.services.today.late()
    assert found is not None
    return found


def test_a_late_review_is_a_quiet_card_with_the_supervisors_name(
    room: Room, desks: Desks, family: str, tmp_path: Path
) -> None:
    visit = whole_draft(room.services, family)
    room.services.signing.sign(visit)
    asked(desks, room, tmp_path, days=5)
    page = room.go(TodayPage, "today")
    assert not room.find(QWidget, "today.late").isVisible()
    room.clock.advance(timedelta(days=12))
    page.arrive("")
    room.settle()
    assert "It has waited 12 days; your team asks for a review within 5 days." in words_in(page)
    assert f"It has not been sent yet: send it, then speak with {SUPERVISOR}." in words_in(page)
    room.click("today.late.open")
    assert room.place == ("signed", visit)


def test_it_says_how_many_and_what_to_do(room: Room, desks: Desks, family: str, tmp_path: Path) -> None:
    room.services.signing.sign(whole_draft(room.services, family))
    asked(desks, room, tmp_path, days=1)
    room.clock.advance(timedelta(days=2))
    late = late_of(room)
    sent = replace(late, oldest=replace(late.oldest, state=RecordState.DELIVERED))
    assert more_words(sent).endswith(f"within 1 day. Speak with {SUPERVISOR}.")
    several = replace(late, count=3, supervisors=("Ann Other", SUPERVISOR))
    assert which_words(several) == "The reviews of 3 visits are late"
    assert more_words(several).startswith("The first has waited 2 days;")
    assert more_words(several).endswith(f"Speak with Ann Other or {SUPERVISOR}.")
