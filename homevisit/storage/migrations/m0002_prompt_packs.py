"""Packs of prompt sets that were installed, and every set that came with one."""

from __future__ import annotations

STATEMENTS = """
CREATE TABLE prompt_pack (
    id TEXT PRIMARY KEY, manifest TEXT NOT NULL, card TEXT NOT NULL, signature BLOB NOT NULL,
    installed_at TEXT NOT NULL, removed_at TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE prompt_set (canonical TEXT PRIMARY KEY, id TEXT NOT NULL, content BLOB NOT NULL) STRICT;
CREATE TABLE prompt_pack_set (
    pack TEXT NOT NULL REFERENCES prompt_pack (id), canonical TEXT NOT NULL, PRIMARY KEY (pack, canonical)
) STRICT, WITHOUT ROWID;
CREATE INDEX prompt_pack_set_canonical ON prompt_pack_set (canonical);
"""
