"""The head of one's own chain, kept in a file outside the database: an older database put back is noticed by it.

Page encryption does not notice an older page, a deleted write-ahead log or a whole older file; this does.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from pathlib import Path

from homevisit.domain.canonical import JsonObject, canonical
from homevisit.errors import HomeVisitError
from homevisit.storage.files import read_small, write_whole
from homevisit.storage.keys import derived

FORMAT = "homevisit head"
VERSION = 1
LARGEST = 4 * 1024
PURPOSE = b"head file v1"


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a (device, epoch) chain; seq 0 and id "" before the first."""

    device: str
    epoch: str
    seq: int = 0
    id: str = ""

    def to_json(self) -> JsonObject:
        return {
            "device": self.device,
            "epoch": self.epoch,
            "format": FORMAT,
            "id": self.id,
            "seq": self.seq,
            "version": VERSION,
        }


class HeadFile:
    """Written after each commit, authenticated by a key derived from the data key."""

    def __init__(self, path: Path, data_key: bytes) -> None:
        self._path = path
        self._key = derived(data_key, PURPOSE)

    def write(self, head: Head) -> None:
        """Put the head in place."""
        data = json.dumps({**head.to_json(), "mac": self._code(head)}, sort_keys=True).encode()
        write_whole(self._path, data, at_once=False)  # a head that is behind the ledger is sound

    def follow(self, head: Head) -> None:
        """Write the head of what is committed already.

        If the disk refuses, the file stays behind, which is sound: the ledger may be ahead of it, and the next
        commit brings it up.
        """
        try:
            self.write(head)
        except HomeVisitError:
            return

    def read(self) -> Head | None:
        """The head; None for no file, ``store.head_damaged`` for one that is not what was written."""
        data = read_small(self._path, LARGEST)
        if data is None:
            if self._path.exists():
                raise HomeVisitError("store.head_damaged")
            return None
        try:
            source = json.loads(data)
            head = Head(source["device"], source["epoch"], source["seq"], source["id"])
            genuine = hmac.compare_digest(source["mac"], self._code(head))
        except (ValueError, TypeError, KeyError, RecursionError, HomeVisitError):
            raise HomeVisitError("store.head_damaged") from None
        if not genuine:
            raise HomeVisitError("store.head_damaged")
        return head

    def _code(self, head: Head) -> str:
        return hmac.digest(self._key, canonical(head.to_json()), "sha256").hex()
