"""Makes ready what is filed of a visit: the version that stands, with what the store knows of its family."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from homevisit.domain.card import Card
from homevisit.domain.entry import Act
from homevisit.domain.filing import FhirServer, Held
from homevisit.domain.summaries import Version, VisitRow
from homevisit.errors import HomeVisitError
from homevisit.prompts.library import Library
from homevisit.storage.filings import Standing, Unfiled
from homevisit.storage.store import Store
from homevisit.sync.fhir.bundle import FhirBundle, bundle_of
from homevisit.sync.fhir.facts import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """A version that is about to leave; ``before`` is what may stand at the server because of it already."""

    bundle: FhirBundle
    number: int
    before: dict[str, Standing] = field(default_factory=dict)


class Preparing:
    """Reads only. The same version, family and server give the same bytes."""

    def __init__(self, store: Store, library: Library) -> None:
        self._store = store
        self._library = library

    @property
    def me(self) -> Card:
        return self._store.identity.card

    def chosen(self, server: FhirServer, visits: Sequence[str]) -> tuple[Unfiled, ...]:
        """These visits, or all of one's own that the server does not have as they are now."""
        if not visits:
            return self._store.filings.unfiled(self.me.person, server.id)
        rows = [self._store.views.visit_row(visit) for visit in dict.fromkeys(visits)]
        if None in rows:
            raise HomeVisitError("visit.unknown")
        return tuple(_named(row) for row in rows if row is not None)

    def leaving(self, server: FhirServer, row: Unfiled) -> Leaving | Held:
        """The Bundle of a visit as it stands now, or why there is none."""
        versions = self._store.history(row.visit)
        head = next((version for version in versions if version.entry == row.head), None)
        if head is None or (code := self._why_not(row, head)):
            return Held(visit=row.visit, code=code if head else "filing.erased")
        standing = self._store.filings.standing(row.visit, server.id)
        if row.withdrawn and not standing:
            return Held(visit=row.visit, code="filing.never_left")
        facts = self._facts(row, server, versions, standing)
        if not facts.patients:
            return Held(visit=row.visit, code="filing.no_patient")
        return Leaving(
            bundle=bundle_of(facts, {name: each.patient for name, each in standing.items()}),
            number=head.number,
            before=self._store.filings.records(row.head, server.id),
        )

    def _why_not(self, row: Unfiled, head: Version) -> str:
        """Why a visit stays here for now, "" if it does not."""
        if head.erased:
            return "filing.erased"
        if head.author != self.me.person:
            return "filing.of_another"
        if row.heads > 1:
            return "filing.unsettled"
        return "" if head.genuine else "filing.not_genuine"

    def _facts(
        self, row: Unfiled, server: FhirServer, versions: Sequence[Version], standing: dict[str, Standing]
    ) -> Facts:
        entry, shown = self._store.ledger.entry(row.head), self._store.views.visit(row.visit)
        family = self._store.views.brief(row.family)
        if entry is None or shown is None or family is None:
            raise HomeVisitError("visit.unknown", visit=row.visit)
        return Facts(
            entry=entry,
            number=1 if entry.envelope.act is Act.SIGN else max(2, shown.row.version),
            body=shown.body,
            author=self.me,
            family=family.details,
            people={person.id: person for person in family.people},
            library=self._library,
            policy=server.policy,
            done=frozenset(action.id for action in family.actions if action.done),
            standing=frozenset(name for name, each in standing.items() if each.certain),
            earlier=tuple(version.entry for version in versions if version.entry != row.head),
        )


def _named(row: VisitRow) -> Unfiled:
    withdrawn = row.state.value == "withdrawn"
    return Unfiled(visit=row.id, family=row.family, head=row.head, heads=row.heads, withdrawn=withdrawn)
