"""Looks for secrets in files and in the memory of a process, in every form in which text usually lies about."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from pathlib import Path

SLICE = 1 << 24


def forms(secret: bytes, name: str) -> dict[str, bytes]:
    """The secret as it is, in two bytes a letter, in hexadecimal, and inside base64 at each of its three places."""
    found = {
        name: secret,
        f"{name} utf-16": secret.decode("latin-1").encode("utf-16-le"),
        f"{name} hex": secret.hex().encode(),
        f"{name} HEX": secret.hex().upper().encode(),
    }
    for shift in range(3):
        whole = base64.b64encode(bytes(shift) + secret)
        found[f"{name} base64+{shift}"] = whole[4 if shift else 0 : (shift + len(secret)) // 3 * 4]
    return found


def in_bytes(data: bytes, needles: dict[str, bytes]) -> set[str]:
    return {name for name, needle in needles.items() if needle in data}


def in_files(folders: Iterable[Path], needles: dict[str, bytes]) -> dict[str, set[str]]:
    """Every file below the folders, its own name too, that holds one of the needles."""
    found = {}
    for path in (path for folder in folders for path in folder.rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        if hits := in_bytes(str(path).encode() + b"\n" + data, needles):
            found[str(path)] = hits
    return found


def in_memory(process: int, needles: dict[str, bytes]) -> dict[str, set[str]]:
    """Every place of a process's memory that it can write to, and holds one of the needles."""
    found: dict[str, set[str]] = {}
    overlap = max(map(len, needles.values()))
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{process}/maps").read_text("utf-8").splitlines():
            area, rights, *_ = line.split()
            start, end = (int(part, 16) for part in area.split("-"))
            if "w" in rights and "r" in rights:
                for at in range(start, end, SLICE - overlap):
                    memory.seek(at)
                    hits = in_bytes(memory.read(min(SLICE, end - at)), needles)
                    if hits:
                        found.setdefault(line, set()).update(hits)
    return found
