"""Which of a laptop's epochs is the present one is said by what it took in and what it names, never by a clock."""

from __future__ import annotations

from homevisit.storage.store import Store

THEIRS = "their-laptop"


def present(store: Store, n: int = 1) -> list[str]:
    """The epochs whose entries the laptop is believed to have still."""
    known = store.anew.known()
    return [epoch for epoch in ("one", "two", "three") if known.holds(THEIRS, epoch=epoch, n=n)]


def arrived(store: Store, epoch: str) -> None:
    store.anew.notice(THEIRS, epoch)
    store.database.change(
        "INSERT OR IGNORE INTO arrival (device, epoch, person, highest, arrived) VALUES (?, ?, 'p', 1, 1)",
        (THEIRS, epoch),
    )


def test_a_laptop_in_its_first_epoch_has_everything_it_signed(store: Store) -> None:
    arrived(store, "one")
    assert present(store) == ["one", "two", "three"]
    assert not store.anew.known().may_lack(THEIRS, signed_on="another", epoch="one", n=1)


def test_what_was_here_when_another_epoch_came_may_be_gone_there_in_any_epoch(store: Store) -> None:
    arrived(store, "one")
    arrived(store, "two")
    assert (present(store, n=1), present(store, n=0)) == (["two"], [])
    known = store.anew.known()
    assert known.may_lack(THEIRS, signed_on="their-other-laptop", epoch="nine", n=0)
    assert not known.may_lack(THEIRS, signed_on="their-other-laptop", epoch="nine", n=1)


def test_a_package_of_the_epoch_before_that_comes_late_does_not_stand_for_the_present_one(store: Store) -> None:
    for epoch in ("one", "three", "two"):
        arrived(store, epoch)
    assert present(store) == ["two"]
    store.anew.correct(THEIRS, "three", ((THEIRS, "two", 4, "a" * 64),))
    assert present(store) == ["three"]
    store.anew.correct(THEIRS, "one", ((THEIRS, "one", 4, "a" * 64),))  # its own chain says nothing
    assert present(store) == ["three"]


def test_whoever_took_in_what_was_made_since_is_in_the_epoch_that_says_so(store: Store) -> None:
    for epoch in ("one", "three", "two"):
        arrived(store, epoch)
    store.anew.answered(THEIRS, "three", package=0)  # made before: it may have been taken in before it was set back
    assert present(store) == ["two"]
    store.anew.answered(THEIRS, "three", package=1)
    assert present(store) == ["three"]
    assert store.owed.examined() == 0


def test_what_was_kept_of_it_before_is_brought_up(store: Store) -> None:
    """Stores of the schema before knew only after which package a laptop had begun anew."""
    store.database.change("INSERT INTO begun_anew VALUES (?, '', 7, 0, 1)", (THEIRS,))
    assert present(store) == ["one", "two", "three"]
