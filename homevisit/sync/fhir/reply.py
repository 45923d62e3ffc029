"""What a server says to a Bundle: entry by entry where it does, otherwise by its status, never by its free words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from homevisit.domain.filing import FilingState

TAKEN = range(200, 300)
CODES = {
    400: "filing.refused",
    401: "filing.denied",
    403: "filing.denied",
    404: "filing.not_found",
    405: "filing.not_found",
    409: "filing.conflict",
    410: "filing.not_found",
    412: "filing.changed_there",
    413: "filing.too_large",
    422: "filing.refused",
    429: "filing.busy",
    503: "filing.busy",
}
STOPS = frozenset(
    {
        "filing.address",
        "filing.busy",
        "filing.ca_file",
        "filing.certificate",
        "filing.denied",
        "filing.no_answer",
        "filing.not_found",
        "filing.redirected",
        "filing.secret_missing",
        "filing.server_failed",
        "filing.token_refused",
        "filing.unreachable",
    }
)
"""After these nothing else would fare better: the rest of a round waits for the next one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What became of a Bundle. ``taken`` and ``refused`` are the references that the server said so of."""

    state: FilingState
    code: str = ""
    status: int = 0
    taken: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def stops(self) -> bool:
        """Whether to send this server nothing more for now."""
        return self.code in STOPS


def unsent(code: str) -> Reply:
    """Nothing left."""
    return Reply(state=FilingState.REFUSED, code=code)


def unanswered() -> Reply:
    """It left, and nobody knows what became of it."""
    return Reply(state=FilingState.UNKNOWN, code="filing.no_answer")


def reply_of(status: int, body: bytes, references: Sequence[str]) -> Reply:
    """The reply to a Bundle with these entries."""
    if status not in TAKEN:
        return _failed(status)
    statuses = _statuses(body)
    if statuses is None or len(statuses) != len(references):
        return Reply(state=FilingState.UNKNOWN, code="filing.not_understood", status=status)
    pairs = list(zip(references, statuses, strict=True))
    taken = tuple(name for name, found in pairs if found in TAKEN)
    refused = tuple(name for name, found in pairs if found not in TAKEN)
    if not refused:
        return Reply(state=FilingState.FILED, status=status, taken=taken)
    worst = next(found for found in statuses if found not in TAKEN)
    state = FilingState.PARTLY if taken else FilingState.REFUSED
    return Reply(state=state, code=_code(worst), status=worst, taken=taken, refused=refused)


def _failed(status: int) -> Reply:
    """A refusal of the whole; after a fault inside the server nobody knows what it kept."""
    if status in range(300, 400):
        return Reply(state=FilingState.REFUSED, code="filing.redirected", status=status)
    inside = status >= 500 and status not in CODES
    return Reply(state=FilingState.UNKNOWN if inside else FilingState.REFUSED, code=_code(status), status=status)


def _code(status: int) -> str:
    return CODES.get(status, "filing.server_failed" if status >= 500 else "filing.refused")


def _statuses(body: bytes) -> list[int] | None:
    """The status of every entry of a transaction-response or batch-response; None for anything else."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, Mapping) or found.get("resourceType") != "Bundle":
        return None
    entries = found.get("entry")
    if found.get("type") not in ("transaction-response", "batch-response") or not isinstance(entries, list):
        return None
    return [_status(entry) for entry in entries]


def _status(entry: object) -> int:
    """The number at the beginning of ``201 Created``; 0 where there is none."""
    response = entry.get("response") if isinstance(entry, Mapping) else None
    said = str(response.get("status", "")) if isinstance(response, Mapping) else ""
    return int(said[:3]) if said[:3].isdecimal() and said[:3].isascii() else 0
