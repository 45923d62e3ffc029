"""A signed visit on paper: whose it is, who signed which version, then the visit as it reads."""

from __future__ import annotations

from homevisit.domain.summaries import Version
from ui.presenters.signed_visit import SignedState
from ui.views.reading_words import moment_words
from ui.visit_words import contact_words
from ui.words import tr

ROOM = "signed"


def sheet_text(state: SignedState, reading: str) -> str:
    """The whole sheet as text; "" where no visit is open."""
    shown = state.version
    if state.signed is None or shown is None:
        return ""
    head = f"{state.signed.row.family_name} – {contact_words(state.body.contact)}"
    struck = [tr(ROOM, "ENTERED IN ERROR – kept for the record")] if state.is_withdrawn else []
    return "\n".join([head, *struck, _signed_by(shown), "", reading, "", _foot(shown)])


def _signed_by(version: Version) -> str:
    who = ", ".join(part for part in (version.author_name, version.author_title, version.registration) if part)
    when = moment_words(version.recorded_at)
    return tr(ROOM, "Version {number}, signed by {who}, {when}", number=version.number, who=who, when=when)


def _foot(version: Version) -> str:
    return tr(ROOM, "Record {record} · version {entry}", record=version.record, entry=version.entry[:16])
