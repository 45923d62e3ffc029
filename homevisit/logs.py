"""The log: an allow-list of fields whose values are ids, counts, durations and codes. Free text has no field."""

from __future__ import annotations

import json
import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from typing_extensions import override

from homevisit.clock import Clock, SystemClock, instant

LogValue = str | int | float | bool | None

_ID: Final = re.compile(r"[0-9a-fA-F-]{8,64}|[0-9a-z]{26}\.age")
_CODE: Final = re.compile(r"[A-Za-z0-9_]+(?:[.:<>/-][A-Za-z0-9_<>]+)*")
_NUMBER_FIELDS: Final = frozenset(
    {
        "answers",
        "bytes",
        "count",
        "entries",
        "errno",
        "families",
        "line",
        "ms",
        "packages",
        "seconds",
        "status",
        "visits",
    }
)
_ID_FIELDS: Final = frozenset({"device", "entry", "family", "package", "person", "record", "visit"})
_CODE_FIELDS: Final = frozenset({"code", "file", "function", "kind", "lane", "page", "state", "type", "version"})
FIELDS: Final = _NUMBER_FIELDS | _ID_FIELDS | _CODE_FIELDS
WITHHELD: Final = "•"

_LARGEST = 512 * 1024
_KEPT = 3
_LOGGER = logging.getLogger("homevisit")


def event(name: str, **values: LogValue) -> None:
    """Log what happened. A field outside the allow-list is a bug; a value that is not of its kind is withheld."""
    unknown = values.keys() - FIELDS
    if unknown:
        raise ValueError(f"no such log fields: {sorted(unknown)}")
    safe = {field: value if _is_safe(field, value) else WITHHELD for field, value in values.items()}
    _LOGGER.info("%s", _code(name), extra={"homevisit_values": safe})


def start(folder: Path, clock: Clock | None = None) -> logging.Handler:
    """Write the log into a folder: rotated, capped, readable only by its owner. Close it with :func:`stop`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "homevisit.log"
    path.touch(mode=0o600)
    handler = RotatingFileHandler(path, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=True)
    handler.setFormatter(_Lines(clock or SystemClock()))
    _LOGGER.addHandler(handler)
    _LOGGER.setLevel(logging.INFO)
    _LOGGER.propagate = False
    return handler


def stop(handler: logging.Handler) -> None:
    _LOGGER.removeHandler(handler)
    handler.close()


class _Lines(logging.Formatter):
    """One JSON object a line. A record that did not come through :func:`event` keeps only where it came from."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    @override
    def format(self, record: logging.LogRecord) -> str:
        values = getattr(record, "homevisit_values", None)
        line: dict[str, LogValue] = {"at": instant(self._clock.now())}
        if isinstance(values, dict):
            line |= {"event": str(record.args[0]) if isinstance(record.args, tuple) and record.args else ""} | values
        else:
            line |= {"event": "log.other", "file": record.filename, "line": record.lineno}
        return json.dumps(line, sort_keys=True)


def _is_safe(field: str, value: LogValue) -> bool:
    if value is None or isinstance(value, bool):
        return True
    if field in _NUMBER_FIELDS:
        return isinstance(value, int | float)
    if not isinstance(value, str) or len(value) > 128:
        return False
    pattern = _ID if field in _ID_FIELDS else _CODE
    return pattern.fullmatch(value) is not None


def _code(name: str) -> str:
    return name if _CODE.fullmatch(name) and len(name) <= 64 else WITHHELD
