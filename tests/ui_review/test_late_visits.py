"""Late visits on the review desk: first, counted in the head of the page, and said in words."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from homevisit.domain.lateness import LateVisits
from homevisit.services.reviews import Queue
from tests.ui_review.test_review_page import Bench, bench, desks, settle
from ui.presenters.review_state import in_groups
from ui.widgets.rows import RowList

__all__ = ["bench", "desks"]


def rows_of(bench: Bench) -> list[str]:
    found = bench.find("review.queue")
    assert isinstance(found, RowList)
    return [found.rows.row_at(place).spoken() for place in range(found.rows.rowCount())]


def test_late_visits_are_seen_at_once_and_said_in_words(bench: Bench, qtbot: QtBot) -> None:
    queue = bench.shell.services.reviews.queue()
    late = LateVisits(within=5, days={queue.rows[1].id: 12})
    bench.presenter._on_queue(Queue(rows=in_groups(queue.rows, late), late=late))
    heading, first, *_ = rows_of(bench)
    assert heading == "Late, 1"
    assert first.startswith(f"{queue.rows[1].family_name}, Late: has waited 12 days")
    assert "2 visits to read, 1 of them late" in bench.text()
    assert "Late: has waited" not in bench.text()
    bench.presenter.open(queue.rows[1].id)
    settle(bench, qtbot)
    assert "Late: has waited 12 days; your team asks for a review within 5 days." in bench.text()


def test_nothing_is_said_where_nothing_is_late(bench: Bench) -> None:
    assert "late" not in bench.text().lower()
    assert not any("late" in row.lower() for row in rows_of(bench))
