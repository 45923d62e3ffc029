"""Refused files stay sealed with their reason, and the original stays where it was."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from homevisit.errors import HomeVisitError
from homevisit.exchange import limits
from homevisit.exchange.quarantine import keep, kept_reasons
from homevisit.exchange.sealed_file import read_sealed


@pytest.fixture
def arrived(tmp_path: Path) -> Path:
    path = tmp_path / "from Ada.age"
    path.write_bytes(b"sealed bytes")
    return path


def test_the_bytes_are_kept_untouched_and_the_original_stays(tmp_path: Path, arrived: Path) -> None:
    kept = keep(tmp_path / "quarantine", arrived, code="package.signature")
    assert kept.file is not None
    assert kept.file.read_bytes() == arrived.read_bytes() == b"sealed bytes"


def test_the_reason_says_what_when_and_which_file(tmp_path: Path, arrived: Path) -> None:
    kept = keep(tmp_path / "quarantine", arrived, code="package.signature")
    reason = json.loads(kept.reason.read_bytes())
    assert reason["code"] == "package.signature"
    assert (reason["name"], reason["size"]) == ("from Ada.age", 12)
    assert len(reason["sha256"]) == 64
    assert reason["when"].endswith("Z")


def test_only_the_owner_may_read_it(tmp_path: Path, arrived: Path) -> None:
    kept = keep(tmp_path / "quarantine", arrived, code="package.damaged")
    assert kept.file is not None
    assert kept.file.stat().st_mode & 0o077 == kept.reason.stat().st_mode & 0o077 == 0


def test_the_same_bytes_are_kept_once_with_the_newest_reason_and_the_first_name(tmp_path: Path, arrived: Path) -> None:
    first = keep(tmp_path / "quarantine", arrived, code="package.newer")
    assert first.file is not None
    keep(tmp_path / "quarantine", first.file, code="package.signature")
    (only,) = kept_reasons(tmp_path / "quarantine")
    assert (only.code, only.name) == ("package.signature", "from Ada.age")


def test_a_file_over_the_cap_is_described_and_not_copied(tmp_path: Path) -> None:
    big = tmp_path / "big.age"
    big.touch()
    os.truncate(big, limits.PACKAGE_BYTES + 1)
    kept = keep(tmp_path / "quarantine", big, code="package.too_large")
    assert kept.file is None
    assert [refused.kept for refused in kept_reasons(tmp_path / "quarantine")] == [""]


def test_bytes_without_a_file_can_be_kept_too(tmp_path: Path) -> None:
    kept = keep(tmp_path / "quarantine", b"pasted", code="package.not_a_package", name="pasted")
    assert kept.file is not None
    assert kept.file.read_bytes() == b"pasted"


def test_an_unreadable_reason_is_named_not_hidden(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(b"{")
    assert [refused.code for refused in kept_reasons(tmp_path)] == ["quarantine.unreadable"]


def test_a_file_over_the_cap_is_not_read_into_memory(tmp_path: Path) -> None:
    big = tmp_path / "big.age"
    big.touch()
    os.truncate(big, limits.PACKAGE_BYTES + 1)
    with pytest.raises(HomeVisitError, match=r"package\.too_large"):
        read_sealed(big)


def test_what_is_not_a_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(HomeVisitError, match=r"package\.not_a_package"):
        read_sealed(tmp_path / "pipe")
    with pytest.raises(HomeVisitError, match=r"place\.missing"):
        read_sealed(tmp_path / "gone")
