"""What Today asks of everyone stands together on a few pages: each page that is read has to be decrypted."""

from __future__ import annotations

STATEMENTS = """
CREATE INDEX person_baby ON person (id, family, role, birth_date, due_date, name, gestation_days)
    WHERE withdrawn = 0 AND role IN ('child', 'unborn');
CREATE INDEX family_named ON family (id, name);
"""
