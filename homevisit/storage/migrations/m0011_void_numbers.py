"""Numbers under which nothing comes any more; laptops that began anew after an older copy was put back."""

from __future__ import annotations

STATEMENTS = """
ALTER TABLE outbox_recipient ADD COLUMN void_since INTEGER NOT NULL DEFAULT 0;
CREATE INDEX outbox_void ON outbox_recipient (device) WHERE void_since > 0;
CREATE INDEX outbox_acknowledged ON outbox_recipient (device, number) WHERE delivered_at <> '';
CREATE TABLE void_number (
    device TEXT NOT NULL, epoch TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    PRIMARY KEY (device, epoch, first, last)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_number ON inbox (device, epoch, number);
CREATE TABLE begun_anew (
    device TEXT PRIMARY KEY, epoch TEXT NOT NULL, packages INTEGER NOT NULL, entries INTEGER NOT NULL,
    untold INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO begun_anew (device, epoch, packages, entries, untold)
    SELECT substr(name, 11), '', CAST(value AS INTEGER), 0, 1 FROM meta WHERE name LIKE 'sync_anew/%';
DELETE FROM meta WHERE name LIKE 'sync_anew/%';
"""
