"""A first full exchange, 500 changes, nothing to do: ours sealed through a folder, beside PouchDB on the same records.

PouchDB replicates one local database into another (LevelDB); it neither signs, seals nor indexes words. Ours seals,
puts into a folder, opens, verifies every entry, merges, and can be searched at the end.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import _homes
from benchmarks._exchange_homes import DOCUMENTS, SENDER, TAKER, exchange_homes
from benchmarks._figures import report
from benchmarks._homes import WHOLE, Size, copied
from benchmarks._programs import figures_of

POUCH = "pouchdb@9.0.0"
BATCHES = (100, 1_000)
RATIO, CHANGED_MS, NOTHING_MS, MEMORY_MB = 2.0, 300.0, 10.0, 300.0
MEGABYTE = 1_000_000
Figures = dict[str, Any]


def main(size: Size = WHOLE) -> None:
    """Ours, PouchDB with each size of batch, ours again: the better of each is compared."""
    made = exchange_homes(size.exchanged)
    ours = [_ours(made, size)]
    theirs = [_theirs(made / DOCUMENTS, batch, size) for batch in (BATCHES if size is WHOLE else ())]
    if any(theirs):
        ours.append(_ours(made, size))
    best = min(ours, key=lambda each: each["first"]["wall"])
    _print_ours(best, size)
    if any(theirs):
        _print_theirs(best, [each for each in theirs if each], size)
    else:
        print("PouchDB: no Node with npm here, or not asked for in this size; our own figures only", flush=True)


def _ours(made: Path, size: Size) -> Figures:
    """Both sides, one after the other, each in a process of its own; a step takes as long as both take for it."""
    with copied(made) as (folder,):
        stick = folder / "stick"
        stick.mkdir()
        program = "benchmarks._exchange_program"
        sent = figures_of(program, "send", str(folder / SENDER), str(stick), str(size.changed))
        names = json.dumps({part: sent[part]["packages"] for part in ("first", "some")})
        taken = figures_of(program, "take", str(folder / TAKER), str(stick), names)
        return {
            **{part: _sum(sent[part], taken[part]) for part in ("first", "some")},
            "nothing": sent["nothing"],
            "sent": sent,
            "taken": taken,
            "store": sum(path.stat().st_size for path in (folder / TAKER).rglob("*") if path.is_file()),
        }


def _sum(one: Figures, other: Figures) -> Figures:
    return {name: one[name] + other[name] for name in ("wall", "cpu")}


def _theirs(documents: Path, batch: int, size: Size) -> Figures | None:
    """PouchDB 9 from npm, put into ``build`` where npm is there; None where it is not."""
    folder = _homes.BUILD / "pouchdb"
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None or not _installed(npm, folder):
        return None
    with tempfile.TemporaryDirectory(prefix="homevisit-bench-") as scratch:
        script = str(Path(__file__).with_name("_pouch.js"))
        arguments = [script, str(folder), str(documents), scratch, str(batch), str(size.changed)]
        done = subprocess.run([node, *arguments], stdout=subprocess.PIPE, text=True, check=True)
    return {"batch": batch, **json.loads(done.stdout.splitlines()[-1])}


def _installed(npm: str, folder: Path) -> bool:
    if (folder / "node_modules" / "pouchdb" / "package.json").exists():
        return True
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text('{"private": true}', "utf-8")
    command = [npm, "install", "--no-audit", "--no-fund", POUCH]
    quiet = subprocess.DEVNULL
    return subprocess.run(command, cwd=folder, stdout=quiet, stderr=quiet, check=False).returncode == 0


def _print_ours(found: Figures, size: Size) -> None:
    sent, taken, first = found["sent"], found["taken"], found["first"]
    what = f"{size.exchanged:,} visits"
    report(f"{what}: select, seal and put into the folder", sent["first"]["wall"], "s")
    report(f"{what}: open, verify, merge, index", taken["first"]["wall"], "s")
    report(f"{what}: both", first["wall"], "s")
    report(f"{what}: both, a second", size.exchanged / first["wall"], "visits/s")
    report(f"{what}: in packages", sent["bytes"]["first"] / MEGABYTE, "MB")
    report(f"{what}: the taker's home afterwards", found["store"] / MEGABYTE, "MB")
    report(f"{size.changed:,} changed: both", found["some"]["wall"] * 1000, "ms", limit=CHANGED_MS)
    report(f"{size.changed:,} changed: in packages", sent["bytes"]["some"] / MEGABYTE, "MB")
    report(f"a run with nothing to do after {what}", found["nothing"]["wall"] * 1000, "ms", limit=NOTHING_MS)
    for side, figures in (("sender", sent), ("taker", taken)):
        report(f"peak memory of the {side}", figures["peak"] / MEGABYTE, "MB", limit=MEMORY_MB)


def _print_theirs(ours: Figures, theirs: list[Figures], size: Size) -> None:
    for each in theirs:
        report(f"PouchDB, batches of {each['batch']:,}: {size.exchanged:,} documents", each["first"]["wall"], "s")
    best = min(theirs, key=lambda each: each["first"]["wall"])
    report(f"PouchDB: {size.changed:,} changed", best["some"]["wall"] * 1000, "ms")
    report("PouchDB: nothing to do", best["nothing"]["wall"] * 1000, "ms")
    report("PouchDB: peak memory", best["rss"], "MB")
    ratio = best["first"]["wall"] / ours["first"]["wall"]
    report("times as fast as PouchDB, first exchange", ratio, "x", at_least=RATIO)
    report("times as fast as PouchDB, changes", best["some"]["wall"] / ours["some"]["wall"], "x")


if __name__ == "__main__":
    main()
