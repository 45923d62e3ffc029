"""Reading what was signed: a visit with its versions and reviews, and the history of any record."""

from __future__ import annotations

from homevisit.domain.codec import visit_from_json
from homevisit.domain.summaries import SignedVisit, Version
from homevisit.domain.visit import VisitBody
from homevisit.errors import HomeVisitError
from homevisit.storage.access import AccessAct
from homevisit.storage.store import Store


class Records:
    """Signed records, exactly as they were signed."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def visit(self, visit: str) -> SignedVisit:
        """The visit as its newest version says, with every version and every review; logged as opened."""
        found = self._store.views.signed_visit(visit)
        if found is None:
            raise HomeVisitError("visit.unknown", visit=visit)
        self._store.access.record(AccessAct.OPENED, f"visit/{visit}")
        return found

    def note_printed(self, visit: str) -> None:
        """Write into the access log that the visit went to a printer."""
        self._store.access.record(AccessAct.PRINTED, f"visit/{visit}")

    def version(self, entry: str) -> VisitBody:
        """The body of one version of a visit, by its entry id."""
        found = self._store.ledger.entry(entry)
        if found is None:
            raise HomeVisitError("entry.unknown", entry=entry)
        if found.is_erased:
            raise HomeVisitError("entry.erased", entry=entry)
        return visit_from_json(found.body)

    def history(self, record: str) -> tuple[Version, ...]:
        """Every entry of a record in causal order, each with the verdict on its hash, body and signature."""
        versions = self._store.history(record)
        if not versions:
            raise HomeVisitError("record.unknown", record=record)
        return versions
