"""What a change of a visit costs: fewer pages of the file are touched in the write itself.

Pieces of the search index are joined when nobody waits (:mod:`homevisit.storage.catching_up`), before eight gather.
In an index by the time of recording, the newest versions are neighbours; by their heads they were scattered.
"""

from __future__ import annotations

STATEMENTS = """
INSERT INTO search (search, rank) VALUES ('automerge', 8);
DROP INDEX visit_author;
CREATE INDEX visit_author ON visit (author, recorded_at, head, withdrawn, id);
"""
