"""The wire beneath: one HTTP connection, its limits, and what a network does in the words of this program."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from homevisit.domain.filing import FhirServer
from homevisit.errors import HomeVisitError
from homevisit.sync.fhir.addresses import LOOPBACK

if TYPE_CHECKING:
    import httpx

CONNECT_SECONDS, WHOLE_SECONDS = 10.0, 120.0
LARGEST_REPLY = 16 * 1024 * 1024
CHUNK = 64 * 1024


def connection(server: FhirServer, read_seconds: float) -> httpx.Client:
    """A client that trusts the machine's authorities, or those of the file that was named."""
    import httpx  # noqa: PLC0415 - a tenth of a second, and most runs of the program never talk to a server

    is_secured = any(url.startswith("https:") for url in (server.url, server.token_url))
    return httpx.Client(
        verify=_trusted(server) if is_secured else False,  # http goes to this machine only, see checked_url
        timeout=httpx.Timeout(read_seconds, connect=min(CONNECT_SECONDS, read_seconds)),
        trust_env=urlsplit(server.url).hostname not in LOOPBACK,
        follow_redirects=False,
    )


def _trusted(server: FhirServer) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=server.ca_file or None)
    except (OSError, ssl.SSLError):
        raise HomeVisitError("filing.ca_file") from None


def read_all(response: httpx.Response) -> bytes:
    """The body, up to a size and a time that no honest server needs."""
    found, until = bytearray(), time.monotonic() + WHOLE_SECONDS
    for chunk in response.iter_bytes(CHUNK):
        found += chunk
        if len(found) > LARGEST_REPLY or time.monotonic() > until:
            raise HomeVisitError("filing.no_answer")
    return bytes(found)


@contextmanager
def translated(*, left: bool) -> Iterator[None]:
    """Turn what a network does into a HomeVisitError; ``left`` says whether something may have been kept by now."""
    import httpx  # noqa: PLC0415 - see connection

    try:
        yield
    except httpx.ConnectError as problem:
        is_certificate = isinstance(_root(problem), ssl.SSLCertVerificationError)
        raise HomeVisitError("filing.certificate" if is_certificate else "filing.unreachable") from None
    except httpx.ConnectTimeout:
        raise HomeVisitError("filing.unreachable") from None
    except (httpx.TransportError, httpx.DecodingError):
        raise HomeVisitError("filing.no_answer" if left else "filing.unreachable") from None
    except httpx.InvalidURL:
        raise HomeVisitError("filing.address") from None


def _root(problem: BaseException) -> BaseException:
    """What a chain of exceptions began with."""
    found = problem
    while (deeper := found.__cause__ or found.__context__) is not None:
        found = deeper
    return found
