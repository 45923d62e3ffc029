"""What is due and what is still to be done, each on a few pages of its own: the agenda is read at every unlocking."""

from __future__ import annotations

STATEMENTS = """
CREATE INDEX person_child ON person (birth_date, family, due_date, id, name, gestation_days)
    WHERE withdrawn = 0 AND role = 'child';
CREATE INDEX person_unborn ON person (due_date, family, birth_date, id, name, gestation_days)
    WHERE withdrawn = 0 AND role = 'unborn';
DROP INDEX person_baby;
CREATE INDEX visit_scheduled ON visit (family, contact, attendance, withdrawn)
    WHERE attendance = 'seen' AND withdrawn = 0 AND contact <> 'additional';
CREATE INDEX planned_action_open ON planned_action (due, id, family, visit, what, owner, outcome);
DROP INDEX planned_action_due;
CREATE INDEX action_open ON action (id, family) WHERE withdrawn = 0 AND coalesce(done, 0) = 0;
CREATE INDEX planned_action_id ON planned_action (id, family);
"""
