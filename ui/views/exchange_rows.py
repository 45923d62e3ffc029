"""Packages that left and files that came, as rows: whom, what, its state in a word, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from homevisit.domain.summaries import InboxRow, OutboxRow, PackageState, VisitRow
from homevisit.errors import HomeVisitError
from ui.messages import words_of
from ui.tokens import Tone
from ui.views.reading_words import moment_words
from ui.visit_words import contact_words
from ui.widgets.badges import Badge
from ui.widgets.rows import Row
from ui.words import tr, tr_count

ROOM = "exchange"
VISITS_NAMED = 4


def outbox_rows(outbox: Sequence[OutboxRow]) -> list[Row]:
    """One row per package, newest first."""
    return [
        Row(
            id=row.id,
            title=tr(ROOM, "To {names}", names=", ".join(row.recipients)),
            subtitle=f"{contents_words(row)} · {next_words(row)}",
            meta=moment_words(row.sent_at or row.made_at),
            badge=package_badge(row.state),
        )
        for row in outbox
    ]


def package_badge(state: PackageState) -> Badge:
    """The state of a package: an icon, a word and a tone."""
    return {
        PackageState.WAITING: Badge(tr(ROOM, "Not put yet"), "hourglass", Tone.WAITING),
        PackageState.SENT: Badge(tr(ROOM, "Sent"), "send", Tone.INFO),
        PackageState.CONFIRMED: Badge(tr(ROOM, "Sent"), "send", Tone.INFO),
        PackageState.DELIVERED: Badge(tr(ROOM, "Delivered"), "mail-check", Tone.GOOD),
        PackageState.REFUSED: Badge(tr(ROOM, "Refused"), "package-x", Tone.ALERT),
    }[state]


def contents_words(row: OutboxRow) -> str:
    """What is in a package."""
    if row.kind == "review":
        return tr_count(ROOM, "1 review", "{count} reviews", row.entries)
    visits = tr_count(ROOM, "1 visit", "{count} visits", row.visits)
    return f"{visits}, " + tr_count(ROOM, "1 entry", "{count} entries", row.entries)


def next_words(row: OutboxRow) -> str:
    """What to do next about a package."""
    return {
        PackageState.WAITING: tr(ROOM, "choose the folder and send again"),
        PackageState.SENT: tr(ROOM, "hand the folder over"),
        PackageState.CONFIRMED: tr(ROOM, "wait for the receipt"),
        PackageState.DELIVERED: tr(ROOM, "nothing to do"),
        PackageState.REFUSED: tr(ROOM, "ask the recipient why"),
    }[row.state]


def inbox_rows(inbox: Sequence[InboxRow]) -> list[Row]:
    """One row per file that arrived, newest first."""
    return [
        Row(
            id=row.id,
            title=_from_words(row),
            subtitle=_came_words(row),
            meta=moment_words(row.received_at),
            badge=_inbox_badge(row),
        )
        for row in inbox
    ]


def refusal_words(row: InboxRow) -> tuple[str, str]:
    """Why a file was refused and what to do next."""
    words = words_of(HomeVisitError(row.code))
    return words.sentence, words.next_step


def waiting_words(entries: int, visits: Sequence[VisitRow], *, reviews: bool) -> str:
    """What waits for one person."""
    if not entries:
        return tr(ROOM, "nothing new")
    if reviews:
        return tr_count(ROOM, "1 review", "{count} reviews", entries)
    if not visits:
        return tr(ROOM, "changes to families only")
    named = [_visit_words(visit) for visit in visits[:VISITS_NAMED]]
    more = len(visits) - len(named)
    rest = [tr(ROOM, "{count} more", count=more)] if more else []
    counted = tr_count(ROOM, "1 visit", "{count} visits", len(visits))
    return f"{counted}: " + ", ".join(named + rest)


def _visit_words(visit: VisitRow) -> str:
    return f"{visit.family_name} ({contact_words(visit.contact)})"


def _from_words(row: InboxRow) -> str:
    if row.sender_name:
        return tr(ROOM, "From {name}", name=row.sender_name)
    return row.file_name


def _came_words(row: InboxRow) -> str:
    if row.code:
        return refusal_words(row)[0]
    kind = tr(ROOM, "Reviews") if row.kind == "review" else tr(ROOM, "Visits and families")
    new = tr_count(ROOM, "1 new entry", "{count} new entries", row.new) if row.new else tr(ROOM, "nothing new")
    known = tr(ROOM, "{count} known already", count=row.known) if row.known else ""
    held = tr(ROOM, "{count} wait for something earlier", count=row.held) if row.held else ""
    return " · ".join(part for part in (kind, new, known, held) if part)


def _inbox_badge(row: InboxRow) -> Badge:
    if row.code:
        return Badge(tr(ROOM, "Refused"), "package-x", Tone.ALERT)
    if row.held:
        return Badge(tr(ROOM, "Partly waiting"), "hourglass", Tone.WAITING)
    return Badge(tr(ROOM, "Taken in"), "package-check", Tone.GOOD)
