"""A laptop set back to an older disk gets again what others had sent it since, as soon as it was noticed."""

from __future__ import annotations

from tests.property.merging import runs
from tests.storage.making import change


def test_what_came_after_the_copy_comes_again() -> None:
    with runs.begun(0) as run:
        run.begin()
        run.become_quiet()
        run.desks["ann"].back_up()
        run._sign("ben", lambda desk: desk.store.ledger.append([change("f1", phone="2")]))
        run._sign("ann", lambda desk: desk.store.ledger.append([change("f1", address="Elm")]))
        run.become_quiet()
        (later,) = [each for each in run.signed.values() if each.body == {"set": {"phone": "2"}}]
        assert later.id in run.desks["ann"].ids()
        run.desks["ann"].put_back(with_head=False)
        run.services["ann"] = run.desks["ann"].services
        assert later.id not in run.desks["ann"].ids()
        run.become_quiet()
        assert later.id in run.desks["ann"].ids()
