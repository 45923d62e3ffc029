"""What every test stands on: no screen, a home of its own, owner-only files, and a log without surprises."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import dev

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything loads Qt
if os.environ["QT_QPA_PLATFORM"] == "offscreen":
    os.environ.pop("WAYLAND_DISPLAY", None)
os.umask(0o077)

SLOW_MACHINE = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)
settings.register_profile("dev", max_examples=40, deadline=None, suppress_health_check=SLOW_MACHINE)
settings.register_profile("ci", settings.get_profile("dev"), max_examples=100, derandomize=True, print_blob=True)
settings.register_profile("deep", settings.get_profile("dev"), max_examples=5_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what plays a journey."""
    for item in items:
        if item.path.is_relative_to(dev.ROOT / "tests" / "journey"):
            item.add_marker(pytest.mark.journey)


class Surprises(logging.Handler):
    """Collects every record at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a test that logs a warning, unless it is marked ``logs_warnings`` and looks at the log itself."""
    surprises = Surprises()
    logging.getLogger().addHandler(surprises)
    try:
        result = yield
    finally:
        logging.getLogger().removeHandler(surprises)
    if surprises.lines and item.get_closest_marker("logs_warnings") is None:
        pytest.fail("unexpected in the log:\n" + "\n".join(surprises.lines), pytrace=False)
    return result


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home that belongs to this test alone, also for programs that the test starts."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOMEVISIT_HOME", str(home))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(home))
    return home


@pytest.fixture(scope="session")
def screen() -> Iterator[dict[str, str]]:
    """The environment for a real program on a virtual screen: one to each worker, for one window has the keyboard."""
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    if alone and (display := os.environ.get("DISPLAY")):
        kept = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
        yield {**kept, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    elif shutil.which("Xvfb"):
        with dev.virtual_screen() as environment:
            yield {**environment, "QT_QPA_PLATFORM": "xcb"}
    else:
        pytest.skip("needs Xvfb: start the tests with dev.py")
