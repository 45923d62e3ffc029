"""Receipts: what a device took in and what it refused, so that the sender knows and need not guess."""

from __future__ import annotations

import re
from dataclasses import dataclass

from homevisit.domain.canonical import JsonObject
from homevisit.errors import HomeVisitError
from homevisit.exchange import limits
from homevisit.exchange.fields import SHA256, TOKEN, Fields

_CODE = "package.document"
_REASON = re.compile(r"[a-z_]{1,40}\.[a-z_]{1,40}")
FORMAT = 1


@dataclass(frozen=True, slots=True, order=True)
class Acknowledged:
    """A package, by its id and its digest. ``code`` says why it was refused, "" where it was taken in."""

    package: str
    digest: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Every package at most once."""

    packages: tuple[Acknowledged, ...]

    def to_json(self) -> JsonObject:
        return {
            "format": FORMAT,
            "refused": [[each.package, each.digest, each.code] for each in self.packages if each.code],
            "taken": [[each.package, each.digest] for each in self.packages if not each.code],
        }


def read_receipt(value: JsonObject) -> Receipt:
    """A receipt of somebody else; ``package.document`` for any fault."""
    fields = Fields(value, code=_CODE)
    fields.only(("format", "refused", "taken"))
    if fields.integer("format", least=1) != FORMAT:
        raise HomeVisitError("package.newer")
    taken = [_acknowledged(item, fields, "taken", ("package", "digest")) for item in _items(fields, "taken")]
    refused = [
        _acknowledged(item, fields, "refused", ("package", "digest", "code")) for item in _items(fields, "refused")
    ]
    found = tuple(taken + refused)
    if len({each.digest for each in found}) != len(found):
        raise fields.fault("digest")
    return Receipt(found)


def _items(fields: Fields, name: str) -> list[object]:
    return fields.items(name, most=limits.IDS_IN_A_LIST)


def _acknowledged(item: object, fields: Fields, name: str, names: tuple[str, ...]) -> Acknowledged:
    if not isinstance(item, list) or len(item) != len(names):
        raise fields.fault(name)
    parts = Fields(dict(zip(names, item, strict=True)), code=_CODE)
    return Acknowledged(
        package=parts.text("package", TOKEN),
        digest=parts.text("digest", SHA256),
        code=parts.text("code", _REASON) if "code" in names else "",
    )
