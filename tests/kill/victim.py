"""Starts the typist as a process of its own, kills it, and knows what had been typed by then."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Condition, Thread
from typing import IO

import dev
from tests.desks import PASSPHRASE
from tests.kill.typist import token

STARTS_WITHIN = 30.0


@dataclass
class Typed:
    """What the typist said: when each token was typed."""

    moments: list[float] = field(default_factory=list)
    has_more: Condition = field(default_factory=Condition)

    def text(self, until: float | None = None) -> str:
        """Everything typed, or everything typed by a moment."""
        count = sum(until is None or moment <= until for moment in self.moments)
        return "".join(map(token, range(count)))

    def wait_for(self, count: int) -> bool:
        with self.has_more:
            return self.has_more.wait_for(lambda: len(self.moments) >= count, STARTS_WITHIN)

    def listen(self, lines: IO[str]) -> None:
        for line in lines:
            if line.endswith("\n"):  # the last line may have been cut off by the kill
                with self.has_more:
                    self.moments.append(float(line.split()[1]))
                    self.has_more.notify_all()


@dataclass(frozen=True, slots=True)
class Killed:
    """One typist after its end: what it typed, the moment of the kill, what it wrote to standard error."""

    typed: Typed
    at: float
    started_in: float
    complaints: str

    def lost(self, kept: str) -> float:
        """Seconds between the first token that is not in ``kept`` and the kill; 0 for no loss."""
        count = len(kept) // len(token(0))
        return self.at - self.typed.moments[count] if count < len(self.typed.moments) else 0.0


def type_and_kill(home: Path, visit: str, *, seed: int, after: float) -> Killed:
    """Let the robot type for ``after`` seconds from its first token on, then kill the process."""
    begun = time.monotonic()
    typed = Typed()
    with _typist(home, visit, seed) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        listener = Thread(target=typed.listen, args=(process.stdout,))
        listener.start()
        assert typed.wait_for(1), f"nothing was typed: {process.poll()}"
        started_in = typed.moments[0] - begun
        _let_run(process, after)
        at = time.monotonic()
        process.send_signal(signal.SIGKILL)
        complaints = process.stderr.read()
        listener.join(STARTS_WITHIN)
        return Killed(typed, at, started_in, complaints)


def _let_run(process: subprocess.Popen[str], seconds: float) -> None:
    try:
        status = process.wait(seconds)
    except subprocess.TimeoutExpired:
        return
    raise AssertionError(f"the program ended by itself: {status}")


@contextmanager
def _typist(home: Path, visit: str, seed: int) -> Generator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.kill.typist", str(home), visit, str(seed)]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=dev.ROOT, env=_environment(), stdin=pipe, stdout=pipe, stderr=pipe, text=True
    ) as process:
        try:
            assert process.stdin is not None
            process.stdin.write(PASSPHRASE + "\n")
            process.stdin.flush()
            yield process
        finally:
            process.kill()


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", "PYTHONFAULTHANDLER": "1"}
