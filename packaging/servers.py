"""Makes the environment of the servers that tests talk to, anew whenever requirements/servers.txt has changed.

Argument: its folder. They need other versions of some packages than the program has.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

LOCKED = Path(__file__).resolve().parent.parent / "requirements" / "servers.txt"


def main(folder: Path) -> int:
    """The exit status of what installs them; a finished environment is recognised by what it was made from."""
    wanted, made = hashlib.sha256(LOCKED.read_bytes()).hexdigest(), folder / "made-from"
    if made.exists() and made.read_text("utf-8") == wanted:
        return 0
    print("Setting up the servers that tests talk to …", flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    uv = Path(sys.executable).with_name("uv")
    steps: tuple[list[str | Path], ...] = (
        [uv, "venv", "--quiet", "--python", sys.executable, folder],
        [uv, "pip", "install", "--quiet", "--python", folder, "--require-hashes", "-r", LOCKED],
    )
    if any(subprocess.run(step, check=False).returncode for step in steps):
        return 1
    made.write_text(wanted, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
