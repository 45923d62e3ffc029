"""Hand-over in a real window: one question at a time, nothing else reachable, only the passphrase leads out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from homevisit.clock import ManualClock
from homevisit.jobs import InlineLane
from homevisit.prompts.questionnaire import load
from homevisit.prompts.session import Session
from homevisit.prompts.terms import ROLES, Role
from homevisit.settings import Settings
from tests.desks import PASSPHRASE, Desks, open_desks
from ui import theme
from ui.bridge import Bridge
from ui.handover.presenter import HandOverPresenter
from ui.handover.screen import HandOverScreen
from ui.preferences import Preferences
from ui.prompts.block import PromptBlock
from ui.shortcuts import Shortcuts
from ui.theme import Theme
from ui.window import MainWindow

OPTIONS = [{"valueCoding": {"code": code, "display": code}} for code in ("Never", "Often")]


def marked(role: Role) -> list[object]:
    return [{"system": ROLES, "code": role.value}]


ITEMS = [
    {
        "linkId": "g",
        "type": "group",
        "text": "Over the last two weeks",
        "item": [
            {"linkId": "a", "type": "choice", "text": "First", "answerOption": OPTIONS},
            {"linkId": "b", "type": "string", "text": "Second"},
        ],
    },
    {"linkId": "n", "type": "string", "text": "For the practitioner", "code": marked(Role.PRACTITIONER)},
    {
        "linkId": "c",
        "type": "string",
        "text": "Why often?",
        "enableWhen": [{"question": "a", "operator": "=", "answerCoding": OPTIONS[1]["valueCoding"]}],
    },
]


@dataclass
class Handed:
    """The window in somebody else's hands, and what happened to it."""

    qtbot: QtBot
    window: MainWindow
    screen: HandOverScreen
    session: Session
    shortcuts: Shortcuts
    happened: list[str] = field(default_factory=list)

    def press(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(name), Qt.MouseButton.LeftButton)

    def find(self, name: str) -> QWidget:
        found = self.screen.findChild(QWidget, f"handover.{name}")
        assert found is not None
        return found

    def asked(self) -> str:
        shown = [block for block in self.screen.findChildren(PromptBlock) if block.isVisible()]
        return shown[0].path[-1][0] if shown else ""

    def try_passphrase(self, words: str) -> None:
        line = self.screen.findChild(QLineEdit, "handover.check.secret.line")
        assert line is not None
        line.setText(words)
        self.press("check.go")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 11, 22, 12, 0, tzinfo=UTC))


@pytest.fixture
def desks(tmp_path: Path, clock: ManualClock) -> Iterator[Desks]:
    made = open_desks(tmp_path, clock=clock)
    yield made
    made.close()


@pytest.fixture
def handed(qtbot: QtBot, qapp: QApplication, desks: Desks, clock: ManualClock) -> Iterator[Handed]:
    theme.apply(qapp, Theme())
    bridge, shortcuts = Bridge(InlineLane(), InlineLane()), Shortcuts()
    window = MainWindow(Preferences(desks.practitioner.home, Settings(), bridge), shortcuts)
    qtbot.addWidget(window)
    behind = QPushButton("the desk")
    window.show_content(behind)
    window.show()
    session = Session(load({"resourceType": "Questionnaire", "url": "urn:t", "title": "A set", "item": ITEMS}))
    presenter = HandOverPresenter(session, bridge, desks.practitioner.safekeeping.confirm)
    screen = HandOverScreen(presenter, shortcuts=shortcuts, now=clock.now)
    screen.returned.connect(window.take_back)
    window.hand_over(screen)
    qtbot.waitExposed(window)
    made = Handed(qtbot, window, screen, session, shortcuts)
    screen.lock_asked.connect(lambda: made.happened.append("locked"))
    screen.answered.connect(lambda: made.happened.append("answered"))
    shortcuts.bind(behind, "go.anything", lambda: made.happened.append("went"))
    yield made
    qtbot.waitUntil(lambda: bridge.is_idle)
    bridge.shutdown()


def test_one_question_stands_alone_and_what_is_asked_follows_the_answers(handed: Handed) -> None:
    handed.press("start")
    asked = [handed.asked()]
    handed.qtbot.keyClick(handed.screen.focusWidget(), Qt.Key.Key_2)
    for _ in range(2):
        handed.press("next")
        asked.append(handed.asked())
    assert asked == ["a", "b", "c"]
    handed.press("next")
    assert handed.find("again").isVisible()
    assert handed.happened == ["answered"]


def test_what_the_practitioner_answers_is_never_asked(handed: Handed) -> None:
    assert "n" not in {question.path[-1][0] for question in handed.screen.presenter.state.asked}


def test_words_typed_at_the_last_moment_are_kept_when_going_on(handed: Handed) -> None:
    handed.press("start")
    handed.press("next")
    handed.qtbot.keyClicks(handed.screen.focusWidget(), "tired")
    handed.press("next")
    assert "tired" in str(handed.session.response())


@pytest.mark.parametrize("keys", ["go.anything", "help", "back", "visit.new", "find.everything", "in_home"])
def test_no_key_of_the_desk_acts(handed: Handed, keys: str) -> None:
    handed.press("start")
    sequence = handed.shortcuts.keys(keys)
    handed.qtbot.keySequence(handed.window, sequence)
    assert (handed.happened, handed.screen.isVisible()) == ([], True)


def test_the_key_that_locks_still_locks_and_the_cover_still_covers(handed: Handed) -> None:
    handed.qtbot.keySequence(handed.screen, handed.shortcuts.keys("lock"))
    handed.window.toggle_cover()
    assert (handed.happened, handed.window.is_covered, handed.screen.isVisible()) == (["locked"], True, False)
    handed.window.toggle_cover()
    assert handed.screen.isVisible()


def test_the_desk_is_still_known_behind_it(handed: Handed) -> None:
    assert isinstance(handed.window.content, QPushButton)


def test_no_field_opens_a_menu(handed: Handed) -> None:
    handed.press("start")
    handed.press("next")
    field_shown = handed.screen.focusWidget()
    middle = field_shown.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, field_shown.mapToGlobal(middle))
    QApplication.sendEvent(field_shown, event)
    assert QApplication.activePopupWidget() is None


def test_a_wrong_passphrase_stays_and_soon_makes_one_wait(handed: Handed) -> None:
    handed.press("practitioner")
    for _ in range(4):
        handed.try_passphrase("guess")
        handed.qtbot.waitUntil(lambda: not handed.screen.presenter.state.tries.busy)
    assert handed.screen.isVisible()
    assert handed.screen.presenter.state.tries.wait > 0
    assert not handed.find("check.go").isEnabled()


def test_the_passphrase_gives_the_desk_back(handed: Handed) -> None:
    handed.press("practitioner")
    handed.try_passphrase(PASSPHRASE)
    handed.qtbot.waitUntil(lambda: not handed.window.isFullScreen())
    assert isinstance(handed.window.content, QPushButton)
    assert handed.window.content.isVisible()


def test_large_targets(handed: Handed) -> None:
    handed.press("start")
    buttons = [each for each in handed.screen.findChildren(QAbstractButton) if each.isVisible()]
    assert min(each.height() for each in buttons) >= 44


def test_the_parents_language_is_chosen_first_and_the_practitioner_reads_on_in_the_own(handed: Handed) -> None:
    handed.press("start")
    handed.screen.presenter.speak("pl")
    assert handed.session.questionnaire.language == "pl"
    handed.press("practitioner")
    handed.try_passphrase(PASSPHRASE)
    handed.qtbot.waitUntil(lambda: not handed.window.isFullScreen())
    assert handed.session.questionnaire.language != "pl"
