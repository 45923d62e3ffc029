"""What the command line opens, and what may not stand in for our packages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import dev
from homevisit.__main__ import opens_window


@pytest.mark.parametrize("line", ["", "--home somewhere", "--home=somewhere"])
def test_without_a_command_the_window_opens(line: str) -> None:
    assert opens_window(line.split())


@pytest.mark.parametrize("line", ["--help", "check", "--home somewhere check", "--home", "--json", "--home=a search x"])
def test_anything_else_goes_to_the_command_line(line: str) -> None:
    assert not opens_window(line.split())


def test_a_foreign_package_of_the_same_name_is_refused_before_it_runs(tmp_path: Path) -> None:
    stranger = tmp_path / "resources"
    stranger.mkdir()
    (stranger / "__init__.py").write_text("print('taken over')", "utf-8")
    program = f"import sys; sys.path.append({str(dev.ROOT)!r}); import homevisit.siblings; homevisit.siblings.check()"
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "another “resources” folder" in done.stderr
    assert "taken over" not in done.stdout


def test_our_own_packages_are_accepted_from_any_folder(tmp_path: Path) -> None:
    program = f"import sys; sys.path.insert(0, {str(dev.ROOT)!r}); import homevisit.siblings as s; s.check()"
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True)
