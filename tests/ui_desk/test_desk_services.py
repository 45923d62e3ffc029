"""The small services behind Today, the forms and Settings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from homevisit.assembly import Services
from homevisit.clock import SystemClock
from homevisit.domain.entry import Act, Kind
from homevisit.domain.visit import Contact
from homevisit.errors import HomeVisitError
from homevisit.services import homes
from homevisit.storage.ledger import NewEntry
from tests.desks import PASSPHRASE, whole_draft


def test_readiness_counts_what_is_there(services: Services, family: str) -> None:
    services.signing.sign(whole_draft(services, family))
    services.drafting.start(family)
    ready = services.readiness.check()
    assert (ready.families, ready.drafts, ready.unsent, ready.refused) == (1, 1, 1, 0)
    assert {each.title for each in ready.prompt_sets} == {each.title for each in services.library.sets}
    assert ready.supervisors == ("Sal Supervisor",)
    assert not ready.last_exchange
    assert ready.free


def test_readiness_knows_the_last_backup(services: Services) -> None:
    services.upkeep.backup()
    assert services.readiness.check().last_backup == services.upkeep.backups()[0].made_at


def test_a_kept_form_comes_back_as_it_was_typed_until_it_is_discarded(services: Services) -> None:
    services.form_drafts.save("new-family", {"family": {"name": "Ö👶 31/2"}})
    kept = services.form_drafts.load("new-family")
    assert kept is not None
    assert kept.values == {"family": {"name": "Ö👶 31/2"}}
    services.form_drafts.discard("new-family")
    assert services.form_drafts.load("new-family") is None


def test_a_kept_form_is_no_visit_in_progress(services: Services, family: str) -> None:
    services.form_drafts.save(f"family/{family}", {"family": {}})
    assert services.drafting.unfinished() == ()
    assert services.families.list()[0].drafts == 0


def test_the_contact_that_is_due_by_age_is_suggested(services: Services, family: str) -> None:
    assert services.today.suggested(family) is Contact.SIX_WEEKS


def test_nothing_is_due_for_a_family_without_a_baby(services: Services, family: str) -> None:
    details = services.families.brief(family).details
    empty = services.families.create(replace(details, name="Nobody"))
    assert services.today.suggested(empty) is Contact.ADDITIONAL


def test_settling_keeps_the_value_that_was_chosen(services: Services, family: str) -> None:
    two_phones(services, family)
    conflict = services.families.brief(family).conflicts[0]
    other = next(entry for entry, _, value in conflict.values if value != conflict.shown)
    wanted = next(value for entry, _, value in conflict.values if entry == other)
    services.families.settle(conflict, other)
    brief = services.families.brief(family)
    assert (brief.conflicts, brief.details.phone) == ((), wanted)


def test_settling_with_the_value_shown_settles_too(services: Services, family: str) -> None:
    two_phones(services, family)
    conflict = services.families.brief(family).conflicts[0]
    services.families.settle(conflict, conflict.values[0][0])
    assert services.families.brief(family).conflicts == ()


def test_settling_with_an_entry_of_something_else_is_refused(services: Services, family: str) -> None:
    two_phones(services, family)
    conflict = services.families.brief(family).conflicts[0]
    with pytest.raises(HomeVisitError, match=r"entry\.unknown"):
        services.families.settle(conflict, "0" * 64)


def test_the_families_opened_last_come_first(services: Services, family: str) -> None:
    details = services.families.brief(family).details
    other = services.families.create(replace(details, name="Other"))
    for opened in (family, other, family):
        services.families.open(opened)
    assert services.families.recent() == (family, other)


def test_the_access_log_says_the_family_by_name(services: Services, family: str) -> None:
    services.families.open(family)
    line = services.safekeeping.access()[0]
    assert (line.act, line.kind, line.name) == ("opened", "family", "Osei")


def test_the_passphrase_changes_only_with_the_present_one(services: Services) -> None:
    with pytest.raises(HomeVisitError, match=r"store\.wrong_passphrase"):
        services.safekeeping.change_passphrase("not this one", "five other plain test words")
    services.safekeeping.change_passphrase(PASSPHRASE, "five other plain test words")
    services.close()
    homes.unlock(services.home, "five other plain test words", clock=SystemClock()).close()


def test_guessing_at_the_present_passphrase_has_to_wait_wherever_it_is_asked_for(services: Services) -> None:
    ask = services.safekeeping
    for _ in range(3):
        with pytest.raises(HomeVisitError, match=r"store\.wrong_passphrase"):
            ask.change_passphrase("not this one", "five other plain test words")
    with pytest.raises(HomeVisitError, match=r"store\.wait"):
        ask.make_recovery(PASSPHRASE)


def two_phones(services: Services, family: str) -> None:
    """Two people gave the family a phone number without seeing each other's."""
    parents = services.store.ledger.heads(family)
    for number in ("1111", "2222"):
        services.store.ledger.append(
            [
                NewEntry(
                    record=family,
                    kind=Kind.FAMILY,
                    act=Act.AMEND,
                    family=family,
                    body={"set": {"phone": number}},
                    parents=parents,
                )
            ]
        )
