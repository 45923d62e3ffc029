"""Addresses of servers: which ones a visit, a token or a secret may be sent to at all."""

from __future__ import annotations

from urllib.parse import urlsplit

from homevisit.errors import HomeVisitError

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def checked_url(text: str) -> str:
    """The address without a slash at its end; refused unless it is ``https``, or ``http`` to this machine itself."""
    try:
        parts = urlsplit(text.strip())
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise HomeVisitError("filing.address") from None
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.query or parts.fragment:
        raise HomeVisitError("filing.address")
    if parts.scheme == "http" and host not in LOOPBACK:
        raise HomeVisitError("filing.insecure")
    return text.strip().rstrip("/")
