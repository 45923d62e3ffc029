"""The lock files, the documents and dev.py agree with each other."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import dev

REQUIREMENTS = dev.ROOT / "requirements"
PIN = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    """Package and version in a lock file."""
    return dict(PIN.findall((REQUIREMENTS / name).read_text("utf-8")))


def normal(name: str) -> str:
    """A requirement's package name as the lock files write it."""
    return re.split(r"[<>=!~ ;\[]", name, maxsplit=1)[0].lower().replace("_", "-")


@pytest.mark.parametrize("name", ["run.txt", "dev.txt", "servers.txt"])
def test_every_locked_package_has_hashes_and_no_address(name: str) -> None:
    text = (REQUIREMENTS / name).read_text("utf-8")
    blocks = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"https?:|--index-url|--find-links|--extra-index|file:", text)


def test_development_runs_on_the_versions_that_ship() -> None:
    assert pins("run.txt").items() <= pins("dev.txt").items()


def test_what_the_project_depends_on_is_what_is_locked() -> None:
    project = tomllib.loads((dev.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = [line for line in (REQUIREMENTS / "run.in").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert sorted(map(normal, project["dependencies"])) == sorted(map(normal, named))
    assert set(map(normal, named)) <= set(pins("run.txt"))


def test_the_readme_gives_the_two_commands() -> None:
    text = (dev.ROOT / "README.md").read_text("utf-8")
    assert "python3 dev.py run" in text
    assert "python3 dev.py test" in text


def test_documents_name_only_commands_that_exist(tracked: tuple[Path, ...]) -> None:
    texts = [path.read_text("utf-8") for path in tracked if path.suffix == ".md"]
    assert {word for text in texts for word in re.findall(r"python3 dev\.py (\w+)", text)} <= set(dev.COMMANDS)


def test_ci_runs_what_a_developer_runs() -> None:
    script = dev.ROOT / ".ci" / "run"
    assert script.read_text("utf-8").splitlines()[-1] == "exec python3 dev.py test"
    assert script.stat().st_mode & 0o100


def test_help_fits_one_screen_and_names_every_command() -> None:
    shown = subprocess.run(
        [sys.executable, "dev.py", "--help"], cwd=dev.ROOT, capture_output=True, text=True, check=True
    )
    assert len(shown.stdout.splitlines()) <= 24
    assert all(f"\n  {name} " in shown.stdout for name in dev.COMMANDS)


def test_a_virtual_screen_is_there_and_goes_again() -> None:
    if not shutil.which("Xvfb"):
        pytest.skip("needs Xvfb: start the tests with dev.py")
    with dev.virtual_screen() as environment:
        socket = Path("/tmp/.X11-unix") / f"X{environment['DISPLAY'].removeprefix(':')}"
        assert socket.exists()
    assert not socket.exists()


def test_an_unknown_command_is_a_usage_fault() -> None:
    assert dev.main(["dance"]) == 2


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libEGL.so.1", "libegl1"),
        ("libX11.so.6", "libx11-6"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libxcb-render-util.so.0", "libxcb-render-util0"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ],
)
def test_a_missing_library_leads_to_its_package(library: str, package: str) -> None:
    assert dev.package_of(library) == package
