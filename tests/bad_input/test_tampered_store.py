"""Whatever is changed in the files of a store while it is closed is noticed, named, and never written over."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from homevisit.clock import SystemClock
from homevisit.errors import HomeVisitError
from homevisit.paths import Home
from homevisit.services import homes
from homevisit.storage.homes import HomeState
from tests.bad_input.conftest import VISITS, Unlock
from tests.desks import PASSPHRASE, add_family, whole_draft

PAGE = 4096
SEARCH_INTERNALS = ("search", "search_data", "search_idx", "search_docsize", "search_config")


def noticed(home: Home) -> list[str]:
    """The codes that the next start and the check name; refusing to open counts as naming."""
    try:
        services = homes.unlock(home, PASSPHRASE, clock=SystemClock())
    except HomeVisitError as refusal:
        return [refusal.code]
    try:
        return [finding.code for finding in (*services.store.start_report.findings, *services.upkeep.check())]
    finally:
        services.close()


def sign_one_more(home: Home, unlock: Unlock) -> None:
    services = unlock(home)
    services.signing.sign(whole_draft(services, add_family(services, "Later")))
    services.close()


def contents(home: Home, unlock: Unlock) -> dict[str, list[object]]:
    """Everything but the access log (which grows at every start) and the logical time (see the test of it)."""
    services = unlock(home)
    database = services.store.database
    tables = [name for name in database.table_names() if name not in ("access_log", "meta", *SEARCH_INTERNALS)]
    found: dict[str, list[object]] = {name: sorted(map(str, database[name].rows)) for name in tables}
    found["hits"] = sorted(map(str, services.finding.search("visit")))
    services.close()
    return found


def root_of(table: str, home: Home, unlock: Unlock) -> int:
    services = unlock(home)
    page = services.store.database.value_of("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,))
    services.close()
    return int(page)


def test_a_sound_store_raises_no_alarm(home: Home) -> None:
    assert noticed(home) == []


def test_opening_and_closing_writes_nothing_but_the_access_log(home: Home, unlock: Unlock) -> None:
    before = {path: path.read_bytes() for path in (home.keys, home.keys_copy, home.head)}
    unlock(home).close()
    assert {path: path.read_bytes() for path in before} == before


def test_one_flipped_bit_on_any_page_is_noticed(home: Home) -> None:
    sound = home.database.read_bytes()
    for page in range(len(sound) // PAGE):
        spoilt = bytearray(sound)
        spoilt[page * PAGE + 777] ^= 1
        home.database.write_bytes(spoilt)
        found = noticed(home)
        assert found, f"page {page + 1}"
        if found[0] == "store.unreadable":
            assert home.database.read_bytes() == spoilt


def test_an_older_copy_of_any_page_is_noticed_or_changes_nothing(home: Home, unlock: Unlock) -> None:
    older = home.database.read_bytes()
    sign_one_more(home, unlock)
    newer, sound = home.database.read_bytes(), contents(home, unlock)
    for start in range(PAGE, min(len(older), len(newer)), PAGE):
        if older[start : start + PAGE] != newer[start : start + PAGE]:
            home.database.write_bytes(newer[:start] + older[start : start + PAGE] + newer[start + PAGE :])
            assert noticed(home) or contents(home, unlock) == sound, f"page {start // PAGE + 1}"


def test_an_older_page_of_logical_time_turns_no_time_back(home: Home, unlock: Unlock) -> None:
    """The one page that may be older unnoticed holds nothing that the ledger does not know better."""
    page, older = root_of("meta", home, unlock), home.database.read_bytes()
    sign_one_more(home, unlock)
    newer, start = home.database.read_bytes(), (page - 1) * PAGE
    home.database.write_bytes(newer[:start] + older[start : start + PAGE] + newer[start + PAGE :])
    ledger = unlock(home).store.ledger
    assert ledger.chain.place.hlc == max(entry.envelope.hlc for entry in ledger.all())


def test_a_deleted_write_ahead_log_is_noticed(home: Home, unlock: Unlock, tmp_path: Path) -> None:
    services = unlock(home)
    services.signing.sign(whole_draft(services, add_family(services)))
    shutil.copytree(home.root, tmp_path / "cut")  # as after a power cut: the last commits are in the log only
    cut = Home(tmp_path / "cut")
    cut.database.with_name("homevisit.db-wal").unlink()
    opened = unlock(cut)
    assert [finding.code for finding in opened.store.start_report.findings] == ["store.rolled_back"]


def test_a_whole_older_database_is_noticed_and_work_goes_on_in_a_new_epoch(home: Home, unlock: Unlock) -> None:
    older = home.database.read_bytes()
    sign_one_more(home, unlock)
    home.database.write_bytes(older)
    services = unlock(home)
    assert [finding.code for finding in services.store.start_report.findings] == ["store.rolled_back"]
    epochs = {epoch for _, epoch in services.store.ledger.vector()}
    assert services.store.identity.epoch not in epochs
    assert len(services.store.views.recent_visits(50)) == VISITS


def test_a_rollback_stays_named_until_somebody_looks(home: Home, unlock: Unlock) -> None:
    older = home.database.read_bytes()
    sign_one_more(home, unlock)
    home.database.write_bytes(older)
    unlock(home).close()
    assert "store.rolled_back" in noticed(home)


@pytest.mark.parametrize("left", [0, 1, 200, -1])
def test_a_cut_off_key_file_is_replaced_by_its_copy(home: Home, unlock: Unlock, left: int) -> None:
    whole = home.keys.read_bytes()
    home.keys.write_bytes(whole[:left])
    services = unlock(home)
    assert [finding.code for finding in services.store.start_report.findings] == ["store.keys_repaired"]
    assert home.keys.read_bytes() == whole == home.keys_copy.read_bytes()


def test_without_both_key_files_the_store_is_named_and_set_aside_whole(home: Home, unlock: Unlock) -> None:
    database = home.database.read_bytes()
    home.keys.unlink()
    home.keys_copy.unlink()
    assert homes.state(home) is HomeState.UNREADABLE
    with pytest.raises(HomeVisitError, match=r"store\.unreadable"):
        unlock(home)
    aside = homes.set_aside(home, "store.unreadable")
    assert (aside / home.database.name).read_bytes() == database
    assert homes.state(home) is HomeState.EMPTY


@pytest.mark.parametrize("spoil", [lambda _: b"", lambda data: data[: len(data) // 2], lambda data: b"{}" + data[2:]])
def test_a_spoilt_head_file_is_named_and_written_again(home: Home, unlock: Unlock, spoil: object) -> None:
    assert callable(spoil)
    home.head.write_bytes(spoil(home.head.read_bytes()))
    assert [finding.code for finding in unlock(home).store.start_report.findings] == ["store.head_damaged"]


def test_a_database_of_another_store_is_not_opened(home: Home, template: Path) -> None:
    other = template.parent / "supervisor" / "store" / "homevisit.db"
    home.database.write_bytes(other.read_bytes())
    assert noticed(home) == ["store.unreadable"]
    assert home.database.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("step", [3, pytest.param(1, marks=pytest.mark.slow)])
def test_a_damaged_page_never_goes_into_a_backup(step: int, home: Home, unlock: Unlock, tmp_path: Path) -> None:
    """A backup is refused, or it holds everything (a damaged index is made anew in it)."""
    whole, sound = contents(home, unlock), home.database.read_bytes()
    for page in range(0, len(sound) // PAGE, step):
        spoilt = bytearray(sound)
        spoilt[page * PAGE + 777] ^= 1
        home.database.write_bytes(spoilt)
        made = backup_of(home)
        if made is not None:
            restored = Home(tmp_path / f"restored-{page}")
            homes.restore(made, restored, PASSPHRASE, clock=SystemClock())
            assert contents(restored, unlock) == whole, f"page {page + 1}"


def backup_of(home: Home) -> Path | None:
    """The backup, None where it was refused because of damage."""
    with ExitStack() as stack, suppress_damage():
        services = homes.unlock(home, PASSPHRASE, clock=SystemClock())
        stack.callback(services.close)
        return services.upkeep.backup()
    return None


@contextmanager
def suppress_damage() -> Generator[None]:
    try:
        yield
    except HomeVisitError as refusal:
        if refusal.code not in ("store.unreadable", "backup.not_verified"):
            raise
