"""Signatures and bodies of many entries, checked in child programs: neither may hold up the window, nor one the other.

Checking a signature takes longer than all else that is done for an entry, and holds the interpreter lock meanwhile.
Since a body has to be read for that, what the store needs of it is made there too.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO, cast

import homevisit
from homevisit.domain.entry import Entry, Prepared
from homevisit.errors import HomeVisitError
from homevisit.exchange.entries import cut_entries
from homevisit.exchange.preparing import prepared, read_prepared, write_prepared
from homevisit.hardening import harden
from homevisit.packed import BodyPacker
from homevisit.signatures import verify

MANY = 1_000
"""Children are started for so many entries in a while; once they run, a tenth of it is worth asking them."""
AT_ONCE = 300
MOST_CHILDREN = 4
IDLE_SECONDS = 20.0
_LENGTHS = struct.Struct(">IIQ")
"""Before every task and every answer: how many entries (an answer has none), then bytes of JSON, and bytes after it."""
Made = list[Prepared | None]
_CHILD = "import sys; sys.path.insert(0, sys.argv[1]); from homevisit.exchange.proving import serve; serve()"


class ChildGoneError(Exception):
    """A child program has ended before it answered."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Some entries as they lie in a package, and the key that each one's device signs with."""

    raw: bytes | memoryview = field(repr=False)
    count: int
    keys: Mapping[str, str] = field(repr=False)


def portion(count: int) -> int:
    """How many entries go into one claim: each child has as much to do as the others, and is not asked too often."""
    return -(-count // max(MOST_CHILDREN, -(-count // AT_ONCE))) or 1


def prove(claim: Claim) -> Made:
    """What was made of each body; ``package.entry`` or ``package.entry_signature`` unless its device signed this."""
    packer = BodyPacker()
    return [_proven(entry, claim.keys, packer) for entry in cut_entries(bytes(claim.raw), count=claim.count)]


def _proven(entry: Entry, keys: Mapping[str, str], packer: BodyPacker) -> Prepared | None:
    made = prepared(entry, packer)
    if not verify(keys[entry.envelope.device], entry.signature, entry.signing_bytes()):
        raise HomeVisitError("package.entry_signature")
    return made


class Provers:
    """The children of one process: started when there is much to do, ended when there was nothing for a while."""

    def __init__(self) -> None:
        self._children: list[_Child] = []
        self._lock = threading.Lock()
        self._ending: threading.Timer | None = None
        self._lately = (0, 0.0)

    def prove(self, claims: Sequence[Claim]) -> Made:
        """Every one of these, with what was made of each body; the first refusal is raised."""
        many = sum(claim.count for claim in claims)
        with self._lock:
            if self._asked_lately(many) >= MANY and not self._children:
                self._begin()
            if not self._children or many < MANY // 10:
                return _prove_here(claims)
            self._keep_waiting()
            try:
                return self._asked(claims)
            except ChildGoneError:
                self._end()
                return _prove_here(claims)

    @property
    def running(self) -> tuple[subprocess.Popen[bytes], ...]:
        """The child programs there are."""
        return tuple(child.process for child in self._children)

    def end(self) -> None:
        """Let the children go; the next that is asked starts new ones."""
        with self._lock:
            self._end()

    def _asked_lately(self, many: int) -> int:
        """How many entries without a long pause: what arrives at once comes in several packages."""
        before, at = self._lately
        now = time.monotonic()
        self._lately = (many + before if now - at < IDLE_SECONDS else many, now)
        return self._lately[0]

    def _asked(self, claims: Sequence[Claim]) -> Made:
        """Each child has every so many-th claim; a thread each waits for them, without the interpreter lock."""
        every = len(self._children)
        with ThreadPoolExecutor(every) as threads:
            waiting = [threads.submit(child.prove, claims[first::every]) for first, child in enumerate(self._children)]
        answers = [outcome.result() for outcome in waiting]
        return [made for place in range(len(claims)) for made in answers[place % every][place // every]]

    def _begin(self) -> None:
        with suppress(OSError):  # where no program can be started, the work is done here
            for _ in range(min(MOST_CHILDREN, os.cpu_count() or 1)):
                self._children.append(_Child())

    def _keep_waiting(self) -> None:
        if self._ending is not None:
            self._ending.cancel()
        self._ending = threading.Timer(IDLE_SECONDS, self.end)
        self._ending.daemon = True
        self._ending.start()

    def _end(self) -> None:
        for child in self._children:
            child.end()
        self._children = []


@cache
def provers() -> Provers:
    """Those of this process; they end with it."""
    shared = Provers()
    atexit.register(shared.end)
    return shared


class _Child:
    """One running child program. It ends by itself when this process ends, since its input does."""

    def __init__(self) -> None:
        # Not multiprocessing: that runs the main module again in the child, and with it the window's libraries.
        root = str(Path(homevisit.__file__).parents[1])
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-c", _CHILD, root],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def prove(self, claims: Sequence[Claim]) -> list[Made]:
        task, answers = cast("IO[bytes]", self.process.stdin), cast("IO[bytes]", self.process.stdout)
        made = []
        for claim in claims:
            try:
                _write(task, claim)
                made.append(_read_answer(answers, count=claim.count))
            except (OSError, EOFError, ValueError):
                raise ChildGoneError from None
        return made

    def end(self) -> None:
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        self.process.wait()


def serve() -> None:
    """What a child does: one claim after the other from its standard input, a verdict on each to its output."""
    harden()
    gc.disable()  # what is read here goes in no circles, and looking for them would take a tenth of the time
    tasks, answers = sys.stdin.buffer, sys.stdout.buffer
    while head := tasks.read(_LENGTHS.size):
        count, keys_length, length = _LENGTHS.unpack(head)
        keys = json.loads(_exactly(tasks, keys_length))
        verdict: dict[str, object] = {}
        made = b""
        try:
            made = write_prepared(prove(Claim(_exactly(tasks, length), count, keys)))
        except HomeVisitError as refusal:
            verdict = {"code": refusal.code, "values": refusal.values}
        said = json.dumps(verdict).encode()
        answers.write(_LENGTHS.pack(0, len(said), len(made)) + said + made)
        answers.flush()


def _prove_here(claims: Sequence[Claim]) -> Made:
    return [made for claim in claims for made in prove(claim)]


def _write(stream: IO[bytes], claim: Claim) -> None:
    keys = json.dumps(dict(claim.keys)).encode()
    stream.write(_LENGTHS.pack(claim.count, len(keys), len(claim.raw)) + keys)
    stream.write(claim.raw)
    stream.flush()


def _read_answer(stream: IO[bytes], *, count: int) -> Made:
    """What was made of so many entries; where the child refused one, its refusal is raised here."""
    _, said, length = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    verdict, found = json.loads(_exactly(stream, said)), _exactly(stream, length)
    if verdict:
        raise HomeVisitError(verdict["code"], **verdict["values"])
    return read_prepared(found, count=count)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) != length:
        raise EOFError
    return data
