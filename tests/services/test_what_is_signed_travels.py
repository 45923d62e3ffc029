"""What can be signed here can be read everywhere, and means there what it meant here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from homevisit.assembly import Services
from homevisit.domain.canonical import JsonObject
from homevisit.domain.card import Card, SignedCard
from homevisit.domain.entry import Act, Kind
from homevisit.domain.review import Decision, ReviewBody
from homevisit.domain.visit import RecordState, Section
from homevisit.errors import HomeVisitError
from homevisit.ids import new_id
from homevisit.services.answering import action_ids
from homevisit.services.cards import OfferedCard
from homevisit.signatures import new_signing_key, public_key, sign
from homevisit.storage.ledger import NewEntry
from tests.desks import Desks, add_family, whole_draft


def carried(source: Services, target: Services, stick: Path) -> None:
    rows = source.sending.export([target.cards.mine().card], stick)
    assert [row.code for row in target.receiving.take_in([stick / row.name for row in rows])] == [""] * len(rows)


@pytest.mark.parametrize("started", ["0201-03-01T09:30", "0001-01-01T00:00", "9999-12-31T23:59", "3026-03-01T09:30"])
def test_a_year_that_no_entry_can_hold_is_an_impossible_time(desks: Desks, started: str) -> None:
    services = desks.practitioner
    visit = whole_draft(services, add_family(services))
    body = services.drafting.open(visit).body
    services.drafting.save_contact(visit, replace(body, started=started))
    preview = services.signing.preview(visit)
    assert [item.what for item in preview.missing if item.blocking] == ["time.start"]
    assert not preview.can_sign


def test_a_text_that_no_reader_takes_is_not_signed_and_stays_in_the_draft(desks: Desks, stick: Path) -> None:
    services = desks.practitioner
    visit = whole_draft(services, add_family(services))
    services.drafting.save_section(visit, Section.FACTS, "x" * (4 * 1024 * 1024 + 1))
    with pytest.raises(HomeVisitError, match="text too long"):
        services.signing.sign(visit)
    assert services.drafting.exists(visit)
    services.drafting.save_section(visit, Section.FACTS, "x" * (4 * 1024 * 1024))
    services.signing.sign(visit)
    carried(services, desks.supervisor, stick)


def test_a_tick_stays_with_its_action_when_an_earlier_one_is_taken_out() -> None:
    visit = "11111111-1111-4111-8111-111111111111"
    both = action_ids(visit, "set/person", ["Ring the clinic", "Weigh again", "Weigh again"])
    assert len(set(both)) == 3
    assert action_ids(visit, "set/person", ["Weigh again", "Weigh again"]) == both[1:]
    assert action_ids(visit, "set/person", ["half a character \ud83d"])
    assert action_ids(visit, "set/other", ["Ring the clinic"])[0] not in both


def other_key(card: Card) -> OfferedCard:
    """A card that gives a known person another person key, as only a forger would have one."""
    key = new_signing_key()
    forged = replace(card, device="99999999-9999-4999-8999-999999999999", person_key=public_key(key))
    return OfferedCard(signed=SignedCard(card=forged, signature=sign(key, forged.signing_bytes())), words=())


def test_a_known_person_never_gets_another_person_key(desks: Desks) -> None:
    known = desks.practitioner.cards.supervisors()[0].card
    with pytest.raises(HomeVisitError, match=r"card\.keys_changed"):
        desks.practitioner.cards.confirm(other_key(known))
    assert [each.card for each in desks.practitioner.cards.known()] == [known]


def _review(family: str, body: JsonObject) -> NewEntry:
    return NewEntry(record=new_id(), kind=Kind.REVIEW, act=Act.SIGN, family=family, body=body)


def test_a_review_by_the_author_counts_for_nothing(desks: Desks) -> None:
    services = desks.practitioner
    entry = services.signing.sign(whole_draft(services, add_family(services)))
    visit = entry.envelope.record
    body: JsonObject = {"visit": visit, "version": entry.id, "decision": "read-no-action"}
    services.store.ledger.append([_review(entry.envelope.family, body)])
    row = services.records.visit(visit).row
    assert (row.state, row.reviewed_version) == (RecordState.SIGNED, 0)


def test_a_review_of_the_version_beside_does_not_count_for_the_one_shown(desks: Desks, stick: Path) -> None:
    one, other = desks.practitioner, desks.supervisor
    visit = one.signing.sign(whole_draft(one, add_family(one))).envelope.record
    carried(one, other, stick)
    for services in (other, one):
        services.drafting.amend(visit)
        last = services.signing.sign(visit, "at the same time")
    carried(one, other, stick)
    row = other.records.visit(visit).row
    assert (row.head, row.heads) == (last.id, 2)
    assert row.reviewed_version == 0
    beside = other.records.visit(visit).other_heads[0]
    other.store.ledger.append([_review(row.family, {"visit": visit, "version": beside, "decision": "read-no-action"})])
    assert other.reviews.queue().rows[0].reviewed_version == 0


def test_a_review_of_the_version_shown_counts(desks: Desks, stick: Path) -> None:
    entry = desks.practitioner.signing.sign(whole_draft(desks.practitioner, add_family(desks.practitioner)))
    carried(desks.practitioner, desks.supervisor, stick)
    review = ReviewBody(visit=entry.envelope.record, version=entry.id, decision=Decision.READ)
    desks.supervisor.reviews.decide(review)
    row = desks.supervisor.records.visit(entry.envelope.record).row
    assert (row.state, row.reviewed_version) == (RecordState.REVIEWED, 1)
