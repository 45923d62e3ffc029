"""Families that several people look after, and what the person at this laptop agreed to send to whom."""

from __future__ import annotations

STATEMENTS = """
CREATE TABLE share (
    id TEXT PRIMARY KEY, record TEXT NOT NULL, family TEXT NOT NULL, person TEXT NOT NULL, author TEXT NOT NULL,
    since TEXT NOT NULL, why TEXT NOT NULL, ended_at TEXT NOT NULL, enders TEXT NOT NULL, ended_why TEXT NOT NULL
) STRICT;
CREATE INDEX share_record ON share (record);
CREATE INDEX share_family ON share (family);
CREATE TABLE agreed (
    person TEXT NOT NULL, scope TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (person, scope)
) STRICT, WITHOUT ROWID;
"""
