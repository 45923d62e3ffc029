"""What the database puts off is done in short steps: the search finds the same, and the log goes into the file."""

from __future__ import annotations

from homevisit.storage.store import Store
from tests.storage.making import family, visit

WORDS = ("larch", "wren", "baby", "slept")


def pieces(store: Store) -> int:
    """Of how many pieces the search index is made."""
    return int(store.database.value_of("SELECT count(DISTINCT segid) FROM search_idx"))


def write_often(store: Store, times: int) -> None:
    store.ledger.append([family(name="Larch")])
    for number in range(times):
        store.ledger.append([visit(f"v{number}", facts=f"Wren slept. Baby word{number}")])


def found(store: Store) -> list[list[str]]:
    return [[hit.record for hit in store.search.query(word)] for word in WORDS]


def catch_up(store: Store) -> int:
    """How many steps there were to do."""
    steps = 0
    while store.catching_up.step():
        steps += 1
    return steps


def test_pieces_of_the_index_are_joined_and_the_same_is_found(store: Store) -> None:
    write_often(store, 6)
    many, before = pieces(store), found(store)
    assert catch_up(store) > 0
    assert pieces(store) < many
    assert found(store) == before
    store.database.change("INSERT INTO search (search) VALUES ('integrity-check')")


def test_the_log_is_moved_into_the_file(store: Store) -> None:
    write_often(store, 3)
    written = store.home.database.stat().st_mtime_ns
    catch_up(store)
    assert store.home.database.stat().st_mtime_ns > written


def test_where_everything_is_done_nothing_is_joined(store: Store) -> None:
    write_often(store, 6)
    catch_up(store)
    few = pieces(store)
    assert catch_up(store) == 0
    assert pieces(store) == few


def test_a_desk_that_never_catches_up_does_not_gather_pieces_without_end(store: Store) -> None:
    write_often(store, 40)
    assert pieces(store) < 20
