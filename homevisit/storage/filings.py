"""Where visits were filed: the FHIR servers with their secrets, and what became of each version of a visit there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from homevisit.clock import Clock, instant
from homevisit.domain.filing import Access, FhirServer, Filing, FilingState, policy_that_allows
from homevisit.storage.driver import KeyedDatabase, Row, kept_json

SERVER = "SELECT id, url, title, settings FROM fhir_server"
FILING = """
SELECT f.server, s.title, s.url, f.visit, f.entry, coalesce(v.number, 0), f.at, f.state, f.code, f.status, f.taken,
  f.refused
FROM filing f JOIN fhir_server s ON s.id = f.server LEFT JOIN visit_version v ON v.entry = f.entry"""
# One's own visits that can still be read. One that was marked as entered in error counts only where an earlier version
# of it may stand: what never left needs no mark elsewhere.
UNFILED = """
FROM visit v LEFT JOIN content_key k ON k.family = v.family
WHERE v.author = ?1 AND coalesce(k.destroyed_at, '') = ''
  AND NOT EXISTS (SELECT 1 FROM filing f JOIN fhir_server s ON s.id = f.server
    WHERE f.entry = v.head AND f.state = 'filed' AND (f.server = ?2 OR ?2 = '' AND s.removed_at = ''))
  AND (v.withdrawn = 0 OR EXISTS (SELECT 1 FROM filing f JOIN fhir_server s ON s.id = f.server
    WHERE f.visit = v.id AND f.state <> 'refused'
      AND (f.server = ?2 OR ?2 = '' AND s.removed_at = '')))"""


@dataclass(frozen=True, slots=True)
class Standing:
    """A record that may stand at a server, in whose record there; ``certain`` once the server said that it took it."""

    patient: str
    certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfiled:
    """A visit whose version shown is not filed: its family, that version, how many stand side by side."""

    visit: str
    family: str
    head: str
    heads: int
    withdrawn: bool


class Filings:
    """A version of a visit has one row for each server; the latest attempt replaces the one before it."""

    def __init__(self, database: KeyedDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def put_server(self, server: FhirServer, secret: str | None) -> None:
        """Keep a server; None leaves the secret that is kept as it is."""
        settings = {
            "access": server.access.value,
            "client_id": server.client_id,
            "token_url": server.token_url,
            "scope": server.scope,
            "ca_file": server.ca_file,
            "allowed": list(server.policy.allowed()),
        }
        self._database.change(
            "INSERT INTO fhir_server (id, url, title, settings, secret, made_at) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET url = excluded.url, title = excluded.title,"
            " settings = excluded.settings, secret = coalesce(?, secret), removed_at = ''",
            (
                server.id,
                server.url,
                server.title,
                json.dumps(settings),
                secret or "",
                instant(self._clock.now()),
                secret,
            ),
        )

    def remove_server(self, server: str) -> None:
        """Take a server off the list with its secret; what was filed there stays known."""
        self._database.change(
            "UPDATE fhir_server SET removed_at = ?, secret = '' WHERE id = ?", (instant(self._clock.now()), server)
        )

    def servers(self) -> tuple[FhirServer, ...]:
        """The servers that are set up."""
        rows = self._database.rows_of(f"{SERVER} WHERE removed_at = '' ORDER BY title, url")
        return tuple(_server(row) for row in rows)

    def server_at(self, url: str) -> FhirServer | None:
        """The server with this address, also one that was taken off the list."""
        row = self._database.row_of(f"{SERVER} WHERE url = ? ORDER BY removed_at LIMIT 1", (url,))
        return _server(row) if row else None

    def secret(self, server: str) -> str:
        """The token or client secret, "" for none."""
        return str(self._database.value_of("SELECT secret FROM fhir_server WHERE id = ?", (server,)) or "")

    def keep(self, filing: Filing, records: Mapping[str, Standing]) -> None:
        """Keep what became of a version, and by reference what may stand at the server because of it."""
        kept = {name: [each.patient, int(each.certain)] for name, each in records.items()}
        self._database.change(
            "INSERT OR REPLACE INTO filing (server, visit, entry, at, state, code, status, taken, refused, records)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                filing.server,
                filing.visit,
                filing.entry,
                filing.at,
                filing.state.value,
                filing.code,
                filing.status,
                filing.taken,
                filing.refused,
                json.dumps(kept, sort_keys=True),
            ),
        )

    def of_visit(self, visit: str) -> tuple[Filing, ...]:
        """Where the versions of a visit were filed or tried to be, the newest first."""
        rows = self._database.rows_of(f"{FILING} WHERE f.visit = ? ORDER BY f.at DESC, f.entry, f.server", (visit,))
        return tuple(_filing(row) for row in rows)

    def standing(self, visit: str, server: str) -> dict[str, Standing]:
        """Everything of a visit that may stand at a server, by its reference."""
        return self._records("visit = ? AND server = ?", (visit, server))

    def records(self, entry: str, server: str) -> dict[str, Standing]:
        """What may stand at a server because of one version."""
        return self._records("entry = ? AND server = ?", (entry, server))

    def unfiled(self, me: str, server: str = "") -> tuple[Unfiled, ...]:
        """A person's visits that are not filed at a server (at any that is set up), the oldest first."""
        rows = self._database.rows_of(
            f"SELECT v.id, v.family, v.head, v.heads, v.withdrawn {UNFILED} ORDER BY v.started, v.id", (me, server)
        )
        return tuple(
            Unfiled(visit=visit, family=family, head=head, heads=heads, withdrawn=bool(withdrawn))
            for visit, family, head, heads, withdrawn in rows
        )

    def unfiled_count(self, me: str) -> int | None:
        """How many of a person's visits are filed nowhere; None while no server is set up."""
        if not self._database.row_of("SELECT 1 FROM fhir_server WHERE removed_at = ''"):
            return None
        return int(self._database.value_of(f"SELECT count(*) {UNFILED}", (me, "")))

    def _records(self, condition: str, values: tuple[str, str]) -> dict[str, Standing]:
        rows = self._database.rows_of(
            f"SELECT records FROM filing WHERE {condition} ORDER BY at, entry",  # noqa: S608 - two fixed forms
            values,
        )
        found: dict[str, Standing] = {}
        for (kept,) in rows:
            for name, (patient, certain) in kept_json(kept).items():
                known = name in found and found[name].certain
                found[name] = Standing(patient, bool(certain) or known)
        return found


def _server(row: Row) -> FhirServer:
    identifier, url, title, kept = row
    settings = kept_json(kept)
    return FhirServer(
        id=identifier,
        url=url,
        title=title,
        access=Access(settings["access"]),
        client_id=settings["client_id"],
        token_url=settings["token_url"],
        scope=settings["scope"],
        ca_file=settings["ca_file"],
        policy=policy_that_allows(tuple(settings["allowed"])),
    )


def _filing(row: Row) -> Filing:
    server, title, url, visit, entry, number, at, state, code, status, taken, refused = row
    return Filing(
        server=server,
        server_title=title,
        server_url=url,
        visit=visit,
        entry=entry,
        number=number,
        at=at,
        state=FilingState(state),
        code=code,
        status=status,
        taken=taken,
        refused=refused,
    )
