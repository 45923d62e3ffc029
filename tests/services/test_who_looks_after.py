"""Families that several people look after: who is sent what, who has to agree, and how sharing ends."""

from __future__ import annotations

import pytest

from homevisit.assembly import Services
from homevisit.domain.canonical import JsonObject
from homevisit.domain.card import Card
from homevisit.domain.entry import Act, Entry, Kind
from homevisit.domain.review import Decision, ReviewBody
from homevisit.domain.sharing import Why
from homevisit.errors import HomeVisitError
from homevisit.storage.ledger import NewEntry
from tests.desks import Desks, add_family, whole_draft


def card_of(services: Services) -> Card:
    return services.cards.mine().card


def person_of(services: Services) -> str:
    return card_of(services).person


def signed(services: Services, family: str) -> Entry:
    return services.signing.sign(whole_draft(services, family))


def given(source: Services, target: Services) -> None:
    """Everything that may go now, as one exchange would bring it."""
    to = person_of(target)
    target.store.ledger.admit([each for each in source.store.ledger.all() if to in source.sharing.who(each).goes])


def why_of(services: Services, person: Services) -> dict[Why, bool]:
    rows = [row for row in services.sharing.recipients() if row.person == person_of(person)]
    return {reason.why: row.agreed for row in rows for reason in row.why}


@pytest.fixture
def family(desks: Desks) -> str:
    return add_family(desks.practitioner)


def test_what_one_writes_is_for_the_supervisor_once_that_was_agreed_to(desks: Desks, family: str) -> None:
    entry, me = signed(desks.practitioner, family), desks.practitioner
    to = person_of(desks.supervisor)
    assert me.sharing.who(entry).held == {to: "sharing.not_agreed", person_of(me): "sharing.no_card"}
    (row,) = me.sharing.recipients()
    assert (row.person, row.agreed, [visit.id for visit in row.visits]) == (to, False, [entry.envelope.record])
    me.sharing.agree(to)
    assert me.sharing.who(entry).goes == {to}
    me.sharing.stop(to)
    assert me.sharing.who(entry).goes == frozenset()


def test_a_colleague_gets_nothing_of_a_family_that_is_not_shared(
    desks: Desks, colleague: Services, family: str
) -> None:
    entry = signed(desks.practitioner, family)
    to = person_of(colleague)
    who = desks.practitioner.sharing.who(entry)
    assert to not in who.goes
    assert to not in who.held
    assert why_of(desks.practitioner, colleague) == {}


def test_both_work_offline_and_both_see_both(desks: Desks, colleague: Services, family: str) -> None:
    one, two = desks.practitioner, colleague
    earlier = signed(one, family)
    one.sharing.share(family, person_of(two), "Covers while I am on leave")
    given(one, two)
    assert why_of(two, one) == {Why.COLLEAGUE: False}
    two.sharing.agree(person_of(one))
    both = [signed(one, family), signed(two, family)]
    given(one, two)
    given(two, one)
    wanted = {entry.envelope.record for entry in [earlier, *both]}
    assert [{row.id for row in desk.families.timeline(family)} for desk in (one, two)] == [wanted, wanted]
    names = [(keeper.name, keeper.me, keeper.agreed) for keeper in two.sharing.keepers(family)]
    assert names == [("Col League", True, True), ("Ines Practitioner", False, True)]


def test_an_end_is_told_and_nothing_new_goes_after_it(desks: Desks, colleague: Services, family: str) -> None:
    one, two = desks.practitioner, colleague
    one.sharing.share(family, person_of(two), "Covers while I am on leave")
    given(one, two)
    one.sharing.end(family, person_of(two), "Back from leave")
    given(one, two)
    later = signed(one, family)
    assert person_of(two) not in one.sharing.who(later).goes
    assert [keeper.person for keeper in two.sharing.keepers(family)] == [person_of(one)]
    (share,) = two.sharing.shares(family)
    assert (share.why, share.ended_why) == ("Covers while I am on leave", "Back from leave")
    with pytest.raises(HomeVisitError, match=r"sharing\.not_yours"):
        two.sharing.share(family, person_of(desks.supervisor), "I want it back")


def test_a_hand_over_leaves_the_family_with_the_other(desks: Desks, colleague: Services, family: str) -> None:
    one, two = desks.practitioner, colleague
    with pytest.raises(HomeVisitError, match=r"sharing\.last_keeper"):
        one.sharing.end(family, person_of(one), "I leave")
    one.sharing.share(family, person_of(two), "Takes over")
    one.sharing.end(family, person_of(one), "Handed over")
    given(one, two)
    assert [keeper.person for keeper in two.sharing.keepers(family)] == [person_of(two)]
    visit = signed(two, family)
    assert person_of(one) not in two.sharing.who(visit).goes | set(two.sharing.who(visit).held)


def test_a_third_person_named_by_the_other_has_to_be_agreed_to(desks: Desks, colleague: Services, family: str) -> None:
    """Who shares says whom; that one's own words go there too is for oneself to say."""
    one, two, third = desks.practitioner, colleague, desks.supervisor
    entry = signed(one, family)
    one.sharing.share(family, person_of(two), "Covers")
    given(one, two)
    two.sharing.share(family, person_of(third), "Knows the family")
    two.sharing.agree(person_of(one))
    given(two, one)
    assert one.sharing.who(entry).held[person_of(third)] == "sharing.not_agreed"
    one.sharing.agree(person_of(third))
    assert person_of(third) in one.sharing.who(entry).goes


def test_a_share_that_an_outsider_signed_counts_for_nothing(desks: Desks, colleague: Services, family: str) -> None:
    one = desks.practitioner
    body: JsonObject = {"set": {"person": person_of(colleague)}}
    forged = NewEntry(record="s1", kind=Kind.SHARE, act=Act.SIGN, family=family, body=body, parents=())
    entry = colleague.store.ledger.append([forged])[0]
    one.store.ledger.admit([entry])
    assert [keeper.me for keeper in one.sharing.keepers(family)] == [True]
    assert len(one.sharing.shares(family)) == 1


def test_what_others_wrote_is_passed_on_within_the_family_only(desks: Desks, colleague: Services, family: str) -> None:
    one, two = desks.practitioner, colleague
    one.sharing.share(family, person_of(two), "Covers")
    given(one, two)
    visit = signed(two, family)
    two.sharing.agree(person_of(one))
    given(two, one)
    one.sharing.agree(person_of(desks.supervisor))
    to = person_of(desks.supervisor)
    assert to not in one.sharing.who(visit).goes
    one.drafting.amend(visit.envelope.record)
    one.signing.sign(visit.envelope.record, "what I saw")
    assert to in one.sharing.who(visit).goes
    details = next(entry for entry in one.store.ledger.all() if entry.envelope.kind is Kind.FAMILY)
    assert to in one.sharing.who(details).goes


def test_a_review_goes_to_the_author_of_the_version_read_and_nobody_else(
    desks: Desks, colleague: Services, family: str
) -> None:
    one, supervisor = desks.practitioner, desks.supervisor
    one.sharing.share(family, person_of(colleague), "Covers")
    one.sharing.agree(person_of(supervisor))
    visit = signed(one, family)
    given(one, supervisor)
    body = ReviewBody(visit=visit.envelope.record, version=visit.id, decision=Decision.READ)
    review = supervisor.reviews.decide(body)
    assert supervisor.sharing.who(review).held[person_of(one)] == "sharing.not_agreed"
    supervisor.sharing.agree(person_of(one))
    assert supervisor.sharing.who(review).goes == {person_of(one)}
    one.store.ledger.admit([review])
    assert one.sharing.who(review).goes == frozenset()


def test_what_cannot_be_shared_is_refused_with_a_reason(desks: Desks, family: str) -> None:
    sharing, to = desks.practitioner.sharing, person_of(desks.supervisor)
    for code, act in (
        ("sharing.no_card", lambda: sharing.share(family, "nobody", "x")),
        ("sharing.reason_needed", lambda: sharing.share(family, to, " ")),
        ("family.unknown", lambda: sharing.share("f0", to, "x")),
        ("sharing.not_shared", lambda: sharing.end(family, to, "x")),
        ("sharing.nothing_to_agree", lambda: sharing.agree("nobody")),
    ):
        with pytest.raises(HomeVisitError, match=code):
            act()
    sharing.share(family, to, "x")
    with pytest.raises(HomeVisitError, match=r"sharing\.already"):
        sharing.share(family, to, "x")
    assert [card.person for card in sharing.could_join(family)] == []
