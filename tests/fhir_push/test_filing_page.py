"""File elsewhere, and what a signed visit and Today say of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from homevisit.assembly import Services
from homevisit.clock import SystemClock
from homevisit.domain.card import Desk
from homevisit.domain.filing import Access, FhirServer, Filing, FilingState
from homevisit.jobs import InlineLane
from tests.fhir_push.peer import Peer
from tests.fhir_push.visits import signed_visit
from ui.bridge import Bridge
from ui.presenters.filing import FilingPresenter
from ui.presenters.signed_visit import SignedVisitPresenter
from ui.presenters.today import TodayPresenter
from ui.shell import Shell
from ui.shortcuts import Shortcuts
from ui.theme import Theme, apply
from ui.tokens import Tone
from ui.views.filed_words import filed_lines
from ui.views.filing import FilingPage
from ui.views.signed_visit import SignedVisitPage
from ui.views.today import TodayPage


@dataclass(frozen=True)
class Screen:
    """The page on a real store, and the desk around it."""

    page: FilingPage
    shell: Shell
    qtbot: QtBot

    def press(self, name: str) -> None:
        button = self.page.findChild(QAbstractButton, name)
        assert button is not None, name
        assert button.isVisibleTo(self.page), name
        button.click()
        self.settle()

    def write(self, name: str, text: str) -> None:
        line = self.page.findChild(QLineEdit, name)
        assert line is not None, name
        line.setText(text)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.shell.bridge.is_idle)

    def see(self, words: str) -> None:
        """Wait until the words are there: one answer may lead to another question."""
        self.qtbot.waitUntil(lambda: reads(self.page, words))


def reads(page: QWidget, words: str) -> bool:
    shown = [each for each in page.findChildren(QWidget) if each.isVisibleTo(page)]
    spoken = [each.text() if isinstance(each, QLabel) else each.accessibleName() for each in shown]
    return any(words in each for each in spoken)


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    apply(qapp, Theme())


@pytest.fixture
def shell(desk: Services) -> Iterator[Shell]:
    bridge = Bridge(InlineLane(), InlineLane())
    yield Shell(services=desk, bridge=bridge, clock=SystemClock(), desk=Desk.PRACTITIONER, shortcuts=Shortcuts())
    bridge.shutdown()


@pytest.fixture
def screen(shell: Shell, qtbot: QtBot) -> Screen:
    page = FilingPage(shell, FilingPresenter(shell), confirm=None)
    shell.changed.connect(page.refresh)
    qtbot.addWidget(page)
    page.show()
    page.arrive("")
    qtbot.waitUntil(lambda: shell.bridge.is_idle)
    return Screen(page, shell, qtbot)


def test_a_server_is_added_and_visits_are_filed_at_it(screen: Screen, desk: Services, peer: Peer) -> None:
    peer.token = "letters"
    signed_visit(desk)
    screen.press("filing.add")
    screen.write("filing.url", peer.url)
    screen.write("filing.secret.line", "letters")
    screen.press("filing.allow.contact_details")
    screen.press("filing.add.go")
    screen.see("1 not yet filed")
    (server,) = desk.filing.servers()
    assert (server.access, server.policy.allowed()) == (Access.TOKEN, ("contact_details",))
    screen.press(f"filing.push.{server.id}")
    screen.see("Filed 1 visit at ")
    screen.see("Has everything")
    assert desk.filing.unfiled() == 0


def test_what_is_no_server_is_not_kept_and_the_words_stay(screen: Screen, desk: Services, peer: Peer) -> None:
    peer.version = "5.0.0"
    screen.press("filing.add")
    screen.press("filing.access.open")
    screen.write("filing.url", peer.url)
    screen.press("filing.add.go")
    screen.see("not from a FHIR R4 server")
    assert desk.filing.servers() == ()
    peer.version = "4.0.1"
    screen.press("filing.add.go")
    screen.see("Has everything")
    assert len(desk.filing.servers()) == 1


def test_a_round_that_ends_early_says_why_and_how_much_is_left(
    screen: Screen, desk: Services, peer: Peer, server: FhirServer
) -> None:
    signed_visit(desk)
    signed_visit(desk)
    screen.page.arrive("")
    screen.see("2 not yet filed")
    peer.answers = [503]
    screen.press(f"filing.push.{server.id}")
    screen.see("Nothing was filed at Peer. 2 visits are not filed there yet.")
    screen.see("too much to do")


def test_today_counts_down_only_where_a_server_is_set_up(
    shell: Shell, qtbot: QtBot, desk: Services, peer: Peer
) -> None:
    page = TodayPage(shell, TodayPresenter(shell))
    qtbot.addWidget(page)
    shell.changed.connect(page.refresh)
    signed_visit(desk)

    def said() -> str:
        page.arrive("")
        qtbot.waitUntil(lambda: shell.bridge.is_idle)
        label = page.findChild(QLabel, "today.unfiled")
        assert label is not None
        return label.text() if label.isVisibleTo(page) else ""

    assert said() == ""
    server = desk.filing.put(FhirServer(id="", url=peer.url, title="Peer"))
    assert said() == "1 visit is not yet filed elsewhere."
    desk.filing.push(server)
    assert said() == "Every visit is filed elsewhere."


def test_a_signed_visit_says_where_it_was_filed(shell: Shell, qtbot: QtBot, desk: Services, server: FhirServer) -> None:
    visit = signed_visit(desk)
    page = SignedVisitPage(shell, SignedVisitPresenter(desk, shell.bridge))
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()

    page.arrive(visit)
    qtbot.waitUntil(lambda: reads(page, "Not yet filed at Peer."))
    desk.filing.push(server)
    page.arrive(visit)
    qtbot.waitUntil(lambda: reads(page, "Filed at Peer, "))
    shell.privacy.enter(page.family())
    assert not reads(page, "Filed at Peer")


FILED = Filing(
    server="1",
    server_title="Peer",
    server_url="https://fhir.example.org",
    visit="v",
    entry="e",
    number=1,
    at="2026-11-22T09:00:00.000Z",
    state=FilingState.FILED,
)


@pytest.mark.parametrize(
    ("changes", "newest", "said", "more", "tone"),
    [
        ({}, 1, "Filed at Peer", "", Tone.GOOD),
        ({}, 2, "Filed at Peer", "That was version 1; version 2 is not filed", Tone.WAITING),
        (
            {"state": FilingState.PARTLY, "code": "filing.refused", "taken": 3, "refused": 1},
            1,
            "Peer took 3 of 4 records",
            "did not take all",
            Tone.WAITING,
        ),
        (
            {"state": FilingState.UNKNOWN, "code": "filing.no_answer"},
            1,
            "Sent to Peer",
            "nothing is there twice",
            Tone.WAITING,
        ),
        ({"state": FilingState.REFUSED, "code": "filing.denied"}, 1, "Not filed at Peer", "let you in", Tone.WAITING),
    ],
)
def test_every_outcome_has_its_words(changes: dict[str, object], newest: int, said: str, more: str, tone: Tone) -> None:
    (line,) = filed_lines([replace(FILED, **changes)], (), newest)
    assert line.said.startswith(said)
    assert more in line.more
    assert line.tone is tone


def test_a_later_version_counts_before_an_earlier_one_and_a_withdrawn_visit_waits_for_no_server() -> None:
    later = replace(FILED, number=2, entry="f", state=FilingState.REFUSED, code="filing.busy")
    (line,) = filed_lines([FILED, later], (), 2)
    assert line.said.startswith("Not filed at Peer")
    other = FhirServer(id="2", url="https://x.example.org", title="Other")
    assert len(filed_lines([], (other,), 1)) == 1
    assert filed_lines([], (other,), 1, is_withdrawn=True) == ()
