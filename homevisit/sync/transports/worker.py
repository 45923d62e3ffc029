"""The program of the worker process: it alone talks to the network, and knows one place and nothing of the store."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
from typing import IO

from opendal import AsyncOperator
from opendal.layers import ConcurrentLimitLayer, RetryLayer, TimeoutLayer

from homevisit.errors import HomeVisitError
from homevisit.hardening import harden
from homevisit.sync.transports import frames
from homevisit.sync.transports.carrying import Carrier, Operators
from homevisit.sync.transports.faults import Named
from homevisit.sync.transports.frames import Head
from homevisit.sync.transports.patience import Patience

PARALLEL = 16
_FIRST_DELAY, _LONGEST_DELAY = 0.2, 2.0
_LARGEST_STEP = 64 * 1024 * 1024


def serve() -> None:
    """Answer the messages on standard input until it ends."""
    harden()
    asyncio.run(_serve(sys.stdin.buffer, sys.stdout.buffer))
    os._exit(0)  # threads of the network library may be waiting for a server still


async def _serve(source: IO[bytes], target: IO[bytes]) -> None:
    waiting: asyncio.Queue[tuple[Head, bytes] | None] = asyncio.Queue()
    threading.Thread(target=_listen, args=(source, asyncio.get_running_loop(), waiting), daemon=True).start()
    first = await waiting.get()
    if first is None:
        return
    place = _Place(first[0], target)
    running: set[asyncio.Task[None]] = set()
    while message := await waiting.get():
        task = asyncio.create_task(place.answer(*message))
        running.add(task)
        task.add_done_callback(running.discard)
        task.add_done_callback(_end_if_broken)


def _end_if_broken(task: asyncio.Task[None]) -> None:
    """What is no refusal (a fault of ours, a panic of the library) ends the process: the parent sees that at once."""
    if not task.cancelled() and task.exception() is not None:
        os._exit(1)


def _listen(
    source: IO[bytes], loop: asyncio.AbstractEventLoop, waiting: asyncio.Queue[tuple[Head, bytes] | None]
) -> None:
    """On a thread of its own: an event loop cannot wait for standard input on every system."""
    message: tuple[Head, bytes] | None = None
    while True:
        try:
            message = frames.read(source)
        except (OSError, ValueError, frames.BrokenFrameError):
            message = None
        loop.call_soon_threadsafe(waiting.put_nowait, message)
        if message is None:
            return


class _Place:
    """Opens at the first message, so that a wrong setting is the answer to that."""

    def __init__(self, opening: Head, target: IO[bytes]) -> None:
        self._opening = opening
        self._target = target
        self._patience = Patience(**opening["patience"])  # type: ignore[arg-type]
        self._carrier: Carrier | None = None

    async def answer(self, head: Head, body: bytes) -> None:
        number = head["n"]
        try:
            result = await self._done(head, body)
        except TimeoutError:
            frames.write(self._target, {"n": number, "code": "place.slow"})
        except HomeVisitError as refusal:
            frames.write(self._target, {"n": number, "code": refusal.code, "values": refusal.values})
        else:
            frames.write(self._target, {"n": number}, result)

    async def _done(self, head: Head, body: bytes) -> bytes:
        carrier = self._opened()
        name = str(head.get("name", ""))
        match head["act"]:
            case "put":
                await carrier.put(name, body, is_new=bool(head["is_new"]))
            case "get":
                return await carrier.get(name, int(str(head["max_bytes"])))
            case "names":
                return json.dumps(await carrier.names()).encode()
            case "remove":
                await carrier.remove(name)
            case _:
                await carrier.check()
        return b""

    def _opened(self) -> Carrier:
        if self._carrier is None:
            _trust(str(self._opening["certificates"]))
            has_token = bool(self._opening["has_token"])
            with Named(has_token=has_token):
                steps = (self._patience.step, self._patience.step_of(_LARGEST_STEP), self._patience.listing)
                operators = Operators(*map(self._operator, steps))
            self._carrier = Carrier(operators, patience=self._patience, has_token=has_token)
        return self._carrier

    def _operator(self, step: float) -> AsyncOperator:
        told: dict[str, str] = self._opening["options"]  # type: ignore[assignment]
        made = AsyncOperator(str(self._opening["scheme"]), **told)
        retry = RetryLayer(
            max_times=self._patience.retries, jitter=True, min_delay=_FIRST_DELAY, max_delay=_LONGEST_DELAY
        )
        for layer in (TimeoutLayer(timeout=step, io_timeout=step), retry, ConcurrentLimitLayer(PARALLEL)):
            made = made.layer(layer)
        return made


def _trust(certificates: str) -> None:
    """Only these sign for the server. Where the system alone decides whom to trust (Windows, macOS) it goes on to."""
    if certificates and sys.platform == "linux":
        descriptor = os.memfd_create("certificates")  # no file that would stay behind when this process is killed
        os.write(descriptor, certificates.encode())
        os.environ["SSL_CERT_FILE"] = f"/proc/self/fd/{descriptor}"
