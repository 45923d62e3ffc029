"""Filing at real FHIR servers: one that rolls a refused transaction back, and one that does not."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from homevisit.assembly import Services
from homevisit.domain.family import Role
from homevisit.domain.filing import MAY_LEAVE, Access, ExportPolicy, FhirServer, FilingState
from homevisit.services.filing import FhirFiling
from homevisit.sync.fhir.bundle import FhirBundle
from homevisit.sync.fhir.client import FhirClient
from homevisit.sync.fhir.reply import Reply
from tests.desks import add_family, whole_draft
from tests.fhir_push.real_servers import CLIENT, SECRET, TOKEN, Sekmet, medplum, node, sekmet_in
from tests.fhir_push.visits import CONVERSATION, amended, answer, person_of, signed, signed_visit

pytestmark = pytest.mark.xdist_group("fhir-servers")


@pytest.fixture(scope="module")
def sekmet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sekmet]:
    server = sekmet_in(tmp_path_factory.mktemp("sekmet"))
    yield server
    server.stop()


def clients_of(sekmet: Sekmet) -> FhirServer:
    return FhirServer(
        id="",
        url=sekmet.url,
        title="Sekmet",
        access=Access.CLIENT,
        client_id=CLIENT,
        token_url=sekmet.url.replace("/fhir", "/auth/token"),
    )


def full_visit(desk: Services) -> str:
    """A visit with a score, a consent, a referral, sensitive answers and both parents."""
    family = add_family(desk)
    visit = whole_draft(desk, family)
    mother, father = person_of(desk, family, Role.MOTHER), person_of(desk, family, Role.FATHER)
    answer(desk, visit, "three-step-conversation", mother, CONVERSATION)
    answer(desk, visit, "three-step-conversation", father, {"step1.consent": "declined"})
    answer(desk, visit, "kips", mother, {"kips.mean": "3.0"})
    answer(desk, visit, "domestic-abuse-enquiry", mother, {"da.asked": "asked", "da.noticed": "Noticed."})
    signed(desk, visit)
    return visit


def test_a_visit_its_amendment_and_its_withdrawal_at_a_real_server(desk: Services, sekmet: Sekmet) -> None:
    server = desk.filing.put(clients_of(sekmet), SECRET)
    desk.filing.check(server)
    visit = full_visit(desk)
    assert desk.filing.push(server).left == 0
    subject = sekmet.found("Encounter", _id=visit)[0]["subject"]
    patient = subject["reference"].partition("/")[2]
    assert len(sekmet.of_patient("Observation", patient)) == 1
    amended(desk, visit, "Put right.")
    assert desk.filing.push(server).left == 0
    notes = {each["status"]: each for each in sekmet.of_patient("Composition", patient)}
    assert notes.keys() == {"final", "amended"}
    desk.signing.withdraw(visit, "the wrong child")
    assert desk.filing.push(server).left == 0
    assert {each["status"] for each in sekmet.of_patient("Composition", patient)} == {"entered-in-error"}
    assert {each["status"] for each in sekmet.found("Encounter", _id=visit)} == {"entered-in-error"}


class Spoiled(FhirClient):
    """Puts something into the Bundle that no server may take."""

    def send(self, bundle: FhirBundle) -> Reply:
        document = json.loads(bundle.data)
        document["entry"][-1]["resource"]["recorded"] = "yesterday"
        data = json.dumps(document).encode()
        return super().send(
            FhirBundle(
                visit=bundle.visit,
                entry=bundle.entry,
                data=data,
                references=bundle.references,
                patients=bundle.patients,
            )
        )


def test_a_refused_transaction_leaves_nothing(desk: Services, sekmet: Sekmet) -> None:
    filing = FhirFiling(desk.store, desk.library, desk.store.clock, connect=Spoiled)
    server = filing.put(FhirServer(id="", url=sekmet.url, title="Sekmet", access=Access.TOKEN), TOKEN)
    visit = signed_visit(desk)
    (refused,) = filing.push(server).filings
    assert (refused.state, refused.code) == (FilingState.REFUSED, "filing.refused")
    assert sekmet.found("Encounter", _id=visit) == []
    assert desk.filing.push(server).left == 0
    assert len(sekmet.found("Encounter", _id=visit)) == 1


@pytest.mark.slow
def test_a_server_that_was_restarted_has_everything_once(desk: Services, sekmet: Sekmet) -> None:
    server = desk.filing.put(clients_of(sekmet), SECRET)
    visit = signed_visit(desk)
    assert desk.filing.push(server).left == 0
    sekmet.stop()
    assert desk.filing.push(server, [visit]).stopped == "filing.unreachable"
    sekmet.start()
    assert desk.filing.push(server, [visit]).stopped == ""
    assert len(sekmet.found("Encounter", _id=visit)) == 1


def test_a_wrong_token_is_not_let_in(desk: Services, sekmet: Sekmet) -> None:
    server = desk.filing.put(FhirServer(id="", url=sekmet.url, title="S", access=Access.TOKEN), "wrong")
    signed_visit(desk)
    assert desk.filing.push(server).stopped == "filing.denied"
    client = desk.filing.put(clients_of(sekmet), "wrong")
    assert desk.filing.push(client).stopped == "filing.token_refused"


def test_a_server_that_does_not_roll_back_ends_up_with_everything_once(desk: Services) -> None:
    with medplum() as url:
        server = desk.filing.put(FhirServer(id="", url=url, title="Medplum"))
        visit = full_visit(desk)
        assert desk.filing.push(server).left == 0
        amended(desk, visit, "Put right.")
        assert desk.filing.push(server).left == 0
        assert desk.filing.push(server, [visit]).left == 0
        desk.signing.withdraw(visit, "the wrong child")
        assert desk.filing.push(server).left == 0
        found = httpx.get(f"{url}/Encounter/{visit}", trust_env=False).json()
    assert found["status"] == "entered-in-error"
    assert found["identifier"][0]["value"] == visit


def test_medplum_finds_no_fault_in_what_is_sent(desk: Services, tmp_path: Path) -> None:
    assert tmp_path.is_dir()
    everything = ExportPolicy(**dict.fromkeys(MAY_LEAVE, True))
    server = desk.filing.put(FhirServer(id="", url="https://fhir.example.org", title="x", policy=everything))
    visit = full_visit(desk)
    lines = [each.data for each in desk.filing.prepared(server, [visit]) if isinstance(each, FhirBundle)]
    amended(desk, visit, "Put right.")
    lines += [each.data for each in desk.filing.prepared(server, [visit]) if isinstance(each, FhirBundle)]
    done = subprocess.run(
        node("medplum_check.js"), input=b"\n".join(lines), capture_output=True, check=True, timeout=60
    )
    (last,) = done.stdout.decode().splitlines()
    assert int(last.removeprefix("looked at ")) > 30
