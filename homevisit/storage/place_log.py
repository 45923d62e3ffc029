"""How it went at each place: what lies there, what was seen there, and how long a place that failed is left alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from homevisit.clock import Clock, instant
from homevisit.domain.summaries import is_given_up
from homevisit.storage.driver import KeyedDatabase


class Verdict(StrEnum):
    """What a name at a place turned out to be."""

    TAKEN = "taken"
    FOREIGN = "foreign"  # sealed for somebody else
    REFUSED = "refused"
    AGAIN = "again"  # damaged: may still be on its way


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """How a place, or a package at a place, failed last."""

    code: str = ""
    tries: int = 0
    not_before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lying:
    """An own package at a place: its id, name, kind and state in the outbox, since when, and how often it vanished.

    ``is_void`` says that nobody waits for it any more.
    """

    package: str
    name: str
    kind: str
    state: str
    at: str
    trouble: Trouble
    is_void: bool = False


class PlaceLog:
    """Rows by place; a place is named by its id."""

    def __init__(self, database: KeyedDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def know(self, places: Iterable[str]) -> None:
        """These are the places now; what is known of others is forgotten, so that a new one begins afresh."""
        known = {place for (place,) in self._database.rows_of("SELECT place FROM place_log")}
        wanted = set(places)
        if known == wanted:
            return
        with self._database.atomic():
            for place in known - wanted:
                for table in ("place_log", "seen_name", "outbox_place"):
                    self._database.change(f"DELETE FROM {table} WHERE place = ?", (place,))  # noqa: S608 - our names
            for place in wanted - known:
                self._database.change(
                    "INSERT INTO place_log (place, code, tries, not_before, tried_at) VALUES (?, '', 0, '', '')",
                    (place,),
                )

    def has_places(self) -> bool:
        """Whether packages go by themselves."""
        return self._database.row_of("SELECT 1 FROM place UNION SELECT 1 FROM place_log") is not None

    def trouble(self, place: str) -> Trouble:
        """How a place failed last; nothing where it went well."""
        row = self._database.row_of("SELECT code, tries, not_before FROM place_log WHERE place = ?", (place,))
        return Trouble(code=row[0], tries=row[1], not_before=row[2]) if row else Trouble()

    def note(self, place: str, trouble: Trouble) -> None:
        """How it went this time."""
        if trouble != self.trouble(place) or trouble.code:
            self._database.change(
                "UPDATE place_log SET code = ?, tries = ?, not_before = ?, tried_at = ? WHERE place = ?",
                (trouble.code, trouble.tries, trouble.not_before, instant(self._clock.now()), place),
            )

    def to_put(self, place: str) -> list[tuple[str, str, Trouble]]:
        """Packages that are to lie at a place and do not: (id, name, how it failed last), the oldest first."""
        rows = self._database.rows_of(
            "SELECT o.id, o.name, coalesce(p.code, ''), coalesce(p.tries, 0), coalesce(p.not_before, '') FROM outbox o"
            " LEFT JOIN outbox_place p ON p.package = o.id AND p.place = ?"
            " WHERE o.state IN ('waiting', 'confirmed') AND coalesce(p.state, '') = '' ORDER BY o.made_at, o.seq",
            (place,),
        )
        return [
            (package, name, Trouble(code=code, tries=tries, not_before=wait))
            for package, name, code, tries, wait in rows
        ]

    def lying(self, place: str) -> tuple[Lying, ...]:
        """Own packages that were read back at a place and were not taken away."""
        rows = self._database.rows_of(
            "SELECT o.id, o.name, o.kind, o.state, p.at, p.code, p.tries, p.not_before, o.code FROM outbox_place p"
            " JOIN outbox o ON o.id = p.package WHERE p.place = ? AND p.state = 'confirmed'",
            (place,),
        )
        return tuple(
            Lying(
                package=row[0],
                name=row[1],
                kind=row[2],
                state=row[3],
                at=row[4],
                trouble=_trouble(row[5:8]),
                is_void=is_given_up(row[3], row[8]),
            )
            for row in rows
        )

    def lies(self, package: str, place: str, *, tries: int) -> None:
        """It was read back there; ``tries`` counts how often that failed or it vanished afterwards."""
        self._put(package, place, "confirmed", Trouble(tries=tries))

    def failed(self, package: str, place: str, trouble: Trouble) -> None:
        """It was not taken there, or has vanished from there."""
        self._put(package, place, "", trouble)

    def taken_away(self, package: str, place: str) -> None:
        """It is not needed there any more."""
        self._put(package, place, "removed", Trouble())

    def elsewhere(self, package: str) -> bool:
        """Whether a package lies at any place, as far as is known."""
        query = "SELECT 1 FROM outbox_place WHERE package = ? AND state = 'confirmed'"
        return self._database.row_of(query, (package,)) is not None

    def listing(self, place: str) -> str:
        """The digest of the last listing of which everything was dealt with."""
        return str(self._database.value_of("SELECT listing FROM place_log WHERE place = ?", (place,)) or "")

    def note_listing(self, place: str, listing: str) -> None:
        """Everything in a listing with this digest was dealt with."""
        if listing != self.listing(place):
            self._database.change("UPDATE place_log SET listing = ? WHERE place = ?", (listing, place))

    def settled(self, place: str) -> frozenset[str]:
        """Names at a place that need not be fetched again."""
        rows = self._database.rows_of("SELECT name FROM seen_name WHERE place = ? AND verdict <> 'again'", (place,))
        own = self._database.rows_of("SELECT name FROM outbox")
        return frozenset(name for (name,) in rows + own)

    def waits(self, place: str) -> dict[str, tuple[str, str, int]]:
        """Names that are fetched again later: (since when, not before, how often it was tried)."""
        rows = self._database.rows_of(
            "SELECT name, since, not_before, tries FROM seen_name WHERE place = ? AND not_before <> ''", (place,)
        )
        return {name: (since, wait, tries) for name, since, wait, tries in rows}

    def saw(self, place: str, name: str, verdict: Verdict, *, not_before: str = "") -> None:
        """What a name turned out to be."""
        self._database.change(
            "INSERT INTO seen_name (place, name, verdict, tries, since, not_before) VALUES (?, ?, ?, 1, ?, ?)"
            " ON CONFLICT (place, name) DO UPDATE SET verdict = excluded.verdict, not_before = excluded.not_before,"
            " tries = tries + 1",
            (place, name, verdict.value, instant(self._clock.now()), not_before),
        )

    def doubt(self, place: str, *, before: str) -> None:
        """Something is missing: what seemed to be for somebody else then is looked at once more."""
        condition = "place = ? AND verdict = 'foreign' AND since < ?"
        if self._database.row_of(f"SELECT 1 FROM seen_name WHERE {condition}", (place, before)):  # noqa: S608
            self._database.change(f"DELETE FROM seen_name WHERE {condition}", (place, before))  # noqa: S608
            self.note_listing(place, "")

    def forget_names(self, place: str, listed: frozenset[str], *, before: str) -> None:
        """Names that went from a place long ago."""
        old = self._database.rows_of("SELECT name FROM seen_name WHERE place = ? AND since < ?", (place, before))
        for (name,) in old:
            if name not in listed:
                self._database.change("DELETE FROM seen_name WHERE place = ? AND name = ?", (place, name))

    def _put(self, package: str, place: str, state: str, trouble: Trouble) -> None:
        self._database.change(
            "INSERT OR REPLACE INTO outbox_place (package, place, state, at, code, tries, not_before)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                package,
                place,
                state,
                instant(self._clock.now()),
                trouble.code,
                trouble.tries,
                trouble.not_before,
            ),
        )


def _trouble(row: tuple[str, int, str]) -> Trouble:
    return Trouble(code=row[0], tries=row[1], not_before=row[2])
