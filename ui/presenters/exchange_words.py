"""What sending and receiving came to, in one sentence and one next step, and what is still to be sent."""

from __future__ import annotations

from collections.abc import Sequence

from homevisit.domain.card import Desk
from homevisit.domain.summaries import InboxRow, OutboxRow
from homevisit.errors import HomeVisitError
from ui.messages import words_of
from ui.notices import Notice
from ui.presenters.exchange_state import ExchangeState
from ui.presenters.sync import SyncState
from ui.presenters.sync_words import summary_words
from ui.tokens import Tone
from ui.words import tr, tr_count

ROOM = "exchange"


def sent_notice(rows: Sequence[OutboxRow]) -> Notice:
    """After an export."""
    names = ", ".join(dict.fromkeys(name for row in rows for name in row.recipients))
    one, many = (
        "A sealed package for {names} is in the folder.",
        "{count} sealed packages for {names} are in the folder.",
    )
    return Notice(
        sentence=tr(ROOM, one if len(rows) == 1 else many, names=names, count=len(rows)),
        next_step=tr(ROOM, "Hand the folder over. It turns to “Delivered” when something comes back."),
        tone=Tone.GOOD,
    )


def received_notice(rows: Sequence[InboxRow], asked: int) -> Notice:
    """After an import of ``asked`` files, of which these were read before it ended or was stopped."""
    refused = [row for row in rows if row.code]
    if refused:
        return _refused_notice(rows, refused)
    new = sum(row.new for row in rows)
    held = sum(row.held for row in rows)
    stopped = tr(ROOM, " Stopped: {count} not read.", count=asked - len(rows)) if asked > len(rows) else ""
    if not new:
        return Notice(sentence=tr(ROOM, "Nothing new: all of it was here already.") + stopped, tone=Tone.INFO)
    return Notice(
        sentence=tr_count(ROOM, "Taken in: 1 new entry.", "Taken in: {count} new entries.", new) + stopped,
        next_step=_held_words(held) if held else "",
        tone=Tone.WAITING if held else Tone.GOOD,
    )


def unsent_words(state: ExchangeState) -> str:
    """Everything is said to be sent only for a counted zero; until then nothing is claimed."""
    if state.unsent is None or state.left is None:
        return ""
    if state.unsent:
        one, many = _unsent_of(state.desk)
        return tr_count(ROOM, one, many, state.unsent)
    if state.waiting_packages:
        return tr(ROOM, "A package was made and has not been put anywhere yet.")
    return tr(ROOM, "Changes to families are still to be sent.") if state.left else tr(ROOM, "Everything sent.")


def last_words(sync: SyncState) -> str:
    """When the last run ended and what it came to."""
    if sync.ended_at is None or sync.summary is None:
        return ""
    at = f"{sync.ended_at.astimezone():%H:%M}"
    return tr(ROOM, "Last exchange at {time}: {what}", time=at, what=summary_words(sync.summary))


def _unsent_of(desk: Desk) -> tuple[str, str]:
    if desk is Desk.SUPERVISOR:
        return "1 review is still to be sent.", "{count} reviews are still to be sent."
    return "1 visit is still to be sent.", "{count} visits are still to be sent."


def _held_words(held: int) -> str:
    return tr_count(
        ROOM,
        "One of them builds on something that has not arrived yet; it appears when that does.",
        "{count} of them build on something that has not arrived yet; they appear when it does.",
        held,
    )


def _refused_notice(rows: Sequence[InboxRow], refused: Sequence[InboxRow]) -> Notice:
    if len(rows) == 1:
        words = words_of(HomeVisitError(refused[0].code))
        return Notice(sentence=words.sentence, next_step=words.next_step)
    return Notice(
        sentence=tr(ROOM, "{refused} of {all} files were refused.", refused=len(refused), all=len(rows)),
        next_step=tr(ROOM, "The others were taken in. Each refusal says below why."),
        tone=Tone.WAITING if len(refused) < len(rows) else Tone.ALERT,
    )
