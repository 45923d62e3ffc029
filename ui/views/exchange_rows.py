"""Packages that left and files that came, as rows: whom, what, its state in a word, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from homevisit.domain.summaries import InboxRow, OutboxRow, PackageState, VisitRow
from homevisit.domain.sync_summary import NextAction
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
ASIDE = ("receipt", "key")
"""Packages that carry nothing that anybody wrote."""


def outbox_rows(outbox: Sequence[OutboxRow]) -> list[Row]:
    """One row per package, newest first: for whom and what, and what happens next with it. Receipts stand last."""
    return _grouped([(_outbox_row(row), row.kind in ASIDE) for row in outbox])


def _grouped(rows: Sequence[tuple[Row, bool]]) -> list[Row]:
    aside = [row for row, is_aside in rows if is_aside]
    heading = [Row(id="aside", title=tr(ROOM, "RECEIPTS AND KEYS"), heading=True)] if aside else []
    return [*(row for row, is_aside in rows if not is_aside), *heading, *aside]


def _inbox_row(row: InboxRow) -> Row:
    return Row(
        id=row.id,
        title=_from_words(row),
        subtitle=_came_words(row),
        meta=short_moment(row.received_at),
        badge=_inbox_badge(row),
    )


def _outbox_row(row: OutboxRow) -> Row:
    return Row(
        id=row.id,
        title=tr(ROOM, "To {names}: {contents}", names=", ".join(row.recipients), contents=contents_words(row)),
        subtitle=next_words(row),
        meta=short_moment(row.sent_at or row.made_at),
        badge=package_badge(row),
    )


def package_badge(row: OutboxRow) -> Badge:
    """The state of a package: an icon, a word and a tone. What was given up here was refused by nobody."""
    if row.is_given_up:
        word = tr(ROOM, "Ran out") if row.kind == "receipt" else tr(ROOM, "Packed anew")
        return Badge(word, "refresh-cw", Tone.INFO)
    return {
        PackageState.WAITING: Badge(tr(ROOM, "Waiting"), "hourglass", Tone.WAITING),
        PackageState.SENT: Badge(tr(ROOM, "Sent"), "send", Tone.INFO),
        PackageState.CONFIRMED: Badge(tr(ROOM, "Confirmed"), "package-check", Tone.INFO),
        PackageState.DELIVERED: Badge(tr(ROOM, "Delivered"), "mail-check", Tone.GOOD),
        PackageState.REFUSED: Badge(tr(ROOM, "Refused"), "package-x", Tone.ALERT),
    }[row.state]


def contents_words(row: OutboxRow) -> str:
    """What is in a package."""
    if row.is_given_up and row.kind not in ASIDE:
        return tr(ROOM, "what is in another package now")
    if row.kind == "review":
        return tr_count(ROOM, "1 review", "{count} reviews", row.entries)
    if row.kind in ASIDE:
        return tr(ROOM, "a receipt") if row.kind == "receipt" else tr(ROOM, "keys")
    if row.visits:
        return tr_count(ROOM, "1 visit", "{count} visits", row.visits)
    return tr_count(ROOM, "1 change", "{count} changes", row.entries)


def next_words(row: OutboxRow) -> str:
    """What happens next with a package, and whose turn it is."""
    why = words_of(HomeVisitError(row.code)) if row.code else None
    said = {
        NextAction.NOTHING: why.sentence if why else tr(ROOM, "Nothing to do"),
        NextAction.RUN: tr(ROOM, "Goes with the next exchange"),
        NextAction.WAIT: _again_words(row),
        NextAction.MEND_PLACE: f"{why.sentence} {why.next_step}" if why else tr(ROOM, "The place does not work"),
        NextAction.ADD_PLACE: tr(ROOM, "Add a place, or put it into a folder by hand"),
        NextAction.HAND_OVER: tr(ROOM, "Hand over what is in “{place}”", place=_folder_name(row.place)),
        NextAction.AWAIT_RECEIPT: _awaited_words(row),
        NextAction.ASK_RECIPIENT: tr(ROOM, "Ask {names} why it was refused", names=_outstanding(row)),
    }
    return said[row.next_action]


def short_moment(instant: str) -> str:
    """The time of day for today, else the whole date."""
    words = moment_words(instant)
    day, _, time = words.rpartition(", ")
    return time if day and day == moment_words(_now()).rpartition(", ")[0] else words


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _again_words(row: OutboxRow) -> str:
    why = words_of(HomeVisitError(row.code)).sentence if row.code else ""
    again = tr(ROOM, "Tried again after {time}", time=short_moment(row.not_before)) if row.not_before else ""
    return f"{why} {again}".strip() or tr(ROOM, "Goes with the next exchange")


def _awaited_words(row: OutboxRow) -> str:
    names = _outstanding(row)
    if row.place:
        return tr(ROOM, "At {place}, waiting for {names} to fetch it", place=row.place, names=names)
    return tr(ROOM, "Waiting for {names} to fetch it", names=names)


def _outstanding(row: OutboxRow) -> str:
    return ", ".join(row.outstanding or row.recipients)


def _folder_name(path: str) -> str:
    return path.rstrip("/\\").replace("\\", "/").rpartition("/")[2] or path


def inbox_rows(inbox: Sequence[InboxRow]) -> list[Row]:
    """One row per file that arrived, newest first. Receipts that were taken in stand last."""
    return _grouped([(_inbox_row(row), row.kind in ASIDE and not row.code) for row in inbox])


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
    if row.kind in ASIDE:
        return tr(ROOM, "Says what arrived there") if row.kind == "receipt" else tr(ROOM, "Keys and cards")
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
