"""What commands write: lines for a person or one JSON document on stdout, messages on stderr, never control codes."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterable
from datetime import datetime

CONTROLS = {number: "\ufffd" for number in (*range(32), *range(127, 160)) if chr(number) not in "\n\t"}
"""Terminals obey these; a note that holds one must not."""
ESCAPED = {number: f"\\u{number:04x}" for number in range(127, 160)}
"""JSON lets these through as they are, and a terminal would obey them there too."""


def tolerate_any_text() -> None:
    """Let no character that a terminal cannot show end the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def write_lines(lines: Iterable[str]) -> None:
    """Write lines for a person on stdout."""
    for line in lines:
        sys.stdout.write(line.translate(CONTROLS) + "\n")


def write_document(document: object) -> None:
    """Write one JSON document on stdout; in ASCII where stdout could not show every character."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    sys.stdout.write(json.dumps(document, ensure_ascii=plain, indent=2).translate(ESCAPED) + "\n")


def complain(text: str) -> None:
    """Write one message on stderr."""
    sys.stderr.write(f"homevisit: {text}\n".translate(CONTROLS))


def discard_stdout() -> None:
    """Nobody reads stdout any more: let what is left in its buffer go nowhere instead of failing at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def local_time(instant: str) -> str:
    """``2026-11-10 10:05`` in local time for an instant; a plain date, or what is no instant, as it stands."""
    if "T" not in instant:
        return instant
    try:
        return datetime.fromisoformat(instant).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return instant
