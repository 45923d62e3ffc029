"""What a run is doing and what it came to, in words: honest about what was held, and by whom."""

from __future__ import annotations

from collections.abc import Sequence

from homevisit.domain.conflicts import Oddity, Oddness
from homevisit.domain.sync_summary import Gap, Held, PlaceResult, Stage, Step, Summary
from homevisit.errors import HomeVisitError
from ui.messages import Words, words_of
from ui.notices import Notice
from ui.tokens import Tone
from ui.words import tr, tr_count

ROOM = "sync"


def stage_words(stage: Stage | None) -> str:
    """Where a run is: "Sending 3 of 12 to Nextcloud…"."""
    if stage is None:
        return tr(ROOM, "Looking what there is to send…")
    if stage.of > 1:
        return _counted(stage)
    return {
        Step.CHOOSE: tr(ROOM, "Looking what there is to send…"),
        Step.SEAL: tr(ROOM, "Sealing what is to be sent…"),
        Step.CONNECT: tr(ROOM, "Opening {place}…", place=stage.place),
        Step.SEND: tr(ROOM, "Sending to {place}…", place=stage.place),
        Step.FETCH: tr(ROOM, "Fetching from {place}…", place=stage.place),
        Step.TAKE_IN: tr(ROOM, "Checking and taking in what came…"),
        Step.TIDY: tr(ROOM, "Tidying up at {place}…", place=stage.place),
    }[stage.step]


def summary_words(summary: Summary) -> str:
    """What a run came to, in one line: "Sent 12 packages, held 1, received 3."."""
    parts = [*_sent(summary), *_held_count(summary), *_received(summary)]
    if summary.refused:
        parts.append(tr_count(ROOM, "refused 1", "refused {count}", len(summary.refused)))
    line = _sentence(parts) if parts else tr(ROOM, "There was nothing new to send or to receive.")
    if summary.cancelled:
        return tr(ROOM, "{line} It was stopped before the end.", line=line)
    return tr(ROOM, "{line} Everything is sent.", line=line) if summary.everything_sent else line


def summary_notice(summary: Summary) -> Notice:
    """What an asked-for run came to, with the first thing to do about what did not go well."""
    troubles = troubles_of(summary)
    tone = Tone.GOOD
    if troubles:
        tone = Tone.WAITING if summary.sent or summary.received or not summary.refused else Tone.ALERT
    elif not summary.everything_sent:
        tone = Tone.INFO
    return Notice(sentence=summary_words(summary), next_step=troubles[0] if troubles else "", tone=tone)


def troubles_of(summary: Summary) -> tuple[str, ...]:
    """Everything that did not go well, each as a reason and a next step: places, what was held, refusals, gaps."""
    return (
        *(place_words(result) for result in summary.places if result.code),
        *(held_words(held) for held in summary.held),
        *(_joined(words_of(HomeVisitError(code))) for code in dict.fromkeys(summary.refused)),
        *(gap_words(gap) for gap in summary.gaps),
    )


def place_words(result: PlaceResult) -> str:
    """Why a place did not work, and what to do about it."""
    return f"{result.title}: {_joined(words_of(HomeVisitError(result.code)))}"


def held_words(held: Held) -> str:
    """Why something did not leave."""
    if held.code == "sharing.not_agreed":
        return tr_count(
            ROOM,
            "1 entry for {name} waits until you have agreed to who gets what.",
            "{count} entries for {name} wait until you have agreed to who gets what.",
            held.count,
            name=held.name,
        )
    if held.code == "sharing.no_card":
        return tr_count(
            ROOM,
            "1 entry for {name} waits for their card. Ask for it, and compare the six words.",
            "{count} entries for {name} wait for their card. Ask for it, and compare the six words.",
            held.count,
            name=held.name or tr(ROOM, "somebody"),
        )
    if held.code == "sharing.lost":
        return tr_count(
            ROOM,
            "1 entry for {name} waits, for their laptop is lost. Add the card of their new one, or end what is shared.",
            "{count} entries for {name} wait, for their laptop is lost. Add the card of their new one, or end what is "
            "shared.",
            held.count,
            name=held.name,
        )
    if held.code == "sync.nobody":
        return tr(ROOM, "There is nobody to send to yet. Add your supervisor’s card under People.")
    if held.code == "sync.no_place":
        return tr(ROOM, "There is no place to send to yet. Add one, or put the packages into a folder by hand.")
    why = _joined(words_of(HomeVisitError(held.code)))
    return tr_count(ROOM, "1 package was held: {why}", "{count} packages were held: {why}", held.count, why=why)


def gap_words(gap: Gap) -> str:
    """What was numbered and has not arrived."""
    if gap.mine:
        return tr_count(
            ROOM,
            "1 package from your other laptop has not arrived. Open Homevisit there: after a day it packs anew what "
            "was inside. If this stays, add another place on both laptops.",
            "{count} packages from your other laptop have not arrived. Open Homevisit there: after a day it packs anew "
            "what was inside. If this stays, add another place on both laptops.",
            gap.packages,
        )
    return tr_count(
        ROOM,
        "1 package from {name} has not arrived. After a day their laptop packs anew what was inside. If this stays, "
        "ask {name} to send through another place too.",
        "{count} packages from {name} have not arrived. After a day their laptop packs anew what was inside. If this "
        "stays, ask {name} to send through another place too.",
        gap.packages,
        name=gap.name,
    )


def oddity_words(oddity: Oddity) -> str:
    """A chain of entries that does not add up: everything of it is kept and shown."""
    if oddity.kind is Oddness.GAP:
        return tr_count(
            ROOM,
            "1 entry that this laptop had signed is not here any more, as after an older copy was put back. "
            "Whoever received it sends it back by itself.",
            "{count} entries that this laptop had signed are not here any more, as after an older copy was put back. "
            "Whoever received them sends them back by itself.",
            oddity.count,
        )
    if oddity.mine:
        words = "This laptop was set back or copied: {count} entries claim the same place. All of them are kept."
        return tr(ROOM, words, count=oddity.count)
    words = "A laptop of {name} was set back or copied: {count} entries claim the same place. All of them are kept."
    return tr(ROOM, words, count=oddity.count, name=oddity.whose or tr(ROOM, "somebody"))


def _counted(stage: Stage) -> str:
    counts = {"done": stage.done, "of": stage.of, "place": stage.place}
    return {
        Step.CHOOSE: tr(ROOM, "Looking what there is to send: {done} of {of}…", **counts),
        Step.SEAL: tr(ROOM, "Sealing {done} of {of}…", **counts),
        Step.CONNECT: tr(ROOM, "Opening {place}…", **counts),
        Step.SEND: tr(ROOM, "Sending {done} of {of} to {place}…", **counts),
        Step.FETCH: tr(ROOM, "Fetching {done} of {of} from {place}…", **counts),
        Step.TAKE_IN: tr(ROOM, "Checking and taking in {done} of {of}…", **counts),
        Step.TIDY: tr(ROOM, "Tidying up at {place}: {done} of {of}…", **counts),
    }[stage.step]


def _sent(summary: Summary) -> list[str]:
    if summary.sent:
        return [tr_count(ROOM, "sent 1 package", "sent {count} packages", summary.sent)]
    return [tr(ROOM, "sent nothing")] if _held_count(summary) else []


def _held_count(summary: Summary) -> list[str]:
    """What one place did not take is held only where no other place took it."""
    if summary.everything_sent:
        return []
    count = sum(held.count for held in summary.held)
    return [tr(ROOM, "held {count}", count=count)] if count else []


def _received(summary: Summary) -> list[str]:
    if not summary.received:
        return []
    new = tr_count(ROOM, "1 new entry", "{count} new entries", summary.received_entries)
    packages = tr_count(ROOM, "received 1 package", "received {count} packages", summary.received)
    return [f"{packages} ({new})"]


def _sentence(parts: Sequence[str]) -> str:
    line = ", ".join(parts)
    return f"{line[:1].upper()}{line[1:]}."


def _joined(words: Words) -> str:
    return f"{words.sentence} {words.next_step}".strip()
