"""Locks requirements/*.in into *.txt with hashes; present versions stay unless ``--upgrade`` is given.

The result holds no address of a registry: where packages come from is each machine's own setting.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-header",
    "--no-annotate",
    "--no-config",
    "--quiet",
)


def main() -> int:
    """Lock the list of the program, that of its development, which holds the same versions, and that of servers."""
    uv = Path(sys.executable).with_name("uv")
    for name, pins in (("run", ()), ("dev", ("--constraint", "requirements/run.txt")), ("servers", ())):
        files = [f"requirements/{name}.in", "--output-file", f"requirements/{name}.txt"]
        subprocess.run([uv, "pip", "compile", *OPTIONS, *pins, *files, *sys.argv[1:]], cwd=ROOT, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
