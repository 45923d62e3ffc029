"""Every refusal in words: a code becomes one sentence and one next step. A test fails if a raised code is missing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from homevisit.errors import HomeVisitError, SafeValue
from ui.messages_exchange import EXCHANGE
from ui.messages_filing import FILING
from ui.messages_packs import PACKS
from ui.messages_store import STORE
from ui.messages_sync import SYNC
from ui.messages_team import TEAM
from ui.messages_work import WORK
from ui.notices import Notice
from ui.tokens import Tone
from ui.words import tr

MESSAGES: dict[str, tuple[str, str]] = {**STORE, **EXCHANGE, **FILING, **PACKS, **SYNC, **TEAM, **WORK}
"""code → (sentence, next step). Both may name a value of the error in braces; what the error lacks reads as "?"."""


@dataclass(frozen=True, slots=True)
class Words:
    """What to tell a person about a refusal."""

    sentence: str
    next_step: str


def words_of(error: HomeVisitError) -> Words:
    """The words for a refusal. A code without words is a bug that the tests find; here it still gets a sentence."""
    sentence, next_step = MESSAGES.get(
        error.code, ("Homevisit could not do this ({code}).", "Try again; if it happens again, note this code.")
    )
    values: dict[str, SafeValue] = {"code": error.code, **error.values}
    return Words(_filled(sentence, values), _filled(next_step, values))


def notice_of(error: HomeVisitError, *, action: str = "", action_label: str = "") -> Notice:
    """The refusal as a notice for a quiet bar, with at most one button."""
    words = words_of(error)
    return Notice(
        sentence=words.sentence,
        next_step=words.next_step,
        tone=Tone.ALERT,
        action=action,
        action_label=action_label,
    )


def _filled(text: str, values: dict[str, SafeValue]) -> str:
    known: defaultdict[str, SafeValue] = defaultdict(lambda: "?", values)
    return tr("messages", text).format_map(known)
