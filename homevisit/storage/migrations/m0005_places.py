"""Places that packages travel through; what opens one is in a column of its own, so that no list reads it."""

from __future__ import annotations

STATEMENTS = """
CREATE TABLE place (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, settings TEXT NOT NULL, secret TEXT NOT NULL,
    added_at TEXT NOT NULL
) STRICT;
"""
