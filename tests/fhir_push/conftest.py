"""A practitioner's desk, and a peer to file visits at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from homevisit.assembly import Services
from homevisit.domain.filing import FhirServer
from tests.desks import open_desks
from tests.fhir_push.peer import Peer, served


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Services]:
    opened = open_desks(tmp_path)
    opened.supervisor.close()
    yield opened.practitioner
    opened.practitioner.close()


@pytest.fixture
def peer() -> Iterator[Peer]:
    with served() as found:
        yield found


@pytest.fixture
def server(desk: Services, peer: Peer) -> FhirServer:
    """The peer as a server that is set up and lets everybody in."""
    return desk.filing.put(FhirServer(id="", url=peer.url, title="Peer"))
