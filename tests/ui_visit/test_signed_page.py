"""A signed visit: amending, entered in error, versions, reviews on the passage, and two heads."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from homevisit.domain.codec import plain
from homevisit.domain.conflicts import BASE
from homevisit.domain.entry import Act, Kind
from homevisit.domain.review import Anchor, Comment, Decision, ReviewBody
from homevisit.domain.visit import Mode, RecordState, Section
from homevisit.storage.ledger import NewEntry
from tests.desks import whole_draft
from tests.ui_visit.conftest import Room
from tests.ui_visit.test_visit_page import nameless
from ui.views.visit import VisitPage
from ui.widgets.growing import GrowingTextEdit
from ui.widgets.rows import RowList
from ui.widgets.segmented import Segmented
from ui.widgets.text import Caption


def signed(room: Room, words: str = "Seen and awake.") -> str:
    visit = whole_draft(room.services, room.family, words)
    room.services.signing.sign(visit)
    return visit


def amended(room: Room) -> str:
    visit = signed(room)
    room.services.drafting.amend(visit)
    room.services.drafting.save_section(visit, Section.FACTS, "Seen, awake and calm.")
    room.services.signing.sign(visit, "More was seen")
    return visit


def reviewed(room: Room, visit: str, decision: Decision = Decision.SEND_BACK) -> None:
    """The supervisor comments on a passage of the newest version, and the review comes back."""
    mine, theirs, folder = room.services, room.supervisor, Path(room.services.home.root).parent / "stick"
    folder.mkdir(exist_ok=True)
    mine.sending.export([card.card for card in mine.cards.supervisors()], folder)
    theirs.receiving.take_in(sorted(folder.glob("*.age")))
    head = theirs.records.visit(visit).row.head
    anchor = Anchor(part="note/facts", start=0, end=4, quote="Seen")
    comment = Comment(anchor=anchor, text="By whom?")
    theirs.reviews.decide(ReviewBody(visit=visit, version=head, decision=decision, comments=(comment,)))
    back = folder / "back"
    back.mkdir(exist_ok=True)
    theirs.sending.export([card.card for card in theirs.cards.known() if not card.mine], back)
    mine.receiving.take_in(sorted(back.glob("*.age")))


def test_a_signed_visit_says_who_signed_it_and_that_it_is_genuine(room: Room) -> None:
    page = room.signed(signed(room))
    version = page._presenter.state.version
    assert version is not None
    assert version.genuine
    assert page._signer._who.text() == version.author_name
    assert page._badge.badge.text == "Signed"


def test_the_original_stays_readable_after_an_amendment(room: Room) -> None:
    page = room.signed(amended(room))
    assert "awake and calm" in page._reader.toPlainText()
    first = page._presenter.state.signed.versions[0].entry  # type: ignore[union-attr]
    room.find(RowList, "signed.versions").opened.emit(first)
    room.settle()
    assert "awake and calm" not in page._reader.toPlainText()
    assert page._bar.notice is not None
    assert page._bar.notice.action == "newest"


def test_amending_opens_the_visit_for_writing(room: Room) -> None:
    visit = signed(room)
    room.signed(visit)
    room.click("signed.amend")
    room.settle()
    assert isinstance(room.desk.page, VisitPage)
    assert room.desk.page._presenter.state.amends


def test_entered_in_error_asks_for_a_reason_and_strikes_through(room: Room) -> None:
    page = room.signed(signed(room))
    room.click("signed.withdraw")
    room.click("signed.withdraw.agree")
    room.settle()
    assert page._panel._form._row.problem
    room.find(GrowingTextEdit, "signed.withdraw.reason").setFocus()
    room.type("Wrong family")
    room.click("signed.withdraw.agree")
    room.settle()
    assert page._presenter.state.is_withdrawn
    assert page._badge.badge.text == "Entered in error"
    assert "Seen and awake." in page._reader.toPlainText()
    assert not page._amend.isVisible()


def test_a_review_stands_on_the_very_passage(room: Room) -> None:
    visit = signed(room)
    reviewed(room, visit)
    page = room.signed(visit)
    assert page._presenter.state.signed.row.state is RecordState.SENT_BACK  # type: ignore[union-attr]
    assert page._reader.is_pinned(0)
    room.click("signed.comment.1")
    assert page._reader.active_comment == 0
    assert "By whom?" in page._reviews._buttons[0].accessibleName()


def test_after_an_amendment_the_page_says_which_version_was_reviewed(room: Room) -> None:
    visit = signed(room)
    reviewed(room, visit)
    room.services.drafting.amend(visit)
    room.services.drafting.save_section(visit, Section.PLAN, "Phone on Friday.")
    room.services.signing.sign(visit, "As asked")
    page = room.signed(visit)
    texts = [label.text() for label in page._reviews.findChildren(type(page._signer._times))]
    assert "Reviewed version 1, now version 2." in texts


def test_marked_here_and_amended_there_is_said_in_words_and_not_struck_through(room: Room) -> None:
    visit = signed(room)
    room.services.drafting.amend(visit)
    room.services.drafting.save_section(visit, Section.PLAN, "Phone on Friday.")
    room.services.signing.withdraw(visit, "Wrong family")
    room.services.signing.sign(visit, "As asked")
    page = room.signed(visit)
    assert page._bar.notice is not None
    assert page._bar.notice.sentence.startswith("One version marks this visit as entered in error")
    assert page._bar.notice.action == "settle"
    assert not page._presenter.state.is_withdrawn


def test_in_home_view_the_signed_page_is_silent_about_the_review(room: Room) -> None:
    visit = signed(room)
    reviewed(room, visit)
    page = room.signed(visit)
    assert page._badge.badge.text != "Signed"
    room.desk.set_in_home(True)
    assert page._badge.badge.text == "Signed"
    assert not page._reviews.isVisible()


def beside(room: Room) -> str:
    """A visit of which another laptop signed another version, of the mother's view and of where it was."""
    visit = amended(room)
    versions = room.services.records.history(visit)
    first = room.services.records.version(versions[0].entry)
    words = {Section.FACTS: "Seen by another hand.", Section.PARENTS_VIEW: "Sleeps better."}
    other = replace(first, mode=Mode.CLINIC, note={**first.note, **words})
    parents = (versions[0].entry,)
    new = NewEntry(record=visit, kind=Kind.VISIT, act=Act.AMEND, family=room.family, body=plain(other), parents=parents)
    room.services.store.ledger.append([new])
    return visit


def test_for_every_part_that_differs_one_chooses_what_holds(room: Room) -> None:
    visit = beside(room)
    page = room.signed(visit)
    card = page._settle
    parts = [each.part for each in page._presenter.state.differing.differences]  # type: ignore[union-attr]
    assert parts == ["mode", "note/facts", "note/parents-view"]
    assert "The other version" in [each.text() for each in card.findChildren(Caption)]
    facts = room.find(Segmented, "signed.settle.1")
    assert facts.value() == page._presenter.state.head
    facts.answer_given.emit(BASE)
    room.click("signed.settle.together")
    room.settle()
    draft = room.services.drafting.open(visit).body
    assert draft.note[Section.FACTS] == "Seen and awake."
    assert (draft.mode, draft.note[Section.PARENTS_VIEW]) == (Mode.CLINIC, "Sleeps better.")
    assert isinstance(room.desk.page, VisitPage)


def test_a_mark_beside_a_change_is_settled_as_a_mark_with_its_reason(room: Room) -> None:
    visit = signed(room)
    room.services.drafting.amend(visit)
    room.services.signing.withdraw(visit, "Wrong family")
    room.services.signing.sign(visit, "As asked")
    page = room.signed(visit)
    assert "Wrong family" in page._settle._said.text()
    room.click("signed.settle.error")
    room.settle()
    state = page._presenter.state
    assert state.is_withdrawn
    assert not page._settle.isVisible()
    assert room.services.records.history(visit)[-1].reason == "Wrong family"


def test_two_heads_stand_side_by_side_until_one_amendment_settles_them(room: Room) -> None:
    visit = amended(room)
    versions = room.services.records.history(visit)
    first = room.services.records.version(versions[0].entry)
    other = replace(first, note={**first.note, Section.FACTS: "Seen by another hand."})
    room.services.store.ledger.append(
        [
            NewEntry(
                record=visit,
                kind=Kind.VISIT,
                act=Act.AMEND,
                family=room.family,
                body=plain(other),
                parents=(versions[0].entry,),
                reason="On the other laptop",
            )
        ]
    )
    page = room.signed(visit)
    assert page._beside.isVisible()
    assert "Seen by another hand." in page._reader.toPlainText() + page._beside.toPlainText()
    page._bar.acted.emit("settle")
    room.settle()
    assert isinstance(room.desk.page, VisitPage)
    room.services.signing.sign(visit, "Both were right")
    assert not room.signed(visit)._beside.isVisible()


def test_every_control_of_a_signed_visit_has_a_name(room: Room) -> None:
    visit = amended(room)
    reviewed(room, visit)
    page = room.signed(visit)
    room.click("signed.withdraw")
    assert nameless(page) == []


def test_in_home_view_hides_what_the_supervisor_wrote(room: Room) -> None:
    visit = signed(room)
    reviewed(room, visit)
    page = room.signed(visit)
    assert page._reviews.isVisible()
    room.shell.privacy.enter(room.family)
    assert not page._reviews.isVisible()
