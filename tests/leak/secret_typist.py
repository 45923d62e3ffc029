"""The real program with a robot at its keyboard that types secrets everywhere, until it is told to lock.

Run as ``python -m tests.leak.secret_typist --home HOME``. The secrets come as one line of JSON on standard input, never
from this file or the command line: the process that locking starts runs this same file and must not know them.
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

import ui.main
from homevisit.assembly import Services
from homevisit.domain.review import Anchor, Comment, Decision, ReviewBody
from homevisit.hardening import harden
from homevisit.paths import Home
from ui.desk import DeskView
from ui.relaunch import RETURN_OPTION
from ui.session import Session, later

LOOK_MS = 5
LOOKS = 4
GIVES_UP_MS = 60_000
TIMES = (".day", ".start", ".end")
"""Fields in which only a moment can be signed: a secret is typed, then what stood there before."""

Wait = Callable[[], bool]
Work = Callable[["Robot", Services, dict[str, str]], None]
Control = TypeVar("Control", bound=QWidget)


class Robot(QObject):
    """Plays a story: a generator that does one thing and yields what to wait for."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.window)
        self.session = session
        self.stem = ""
        self.count = 0
        self.told = False
        self._titles: set[str] = set()
        self._story: Iterator[Wait] = iter(())
        self._wait: Wait = lambda: True
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    def play(self, story: Iterator[Wait]) -> None:
        self._story = story
        self._timer.start(LOOK_MS)

    def marker(self) -> str:
        """The next secret."""
        self.count += 1
        return f"{self.stem}{self.count:04d}"

    def find(self, kind: type[Control], name: str) -> Control | None:
        """A control that can be used now."""
        found = self.session.window.findChild(kind, name)
        return found if found is not None and found.isVisible() and found.isEnabled() else None

    def fill(self, root: QWidget) -> int:
        """Type a secret of its own into every text box that can be seen."""
        boxes = [box for kind in (QLineEdit, QPlainTextEdit, QTextEdit) for box in root.findChildren(kind)]
        usable = [box for box in boxes if _can_type(box)]
        for box in usable:
            self._type(box)
        return len(usable)

    def settled(self) -> bool:
        """Nothing runs, nothing waits to be written."""
        return self.session.bridge.is_idle

    def still(self) -> Wait:
        """What to wait for after going somewhere: a page is shown bit by bit, and is all there when looks agree."""
        looks: list[int] = []

        def is_still() -> bool:
            looks.append(len([box for box in self.desk.findChildren(QWidget) if box.isVisible()]))
            return self.settled() and looks[-LOOKS:] == [looks[-1]] * LOOKS

        return is_still

    @property
    def desk(self) -> DeskView:
        desk = self.session.window.desk
        assert desk is not None
        return desk

    def run(self, job: Callable[[], Any]) -> Future[Any]:
        """A job on the writer lane, as every screen starts one."""
        return self.session.bridge.run(job)

    def _type(self, box: QLineEdit | QPlainTextEdit | QTextEdit) -> None:
        before = box.text() if isinstance(box, QLineEdit) else box.toPlainText()
        box.setFocus()
        QTest.keyClicks(box, self.marker())
        if box.objectName().endswith(TIMES):
            box.selectAll()
            QTest.keyClick(box, Qt.Key.Key_Delete)
            QTest.keyClicks(box, before)

    def _look(self) -> None:
        self._titles |= {window.windowTitle() for window in QApplication.topLevelWidgets()}
        if not self._wait():
            return
        try:
            self._wait = next(self._story)
        except StopIteration:
            self._timer.stop()

    def say_titles(self) -> None:
        say("titles", sorted(self._titles))


def _can_type(box: QLineEdit | QPlainTextEdit | QTextEdit) -> bool:
    in_spin_box = isinstance(box.parent(), QAbstractSpinBox)
    return box.isVisible() and box.isEnabled() and not box.isReadOnly() and not in_spin_box


def say(*words: object) -> None:
    """One line for the test to read; never a secret."""
    print(*words, flush=True)


def story(robot: Robot, orders: dict[str, str]) -> Iterator[Wait]:
    """Unlock after a wrong passphrase, type everywhere, sign, export, crash; then wait to be told to lock."""
    robot.stem = orders["stem"]
    yield from unlocking(robot, orders["passphrase"])
    yield from typing(robot, orders)
    yield from finishing(robot, signing if orders["desk"] == "practitioner" else reviewing, orders)
    yield from crashing(robot)
    robot.say_titles()
    say("ready-to-lock")
    yield lambda: robot.told
    QTest.keyClick(robot.session.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    yield lambda: False


def unlocking(robot: Robot, passphrase: str) -> Iterator[Wait]:
    yield lambda: robot.find(QLineEdit, "unlock.secret.line") is not None
    for attempt in (robot.marker(), passphrase):
        line = robot.find(QLineEdit, "unlock.secret.line")
        assert line is not None
        QTest.keyClicks(line, attempt)
        QTest.keyClick(line, Qt.Key.Key_Return)
        yield robot.settled
    yield lambda: robot.session.window.desk is not None and robot.settled()


def typing(robot: Robot, orders: dict[str, str]) -> Iterator[Wait]:
    """Every page of the desk, and every step of the visit."""
    arguments = dict.fromkeys(("visit", "finish", "review"), orders["visit"]) | {"family": orders["family"]}
    for name in list(robot.desk._specs):
        robot.desk.go(name, arguments.get(name, ""))
        yield robot.still()
        if name == "visit":
            yield from steps(robot)
        add = robot.find(QAbstractButton, "review.comment.add")
        if name == "review" and add is not None:
            add.click()
            yield robot.still()
        assert robot.desk.page is not None
        say("typed", robot.fill(robot.desk.page), name)
        yield robot.settled
    QTest.keyClick(robot.desk, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    say("typed", robot.fill(robot.desk), "go-to")
    yield robot.settled


def steps(robot: Robot) -> Iterator[Wait]:
    page: Any = robot.desk.page
    for step in page._presenter.state.steps:
        if step.id != "finish":
            page._presenter.go(step.id)
            yield robot.still()
            say("typed", robot.fill(page), f"visit/{step.id.partition('/')[0]}")
            yield robot.settled


def finishing(robot: Robot, work: Work, orders: dict[str, str]) -> Iterator[Wait]:
    """What is signed and sent, on the lane of the real program."""
    assert robot.session.opened is not None
    shell = robot.session.opened.shell
    writes = shell.flush()
    yield lambda: all(write.done() for write in writes)
    job = robot.run(lambda: work(robot, shell.services, orders))
    yield job.done
    job.result()
    yield robot.settled
    say("signed")


def signing(robot: Robot, services: Services, orders: dict[str, str]) -> None:
    """Reasons, signature, amendment, withdrawal, export."""
    visit = orders["visit"]
    for gap in services.signing.preview(visit).missing:
        services.signing.leave_out(visit, gap.what, robot.marker())
    services.signing.sign(visit)
    services.drafting.amend(visit)
    services.signing.sign(visit, robot.marker())
    services.signing.withdraw(visit, robot.marker())
    sending(robot, services, orders)


def reviewing(robot: Robot, services: Services, orders: dict[str, str]) -> None:
    """A review with a comment, sent back."""
    version = services.records.visit(orders["visit"]).versions[-1].entry
    comment = Comment(anchor=Anchor(), text=robot.marker())
    decision = Decision.SEND_BACK
    body = ReviewBody(
        visit=orders["visit"], version=version, decision=decision, comments=(comment,), action=robot.marker()
    )
    services.reviews.decide(body)
    sending(robot, services, orders)


def sending(robot: Robot, services: Services, orders: dict[str, str]) -> None:
    cards = [known.card for known in services.cards.known()]
    services.sending.export(cards, Path(orders["place"]))
    services.finding.search(robot.stem)
    services.upkeep.backup()


def crashing(robot: Robot) -> Iterator[Wait]:
    """A slot and a job fail with secrets in their message and in their variables."""
    fallen: list[str] = []

    def fall() -> None:
        words = robot.marker()
        fallen.append(words)
        raise ValueError(words)

    QTimer.singleShot(0, fall)
    robot.run(fall)
    yield lambda: len(fallen) == 2 and robot.settled()
    say("crashed")


def main() -> int:
    """Start as ui.main does; the first process plays the story, the locked one only shows its screen."""
    home = Path(sys.argv[sys.argv.index("--home") + 1])
    harden()
    ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # the test reads this process's memory, also where it is not root
    app = QApplication(sys.argv[:1])
    session = ui.main.start(app, Home(home))
    session.window.show()
    later(session.warm_up)
    robot = Robot(session)
    QTimer.singleShot(GIVES_UP_MS, app, lambda: app.exit(1))
    if RETURN_OPTION in sys.argv:
        robot.play(locked(robot))
    else:
        robot.play(story(robot, json.loads(sys.stdin.buffer.raw.readline())))
        notifier = QSocketNotifier(0, QSocketNotifier.Type.Read, robot)
        notifier.activated.connect(lambda: (setattr(robot, "told", True), notifier.setEnabled(False)))
    return app.exec()


def locked(robot: Robot) -> Iterator[Wait]:
    yield lambda: robot.find(QLineEdit, "unlock.secret.line") is not None and robot.settled()
    robot.say_titles()
    say("locked")


if __name__ == "__main__":
    sys.exit(main())
