"""The organisation's key to a laptop: told first, sealed for it alone, used once, renewed and ended with the policy."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyrage
import pytest

from homevisit.assembly import Services
from homevisit.clock import SystemClock
from homevisit.domain.team import Policy
from homevisit.errors import HomeVisitError
from homevisit.exchange.age_keys import new_age_keys
from homevisit.exchange.escrow import seal_code
from homevisit.paths import Home
from homevisit.services import escrow_files, homes
from homevisit.services.escrow import EscrowStanding
from tests.desks import PASSPHRASE, PRACTITIONER, Desks, add_family, whole_draft
from tests.team.conftest import Organisation, take

NEW = "five other plain test words"
Further = Callable[[Services], Services]


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "recovery.key"
    escrow_files.make_key(path, SystemClock())
    return path


def recipient_of(key: Path) -> str:
    return key.read_text().split("public key: ")[1].split("\n")[0]


def asks(organisation: Organisation, recipient: str) -> Path:
    organisation.change(replace(organisation.team, policy=Policy(recovery_escrow=recipient)))
    return organisation.sign()


def held(desk: Services, file: Path) -> None:
    """The team file is opened, and the person was told before."""
    take(desk, file)
    desk.escrow.told()


def handed_out(desk: Services, folder: Path, name: str = "out.age") -> Path:
    escrow_files.hand_out(desk.home, folder / name)
    return folder / name


def again(desk: Services, secret: str = PASSPHRASE, *, recovery: bool = False) -> Services:
    desk.close()
    return homes.unlock(desk.home, secret, clock=SystemClock(), recovery=recovery)


def refused(job: Callable[[], object]) -> str:
    with pytest.raises(HomeVisitError) as caught:
        job()
    return caught.value.code


def acts(desk: Services) -> list[str]:
    return [line.act for line in desk.store.access.recent(20) if "escrow" in line.act]


def test_a_forgotten_passphrase_is_no_loss(desks: Desks, organisation: Organisation, key: Path, tmp_path: Path) -> None:
    mine = desks.practitioner
    held(mine, asks(organisation, recipient_of(key)))
    visit = whole_draft(mine, add_family(mine), "Never sent, and not lost.")
    mine.close()
    found = escrow_files.recover(handed_out(mine, tmp_path), key)
    assert (found.name, found.laptop) == (PRACTITIONER, mine.store.identity.card.device)
    opened = again(mine, found.code.lower().replace("-", " "), recovery=True)
    assert [each.visit for each in opened.drafting.unfinished()] == [visit]
    assert opened.safekeeping.is_opened_by_organisation
    opened.safekeeping.change_passphrase("", NEW)
    assert not opened.safekeeping.is_opened_by_code  # from now on the new one is asked for
    assert acts(opened) == ["made-escrow", "unlocked-by-escrow", "made-escrow"]
    opened.close()
    assert refused(lambda: again(opened, found.code, recovery=True)) == "store.wrong_recovery_code"
    second = escrow_files.recover(handed_out(mine, tmp_path, "second.age"), key)
    assert second.code != found.code
    again(opened, second.code, recovery=True).close()


def test_plain_age_opens_it_and_nothing_of_it_stands_outside(
    desks: Desks, organisation: Organisation, key: Path, tmp_path: Path
) -> None:
    mine = desks.practitioner
    held(mine, asks(organisation, recipient_of(key)))
    file = handed_out(mine, tmp_path)
    identity = pyrage.x25519.Identity.from_str(key.read_text().splitlines()[-1])
    text = pyrage.decrypt(file.read_bytes(), [identity]).decode()
    code = escrow_files.recover(file, key).code
    assert text.startswith(f"Homevisit recovery code, version 1\ncode: {code}\nname: {PRACTITIONER}\nlaptop: ")
    assert len(text) % 512 == 0
    mine.close()
    written = b"".join(each.read_bytes() for each in mine.home.root.rglob("*") if each.is_file())
    assert code.encode() not in written
    assert code.replace("-", "").encode() not in written
    assert PRACTITIONER.encode() not in written
    assert file.stat().st_mode & 0o777 == 0o600


def test_nothing_is_made_before_the_person_was_told(desks: Desks, organisation: Organisation, key: Path) -> None:
    mine = desks.practitioner
    offered = mine.teams.read(asks(organisation, recipient_of(key)))
    assert mine.escrow.is_news(offered.team)
    mine.escrow.take(offered, told=False)
    assert mine.escrow.standing() is EscrowStanding.UNTOLD
    mine = again(mine)
    assert (mine.escrow.standing(), homes.can_organisation_help(mine.home)) == (EscrowStanding.UNTOLD, False)
    mine.escrow.told()
    assert (mine.escrow.standing(), homes.can_organisation_help(mine.home)) == (EscrowStanding.HELD, True)
    mine.close()


def test_an_update_that_brings_it_is_told_first_and_other_updates_are_not(
    desks: Desks, organisation: Organisation, key: Path
) -> None:
    mine = desks.practitioner
    take(mine, organisation.sign())
    assert mine.escrow.standing() is EscrowStanding.NONE
    assert mine.teams.take_update(asks(organisation, recipient_of(key)).read_bytes())
    assert mine.escrow.standing() is EscrowStanding.UNTOLD
    mine.escrow.told()
    organisation.change(replace(organisation.team, policy=replace(organisation.team.policy, idle_lock=3)))
    assert not mine.escrow.is_news(mine.teams.read(organisation.sign()).team)


def test_another_recipient_renews_it_and_none_ends_it_at_the_next_unlocking(
    desks: Desks, organisation: Organisation, key: Path, tmp_path: Path
) -> None:
    mine, other = desks.practitioner, tmp_path / "other.key"
    held(mine, asks(organisation, recipient_of(key)))
    first = escrow_files.recover(handed_out(mine, tmp_path, "first.age"), key)
    escrow_files.make_key(other, SystemClock())
    mine.teams.take_update(asks(organisation, recipient_of(other)).read_bytes())
    mine = again(mine)
    renewed = handed_out(mine, tmp_path, "renewed.age")
    assert refused(lambda: escrow_files.recover(renewed, key)) == "escrow.other_key"
    assert escrow_files.recover(renewed, other).code != first.code
    mine.teams.take_update(asks(organisation, "").read_bytes())
    mine = again(mine)
    assert (mine.escrow.standing(), homes.can_organisation_help(mine.home)) == (EscrowStanding.NONE, False)
    assert refused(lambda: handed_out(mine, tmp_path, "third.age")) == "escrow.none"
    mine.teams.take_update(asks(organisation, recipient_of(key)).read_bytes())
    assert mine.escrow.standing() is EscrowStanding.UNTOLD  # asked for again, it is told again
    mine.close()


def test_a_team_that_was_left_holds_no_key(desks: Desks, organisation: Organisation, key: Path) -> None:
    mine = desks.practitioner
    held(mine, asks(organisation, recipient_of(key)))
    mine.escrow.leave()
    assert (mine.escrow.standing(), homes.can_organisation_help(mine.home)) == (EscrowStanding.NONE, False)


def test_a_further_laptop_is_told_for_itself(
    desks: Desks, organisation: Organisation, key: Path, further: Further
) -> None:
    held(desks.practitioner, asks(organisation, recipient_of(key)))
    other = further(desks.practitioner)
    assert other.escrow.standing() is EscrowStanding.UNTOLD


def test_a_disk_that_cannot_be_written_keeps_nobody_out(
    desks: Desks, organisation: Organisation, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = desks.practitioner
    held(mine, asks(organisation, recipient_of(key)))
    mine.teams.take_update(asks(organisation, new_age_keys()[1]).read_bytes())
    before = mine.home.keys.read_bytes()

    def full(*_: object) -> None:
        raise HomeVisitError("store.disk_full")

    with monkeypatch.context() as broken:
        broken.setattr("homevisit.storage.keyfile.write_whole", full)
        mine = again(mine)
    assert "escrow.not_tended" in mine.upkeep.noticed_at_start()
    assert mine.home.keys.read_bytes() == before
    mine = again(mine)
    assert mine.upkeep.noticed_at_start() == ()
    assert mine.home.keys.read_bytes() != before
    mine.close()


def test_nothing_is_written_while_nothing_has_changed(desks: Desks, organisation: Organisation, key: Path) -> None:
    mine = desks.practitioner
    held(mine, asks(organisation, recipient_of(key)))
    before = (mine.home.keys.read_bytes(), mine.home.keys.stat().st_mtime_ns)
    mine = again(again(mine))
    assert (mine.home.keys.read_bytes(), mine.home.keys.stat().st_mtime_ns) == before
    mine.close()


def test_a_recipient_with_one_wrong_character_is_no_team_file(organisation: Organisation, key: Path) -> None:
    right = recipient_of(key)
    wrong = right[:-1] + ("q" if right[-1] != "q" else "p")
    with pytest.raises(HomeVisitError) as caught:
        asks(organisation, wrong)
    assert caught.value.code == "team.malformed"


def test_what_is_no_code_and_what_is_no_key_are_refused_by_name(
    desks: Desks, organisation: Organisation, key: Path, tmp_path: Path
) -> None:
    held(desks.practitioner, asks(organisation, recipient_of(key)))
    file, odd = handed_out(desks.practitioner, tmp_path), tmp_path / "odd"
    assert refused(lambda: escrow_files.hand_out(desks.practitioner.home, file)) == "escrow.file_exists"
    assert refused(lambda: escrow_files.hand_out(desks.practitioner.home, tmp_path / "no" / "x")) == (
        "escrow.cannot_write"
    )
    assert refused(lambda: escrow_files.recover(tmp_path / "none", key)) == "escrow.cannot_read"
    for data, code in (
        (b"", "escrow.not_a_code"),
        (b"x" * 100_000, "escrow.not_a_code"),
        (file.read_bytes() + b"x", "escrow.damaged"),
        (b"age-encryption.org/v1\n-> scrypt AAAA 30\n", "escrow.not_a_code"),
        (pyrage.encrypt(b"else", [pyrage.x25519.Recipient.from_str(recipient_of(key))]), "escrow.damaged"),
        (pyrage.encrypt(b"\xff", [pyrage.x25519.Recipient.from_str(recipient_of(key))]), "escrow.damaged"),
        (
            seal_code("0" * 36, desks.practitioner.cards.mine().card, made_at="", recipient=recipient_of(key)),
            "escrow.damaged",
        ),
    ):
        odd.write_bytes(data)
        assert refused(lambda: escrow_files.recover(odd, key)) == code
    for data, code in (
        (b"", "escrow.no_key"),
        (b"\xff\xfe", "escrow.no_key"),
        (b"AGE-SECRET-KEY-1" + b"Q" * 58, "escrow.no_key"),
        (b"age-encryption.org/v1\n", "escrow.key_is_sealed"),
    ):
        odd.write_bytes(data)
        assert refused(lambda: escrow_files.recover(file, odd)) == code


def test_the_key_file_says_its_recipient_and_is_its_owners_alone(key: Path) -> None:
    assert refused(lambda: escrow_files.make_key(key, SystemClock())) == "escrow.file_exists"
    assert key.stat().st_mode & 0o777 == 0o600
    identity = pyrage.x25519.Identity.from_str(key.read_text().splitlines()[-1])
    assert str(identity.to_public()) == recipient_of(key)


def test_a_key_file_of_before_is_read_as_it_was(desks: Desks) -> None:
    slots = json.loads(desks.practitioner.home.keys.read_bytes())["slots"]
    assert [sorted(slot) for slot in slots] == [["kdf", "nonce", "salt", "type", "wrapped"]] * 2


def test_a_used_code_is_void_even_where_the_disk_was_full_when_it_was_used(
    desks: Desks, organisation: Organisation, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = desks.practitioner
    held(mine, asks(organisation, recipient_of(key)))
    used = escrow_files.recover(handed_out(mine, tmp_path), key).code

    def full(*_: object) -> None:
        raise HomeVisitError("store.disk_full")

    with monkeypatch.context() as broken:
        broken.setattr("homevisit.storage.keyfile.write_whole", full)
        mine = again(mine, used, recovery=True)
    mine = again(mine)  # the passphrase came back to mind, and the disk has room again
    mine.close()
    assert refused(lambda: again(mine, used, recovery=True)) == "store.wrong_recovery_code"


def test_a_backup_opens_with_the_code_of_its_time_and_the_restored_store_gets_another(
    desks: Desks, organisation: Organisation, key: Path, tmp_path: Path
) -> None:
    mine = desks.practitioner
    held(mine, asks(organisation, recipient_of(key)))
    code, backup = escrow_files.recover(handed_out(mine, tmp_path), key).code, mine.upkeep.backup()
    mine.close()
    restored = Home(tmp_path / "restored")
    homes.restore(backup, restored, code, clock=SystemClock(), recovery=True)
    homes.unlock(restored, PASSPHRASE, clock=SystemClock()).close()
    assert refused(lambda: homes.unlock(restored, code, clock=SystemClock(), recovery=True)) == (
        "store.wrong_recovery_code"
    )
    again(mine, code, recovery=True).close()  # the laptop itself was not opened with it yet
