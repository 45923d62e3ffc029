"""FHIR servers that visits are filed at, and what became of each version of a visit there."""

from __future__ import annotations

STATEMENTS = """
CREATE TABLE fhir_server (
    id TEXT PRIMARY KEY, url TEXT NOT NULL, title TEXT NOT NULL, settings TEXT NOT NULL, secret TEXT NOT NULL,
    made_at TEXT NOT NULL, removed_at TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE TABLE filing (
    server TEXT NOT NULL REFERENCES fhir_server (id), visit TEXT NOT NULL, entry TEXT NOT NULL, at TEXT NOT NULL,
    state TEXT NOT NULL, code TEXT NOT NULL, status INTEGER NOT NULL, taken INTEGER NOT NULL,
    refused INTEGER NOT NULL, records TEXT NOT NULL, PRIMARY KEY (entry, server)
) STRICT, WITHOUT ROWID;
CREATE INDEX filing_visit ON filing (visit, server);
"""
