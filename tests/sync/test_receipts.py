"""A receipt counts by its signature, for what was sealed for that device, and for nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyrage import x25519

from homevisit.assembly import Services
from homevisit.clock import SystemClock
from homevisit.domain.canonical import JsonObject
from homevisit.domain.summaries import PackageState
from homevisit.domain.sync_summary import NextAction
from homevisit.errors import HomeVisitError
from homevisit.exchange.manifest import PackageKind
from homevisit.exchange.receipts import Acknowledged, Receipt, read_receipt
from homevisit.ids import new_id
from homevisit.services.packing import Packing, Parcel
from tests.desks import Desks
from tests.sync.exchanging import signed

DIGEST = "ab" * 32


def says(desk: Services, to: Services, *packages: Acknowledged) -> None:
    """A desk puts a receipt for these packages, true or not, and takes nothing in."""
    parcel = Parcel(recipients=(to.cards.mine().card,), kind=PackageKind.RECEIPT, document=Receipt(packages).to_json())
    packing = Packing(desk.store, desk.home, SystemClock())
    name = packing.pack(parcel).name
    (place,) = desk.places.all()
    desk.places.transport(place).put_new(name, packing.read(name))


def sent(desk: Services) -> Acknowledged:
    """A package that was put and not fetched yet."""
    signed(desk)
    desk.syncing.run()
    package, digest = desk.store.database.row_of("SELECT id, digest FROM outbox") or ("", "")
    return Acknowledged(package, digest)


def test_a_refusal_by_the_recipient_is_seen_and_taking_it_in_later_wins(desks: Desks) -> None:
    mine, theirs = desks.practitioner, desks.supervisor
    package = sent(mine)
    says(theirs, mine, replace(package, code="package.newer"))
    mine.syncing.run()
    (row,) = mine.sending.outbox()
    assert (row.state, row.code) == (PackageState.REFUSED, "package.newer")
    assert row.next_action is NextAction.ASK_RECIPIENT
    theirs.syncing.run()
    mine.syncing.run()
    assert mine.sending.outbox()[-1].state is PackageState.DELIVERED


def test_a_receipt_of_somebody_it_was_not_sealed_for_counts_for_nothing(desks: Desks) -> None:
    mine, theirs = desks.practitioner, desks.supervisor
    key = str(x25519.Identity.generate().to_public())
    stranger = replace(theirs.cards.mine().card, device=new_id(), age_recipient=key)
    row = Packing(mine.store, mine.home, SystemClock()).pack(Parcel(recipients=(stranger,)))
    mine.syncing.run()
    digest = mine.store.database.value_of("SELECT digest FROM outbox WHERE id = ?", (row.id,))
    says(theirs, mine, Acknowledged(row.id, digest))
    mine.syncing.run()
    assert mine.store.packages.outbox_row(row.id).state is PackageState.CONFIRMED


@pytest.mark.parametrize("wrong", [{"digest": DIGEST}, {"package": "a" * 26}])
def test_a_receipt_for_another_content_or_package_counts_for_nothing(desks: Desks, wrong: dict[str, str]) -> None:
    package = sent(desks.practitioner)
    says(desks.supervisor, desks.practitioner, replace(package, **wrong))
    desks.practitioner.syncing.run()
    assert desks.practitioner.store.packages.outbox_row(package.package).state is PackageState.CONFIRMED


def test_a_refused_package_is_acknowledged_with_its_reason(desks: Desks) -> None:
    mine, theirs = desks.practitioner, desks.supervisor
    signed(mine)
    broken: JsonObject = {"format": 1, "taken": "everything", "refused": []}
    parcel = Parcel(recipients=(theirs.cards.mine().card,), kind=PackageKind.RECEIPT, document=broken)
    row = Packing(mine.store, mine.home, SystemClock()).pack(parcel)
    mine.syncing.run()
    assert theirs.syncing.run().refused == ("package.document",)
    mine.syncing.run()
    told = mine.store.packages.outbox_row(row.id)
    assert (told.state, told.code) == (PackageState.REFUSED, "package.document")


def test_two_desks_stop_thanking_each_other(desks: Desks) -> None:
    signed(desks.practitioner)
    receipts = []
    for _ in range(5):
        for desk in (desks.practitioner, desks.supervisor):
            receipts.append(desk.syncing.run().receipts)
    assert sum(receipts) == 1


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"format": 1, "taken": []},
        {"format": 1, "taken": [], "refused": [], "more": 1},
        {"format": 1, "taken": [["a", "b"]], "refused": []},
        {"format": 1, "taken": [["a", DIGEST], ["b", DIGEST]], "refused": []},
        {"format": 1, "taken": [["a", DIGEST]], "refused": [["a", DIGEST, "package.body"]]},
        {"format": 1, "taken": [], "refused": [["a", DIGEST, "Because!"]]},
        {"format": "1", "taken": [], "refused": []},
    ],
)
def test_a_receipt_that_is_not_one_is_refused(document: JsonObject) -> None:
    with pytest.raises(HomeVisitError, match=r"package\.document"):
        read_receipt(document)
