"""What a worker answered and nobody has fetched yet: a few messages, then whoever puts more in waits."""

from __future__ import annotations

import threading
from collections import deque

from homevisit.sync.transports.frames import Head

# Beyond these the worker waits, so that memory holds a few packages only.
_MOST = 4

Message = tuple[Head, bytes]


class NoAnswerError(Exception):
    """Nothing came in time."""


class Mailbox:
    """Filled on one thread, emptied on another, and closed from any."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._messages: deque[Message] = deque()
        self._is_closed = False

    def put(self, message: Message) -> None:
        """Add a message; after closing it is dropped."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed or len(self._messages) < _MOST)
            if not self._is_closed:
                self._messages.append(message)
                self._changed.notify_all()

    def take(self, limit: float) -> Message | None:
        """The oldest message; ``None`` when there will be no more."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._is_closed or bool(self._messages), timeout=limit):
                raise NoAnswerError
            message = self._messages.popleft() if self._messages else None
            self._changed.notify_all()
            return message

    def close(self) -> None:
        """No more will come; what is here can still be taken."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
