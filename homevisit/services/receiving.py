"""What arrives: a file is opened, checked and taken in whole, or refused with a reason and kept sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from homevisit.domain.summaries import InboxRow
from homevisit.errors import HomeVisitError
from homevisit.exchange import quarantine
from homevisit.exchange.manifest import PackageKind
from homevisit.exchange.package import Opened
from homevisit.exchange.receipts import read_receipt
from homevisit.exchange.sealed_file import read_sealed
from homevisit.paths import Home
from homevisit.services.announcing import Announcing
from homevisit.services.opening import Arrival, Keyring, arrived, keyring_of, opened_ahead
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

    @property
    def announcing(self) -> Announcing:
        """What other laptops are told about keys."""
        return self._announcing

    def inspect(self, path: Path) -> Opened:
        """Open and check a package without taking anything in."""
        return self.keyring().open(read_sealed(path))

    def take_in(self, paths: Sequence[Path]) -> tuple[InboxRow, ...]:
        """Take in each file or refuse it; one refusal never stops the others."""
        arrivals = opened_ahead(self.keyring, (partial(read_sealed, path) for path in paths))
        return tuple(self._take(found, path, path.name) for path, found in zip(paths, arrivals, strict=True))

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
        found = self._take(arrived(self.keyring(), partial(read_sealed, kept)), kept, row.file_name)
        if not found.code:
            self.forget(row)
            quarantine.drop(kept)
        return found

    def forget(self, row: InboxRow) -> None:
        """Take a refusal off the list; the sealed file stays where it is kept."""
        self._store.packages.forget_refused(row.id)

    def keyring(self) -> Keyring:
        """What packages are opened with, for work away from the store."""
        return keyring_of(self._store)

    def admit(self, opened: Opened, name: str) -> InboxRow:
        """Take in a package that was opened. What it carries in place of entries may be taken in twice without harm."""
        manifest = opened.manifest
        self._store.team.refuse_revoked(
            manifest.package_id, device=manifest.device, epoch=manifest.epoch, number=manifest.seq
        )
        self._take_document(opened)
        self._store.receipts.owe_again(opened.digest)
        admission = self._store.ledger.admit(
            opened.entries, package=as_received(opened, name, me=self._store.identity.card.device)
        )
        self._store.access.record(AccessAct.IMPORTED, f"package/{manifest.package_id}", f"new={admission.new}")
        row = self._store.packages.inbox_row(manifest.package_id)
        return replace(row, new=admission.new, known=admission.known, held=admission.held)

    def put_aside(self, name: str, refusal: HomeVisitError, data: bytes, source: Path | None = None) -> InboxRow:
        """Keep what was refused, still sealed, with the reason; a store that cannot write raises instead."""
        if refusal.code.startswith("store."):  # the disk's fault, not the file's: it can be taken in later
            raise refusal
        who = self.keyring().identify(data) if data else None
        return self._store.packages.refuse(
            RefusedFile(
                file_name=name,
                code=refusal.code,
                kept=self._kept(source, data, refusal.code, name),
                size=len(data) or int(refusal.values.get("size") or 0),
                device=who.device if who else "",
                package=(who.package_id or name.removesuffix(".age")) if who else "",
                digest=who.digest if who else "",
            )
        )

    def came_whole(self, name: str) -> None:
        """A file that was refused as damaged has arrived whole: its refusal is off the list and its remains go."""
        for row in self._store.packages.refused_as(name):
            self.forget(row)
            if row.kept:
                quarantine.drop(self._home.quarantine / Path(row.kept).name)

    def _take(self, found: Arrival, path: Path, name: str) -> InboxRow:
        try:
            if isinstance(found.outcome, HomeVisitError):
                raise found.outcome
            return self.admit(found.outcome, name)
        except HomeVisitError as refusal:
            return self.put_aside(name, refusal, found.data, path)

    def _take_document(self, opened: Opened) -> None:
        """What a package carries in place of entries; taking it twice is as good as once."""
        if opened.document is None:
            return
        if opened.manifest.kind is PackageKind.KEY:
            self._announcing.take_in(opened.document, opened.sender)
        if opened.manifest.kind is PackageKind.RECEIPT:
            for each in read_receipt(opened.document).packages:
                given = (each.package, each.digest, each.code)
                self._store.receipts.acknowledged(given, by=opened.sender.device, epoch=opened.manifest.epoch)

    def _kept(self, path: Path | None, data: bytes, code: str, name: str) -> str:
        """Where the sealed bytes lie; "" for what is no file, is too large, or finds no room in quarantine."""
        source = data or (path if code == "package.too_large" else None)
        if source is None:
            return ""
        try:
            kept = quarantine.keep(self._home.quarantine, source, code=code, name=name).file
        except OSError:
            return ""
        return str(kept) if kept else ""


def as_received(opened: Opened, name: str, *, me: str) -> ReceivedPackage:
    """What the store keeps of a package that this device takes in; ``name`` is that of its file."""
    manifest = opened.manifest
    mine = next((to for to in manifest.addressed if to.device == me), None)
    return ReceivedPackage(
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
        number=mine.number if mine else 0,
        void=mine.void if mine else (),
    )
