"""Whether a review is late is found in two indexes alone: they hold a little more than before, and are no more."""

from __future__ import annotations

STATEMENTS = """
DROP INDEX visit_author;
CREATE INDEX visit_author ON visit (author, head, recorded_at, withdrawn, id);
DROP INDEX review_visit;
CREATE INDEX review_visit ON review (visit, withdrawn, hlc, version, reviewer);
"""
