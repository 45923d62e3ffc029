"""Refusals and findings in words, for stderr. The window's own sentences are used wherever it has one."""

from __future__ import annotations

from collections import defaultdict

from homevisit.errors import HomeVisitError, SafeValue

OURS: dict[str, tuple[str, str]] = {
    "card.not_confirmed": ("The card was not added.", "Compare the six words with the person, then import it again."),
    "card.words_differ": (
        "The six words are not those of this card, so it was not added.",
        "Ask the person to read their six words again; if they differ, this is not their card.",
    ),
    "card.no_such_name": (
        "There is no card with that name.",
        "“homevisit card list” shows the names; write the whole name, or add the person’s card first.",
    ),
    "family.unknown": (
        "There is no family with that id in this home.",
        "“homevisit families list” shows the ids; the name is not enough.",
    ),
    "place.kind": (
        "Homevisit cannot send to places of that kind.",
        "“homevisit place add other --help” names the services that it knows.",
    ),
    "place.unknown": (
        "There is no place of that name in this home.",
        "“homevisit place list” shows the titles and ids.",
    ),
    "place.wrong_credentials": (
        "The place does not accept this name and password or key.",
        "Check them with whoever gave them to you, then give the right ones with “homevisit place renew”.",
    ),
    "sharing.not_agreed": (
        "Nobody has agreed yet that this is sent to this person.",
        "“homevisit sharing who” shows what would go, and “homevisit sharing agree NAME” lets it go.",
    ),
    "sharing.nothing_to_agree": (
        "There is nothing that would go to this person.",
        "“homevisit sharing who” shows everybody who is sent something.",
    ),
    "team.not_confirmed": ("The team file was not opened.", "Compare the six words, then open it again."),
    "demo.home_not_empty": ("A demo is made in an empty folder only.", "Choose a new folder with --home."),
}
FINDINGS: dict[str, str] = {
    "entry.bad_signature": "the signature of an entry is wrong",
    "entry.body_lost": "the body of an entry cannot be opened",
    "entry.damaged": "an entry is not what was signed",
    "escrow.not_tended": "the recovery code for the organisation could not be brought up to date",
    "pack.damaged": "an installed pack of prompt sets is not what was signed; restore a backup",
    "prompts.refused": "a prompt set cannot be used",
    "store.chain_broken": "the chain of entries has a gap",
    "store.fork": "one place in a chain is claimed by several entries: a copied or restored store",
    "store.guards_missing": "guards against changing entries were missing",
    "store.head_damaged": "the head file is damaged",
    "store.head_differs": "the head file is not that of this store",
    "store.head_missing": "the head file is missing",
    "store.keys_changed": "the key file was changed outside the program",
    "store.keys_older": "the key file is older than the store",
    "pack.unreadable": "the installed packs of prompt sets cannot be read",
    "store.keys_repaired": "one copy of the key file was damaged and has been repaired",
    "store.models_differ": "a read model is not what the entries say; “rebuild” mends it",
    "store.pages_damaged": "pages of the database are damaged; restore a backup",
    "store.rolled_back": "the store is older than it was: later work is missing",
    "store.search_differs": "the search index is not what the entries say; “rebuild” mends it",
}


def refusal(error: HomeVisitError) -> str:
    """The code with its safe values, one sentence and a next step."""
    sentence, step = _table().get(error.code, ("This could not be done.", "The code says why."))
    known: defaultdict[str, SafeValue] = defaultdict(lambda: "?", error.values)
    values = "".join(f" {name}={value}" for name, value in sorted(error.values.items()))
    return f"refused: {error.code}{values}\n{sentence.format_map(known)} {step.format_map(known)}".rstrip()


def counted(count: int, one: str, many: str) -> str:
    """``1 visit``, ``3 visits``."""
    return f"{count} {one if count == 1 else many}"


def entries(count: int) -> str:
    """``1 entry``, ``3 entries``."""
    return counted(count, "entry", "entries")


def visits(count: int) -> str:
    """``1 visit``, ``3 visits``."""
    return counted(count, "visit", "visits")


def sentence(code: str) -> str:
    """The sentence of a code, for a list."""
    return _table().get(code, ("", ""))[0]


def advice(code: str) -> str:
    """The sentence of a code with its next step."""
    return " ".join(_table().get(code, ("This could not be done.", "The code says why."))).rstrip()


def finding(code: str) -> str:
    """A finding of ``check`` in words."""
    return FINDINGS.get(code, "see the code")


def _table() -> dict[str, tuple[str, str]]:
    from ui.messages_exchange import EXCHANGE
    from ui.messages_filing import FILING
    from ui.messages_packs import PACKS
    from ui.messages_store import STORE
    from ui.messages_sync import SYNC
    from ui.messages_team import TEAM
    from ui.messages_work import WORK

    return {**STORE, **EXCHANGE, **FILING, **PACKS, **SYNC, **TEAM, **WORK, **OURS}
