"""What arrives: a file is opened, checked and taken in whole, or refused with a reason and kept sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from homevisit.domain.card import Card
from homevisit.domain.summaries import InboxRow
from homevisit.errors import HomeVisitError
from homevisit.exchange import quarantine
from homevisit.exchange.manifest import PackageKind
from homevisit.exchange.package import Opened, open_package
from homevisit.exchange.sealed_file import read_sealed
from homevisit.paths import Home
from homevisit.services.announcing import Announcing
from homevisit.storage.access import AccessAct
from homevisit.storage.packages import ReceivedPackage, RefusedFile
from homevisit.storage.store import Store

AGAIN = frozenset({"package.newer", "package.revoked", "package.unknown_sender", "package.unknown_author"})


class Receiving:
    """Packages that come in. Taking the same one in again changes nothing; order does not matter."""

    def __init__(self, store: Store, home: Home, announcing: Announcing) -> None:
        self._store = store
        self._home = home
        self._announcing = announcing

    def inspect(self, path: Path) -> Opened:
        """Open and check a package without taking anything in."""
        return self._open(read_sealed(path))

    def take_in(self, paths: Sequence[Path]) -> tuple[InboxRow, ...]:
        """Take in each file or refuse it; one refusal never stops the others."""
        return tuple(self._take_one(path, path.name) for path in paths)

    def inbox(self) -> tuple[InboxRow, ...]:
        """Everything that arrived, newest first."""
        return self._store.packages.inbox()

    def try_again(self) -> tuple[InboxRow, ...]:
        """Open kept files again whose reason may have gone: a newly confirmed card, a newer program."""
        return tuple(self.again(row) for row in self.inbox() if row.code in AGAIN and row.kept)

    def again(self, row: InboxRow) -> InboxRow:
        """Open one kept file again; once it is taken in, its refusal is off the list and the sealed copy goes."""
        kept = self._home.quarantine / Path(row.kept).name  # the home may lie elsewhere than it did
        if not row.kept or not kept.is_file():
            return row
        found = self._take_one(kept, row.file_name)
        if not found.code:
            self.forget(row)
            quarantine.drop(kept)
        return found

    def forget(self, row: InboxRow) -> None:
        """Take a refusal off the list; the sealed file stays where it is kept."""
        self._store.packages.forget_refused(row.id)

    def _take_one(self, path: Path, name: str) -> InboxRow:
        data = b""
        try:
            data = read_sealed(path)
            return self._admit(self._open(data), name)
        except HomeVisitError as refusal:
            if refusal.code.startswith("store."):  # the disk's fault, not the file's: it can be taken in later
                raise
            kept = self._kept(path, data, refusal.code, name)
            size = len(data) or int(refusal.values.get("size") or 0)
            return self._store.packages.refuse(RefusedFile(file_name=name, code=refusal.code, kept=kept, size=size))

    def _open(self, data: bytes) -> Opened:
        identity = self._store.identity
        opened = open_package(
            data,
            identity=identity.age_identity,
            me=identity.card.person,
            pinned=self._pinned,
            person_key=self._announcing.person_key,
        )
        manifest = opened.manifest
        self._store.team.refuse_revoked(
            manifest.package_id, device=manifest.device, epoch=manifest.epoch, number=manifest.seq
        )
        return opened

    def _pinned(self, device: str) -> Card | None:
        own = self._store.identity.card
        if device == own.device:
            return own
        kept = self._store.cards.by_device(device)
        return kept.card if kept else None

    def _admit(self, opened: Opened, name: str) -> InboxRow:
        manifest = opened.manifest
        if manifest.kind is PackageKind.KEY and opened.document is not None:
            self._announcing.take_in(opened.document, opened.sender)  # twice is as good as once
        package = ReceivedPackage(
            id=manifest.package_id,
            digest=opened.digest,
            kind=manifest.kind.value,
            author=manifest.author,
            device=manifest.device,
            epoch=manifest.epoch,
            seq=manifest.seq,
            prev=manifest.prev,
            file_name=name,
            sender_name=opened.sender.name,
            known_heads=tuple((head.device, head.epoch, head.seq, head.id) for head in manifest.known_heads),
        )
        admission = self._store.ledger.admit(opened.entries, package=package)
        self._store.access.record(AccessAct.IMPORTED, f"package/{manifest.package_id}", f"new={admission.new}")
        row = self._store.packages.inbox_row(manifest.package_id)
        return replace(row, new=admission.new, known=admission.known, held=admission.held)

    def _kept(self, path: Path, data: bytes, code: str, name: str) -> str:
        """Where the sealed bytes lie; "" for what is no file, is too large, or finds no room in quarantine."""
        source = data or (path if code == "package.too_large" else None)
        if source is None:
            return ""
        try:
            kept = quarantine.keep(self._home.quarantine, source, code=code, name=name).file
        except OSError:
            return ""
        return str(kept) if kept else ""
