"""Builds the wheel and refuses one that lacks a package or data, or carries what is not the program's."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
PACKAGES = ("homevisit", "ui", "resources")


def build() -> Path:
    """Build into dist/; the time stamps inside are those of the last commit, so that equal sources give equal bytes."""
    for old in DIST.glob("*.whl"):
        old.unlink()
    last = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607 - git is one of the three things this needs
    env = {**os.environ, "SOURCE_DATE_EPOCH": last.stdout.strip() or "1577836800"}
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(DIST)]
    subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = DIST.glob("*.whl")
    return wheel


def expected() -> set[str]:
    """Every file of our packages that git knows about."""
    listed = subprocess.run(["git", "ls-files", "-z", *PACKAGES], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607 - as above
    return {name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()}


def faults(wheel: Path) -> list[str]:
    """What is wrong with the contents of a wheel, one line each."""
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    missing = [f"missing: {name}" for name in sorted(expected() - names)]
    return missing + [f"foreign: {name}" for name in sorted(names) if name.split("/")[0] not in PACKAGES]


def main() -> int:
    """Build, check and say where the wheel lies."""
    wheel = build()
    found = faults(wheel)
    print("\n".join([*found, f"{wheel.relative_to(ROOT)}  {wheel.stat().st_size / 1024:.0f} KiB"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
