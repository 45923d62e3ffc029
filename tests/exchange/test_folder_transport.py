"""A package appears in a folder whole or not at all, and every fault of the place has its own code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from homevisit import ids
from homevisit.errors import HomeVisitError
from homevisit.sync.transports import folder

NAME = "a" * 26 + ".age"
LIMITED = """
import resource, signal, sys
from pathlib import Path
from homevisit.errors import HomeVisitError
from homevisit.sync.transports import folder
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    if sys.argv[2] == "check":
        folder.check(Path(sys.argv[1]))
    else:
        folder.put_new(Path(sys.argv[1]), "a" * 26 + ".age", bytes(5000))
except HomeVisitError as refusal:
    sys.exit(refusal.code)
"""


def put(place: Path, data: bytes = b"sealed", name: str = NAME) -> str:
    """The code the put was refused with, "" if it was done."""
    try:
        folder.put_new(place, name, data)
    except HomeVisitError as refusal:
        return refusal.code
    return ""


def mounted(place: Path, *arguments: str) -> Iterator[Path]:
    place.mkdir(exist_ok=True)
    done = subprocess.run(["mount", *arguments, str(place)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("this account may not mount")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    yield from mounted(tmp_path / "small", "-t", "tmpfs", "-o", "size=64k", "tmpfs")


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    yield from mounted(tmp_path / "fixed", "-t", "tmpfs", "-o", "ro,size=64k", "tmpfs")


def test_what_was_put_is_listed_and_comes_back(tmp_path: Path) -> None:
    names = sorted(ids.new_package_name() for _ in range(3))
    for name in names:
        folder.put_new(tmp_path, name, name.encode())
    assert folder.list_packages(tmp_path) == tuple(names)
    assert [folder.get(tmp_path, name, max_bytes=100) for name in names] == [name.encode() for name in names]


def test_nothing_but_the_package_is_left_in_the_folder(tmp_path: Path) -> None:
    folder.put_new(tmp_path, NAME, b"sealed")
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_the_same_package_may_be_put_again(tmp_path: Path) -> None:
    assert put(tmp_path) == put(tmp_path) == ""


def test_another_file_under_the_name_is_never_replaced(tmp_path: Path) -> None:
    put(tmp_path, b"first")
    assert put(tmp_path, b"second") == "place.taken"
    assert (tmp_path / NAME).read_bytes() == b"first"


def test_what_an_interrupted_attempt_left_does_not_stop_the_next(tmp_path: Path) -> None:
    (tmp_path / f".{NAME}.part").write_bytes(b"hal")
    assert put(tmp_path) == ""
    assert folder.list_packages(tmp_path) == (NAME,)


def test_files_with_other_names_and_folders_are_not_ours(tmp_path: Path) -> None:
    for name in ("notes.txt", NAME.upper(), f".{NAME}.part", "b" * 25 + ".age", NAME + "\n"):
        (tmp_path / name).touch()
    (tmp_path / ("c" * 26 + ".age")).mkdir()
    assert folder.list_packages(tmp_path) == ()


@pytest.mark.parametrize("name", ["../" + NAME, "/etc/passwd", "", NAME + "\n", "x.age"])
def test_a_name_that_is_not_ours_never_becomes_a_path(tmp_path: Path, name: str) -> None:
    assert put(tmp_path, name=name) == "place.name"
    with pytest.raises(HomeVisitError, match=r"place\.name"):
        folder.get(tmp_path, name, max_bytes=10)


def test_a_larger_file_than_asked_for_is_refused(tmp_path: Path) -> None:
    put(tmp_path, bytes(11))
    with pytest.raises(HomeVisitError, match=r"package\.too_large"):
        folder.get(tmp_path, NAME, max_bytes=10)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place in (tmp_path / "gone", tmp_path / "file", tmp_path / "file" / "below"):
        assert put(place) == "place.missing"
        for asked in (folder.check, folder.list_packages):
            with pytest.raises(HomeVisitError, match=r"place\.missing"):
                asked(place)


def test_a_missing_package_is_named(tmp_path: Path) -> None:
    with pytest.raises(HomeVisitError, match=r"place\.gone"):
        folder.get(tmp_path, NAME, max_bytes=10)


def test_a_read_only_folder_is_named(read_only: Path) -> None:
    assert put(read_only) == "place.read_only"
    with pytest.raises(HomeVisitError, match=r"place\.read_only"):
        folder.check(read_only)


def test_a_full_disk_is_named_and_leaves_nothing(small_disk: Path) -> None:
    folder.check(small_disk)
    assert put(small_disk, os.urandom(200_000)) == "place.full"
    assert list(small_disk.iterdir()) == []
    assert put(small_disk, os.urandom(20_000)) == ""


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="this system has no file size limit")
@pytest.mark.parametrize("act", ["put", "check"])
def test_a_disk_that_takes_no_more_bytes_is_named_and_nothing_is_left(tmp_path: Path, act: str) -> None:
    command = [sys.executable, "-c", LIMITED, str(tmp_path), act]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr.strip() == "place.full"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_can_be_written_passes_the_check_untouched(tmp_path: Path) -> None:
    folder.check(tmp_path)
    assert list(tmp_path.iterdir()) == []
