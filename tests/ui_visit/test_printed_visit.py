"""A signed visit goes to paper with its signature, and the access log says so."""

from __future__ import annotations

from pathlib import Path

from homevisit.domain.visit import Contact
from tests.desks import add_family, open_desks, whole_draft
from ui.presenters.signed_visit import SignedState
from ui.views.signed_visit_print import sheet_text


def test_the_sheet_says_whose_visit_it_is_and_who_signed_which_version(tmp_path: Path) -> None:
    desks = open_desks(tmp_path)
    services = desks.practitioner
    visit = whole_draft(services, add_family(services, "Ledger"), "Seen and awake.")
    entry = services.signing.sign(visit)
    signed = services.records.visit(visit)
    services.records.note_printed(visit)
    text = sheet_text(SignedState(visit=visit, signed=signed, shown=entry.id, body=signed.body), "Facts\nSeen.")
    assert text.splitlines()[0].startswith("Ledger – ")
    assert signed.body.contact is Contact.ADDITIONAL
    assert "Version 1, signed by Ines Practitioner" in text
    assert entry.id[:16] in text
    assert [line.act for line in services.safekeeping.access(1)] == ["printed"]
    desks.close()


def test_no_sheet_without_a_visit() -> None:
    assert sheet_text(SignedState(), "words") == ""
