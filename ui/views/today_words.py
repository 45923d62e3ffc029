"""Rows and lines of Today: values in, words out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from string import ascii_letters, digits

from homevisit.domain.schedule import Due
from homevisit.domain.summaries import ActionRow, VisitRow
from homevisit.services.readiness import Ready
from homevisit.services.today import Agenda, NamedAction, NamedDraft, NamedDue
from ui.presenters.family_words import (
    away_words,
    baby_age,
    due_state_words,
    due_words,
    iso_day_words,
    moment_words,
    time_of,
    wall_words,
)
from ui.tokens import Tone
from ui.visit_words import attendance_words, contact_words, role_words
from ui.widgets.badges import Badge, state_badge
from ui.widgets.rows import Row
from ui.words import tr, tr_count

ROOM = "today"
LETTERS = f"{ascii_letters} {digits} .,·–’&"
_DUE_BADGES = {
    Due.OVERDUE: ("calendar-clock", Tone.ALERT),
    Due.DUE: ("calendar-days", Tone.WAITING),
    Due.COMING: ("calendar-days", Tone.NEUTRAL),
}


def sample_row(place: int) -> Row:
    """A row that says nothing, with every letter, and the badges and icons that are usual."""
    icon, tone = list(_DUE_BADGES.values())[place % len(_DUE_BADGES)]
    return Row(id=str(place), title=LETTERS, subtitle=LETTERS, meta="0", badge=Badge(LETTERS, icon, tone), icon="baby")


def sample_action(place: int) -> tuple[ActionRow, str]:
    """An action that says nothing."""
    words = {"visit": "", "what": LETTERS, "owner": "", "due": "", "outcome": ""}
    return ActionRow(id=str(place), family="", **words, done=False, done_at=""), LETTERS


def attention_rows(agenda: Agenda) -> list[Callable[[], Row]]:
    """What cannot wait: sent back, several versions side by side, files that were refused; each makes its row."""
    rows: list[Callable[[], Row]] = [partial(_sent_back, visit) for visit in agenda.sent_back]
    rows += [partial(_conflicted, visit) for visit in agenda.conflicted]
    return [*rows, partial(_refused, agenda.refused)] if agenda.refused else rows


def _sent_back(visit: VisitRow) -> Row:
    return Row(
        id=f"signed/{visit.id}",
        title=visit.family_name,
        subtitle=_told(visit),
        badge=state_badge(visit.state),
        icon="undo-2",
    )


def _conflicted(visit: VisitRow) -> Row:
    versions = tr_count(ROOM, "{count} version", "{count} versions to settle", visit.heads)
    return Row(
        id=f"signed/{visit.id}",
        title=visit.family_name,
        subtitle=_told(visit),
        badge=Badge(versions, "git-branch", Tone.ALERT),
        icon="git-branch",
    )


def _refused(count: int) -> Row:
    one, many = "{count} package could not be taken in", "{count} packages could not be taken in"
    return Row(
        id="exchange/",
        title=tr_count(ROOM, one, many, count),
        subtitle=tr(ROOM, "Kept sealed; Send & receive says why and what to do"),
        badge=Badge(tr(ROOM, "Refused"), "package-x", Tone.ALERT),
        icon="inbox",
    )


def draft_row(named: NamedDraft, today: date) -> Row:
    """Unsigned work: what it is and when the last words were saved."""
    draft, body = named.draft, named.draft.body
    day = draft.saved_at.astimezone().date()
    saved = time_of(draft.saved_at) if day == today else away_words(day, today)
    kind = tr(ROOM, "Amendment of a visit") if draft.base else contact_words(body.contact)
    return Row(
        id=f"visit/{draft.visit}",
        title=named.family_name or tr(ROOM, "Family not on this laptop"),
        subtitle=tr(
            ROOM, "{kind}, begun {when}", kind=kind, when=wall_words(body.started) or tr(ROOM, "without a time")
        ),
        meta=tr(ROOM, "saved {when}", when=saved),
        badge=Badge(tr(ROOM, "Recovered"), "history", Tone.WAITING) if draft.recovered else None,
        icon="notebook-pen",
    )


def due_row(named: NamedDue, today: date) -> Row:
    """A contact that is due by age."""
    contact, child = named.contact, named.contact.child
    age = baby_age(child.birth_date, child.due_date, child.gestation_days, today)
    icon, tone = _DUE_BADGES[contact.due]
    name = child.name.strip() or role_words(child.role).capitalize()
    who = tr(ROOM, "{name}, {age}", name=name, age=age)
    return Row(
        id=f"family/{contact.family}",
        title=tr(ROOM, "{contact} · {family}", contact=contact_words(contact.contact), family=named.family_name),
        subtitle=tr(ROOM, "{who} – {when}", who=who, when=due_words(contact, today)),
        badge=Badge(due_state_words(contact.due), icon, tone),
        icon="baby",
    )


def recent_row(visit: VisitRow) -> Row:
    """A visit that was signed lately."""
    return Row(
        id=f"signed/{visit.id}",
        title=visit.family_name,
        subtitle=_told(visit),
        badge=state_badge(visit.state),
        icon="file-text",
    )


def action_words(named: NamedAction, today: date) -> str:
    """Under an action: whose family, who does it, by when."""
    parts = [named.family_name, named.action.owner, due_by(named.action, today)]
    return " · ".join(part for part in parts if part)


def due_by(action: ActionRow, today: date) -> str:
    """By when something is to be done, and how far that is."""
    try:
        day = date.fromisoformat(action.due)
    except ValueError:
        return action.due
    if action.done:
        return ""
    if day < today:
        return tr(ROOM, "was due {day}, {away}", day=iso_day_words(action.due), away=away_words(day, today))
    return tr(ROOM, "by {day}, {away}", day=iso_day_words(action.due), away=away_words(day, today))


def ready_lines(ready: Ready) -> list[tuple[bool, str, str]]:
    """Every line of the check: whether it is as it should be, what, and more about it."""
    sets = "; ".join(
        tr(ROOM, "{title} {version}", title=each.title, version=each.version) for each in ready.prompt_sets
    )
    lines = [
        (
            bool(ready.families),
            tr_count(ROOM, "{count} family on this laptop", "{count} families on this laptop", ready.families),
            tr_count(ROOM, "{count} visit in progress", "{count} visits in progress", ready.drafts)
            if ready.drafts
            else "",
        ),
        (
            bool(ready.prompt_sets),
            tr_count(
                ROOM, "{count} prompt set works offline", "{count} prompt sets work offline", len(ready.prompt_sets)
            ),
            sets,
        ),
        _exchange_line(ready),
        _unsent_line(ready),
        (
            bool(ready.last_backup),
            tr(ROOM, "Last backup {when}", when=moment_words(ready.last_backup))
            if ready.last_backup
            else tr(ROOM, "No backup yet"),
            "" if ready.last_backup else tr(ROOM, "Settings can make one now."),
        ),
        _space_line(ready),
    ]
    if ready.findings:
        lines.append((False, tr(ROOM, "Opening the store found something to look at"), ", ".join(ready.findings)))
    return lines


def _exchange_line(ready: Ready) -> tuple[bool, str, str]:
    if not ready.supervisors:
        return False, tr(ROOM, "Nobody to send to yet"), tr(ROOM, "Exchange cards with your supervisor.")
    to = tr(ROOM, "With {names}", names=", ".join(ready.supervisors))
    if not ready.last_exchange:
        return False, tr(ROOM, "Nothing was exchanged yet"), to
    return True, tr(ROOM, "Last exchange {when}", when=moment_words(ready.last_exchange)), to


def _unsent_line(ready: Ready) -> tuple[bool, str, str]:
    if ready.unsent:
        said = tr_count(
            ROOM, "{count} signed record was not sent yet", "{count} signed records were not sent yet", ready.unsent
        )
        return False, said, tr(ROOM, "They are safe here; they are not anywhere else.")
    refused = tr_count(ROOM, "{count} file was refused", "{count} files were refused", ready.refused)
    return True, tr(ROOM, "Everything signed was sent"), refused if ready.refused else ""


def _space_line(ready: Ready) -> tuple[bool, str, str]:
    if ready.free is None:
        return False, tr(ROOM, "Free disk space is not known"), ""
    size = f"{ready.free / 1e9:.1f} GB"
    return (
        ready.has_space,
        tr(ROOM, "{size} of disk space free", size=size),
        "" if ready.has_space else tr(ROOM, "Make room before you leave: a full disk cannot keep what you write."),
    )


def _told(visit: VisitRow) -> str:
    became = "" if visit.attendance.value == "seen" else attendance_words(visit.attendance)
    return " · ".join(part for part in (contact_words(visit.contact), became, wall_words(visit.started)) if part)
