"""The team that was opened, laptops whose packages are refused, and what other laptops were told about keys."""

from __future__ import annotations

STATEMENTS = """
CREATE TABLE team (
    n INTEGER PRIMARY KEY CHECK (n = 1), id TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL,
    policy TEXT NOT NULL, digest TEXT NOT NULL,
    file BLOB NOT NULL, taken_at TEXT NOT NULL
) STRICT;
CREATE TABLE revoked_device (
    device TEXT NOT NULL, source TEXT NOT NULL, at TEXT NOT NULL, last TEXT NOT NULL, PRIMARY KEY (device, source)
) STRICT, WITHOUT ROWID;
CREATE TABLE told_device (
    device TEXT NOT NULL, what TEXT NOT NULL, PRIMARY KEY (device, what)
) STRICT, WITHOUT ROWID;
"""
