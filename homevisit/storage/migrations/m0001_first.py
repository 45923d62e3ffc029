"""The first schema: ledger, keys of families, drafts, access log, cards, packages, read models, search."""

from __future__ import annotations

LEDGER = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE content_key (
    family TEXT PRIMARY KEY, key BLOB, made_at TEXT NOT NULL, destroyed_at TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE entry (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, record TEXT NOT NULL, kind TEXT NOT NULL, family TEXT NOT NULL,
    author TEXT NOT NULL, device TEXT NOT NULL, epoch TEXT NOT NULL, seq INTEGER NOT NULL,
    envelope TEXT NOT NULL, signature BLOB NOT NULL, salt BLOB NOT NULL, sealed BLOB
) STRICT;
CREATE INDEX entry_record ON entry (record, kind);
CREATE INDEX entry_chain ON entry (device, epoch, seq, id);
CREATE INDEX entry_author ON entry (author, device, epoch, seq);
CREATE INDEX entry_family ON entry (family);

CREATE TABLE fork (
    device TEXT NOT NULL, epoch TEXT NOT NULL, seq INTEGER NOT NULL, id TEXT NOT NULL,
    PRIMARY KEY (device, epoch, seq, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE gap (
    device TEXT NOT NULL, epoch TEXT NOT NULL, seq INTEGER NOT NULL, id TEXT NOT NULL, noticed_at TEXT NOT NULL,
    PRIMARY KEY (device, epoch, seq, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE access_log (
    n INTEGER PRIMARY KEY, at TEXT NOT NULL, act TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL
) STRICT;
CREATE INDEX access_subject ON access_log (subject, n);
"""

DESK = """
CREATE TABLE draft (
    record TEXT PRIMARY KEY, family TEXT NOT NULL, base TEXT NOT NULL, started_at TEXT NOT NULL, saved_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE draft_part (
    record TEXT NOT NULL REFERENCES draft (record) ON DELETE CASCADE, part TEXT NOT NULL, body TEXT, settled TEXT,
    PRIMARY KEY (record, part)
) STRICT;

CREATE TABLE card (
    device TEXT PRIMARY KEY, person TEXT NOT NULL, card TEXT NOT NULL, signature BLOB NOT NULL,
    confirmed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX card_person ON card (person);

CREATE TABLE outbox (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL, kind TEXT NOT NULL, device TEXT NOT NULL,
    epoch TEXT NOT NULL, seq INTEGER NOT NULL, state TEXT NOT NULL, made_at TEXT NOT NULL,
    sent_at TEXT NOT NULL DEFAULT '', place TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX outbox_chain ON outbox (device, epoch, seq);
CREATE TABLE outbox_recipient (
    package TEXT NOT NULL REFERENCES outbox (id), person TEXT NOT NULL, delivered_at TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (package, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_person ON outbox_recipient (person);
CREATE TABLE outbox_entry (
    entry TEXT NOT NULL, package TEXT NOT NULL REFERENCES outbox (id), PRIMARY KEY (entry, package)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_package ON outbox_entry (package);

CREATE TABLE inbox (
    id TEXT PRIMARY KEY, digest TEXT NOT NULL, kind TEXT NOT NULL, author TEXT NOT NULL, device TEXT NOT NULL,
    epoch TEXT NOT NULL, seq INTEGER NOT NULL, prev TEXT NOT NULL, file_name TEXT NOT NULL,
    sender_name TEXT NOT NULL, received_at TEXT NOT NULL, code TEXT NOT NULL, kept TEXT NOT NULL,
    size INTEGER NOT NULL, new INTEGER NOT NULL, known INTEGER NOT NULL, held INTEGER NOT NULL
) STRICT;
CREATE INDEX inbox_chain ON inbox (device, epoch, seq);
CREATE TABLE peer_head (
    person TEXT NOT NULL, device TEXT NOT NULL, epoch TEXT NOT NULL, seq INTEGER NOT NULL, id TEXT NOT NULL,
    PRIMARY KEY (person, device, epoch)
) STRICT, WITHOUT ROWID;
"""

READ_MODELS = """
CREATE TABLE family (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL, level TEXT NOT NULL, address TEXT NOT NULL,
    fields TEXT NOT NULL, withdrawn INTEGER NOT NULL
) STRICT;
CREATE INDEX family_name ON family (name_key);
CREATE TABLE person (
    id TEXT PRIMARY KEY, family TEXT NOT NULL, name TEXT NOT NULL, name_key TEXT NOT NULL, role TEXT NOT NULL,
    birth_date TEXT NOT NULL, due_date TEXT NOT NULL, gestation_days INTEGER, fields TEXT NOT NULL,
    withdrawn INTEGER NOT NULL
) STRICT;
CREATE INDEX person_family ON person (family);
CREATE TABLE tie (
    id TEXT PRIMARY KEY, family TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, fields TEXT NOT NULL,
    withdrawn INTEGER NOT NULL
) STRICT;
CREATE INDEX tie_family ON tie (family);
CREATE TABLE action (
    id TEXT PRIMARY KEY, family TEXT NOT NULL, fields TEXT NOT NULL, done INTEGER, done_at TEXT NOT NULL,
    withdrawn INTEGER NOT NULL
) STRICT;
CREATE INDEX action_family ON action (family);
CREATE TABLE field_conflict (
    record TEXT NOT NULL, family TEXT NOT NULL, field TEXT NOT NULL, entry TEXT NOT NULL, author TEXT NOT NULL,
    value TEXT NOT NULL, shown INTEGER NOT NULL, PRIMARY KEY (record, field, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX field_conflict_family ON field_conflict (family);

CREATE TABLE visit (
    id TEXT PRIMARY KEY, family TEXT NOT NULL, contact TEXT NOT NULL, attendance TEXT NOT NULL,
    started TEXT NOT NULL, recorded_at TEXT NOT NULL, author TEXT NOT NULL, head TEXT NOT NULL,
    heads INTEGER NOT NULL, other_heads TEXT NOT NULL, version INTEGER NOT NULL, withdrawn INTEGER NOT NULL,
    summary TEXT NOT NULL, body_entry TEXT NOT NULL
) STRICT;
CREATE INDEX visit_family ON visit (family, started);
CREATE INDEX visit_recorded ON visit (recorded_at);
CREATE INDEX visit_author ON visit (author, head);
CREATE INDEX visit_heads ON visit (heads) WHERE heads > 1;
CREATE INDEX visit_kept ON visit (family, contact, attendance, withdrawn, started);
CREATE TABLE visit_version (entry TEXT PRIMARY KEY, visit TEXT NOT NULL, number INTEGER NOT NULL) STRICT;
CREATE INDEX visit_version_visit ON visit_version (visit);
CREATE TABLE response (
    visit TEXT NOT NULL, position INTEGER NOT NULL, family TEXT NOT NULL, prompt_set TEXT NOT NULL,
    subject TEXT NOT NULL, started TEXT NOT NULL, PRIMARY KEY (visit, position)
) STRICT;
CREATE INDEX response_family ON response (family, prompt_set);
CREATE TABLE planned_action (
    visit TEXT NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL, family TEXT NOT NULL, what TEXT NOT NULL,
    owner TEXT NOT NULL, due TEXT NOT NULL, outcome TEXT NOT NULL, PRIMARY KEY (visit, position)
) STRICT;
CREATE INDEX planned_action_family ON planned_action (family);
CREATE INDEX planned_action_due ON planned_action (due);

CREATE TABLE review (
    id TEXT PRIMARY KEY, family TEXT NOT NULL, visit TEXT NOT NULL, version TEXT NOT NULL, decision TEXT NOT NULL,
    reviewer TEXT NOT NULL, recorded_at TEXT NOT NULL, hlc TEXT NOT NULL, entry TEXT NOT NULL, body TEXT NOT NULL,
    comments INTEGER NOT NULL, withdrawn INTEGER NOT NULL
) STRICT;
CREATE INDEX review_visit ON review (visit, withdrawn, hlc);
CREATE INDEX review_decision ON review (decision);
"""

SEARCH = """
CREATE TABLE search_text (
    id INTEGER PRIMARY KEY, record TEXT NOT NULL, kind TEXT NOT NULL, family TEXT NOT NULL, day TEXT NOT NULL,
    name TEXT NOT NULL, text TEXT NOT NULL
) STRICT;
CREATE INDEX search_record ON search_text (record);
CREATE INDEX search_family ON search_text (family);
CREATE VIRTUAL TABLE search USING fts5 (
    name, text, content = 'search_text', content_rowid = 'id', prefix = '1 2 3',
    tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO search (search, rank) VALUES ('hashsize', 16777216);
"""

STATEMENTS = LEDGER + DESK + READ_MODELS + SEARCH
