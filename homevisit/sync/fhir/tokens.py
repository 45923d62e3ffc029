"""How a server lets one in: nothing, a token that was handed out, or one fetched with OAuth2 client credentials."""

from __future__ import annotations

import base64
import json
import time
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote_plus

from homevisit.domain.filing import FhirServer
from homevisit.errors import HomeVisitError
from homevisit.sync.fhir.wire import read_all, translated

if TYPE_CHECKING:
    import httpx

EARLY_SECONDS = 30
USUAL_SECONDS = 300
LONGEST_SECONDS = 24 * 60 * 60


class Token(Protocol):
    """Gives the header of a request; ``renew`` says whether another try may fare better after a refusal."""

    def header(self) -> dict[str, str]: ...

    def renew(self) -> bool: ...


class NoToken:
    """A server that lets everybody in, or is behind something else that does not."""

    def header(self) -> dict[str, str]:
        return {}

    def renew(self) -> bool:
        return False


class FixedToken:
    """A bearer token that somebody handed out."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def header(self) -> dict[str, str]:
        return _bearer(self._secret)

    def renew(self) -> bool:
        return False


class ClientToken:
    """Fetched with the client's id and secret, kept until shortly before it ends."""

    def __init__(self, http: httpx.Client, server: FhirServer, secret: str) -> None:
        self._http = http
        self._server = server
        self._secret = secret
        self._token = ""
        self._until = 0.0

    def header(self) -> dict[str, str]:
        if not self._token or time.monotonic() >= self._until:
            self._fetch()
        return _bearer(self._token)

    def renew(self) -> bool:
        """Forget a token that was refused before its time."""
        self._token = ""
        return True

    def _fetch(self) -> None:
        form = {"grant_type": "client_credentials", **({"scope": self._server.scope} if self._server.scope else {})}
        pair = f"{quote_plus(self._server.client_id)}:{quote_plus(self._secret)}"  # RFC 6749, 2.3.1
        headers = {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}", "Accept": "application/json"}
        with (
            translated(left=False),
            self._http.stream("POST", self._server.token_url, data=form, headers=headers) as response,
        ):
            status, body = response.status_code, read_all(response)
        self._token, seconds = _granted(status, body)
        self._until = time.monotonic() + max(0, seconds - EARLY_SECONDS)


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _granted(status: int, body: bytes) -> tuple[str, int]:
    """The token and how many seconds it lasts; ``filing.token_refused`` for any other answer."""
    try:
        found = json.loads(body) if status == 200 else None
    except (ValueError, RecursionError):
        found = None
    token = found.get("access_token") if isinstance(found, dict) else None
    if not isinstance(found, dict) or not isinstance(token, str) or not token.isascii() or not token.isprintable():
        raise HomeVisitError("filing.token_refused", status=status)
    seconds = found.get("expires_in", USUAL_SECONDS)
    return token, min(seconds, LONGEST_SECONDS) if isinstance(seconds, int) else USUAL_SECONDS
