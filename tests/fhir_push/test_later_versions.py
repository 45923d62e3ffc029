"""Amended visits, visits that were entered in error, and versions that stand side by side."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from homevisit.assembly import Services
from homevisit.domain.codec import plain
from homevisit.domain.entry import Act, Kind
from homevisit.domain.family import Role
from homevisit.domain.filing import FhirServer, Held, policy_that_allows
from homevisit.domain.visit import Section
from homevisit.services.filing import FhirFiling
from homevisit.storage.ledger import NewEntry
from tests.desks import add_family, open_desks, whole_draft
from tests.fhir_push.peer import Peer
from tests.fhir_push.test_bundles import ANYWHERE, check
from tests.fhir_push.visits import CONVERSATION, amended, answer, person_of, signed, signed_visit

WORDS = "CanaryWrongChild"


def statuses(peer: Peer) -> set[str]:
    """The status of everything at the peer that is a visit's own."""
    shared = {"Organization", "Practitioner", "PractitionerRole", "Patient", "RelatedPerson", "Provenance"}
    found = [versions[-1] for versions in peer.kept.values()]
    return {each.get("status", each.get("lifecycleStatus")) for each in found if each["resourceType"] not in shared}


def notes(peer: Peer) -> dict[str, dict[str, Any]]:
    return {each["status"]: each for each in peer.newest("Composition")}


def test_an_amendment_replaces_the_note_that_is_there(desk: Services, peer: Peer, server: FhirServer) -> None:
    visit = signed_visit(desk, "First words.")
    desk.filing.push(server)
    amended(desk, visit, "Second words.")
    assert desk.filing.unfiled() == 1
    assert desk.filing.push(server).left == 0
    found = notes(peer)
    assert found.keys() == {"final", "amended"}
    target = {"reference": f"Composition/{found['final']['id']}"}
    assert found["amended"]["relatesTo"] == [{"code": "replaces", "targetReference": target}]
    assert found["amended"]["identifier"] == found["final"]["identifier"]
    assert len(peer.newest("Encounter")) == 1
    assert [each.number for each in desk.filing.of_visit(visit)] == [2, 1]


def test_an_amendment_of_what_was_never_filed_names_what_it_replaces(desk: Services) -> None:
    visit = signed_visit(desk)
    first = desk.store.views.visit_row(visit).head
    amended(desk, visit, "Second words.")
    (made,) = desk.filing.prepared(ANYWHERE, [visit])
    check(made)
    note = next(e["resource"] for e in json.loads(made.data)["entry"] if e["resource"]["resourceType"] == "Composition")
    (replaced,) = note["relatesTo"]
    assert replaced["targetIdentifier"]["value"] == first


def test_what_an_amendment_takes_out_is_marked_at_the_server(desk: Services, peer: Peer, server: FhirServer) -> None:
    family = add_family(desk)
    visit = whole_draft(desk, family)
    key = answer(desk, visit, "three-step-conversation", person_of(desk, family, Role.MOTHER), CONVERSATION)
    answer(desk, visit, "three-step-conversation", person_of(desk, family, Role.FATHER), {"step1.consent": "given"})
    signed(desk, visit)
    desk.filing.push(server)
    amended(desk, visit, "Wrong answers taken out.", without=key)
    assert desk.filing.push(server).left == 0
    responses = {each["status"]: each for each in peer.newest("QuestionnaireResponse")}
    assert responses.keys() == {"completed", "entered-in-error"}
    assert "item" not in responses["entered-in-error"]
    assert {each["status"] for each in peer.newest("Task")} == {"entered-in-error"}
    assert {each["lifecycleStatus"] for each in peer.newest("Goal")} == {"entered-in-error"}


def test_a_visit_that_was_entered_in_error_is_marked_without_its_words(
    desk: Services, peer: Peer, server: FhirServer
) -> None:
    visit = signed_visit(desk, WORDS)
    desk.filing.push(server)
    amended(desk, visit, f"{WORDS} again")
    desk.filing.push(server)
    desk.signing.withdraw(visit, "the wrong child")
    assert desk.filing.unfiled() == 1
    assert desk.filing.push(server).left == 0
    assert statuses(peer) == {"entered-in-error"}
    assert WORDS.encode() not in peer.bundles[-1]
    assert b"the wrong child" not in peer.bundles[-1]
    (made,) = desk.filing.prepared(server, [visit])
    check(made)
    activities = [each["activity"]["coding"][0]["code"] for each in peer.newest("Provenance")]
    assert sorted(activities) == ["CREATE", "NULLIFY", "UPDATE"]


def test_a_visit_entered_in_error_before_it_was_filed_never_leaves(
    desk: Services, peer: Peer, server: FhirServer
) -> None:
    visit = signed_visit(desk, WORDS)
    desk.signing.withdraw(visit, "the wrong child")
    assert desk.filing.unfiled() == 0
    assert desk.filing.push(server).filings == ()
    assert desk.filing.push(server, [visit]).held == (Held(visit=visit, code="filing.never_left"),)
    assert peer.bundles == []


def test_a_visit_that_may_have_arrived_is_marked_when_it_was_in_error(
    desk: Services, peer: Peer, server: FhirServer
) -> None:
    visit = signed_visit(desk, WORDS)
    peer.answers, peer.after = [None], True
    desk.filing.push(server)
    desk.signing.withdraw(visit, "the wrong child")
    assert desk.filing.push(server).left == 0
    assert statuses(peer) == {"entered-in-error"}


def test_what_a_server_refused_as_a_whole_needs_no_marks_there(desk: Services, peer: Peer, server: FhirServer) -> None:
    visit = signed_visit(desk)
    peer.answers = [422]
    desk.filing.push(server)
    desk.signing.withdraw(visit, "the wrong child")
    assert desk.filing.unfiled() == 0
    assert desk.filing.push(server).filings == ()


def test_a_policy_that_was_narrowed_takes_back_what_it_no_longer_lets_out(
    desk: Services, peer: Peer, server: FhirServer
) -> None:
    family = add_family(desk)
    visit = whole_draft(desk, family)
    mother = person_of(desk, family, Role.MOTHER)
    answer(desk, visit, "domestic-abuse-enquiry", mother, {"da.asked": "asked", "da.noticed": WORDS})
    signed(desk, visit)
    wide = desk.filing.put(replace(server, policy=policy_that_allows(("sensitive_answers",))))
    desk.filing.push(wide)
    assert WORDS in str(peer.newest("QuestionnaireResponse"))
    narrow = desk.filing.put(replace(server, policy=policy_that_allows(())))
    desk.filing.push(narrow, [visit])
    (response,) = peer.newest("QuestionnaireResponse")
    assert response["status"] == "entered-in-error"
    assert WORDS not in str(response)


def test_versions_side_by_side_are_held_until_they_are_settled(desk: Services, server: FhirServer) -> None:
    visit = signed_visit(desk)
    shown = desk.store.views.visit(visit)
    first = shown.row.head
    for _ in range(2):
        new = NewEntry(
            record=visit,
            kind=Kind.VISIT,
            act=Act.AMEND,
            family=shown.row.family,
            body=plain(shown.body),
            parents=(first,),
        )
        desk.store.ledger.append([new])
    summary = desk.filing.push(server)
    assert summary.held == (Held(visit=visit, code="filing.unsettled"),)
    assert (summary.filings, summary.left) == ((), 1)
    draft = desk.drafting.amend(visit)
    desk.drafting.save_section(draft.visit, Section.FACTS, "Settled.")
    signed(desk, visit, "settled")
    assert desk.filing.push(server).left == 0


def test_an_erased_family_is_no_longer_counted(desk: Services, server: FhirServer) -> None:
    visit = signed_visit(desk)
    family = desk.store.views.visit_row(visit).family
    desk.store.ledger.erase_family(family)
    assert desk.filing.unfiled() == 0
    assert desk.filing.prepared(server, [visit]) == (Held(visit=visit, code="filing.erased"),)


def test_a_colleague_s_visit_is_not_filed_by_oneself(tmp_path: Path) -> None:
    desks = open_desks(tmp_path)
    visit = signed_visit(desks.practitioner)
    stick = tmp_path / "stick"
    stick.mkdir()
    desks.practitioner.sending.export([desks.practitioner.cards.supervisors()[0].card], stick)
    desks.supervisor.receiving.take_in(sorted(stick.iterdir()))
    filing: FhirFiling = desks.supervisor.filing
    filing.put(FhirServer(id="", url="https://fhir.example.org", title="x"))
    assert filing.unfiled() == 0
    assert filing.prepared(ANYWHERE, [visit]) == (Held(visit=visit, code="filing.of_another"),)
    desks.close()
