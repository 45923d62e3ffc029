"""What a person types is found nowhere but in the encrypted store: no file, log, title or package, no locked memory."""

from __future__ import annotations

import base64
import json
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

import dev
from homevisit.assembly import Services
from homevisit.clock import SystemClock
from homevisit.domain.card import Desk
from homevisit.paths import Home
from homevisit.services import homes
from homevisit.storage.homes import Profile
from tests.desks import CHEAP, add_family, open_desks, whole_draft
from tests.leak.scan import forms, in_bytes, in_files, in_memory

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads memory through /proc")

LEAST_TYPED = {"practitioner": 50, "supervisor": 3}


@dataclass(frozen=True)
class Place:
    """A folder for everything that the program could write to, and the secrets that it must not write."""

    folder: Path
    stem: str
    orders: dict[str, str]
    data_key: bytes

    @property
    def needles(self) -> dict[str, bytes]:
        return forms(self.stem.encode(), "text") | forms(self.data_key, "key")

    @property
    def environment(self) -> dict[str, str]:
        names = {name: str(self.folder / name.lower()) for name in ("HOME", "TMPDIR", "XDG_RUNTIME_DIR")}
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "VIRTUAL_ENV") if name in os.environ}
        return {**kept, **names, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}


def prepare_visit(services: Services, folder: Path, stem: str) -> tuple[str, str]:
    """A family with a secret name, a draft of a visit to it, and somebody to send it to."""
    desks = open_desks(folder)
    card = desks.supervisor.cards.save(folder / "supervisor.card")
    desks.close()
    services.cards.confirm(services.cards.read(card))
    family = add_family(services, stem)
    return family, whole_draft(services, family, words=f"{stem} smiles.")


def prepare_review(services: Services, folder: Path, stem: str) -> tuple[str, str]:
    """A visit that somebody signed and sent, with secrets in it."""
    desks = open_desks(folder)
    sender = desks.practitioner
    services.cards.confirm(services.cards.read(sender.cards.save(folder / "sender.card")))
    card = services.cards.save(folder / "supervisor.card")  # handed out on purpose: a name is no leak there
    sender.cards.confirm(sender.cards.read(card))
    card.unlink()
    family = add_family(sender, stem)
    visit = whole_draft(sender, family, words=f"{stem} smiles.")
    sender.signing.sign(visit)
    sender.sending.export([services.cards.mine().card], folder)
    desks.close()
    assert [row.code for row in services.receiving.take_in(list(folder.glob("*.age")))] == [""]
    return family, visit


PREPARE = {Desk.PRACTITIONER: prepare_visit, Desk.SUPERVISOR: prepare_review}


@pytest.fixture(params=[Desk.PRACTITIONER, Desk.SUPERVISOR])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A home whose owner, passphrase and family carry secrets, with work to do and somebody to send it to."""
    stem = f"Zq{secrets.token_hex(5)}Kestrel"
    for name in ("home", "tmpdir", "xdg_runtime_dir", "sent", "desks"):
        (tmp_path / name).mkdir(mode=0o700)
    desk: Desk = request.param
    profile = Profile(name=f"{stem} Nurse", role=desk, title=stem, registration=stem, organisation=stem)
    passphrase = f"{stem} opens this"
    store = Home(tmp_path / "store")
    services = homes.create(store, profile, passphrase, clock=SystemClock(), cost=CHEAP).services
    family, visit = PREPARE[desk](services, tmp_path / "desks", stem)
    key = services.store.data_key
    services.close()
    orders = {"stem": stem, "passphrase": passphrase, "family": family, "visit": visit, "desk": desk.value}
    return Place(tmp_path, stem, {**orders, "place": str(tmp_path / "sent")}, key)


class Program:
    """The program as a process, with what it said so far."""

    def __init__(self, place: Place, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self._place = place
        self.lines: list[str] = []

    def tell(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def wait_for(self, words: str) -> None:
        """Read on until a line with these words; the test's own time limit ends a wait that is in vain."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.decode())
            if line.decode().startswith(words):
                return
        reports = [path.read_text("utf-8") for path in self._place.folder.rglob("crash-*.json")]
        complaints = (self._place.folder / "stderr").read_text("utf-8")
        pytest.fail("\n".join([f"ended before “{words}”", *self.lines, *reports, complaints]))

    def memory(self) -> dict[str, set[str]]:
        return in_memory(self.process.pid, self._place.needles)


@contextmanager
def program(place: Place) -> Generator[Program]:
    command = [sys.executable, "-m", "tests.leak.secret_typist", "--home", str(place.folder / "store")]
    pipe = subprocess.PIPE
    with (
        (place.folder / "stderr").open("wb") as complaints,
        subprocess.Popen(
            command, cwd=dev.ROOT, env=place.environment, stdin=pipe, stdout=pipe, stderr=complaints
        ) as process,
    ):
        try:
            yield Program(place, process)
        finally:
            process.kill()


@pytest.fixture
def locked(place: Place) -> Generator[Program]:
    """The program after the whole story, locked: the same process, replaced by itself."""
    with program(place) as running:
        running.tell(json.dumps(place.orders))
        running.wait_for("ready-to-lock")
        assert {"text", "text utf-16", "key"} <= set().union(*running.memory().values()), "the scan finds nothing"
        running.tell("lock")
        running.wait_for("locked")
        yield running


def test_no_secret_is_left_anywhere_after_locking(locked: Program, place: Place) -> None:
    typed = sum(int(line.split()[1]) for line in locked.lines if line.startswith("typed"))
    assert typed >= LEAST_TYPED[place.orders["desk"]]
    assert list((place.folder / "store" / "logs").glob("crash-*.json"))
    assert list((place.folder / "store" / "backups").iterdir())
    assert list((place.folder / "sent").glob("*.age"))
    assert locked.memory() == {}
    _abort(locked)
    assert in_files([place.folder], place.needles) == {}
    assert in_bytes("".join(locked.lines).encode(), place.needles) == set()


def _abort(locked: Program) -> None:
    """Even then no core file is written."""
    limits = Path(f"/proc/{locked.process.pid}/limits").read_text("utf-8")
    assert "Max core file size 0 0 bytes" in " ".join(limits.split())
    locked.process.send_signal(signal.SIGABRT)
    assert locked.process.wait() == -signal.SIGABRT
    assert not list(dev.ROOT.glob("core*"))


def test_the_scan_finds_what_it_looks_for(tmp_path: Path) -> None:
    needles = forms(b"ZqTestKestrel", "text")
    for number, words in enumerate(("say ZqTestKestrel", "ask ZqTestKestrel", "so ZqTestKestrel.")):
        (tmp_path / f"{number}").write_bytes(base64.b64encode(words.encode()))
    (tmp_path / "wide").write_text("ZqTestKestrel", "utf-16-le")
    (tmp_path / "hex").write_text(b"ZqTestKestrel".hex(), "utf-8")
    assert len(in_files([tmp_path], needles)) == 5
