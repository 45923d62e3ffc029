"""The ids of what is filed: the same for the same record on every attempt, so that nothing is ever there twice."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from homevisit.domain.canonical import JsonObject
from homevisit.sync.fhir.codes import RECORD


def as_uuid(text: str) -> uuid.UUID:
    """The UUID that an id is, or one made of it where a stranger's program made ids of another kind."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid5(uuid.NAMESPACE_URL, f"homevisit:{text}")


def known_by(text: str) -> str:
    """An id in the form that everything which is filed has."""
    return str(as_uuid(text))


def named(owner: str, name: str) -> str:
    """The id of something that belongs to a record and has none of its own."""
    return str(uuid.uuid5(as_uuid(owner), name.encode("utf-8", "replace").decode()))


def urn(identifier: str) -> str:
    return f"urn:uuid:{identifier}"


def identifier_of(identifier: str) -> JsonObject:
    """The business identifier: the id once more, bare. As ``urn:uuid:…`` it would look like the ``fullUrl`` of its

    entry, and servers that replace those wherever they stand (Medplum does) would replace it too.
    """
    return {"system": RECORD, "value": identifier}


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """Ids for one patient of a visit. Twins have a record each: what belongs to the visit as a whole stands in both,

    under its own id for the first child and under one made of it and the child for the others.
    """

    visit: str
    patient: str
    is_first: bool

    def own(self, record: str) -> str:
        """The id of a record of ours in this patient's record."""
        return known_by(record) if self.is_first else named(self.patient, known_by(record))

    def of(self, name: str) -> str:
        """The id of a part of the visit."""
        return self.own(named(self.visit, name))
