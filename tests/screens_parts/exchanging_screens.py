"""Send & receive: places, who gets what, an exchange that was asked for, one's card as a code, and closing."""

from __future__ import annotations

from tests.journey.robot import Script
from tests.screens_parts.stage import Screen, Stage
from ui.widgets.fields import CheckBox


def exchange(stage: Stage) -> Script:
    yield from stage.go("exchange")
    yield from stage.robot.until(lambda: stage.robot.find("exchange.sync.go") is not None, "the places")
    box = stage.robot.find("places.by_itself")
    if isinstance(box, CheckBox):  # as it usually is; while pictures are taken nothing begins by itself
        box.show_value(True)


def refused(stage: Stage) -> Script:
    yield from stage.robot.click_row("exchange.inbox.list", "report.age")


def agreed(stage: Stage) -> Script:
    yield from stage.robot.click_label("Agree")
    yield from stage.robot.see("goes by itself from now on")
    yield from stage.quiet()


def sent(stage: Stage) -> Script:
    """All that was agreed to is sent; a second place is a stick that nobody put in."""
    yield from stage.robot.press("Ctrl+s")
    yield from stage.robot.see("Sent ")
    yield from stage.quiet()


def adding(stage: Stage) -> Script:
    """A share that is asked for over a connection that anybody could listen to."""
    robot = stage.robot
    yield from robot.click("places.add")
    yield from robot.click_label("WebDAV, as Nextcloud")
    yield from robot.write("places.webdav.endpoint", "http://cloud.example.org/remote.php/dav/files/ruth")
    yield from robot.write("places.webdav.username", "ruth")
    yield from robot.write("places.webdav.password.line", "not a real password")
    yield from robot.press("Return")
    yield from stage.quiet()


def code(stage: Stage) -> Script:
    yield from stage.robot.click("places.add.cancel")
    yield from stage.robot.click("cards.mine.code")
    yield from stage.robot.until(lambda: stage.robot.find("cards.code") is not None, "the code")


def closing(stage: Stage) -> Script:
    """Somebody closes the window while records that would go have not been sent."""
    stage.session.window.close()
    yield from stage.robot.until(lambda: stage.robot.find("closing") is not None, "the offer to send")


def stay(stage: Stage) -> Script:
    yield from stage.robot.press("Escape")
    yield from stage.robot.until(lambda: stage.robot.find("closing") is None, "the offer to go")


def done(stage: Stage) -> Script:
    yield from stage.robot.press("Escape")
    yield from stage.robot.until(lambda: stage.robot.find("cards.code") is None, "the code to go")


SCREENS = (
    Screen("exchange", exchange, is_main=True),
    Screen("exchange-refused", refused),
    Screen("exchange-agreed", agreed),
    Screen("closing", closing),
    Screen("", stay),
    Screen("exchange-sent", sent, is_main=True),
    Screen("exchange-place", adding),
    Screen("exchange-code", code),
    Screen("", done),
)
