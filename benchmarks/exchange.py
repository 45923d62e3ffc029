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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import _homes
from benchmarks._exchange_homes import DOCUMENTS, SENDER, TAKER, exchange_homes
from benchmarks._figures import report
from benchmarks._homes import WHOLE, Size, copied
from benchmarks._programs import ROOT, environment
from homevisit.paths import Home

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
    """Each side in a process of its own: at first both at once, as one that is sending and one that is looking.

    The first exchange takes from the beginning of either until the taker has everything; what follows is in turn.
    """
    with copied(made) as (folder,):
        place = folder / "place"
        place.mkdir()
        with _side(folder / SENDER, place, size.changed) as sender, _side(folder / TAKER, place, 0) as taker:
            found: Figures = {}
            for part in ("first", "some"):
                before = _bytes_in(place)
                found[part] = _at_once(sender, taker, size) if part == "first" else _in_turn(sender, taker)
                found[part]["bytes"] = _bytes_in(place) - before
                found[part]["caught_up"] = taker.step("catch-up")
                assert sender.step("run")["delivered"], "the receipt arrives"
                nothing = [side.step("run")["wall"] for side in (sender, taker, sender, taker)]
                found["nothing"] = min(nothing)
                sender.step("amend")
        assert found["first"]["taken"]["received"] == size.exchanged, "every visit arrives"
        peaks = {"sender": sender.left, "taker": taker.left}
        return {**found, "peaks": peaks, "store": Home(folder / TAKER).database.stat().st_size}


def _at_once(sender: _Side, taker: _Side, size: Size) -> Figures:
    taker.begin(f"run {size.exchanged}")
    sender.begin("run")
    sent, taken = sender.done(), taker.done()
    begun = min(sent["begun"], taken["begun"])
    return {"sent": sent, "taken": taken, "wall": taken["begun"] + taken["wall"] - begun}


def _in_turn(sender: _Side, taker: _Side) -> Figures:
    sent, taken = sender.step("run"), taker.step("run")
    return {"sent": sent, "taken": taken, "wall": sent["wall"] + taken["wall"]}


class _Side:
    """A running program that takes one step at a time."""

    def __init__(self, program: subprocess.Popen[str]) -> None:
        self._program = program
        self.left: Figures = {}
        self._line()

    def step(self, what: str) -> Figures:
        self.begin(what)
        return self.done()

    def begin(self, what: str) -> None:
        assert self._program.stdin is not None
        self._program.stdin.write(f"{what}\n")
        self._program.stdin.flush()

    def done(self) -> Figures:
        return dict(json.loads(self._line()))

    def end(self) -> None:
        assert self._program.stdin is not None
        self._program.stdin.close()
        self.left = json.loads(self._line())
        self._program.wait()

    def _line(self) -> str:
        assert self._program.stdout is not None
        return self._program.stdout.readline()


@contextmanager
def _side(home: Path, place: Path, changed: int) -> Iterator[_Side]:
    command = [sys.executable, "-m", "benchmarks._exchange_program", str(home), str(place), str(changed)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, env=environment(), text=True, **pipes) as program:
        side = _Side(program)
        yield side
        side.end()


def _bytes_in(place: Path) -> int:
    return sum(path.stat().st_size for path in place.iterdir())


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
    first, some, what = found["first"], found["some"], f"{size.exchanged:,} visits"
    report(f"{what}: choose, seal and put into the folder", first["sent"]["wall"], "s")
    report(f"{what}: processor of the sender", first["sent"]["cpu"], "s")
    report(f"{what}: processor of the taker, without its children", first["taken"]["cpu"], "s")
    report(f"{what}: until the taker has everything, searchable", first["wall"], "s")
    report(f"{what}: a second", size.exchanged / first["wall"], "visits/s")
    report(f"{what}: caught up with when nobody waits", first["caught_up"]["wall"], "s")
    report(f"{what}: in packages", first["bytes"] / MEGABYTE, "MB")
    report(f"{what}: the taker's store afterwards", found["store"] / MEGABYTE, "MB")
    report(f"{size.changed:,} changed: both", some["wall"] * 1000, "ms", limit=CHANGED_MS)
    report(
        f"{size.changed:,} changed: caught up with when nobody waits",
        some["caught_up"]["wall"] * 1000,
        "ms",
    )
    report(f"{size.changed:,} changed: in packages", some["bytes"] / MEGABYTE, "MB")
    report(f"nothing to do after {what}", found["nothing"] * 1000, "ms", limit=NOTHING_MS)
    for side, left in found["peaks"].items():
        report(f"peak memory of the {side}", left["peak"] / MEGABYTE, "MB", limit=MEMORY_MB)
    report("peak memory of a child that checks signatures", found["peaks"]["taker"]["children"] / MEGABYTE, "MB")


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
