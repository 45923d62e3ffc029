"""The conversation with one FHIR server: a Bundle goes out, its reply comes back. No store, no window, any thread."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from homevisit import __version__
from homevisit.domain.canonical import JsonObject
from homevisit.domain.filing import Access, FhirServer
from homevisit.errors import HomeVisitError
from homevisit.prompts import fhir_json
from homevisit.sync.fhir.bundle import FhirBundle
from homevisit.sync.fhir.reply import Reply, reply_of, unanswered, unsent
from homevisit.sync.fhir.tokens import ClientToken, FixedToken, NoToken, Token
from homevisit.sync.fhir.wire import connection, read_all, translated

if TYPE_CHECKING:
    import httpx

FHIR_JSON = "application/fhir+json"
READ_SECONDS = 60.0


class FhirClient:
    """Follows no redirects: a token goes to the address that somebody typed and to no other."""

    def __init__(self, server: FhirServer, secret: str, *, read_seconds: float = READ_SECONDS) -> None:
        self._server = server
        self._secret = secret
        self._read_seconds = read_seconds
        self._http: httpx.Client | None = None
        self._token: Token = NoToken()

    def send(self, bundle: FhirBundle) -> Reply:
        """Send a Bundle; whatever the world does is part of the reply.

        A conflict with somebody who writes at the same moment is tried once more, and so is a server that wants to
        hear which version it is that a record replaces.
        """
        try:
            reply = self._posted(bundle, bundle.data)
            if reply.code == "filing.conflict":
                return self._posted(bundle, bundle.data)
            if reply.code == "filing.changed_there":
                return self._posted(bundle, self._with_versions(bundle))
        except HomeVisitError as problem:
            return unanswered() if problem.code == "filing.no_answer" else unsent(problem.code)
        return reply

    def check(self) -> None:
        """Ask what the server is; refuses one that is not FHIR R4, or that lets nobody in with this secret."""
        status, body, _ = self._said("GET", "/metadata")
        if status in (401, 403):
            raise HomeVisitError("filing.denied", status=status)
        try:
            found = fhir_json.parse(body)
        except HomeVisitError:
            found = {}
        is_r4 = str(found.get("fhirVersion", "")).startswith("4.0")
        if status != 200 or found.get("resourceType") != "CapabilityStatement" or not is_r4:
            raise HomeVisitError("filing.not_fhir", status=status)

    def close(self) -> None:
        if self._http is not None:
            self._http.close()

    def _posted(self, bundle: FhirBundle, data: bytes) -> Reply:
        status, body, _ = self._said("POST", "", data)
        return reply_of(status, body, bundle.references)

    def _with_versions(self, bundle: FhirBundle) -> bytes:
        """The same Bundle with the version that stands at the server now named for every record that is there."""
        document = fhir_json.parse(bundle.data)
        entries = document["entry"]
        for name, entry in zip(bundle.references, entries if isinstance(entries, list) else (), strict=True):
            _, _, headers = self._said("GET", f"/{name}")
            if headers.get("etag"):
                request: JsonObject = entry["request"]
                request["ifMatch"] = headers["etag"]
        return fhir_json.write(document)

    def _said(self, method: str, path: str, data: bytes | None = None) -> tuple[int, bytes, Mapping[str, str]]:
        """Status, body and headers of an answer; a token that ran out is fetched anew once."""
        answer = self._asked(method, path, data)
        if answer[0] == 401 and self._token.renew():
            answer = self._asked(method, path, data)
        return answer

    def _asked(self, method: str, path: str, data: bytes | None) -> tuple[int, bytes, Mapping[str, str]]:
        http = self._opened()
        headers = {"Accept": FHIR_JSON, "User-Agent": f"Homevisit/{__version__}", **self._token.header()}
        if data is not None:
            headers |= {"Content-Type": f"{FHIR_JSON}; charset=utf-8", "Prefer": "return=minimal"}
        with (
            translated(left=data is not None),
            http.stream(method, self._server.url + path, content=data, headers=headers) as response,
        ):
            return response.status_code, read_all(response), dict(response.headers)

    def _opened(self) -> httpx.Client:
        """The connection, made on first use: importing the library and the authorities takes a moment."""
        if self._http is None:
            self._http = connection(self._server, self._read_seconds)
            self._token = self._token_for(self._http)
        return self._http

    def _token_for(self, http: httpx.Client) -> Token:
        if self._server.access is Access.OPEN:
            return NoToken()
        if not self._secret or not self._secret.isascii() or not self._secret.isprintable():
            raise HomeVisitError("filing.secret_missing")
        if self._server.access is Access.TOKEN:
            return FixedToken(self._secret)
        return ClientToken(http, self._server, self._secret)
