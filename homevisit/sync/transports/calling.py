"""The worker process as its parent sees it: started, asked, listened to on a thread, ended."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, Final, cast

import homevisit
from homevisit.errors import HomeVisitError, SafeValue
from homevisit.sync.transports import frames
from homevisit.sync.transports.frames import Head
from homevisit.sync.transports.mailbox import Mailbox, NoAnswerError
from homevisit.sync.transports.options import Options
from homevisit.sync.transports.patience import Patience

_CHILD: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); from homevisit.sync.transports.worker import serve; serve()"
)
# The worker gets its keys over the pipe; the rest of the environment could hold others, and what would use them.
_ENVIRONMENT: Final = """
PATH SYSTEMROOT WINDIR TEMP TMP TMPDIR LD_LIBRARY_PATH
SSL_CERT_FILE SSL_CERT_DIR HTTP_PROXY HTTPS_PROXY NO_PROXY ALL_PROXY
"""

Reply = tuple[int, bytes | HomeVisitError]


class Worker:
    """One running worker process with one open place."""

    def __init__(self, options: Options, patience: Patience) -> None:
        # Not multiprocessing: that runs the main module again in the child, and with it the window's libraries.
        root = str(Path(homevisit.__file__).parents[1])
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _CHILD, root],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: value for name, value in os.environ.items() if name.upper() in _ENVIRONMENT.split()},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._answers = Mailbox()
        threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True).start()
        self.ask(
            {
                "scheme": options.scheme,
                "options": options.options,
                "certificates": options.certificates,
                "has_token": options.has_token,
                "patience": patience.to_json(),
            }
        )

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, head: Head, body: bytes = b"") -> None:
        """Send one message. A worker that has gone is noticed when its answer is waited for."""
        with suppress(OSError, ValueError):
            frames.write(cast(IO[bytes], self._process.stdin), head, body)

    def reply(self, limit: float) -> Reply:
        """The number of a request and its answer; raises when there will be none, and ends the worker."""
        try:
            message = self._answers.take(limit)
        except NoAnswerError:
            self.end()
            raise HomeVisitError("place.slow") from None
        if message is None:
            self.end()
            raise HomeVisitError("place.failed")
        head, body = message
        number = cast(int, head["n"])
        if "code" in head:
            values = cast(dict[str, SafeValue], head.get("values", {}))
            return number, HomeVisitError(str(head["code"]), **values)
        return number, body

    def end(self) -> None:
        """Stop it at once, whatever it is doing: everything that it does can be broken off and done again."""
        self._answers.close()
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError, ValueError):
                cast(IO[bytes], pipe).close()

    def _listen(self, source: IO[bytes]) -> None:
        with suppress(OSError, ValueError, frames.BrokenFrameError):
            while message := frames.read(source):
                self._answers.put(message)
        self._answers.close()
