"""Visits are filed once each, whatever the server and the network do meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from homevisit.assembly import Services
from homevisit.domain.filing import Access, FhirServer, FilingState
from homevisit.domain.visit import Section
from homevisit.errors import HomeVisitError
from homevisit.services.filing import FhirFiling, Watch
from homevisit.sync.fhir.addresses import checked_url
from homevisit.sync.fhir.client import FhirClient
from homevisit.sync.fhir.reply import reply_of
from tests.desks import add_family, whole_draft
from tests.fhir_push.peer import CLIENT, SECRET, Peer
from tests.fhir_push.visits import amended, signed_visit


def states(desk: Services, visit: str) -> list[tuple[str, str]]:
    return [(each.state.value, each.code) for each in desk.filing.of_visit(visit)]


def test_a_visit_is_filed_once_and_the_count_goes_down(desk: Services, peer: Peer, server: FhirServer) -> None:
    family = add_family(desk)
    visits = [signed_visit(desk, family=family) for _ in range(2)]
    assert desk.filing.unfiled() == 2
    summary = desk.filing.push(server, [visits[0]])
    assert (summary.left, desk.filing.unfiled()) == (1, 1)
    assert desk.filing.push(server).left == 0
    assert desk.filing.push(server).filings == ()
    assert len(peer.bundles) == 2
    assert [state for visit in visits for state in states(desk, visit)] == [("filed", ""), ("filed", "")]
    assert len(peer.newest("Encounter")) == 2
    assert len(peer.newest("Patient")) == 1


def test_nothing_is_counted_while_no_server_is_set_up(desk: Services) -> None:
    signed_visit(desk)
    assert desk.filing.unfiled() is None


def test_a_draft_never_leaves(desk: Services, peer: Peer, server: FhirServer) -> None:
    visit = signed_visit(desk)
    desk.filing.push(server)
    draft = desk.drafting.amend(visit)
    desk.drafting.save_section(draft.visit, Section.FACTS, "Not signed yet.")
    assert desk.filing.push(server).filings == ()
    assert len(peer.bundles) == 1


def test_lost_after_keeping_it_is_sent_again_as_the_same_bundle(desk: Services, peer: Peer, server: FhirServer) -> None:
    visit = signed_visit(desk)
    peer.answers, peer.after = [None], True
    summary = desk.filing.push(server)
    assert (summary.stopped, summary.left) == ("filing.no_answer", 1)
    assert states(desk, visit) == [("unknown", "filing.no_answer")]
    assert desk.filing.push(server).left == 0
    assert peer.bundles[0] == peer.bundles[1]
    assert {len(versions) for versions in peer.kept.values()} == {2}  # replaced, not doubled
    assert states(desk, visit) == [("filed", "")]


def test_a_server_that_does_not_answer_in_time_is_not_waited_for(
    desk: Services, peer: Peer, server: FhirServer
) -> None:
    visit, asked = signed_visit(desk), []
    filing = FhirFiling(
        desk.store, desk.library, desk.store.clock, connect=lambda *given: FhirClient(*given, read_seconds=0.2)
    )

    def slow(resource: dict[str, object]) -> int:
        if not asked:
            asked.append(peer.release.wait(10))
        return 200 if resource else 400

    peer.rule = slow
    summary = filing.push(server)
    peer.release.set()
    assert summary.stopped == "filing.no_answer"
    assert states(desk, visit) == [("unknown", "filing.no_answer")]


def test_killed_while_sending_the_next_round_sends_the_same_again(
    desk: Services, peer: Peer, server: FhirServer
) -> None:
    visit = signed_visit(desk)

    class Killed(BaseException):
        pass

    class Dying(FhirClient):
        def send(self, bundle):
            super().send(bundle)
            raise Killed

    filing = FhirFiling(desk.store, desk.library, desk.store.clock, connect=Dying)
    with pytest.raises(Killed):
        filing.push(server)
    assert states(desk, visit) == [("unknown", "filing.interrupted")]
    desk.filing.push(server)
    assert peer.bundles[0] == peer.bundles[1]
    assert states(desk, visit) == [("filed", "")]


def test_what_a_server_takes_in_part_is_sent_again_until_all_is_there(
    desk: Services, peer: Peer, server: FhirServer
) -> None:
    visit = signed_visit(desk)
    peer.rule = lambda resource: 422 if resource["resourceType"] == "Consent" else 200
    (filing,) = desk.filing.push(server).filings
    assert (filing.state, filing.code, filing.status) == (FilingState.PARTLY, "filing.refused", 422)
    assert filing.refused >= 1
    assert filing.taken > 5
    peer.rule = lambda _: 200
    assert desk.filing.push(server).left == 0
    assert states(desk, visit) == [("filed", "")]
    assert peer.bundles[0] == peer.bundles[1]


def test_a_refusal_that_concerns_every_visit_ends_the_round(desk: Services, peer: Peer, server: FhirServer) -> None:
    signed_visit(desk)
    signed_visit(desk)
    peer.answers = [503]
    summary = desk.filing.push(server)
    assert [each.code for each in summary.filings] == ["filing.busy"]
    assert (summary.stopped, summary.left) == ("filing.busy", 2)


@pytest.mark.parametrize(
    ("status", "code", "state", "stops"),
    [
        (302, "filing.redirected", "refused", True),
        (400, "filing.refused", "refused", False),
        (401, "filing.denied", "refused", True),
        (403, "filing.denied", "refused", True),
        (404, "filing.not_found", "refused", True),
        (409, "filing.conflict", "refused", False),
        (412, "filing.changed_there", "refused", False),
        (413, "filing.too_large", "refused", False),
        (422, "filing.refused", "refused", False),
        (429, "filing.busy", "refused", True),
        (500, "filing.server_failed", "unknown", True),
        (503, "filing.busy", "refused", True),
    ],
)
def test_every_status_has_its_meaning(status: int, code: str, state: str, stops: bool) -> None:
    found = reply_of(status, b"", ("Patient/1",))
    assert (found.code, found.state.value, found.stops) == (code, state, stops)


def test_a_refusal_that_concerns_one_visit_blocks_no_other(desk: Services, peer: Peer, server: FhirServer) -> None:
    signed_visit(desk)
    signed_visit(desk)
    peer.answers = [413]
    summary = desk.filing.push(server)
    assert [each.code for each in summary.filings] == ["filing.too_large", ""]
    assert (summary.stopped, summary.left) == ("", 1)


def test_a_conflict_of_the_moment_is_tried_once_more(desk: Services, peer: Peer, server: FhirServer) -> None:
    signed_visit(desk)
    peer.answers = [409]
    assert desk.filing.push(server).left == 0
    assert peer.bundles[0] == peer.bundles[1]
    signed_visit(desk)
    peer.answers = [409, 409]
    (filing,) = desk.filing.push(server).filings
    assert (filing.state, filing.code) == (FilingState.REFUSED, "filing.conflict")


def test_a_server_that_wants_versions_is_told_which_one_is_replaced(
    desk: Services, peer: Peer, server: FhirServer
) -> None:
    peer.wants_versions = True
    visit = whole_draft(desk, add_family(desk))
    desk.signing.sign(visit)
    assert desk.filing.push(server).left == 0
    assert desk.filing.push(server, [visit]).left == 0
    assert {len(versions) for versions in peer.kept.values()} == {2}
    assert b"ifMatch" in peer.bundles[-1]


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b'{"resourceType": "Bundle"}', b"[" * 100_000, b"[]", b'{"entry": 1}']
)
def test_a_reply_that_says_nothing_counts_as_no_answer(body: bytes) -> None:
    found = reply_of(200, body, ("Patient/1",))
    assert (found.state, found.code) == (FilingState.UNKNOWN, "filing.not_understood")


@pytest.mark.parametrize("status", ["", "OK", "20", "²00", None, 200])
def test_an_entry_without_a_status_was_not_taken(status: object) -> None:
    entry = {"response": {"status": status}}
    body = json.dumps({"resourceType": "Bundle", "type": "batch-response", "entry": [entry]}).encode()
    assert (reply_of(200, body, ("Patient/1",)).state is FilingState.FILED) == (status == 200)


def test_a_reply_to_fewer_entries_counts_as_no_answer(desk: Services, peer: Peer, server: FhirServer) -> None:
    visit = signed_visit(desk)
    peer.body = json.dumps(
        {"resourceType": "Bundle", "type": "transaction-response", "entry": [{"response": {"status": "200"}}]}
    ).encode()
    desk.filing.push(server)
    assert states(desk, visit) == [("unknown", "filing.not_understood")]


def test_nobody_there_is_said_and_the_visit_stays_unfiled(desk: Services) -> None:
    server = desk.filing.put(FhirServer(id="", url="http://127.0.0.1:9/fhir", title="Nobody"))
    visit = signed_visit(desk)
    summary = desk.filing.push(server)
    assert (summary.stopped, summary.left) == ("filing.unreachable", 1)
    assert states(desk, visit) == [("refused", "filing.unreachable")]


def test_a_round_can_be_stopped_between_two_visits(desk: Services, server: FhirServer) -> None:
    signed_visit(desk)
    signed_visit(desk)
    seen: list[int] = []
    watch = Watch(progress=lambda at: seen.append(at.done), cancelled=lambda: 1 in seen)
    summary = desk.filing.push(server, watch=watch)
    assert (len(summary.filings), summary.stopped, summary.left) == (1, "filing.cancelled", 1)


def test_the_network_is_asked_outside_of_the_store(desk: Services, server: FhirServer, peer: Peer) -> None:
    signed_visit(desk)
    inside: list[bool] = []

    def in_the_store(job: Callable[[], object]) -> object:
        inside.append(True)
        found = job()
        inside.pop()
        return found

    def seen(resource: dict[str, object]) -> int:
        return 500 if inside or not resource else 200

    peer.rule = seen
    assert desk.filing.push(server, watch=Watch(inside=in_the_store)).left == 0


def test_a_bearer_token_is_sent_and_kept_from_words(desk: Services, peer: Peer) -> None:
    peer.token = "letters-1234"
    server = desk.filing.put(FhirServer(id="", url=peer.url, title="P", access=Access.TOKEN), "letters-1234")
    signed_visit(desk)
    assert desk.filing.push(server).left == 0
    assert "letters-1234" not in repr(desk.filing.servers())
    desk.filing.put(server, "wrong")
    signed_visit(desk)
    assert desk.filing.push(server).stopped == "filing.denied"


def test_a_secret_that_cannot_be_sent_is_refused_before_anything_leaves(desk: Services, peer: Peer) -> None:
    signed_visit(desk)
    for secret in ("", "line\nend", "schlüssel"):
        server = desk.filing.put(FhirServer(id="", url=peer.url, title="P", access=Access.TOKEN), secret)
        (filing,) = desk.filing.push(server).filings
        assert filing.code == "filing.secret_missing"
    assert peer.bundles == []


def with_client(peer: Peer, **changes: str) -> FhirServer:
    token_url = peer.url.replace("/fhir", "/token")
    given = FhirServer(
        id="", url=peer.url, title="P", access=Access.CLIENT, client_id=CLIENT, token_url=token_url, scope="system/*.*"
    )
    return replace(given, **changes)


def test_client_credentials_fetch_a_token_and_a_new_one_when_it_was_refused(desk: Services, peer: Peer) -> None:
    peer.token = "not given to anybody yet"
    server = desk.filing.put(with_client(peer), SECRET)
    signed_visit(desk)
    visit = signed_visit(desk)
    assert desk.filing.push(server).left == 0
    assert peer.tokens_given == 1
    amended(desk, visit, "Put right.")
    answered = iter([401])
    peer.rule = lambda _: 200
    peer.answers = [next(answered)]
    assert desk.filing.push(server).left == 0
    assert peer.tokens_given == 3  # one for the new connection, one after the refusal


def test_a_token_that_ends_soon_is_fetched_anew(desk: Services, peer: Peer) -> None:
    peer.lives = 10
    server = desk.filing.put(with_client(peer), SECRET)
    signed_visit(desk)
    signed_visit(desk)
    assert desk.filing.push(server).left == 0
    assert peer.tokens_given == 2


def test_a_wrong_client_secret_is_named(desk: Services, peer: Peer) -> None:
    peer.token = "x"
    server = desk.filing.put(with_client(peer), "wrong")
    signed_visit(desk)
    summary = desk.filing.push(server)
    assert (summary.stopped, peer.bundles) == ("filing.token_refused", [])


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://fhir.example.org/r4", "filing.insecure"),
        ("fhir.example.org", "filing.address"),
        ("https://me:secret@fhir.example.org", "filing.address"),
        ("https://fhir.example.org/?token=1", "filing.address"),
        ("https://fhir.example.org:port/", "filing.address"),
        ("ftp://fhir.example.org/", "filing.address"),
    ],
)
def test_an_address_that_would_give_something_away_is_refused(url: str, code: str) -> None:
    with pytest.raises(HomeVisitError, match=code):
        checked_url(url)


def test_neither_visits_nor_secrets_go_over_plain_http(desk: Services) -> None:
    for given in ({"url": "http://x.org"}, {"url": "https://x.org", "token_url": "http://x.org/token"}):
        with pytest.raises(HomeVisitError, match=r"filing\.insecure"):
            desk.filing.put(FhirServer(id="", title="x", **given))
    assert desk.filing.servers() == ()


def test_what_a_server_is_can_be_asked(desk: Services, peer: Peer, server: FhirServer) -> None:
    desk.filing.check(server)
    peer.version = "5.0.0"
    with pytest.raises(HomeVisitError, match=r"filing\.not_fhir"):
        desk.filing.check(server)


def test_what_was_filed_stays_known_when_a_server_goes_and_comes_back(
    desk: Services, peer: Peer, server: FhirServer
) -> None:
    visit = signed_visit(desk)
    desk.filing.push(server)
    desk.filing.remove(server.id)
    assert desk.filing.servers() == ()
    assert desk.store.filings.secret(server.id) == ""
    assert states(desk, visit) == [("filed", "")]
    signed_visit(desk)
    assert desk.filing.unfiled() is None
    again = desk.filing.put(FhirServer(id="", url=peer.url + "/", title="Peer"))
    assert again.id == server.id
    assert desk.filing.unfiled() == 1


def test_two_servers_each_get_every_visit(desk: Services, server: FhirServer) -> None:
    other = desk.filing.put(FhirServer(id="", url="http://127.0.0.1:9/fhir", title="Other"))
    signed_visit(desk)
    desk.filing.push(server)
    assert (len(desk.filing.waiting(server)), len(desk.filing.waiting(other))) == (0, 1)
    assert desk.filing.unfiled() == 0
