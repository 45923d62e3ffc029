"""Installed packs of prompt sets: the signed manifest, the sets themselves, and which of them answers still need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from homevisit.clock import Clock, instant
from homevisit.domain.canonical import JsonObject, canonical
from homevisit.domain.card import Card
from homevisit.domain.codec import card_from_json
from homevisit.domain.prompt_pack import CONTEXT
from homevisit.errors import HomeVisitError
from homevisit.signatures import verify
from homevisit.storage.driver import KeyedDatabase, kept_json

# A set is still needed while a signed response or an unsigned one was given to any version of it.
NEEDED = """
EXISTS (SELECT 1 FROM response WHERE response.prompt_set = prompt_set.id)
OR EXISTS (SELECT 1 FROM draft_part WHERE part LIKE 'response/' || prompt_set.id || '/%'
           AND (body <> 'null' OR coalesce(settled, 'null') <> 'null'))"""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPack:
    """A pack as it was installed; ``removed_at`` is "" while its sets are offered."""

    id: str
    manifest: JsonObject = field(repr=False)
    card: Card
    signature: bytes = field(repr=False)
    installed_at: str
    removed_at: str = ""

    @property
    def is_genuine(self) -> bool:
        """Whether it is still what its signer signed."""
        return verify(self.card.sign_key, self.signature, CONTEXT + canonical(self.manifest))

    @property
    def digests(self) -> dict[str, str]:
        """The digest of every set by its canonical, as the manifest names them."""
        sets: list[dict[str, str]] = self.manifest["sets"]  # type: ignore[assignment]
        return {f"{each['url']}|{each['version']}": each["sha256"] for each in sets}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSet:
    """A set of a pack. ``pack`` is the one that offers it, "" where every pack that held it was removed."""

    canonical: str
    id: str
    content: bytes = field(repr=False)
    pack: str = ""


class PromptPacks:
    """Installing is one transaction with the line in the access log, which the caller gives as ``also``."""

    def __init__(self, database: KeyedDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def install(self, pack: KeptPack, sets: Sequence[KeptSet], *, also: Callable[[], None]) -> None:
        """Keep a pack with its sets; one that was removed is there again."""
        with self._database.atomic():
            self._database.change(
                "INSERT INTO prompt_pack (id, manifest, card, signature, installed_at) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET installed_at = excluded.installed_at, removed_at = ''",
                (
                    pack.id,
                    canonical(pack.manifest).decode(),
                    canonical(pack.card.to_json()).decode(),
                    pack.signature,
                    pack.installed_at,
                ),
            )
            for each in sets:
                self._keep(pack.id, each)
            also()

    def remove(self, pack: str, *, also: Callable[[], None]) -> None:
        """Offer the sets of a pack no longer. Those that nobody answered are erased, the others kept for reading."""
        with self._database.atomic():
            if self._database.row_of("SELECT 1 FROM prompt_pack WHERE id = ? AND removed_at = ''", (pack,)) is None:
                raise HomeVisitError("pack.unknown")
            now = instant(self._clock.now())
            self._database.change("UPDATE prompt_pack SET removed_at = ? WHERE id = ?", (now, pack))
            self._forget_unneeded()
            also()

    def packs(self) -> tuple[KeptPack, ...]:
        """Every pack that was ever installed, in the order they came."""
        rows = self._database.rows_of(
            "SELECT id, manifest, card, signature, installed_at, removed_at FROM prompt_pack ORDER BY rowid"
        )
        return tuple(
            KeptPack(
                id=identifier,
                manifest=kept_json(manifest),
                card=card_from_json(kept_json(card)),
                signature=signature,
                installed_at=installed_at,
                removed_at=removed_at,
            )
            for identifier, manifest, card, signature, installed_at, removed_at in rows
        )

    def sets(self) -> tuple[KeptSet, ...]:
        """Every set that is here, with the pack that offers it."""
        rows = self._database.rows_of(
            "SELECT canonical, id, content, coalesce((SELECT min(pack) FROM prompt_pack_set JOIN prompt_pack"
            " ON prompt_pack.id = pack WHERE prompt_pack_set.canonical = prompt_set.canonical AND removed_at = ''), '')"
            " FROM prompt_set ORDER BY rowid"
        )
        return tuple(
            KeptSet(canonical=name, id=short, content=content, pack=pack) for name, short, content, pack in rows
        )

    def _keep(self, pack: str, kept: KeptSet) -> None:
        self._database.change(
            "INSERT OR IGNORE INTO prompt_set (canonical, id, content) VALUES (?, ?, ?)",
            (kept.canonical, kept.id, kept.content),
        )
        self._database.change(
            "INSERT OR IGNORE INTO prompt_pack_set (pack, canonical) VALUES (?, ?)", (pack, kept.canonical)
        )

    def _forget_unneeded(self) -> None:
        self._database.change(
            "DELETE FROM prompt_set WHERE canonical NOT IN (SELECT canonical FROM prompt_pack_set JOIN prompt_pack"  # noqa: S608 - fixed text
            f" ON prompt_pack.id = pack WHERE removed_at = '') AND NOT ({NEEDED})"
        )
