"""Sending by itself: packages per device, what is owed to whom, how it went at each place, receipts, gaps."""

from __future__ import annotations

STATEMENTS = """
ALTER TABLE outbox ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN code TEXT NOT NULL DEFAULT '';
CREATE INDEX outbox_state ON outbox (state, made_at);
CREATE INDEX outbox_digest ON outbox (digest);

CREATE TABLE outbox_device (
    package TEXT NOT NULL REFERENCES outbox (id), device TEXT NOT NULL, person TEXT NOT NULL,
    number INTEGER NOT NULL, delivered_at TEXT NOT NULL DEFAULT '', code TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (package, device)
) STRICT, WITHOUT ROWID;
INSERT INTO outbox_device (package, device, person, number, delivered_at)
    SELECT r.package, coalesce(c.device, r.person), r.person, 0, r.delivered_at
    FROM outbox_recipient r LEFT JOIN card c ON c.person = r.person;
DROP TABLE outbox_recipient;
ALTER TABLE outbox_device RENAME TO outbox_recipient;
CREATE INDEX outbox_person ON outbox_recipient (person);
CREATE INDEX outbox_device_number ON outbox_recipient (device, number);

CREATE TABLE owed (
    entry TEXT NOT NULL, device TEXT NOT NULL, person TEXT NOT NULL, n INTEGER NOT NULL, code TEXT NOT NULL,
    gone INTEGER NOT NULL, PRIMARY KEY (entry, device, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX owed_code ON owed (code, person, gone, n);

CREATE TABLE outbox_place (
    package TEXT NOT NULL REFERENCES outbox (id), place TEXT NOT NULL, state TEXT NOT NULL, at TEXT NOT NULL,
    code TEXT NOT NULL DEFAULT '', tries INTEGER NOT NULL DEFAULT 0, not_before TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (package, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_place_state ON outbox_place (place, state);
CREATE TABLE place_log (
    place TEXT PRIMARY KEY, code TEXT NOT NULL, tries INTEGER NOT NULL, not_before TEXT NOT NULL,
    tried_at TEXT NOT NULL, listing TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE TABLE seen_name (
    place TEXT NOT NULL, name TEXT NOT NULL, verdict TEXT NOT NULL, tries INTEGER NOT NULL, since TEXT NOT NULL,
    not_before TEXT NOT NULL, PRIMARY KEY (place, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_name_again ON seen_name (place, not_before) WHERE not_before <> '';

ALTER TABLE inbox ADD COLUMN package TEXT NOT NULL DEFAULT '';
ALTER TABLE inbox ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE inbox ADD COLUMN last_n INTEGER NOT NULL DEFAULT 0;
ALTER TABLE inbox ADD COLUMN receipt TEXT NOT NULL DEFAULT '';
CREATE INDEX inbox_receipt ON inbox (receipt, device) WHERE receipt <> '';
CREATE INDEX inbox_digest ON inbox (digest);
CREATE INDEX inbox_last_n ON inbox (last_n);
CREATE INDEX inbox_refused ON inbox (code) WHERE code <> '';
CREATE TABLE arrival (
    device TEXT NOT NULL, epoch TEXT NOT NULL, person TEXT NOT NULL, highest INTEGER NOT NULL,
    arrived INTEGER NOT NULL, PRIMARY KEY (device, epoch)
) STRICT, WITHOUT ROWID;
"""
