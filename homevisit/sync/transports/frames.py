"""Messages over a pipe: a small JSON head and bytes, each with its length in front. Nothing in them is ever run."""

from __future__ import annotations

import json
import struct
from typing import IO

_LENGTHS = struct.Struct(">IQ")
LARGEST_HEAD = 1024 * 1024
LARGEST_BODY = 256 * 1024 * 1024

Head = dict[str, object]


class BrokenFrameError(Exception):
    """The other end has gone, or what it says is no message."""


def write(stream: IO[bytes], head: Head, body: bytes = b"") -> None:
    """Send one message."""
    words = json.dumps(head).encode()
    stream.write(_LENGTHS.pack(len(words), len(body)) + words)
    stream.write(body)
    stream.flush()


def read(stream: IO[bytes]) -> tuple[Head, bytes] | None:
    """The next message; ``None`` at a proper end."""
    first = stream.read(_LENGTHS.size)
    if not first:
        return None
    if len(first) != _LENGTHS.size:
        raise BrokenFrameError
    head_length, body_length = _LENGTHS.unpack(first)
    if head_length > LARGEST_HEAD or body_length > LARGEST_BODY:
        raise BrokenFrameError
    head, body = stream.read(head_length), stream.read(body_length)
    if len(head) != head_length or len(body) != body_length:
        raise BrokenFrameError
    told = json.loads(head)
    if not isinstance(told, dict):
        raise BrokenFrameError
    return told, body
