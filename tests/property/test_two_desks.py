"""Random work at two desks, packages lost, repeated, out of order: nothing signed is lost, changed or doubled."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from homevisit.assembly import Services
from homevisit.clock import SystemClock
from homevisit.domain.review import Anchor, Comment, Decision, ReviewBody
from homevisit.domain.summaries import SignedVisit
from homevisit.domain.visit import RecordState, Section
from homevisit.services import homes
from tests.desks import PASSPHRASE, Desks, add_family, open_desks, whole_draft

WORDS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
DECISIONS = st.sampled_from(Decision)


class TwoDesks(RuleBasedStateMachine):
    """Draft, sign, amend, withdraw, export, import, review and return, in any order."""

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="homevisit-two-"))
        self.desks: Desks = open_desks(self.folder)
        self.family = add_family(self.one)
        self.signed: dict[str, int] = {}
        self.drafts: list[str] = []
        self.exports = self._place("from-practitioner")
        self.returns = self._place("from-supervisor")

    @property
    def one(self) -> Services:
        return self.desks.practitioner

    @property
    def other(self) -> Services:
        return self.desks.supervisor

    @rule(words=WORDS)
    def draft(self, words: str) -> None:
        self.drafts.append(whole_draft(self.one, self.family, words))

    @precondition(lambda self: self.drafts)
    @rule(data=st.data(), words=WORDS)
    def write(self, data: st.DataObject, words: str) -> None:
        visit = data.draw(st.sampled_from(self.drafts))
        self.one.drafting.save_section(visit, Section.FACTS, words)
        assert self.one.drafting.open(visit).body.note[Section.FACTS] == words

    @precondition(lambda self: self.drafts)
    @rule(data=st.data())
    def sign(self, data: st.DataObject) -> None:
        visit = data.draw(st.sampled_from(self.drafts))
        preview = self.one.signing.preview(visit)
        if not preview.can_sign:
            for item in preview.missing:
                self.one.signing.leave_out(visit, item.what, "left out in a test")
        self.one.signing.sign(visit, "because a test says so")
        self.drafts.remove(visit)
        self.signed[visit] = self.signed.get(visit, 0) + 1

    @precondition(lambda self: self.signed)
    @rule(data=st.data())
    def amend(self, data: st.DataObject) -> None:
        visit = data.draw(st.sampled_from(sorted(self.signed)))
        self.one.drafting.amend(visit)
        if visit not in self.drafts:
            self.drafts.append(visit)

    @precondition(lambda self: self.signed)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        visit = data.draw(st.sampled_from(sorted(self.signed)))
        if visit in self.drafts:
            return
        self.one.signing.withdraw(visit, "entered in error in a test")
        self.signed[visit] += 1
        assert self.one.records.visit(visit).row.state is RecordState.WITHDRAWN

    @rule()
    def export(self) -> None:
        self._export(self.one, self.exports)

    @rule(data=st.data())
    def deliver_some(self, data: st.DataObject) -> None:
        self._take_in(self.other, self.exports, data)

    @precondition(lambda self: self.other.reviews.queue().rows)
    @rule(data=st.data(), decision=DECISIONS, words=WORDS)
    def review(self, data: st.DataObject, decision: Decision, words: str) -> None:
        row = data.draw(st.sampled_from(self.other.reviews.queue().rows))
        comment = Comment(anchor=Anchor(part="note/facts", quote=""), text=words.strip() or "Thank you.")
        body = ReviewBody(visit=row.id, version=row.head, decision=decision, comments=(comment,))
        self.other.reviews.decide(body)

    @rule()
    def export_reviews(self) -> None:
        self._export(self.other, self.returns)

    @rule(data=st.data())
    def return_some(self, data: st.DataObject) -> None:
        self._take_in(self.one, self.returns, data)

    @rule()
    def restart(self) -> None:
        home = self.one.home
        self.one.close()
        reopened = homes.unlock(home, PASSPHRASE, clock=SystemClock())
        self.desks = Desks(practitioner=reopened, supervisor=self.other, folder=self.folder)
        assert not self.one.store.start_report.findings

    @rule()
    def rebuild(self) -> None:
        for desk in (self.one, self.other):
            before = [desk.records.visit(row.id) for row in desk.store.views.recent_visits(100)]
            desk.upkeep.rebuild()
            assert [desk.records.visit(row.id) for row in desk.store.views.recent_visits(100)] == before

    @invariant()
    def every_signed_version_is_there(self) -> None:
        for visit, count in getattr(self, "signed", {}).items():
            versions = self.one.records.history(visit)
            assert len(versions) == count
            assert all(version.genuine for version in versions)

    def teardown(self) -> None:
        if not hasattr(self, "desks"):
            return
        self._deliver_everything()
        for visit in self.signed:
            assert _read(self.other.records.visit(visit)) == _read(self.one.records.visit(visit))
        assert self.one.upkeep.check() == ()
        assert self.other.upkeep.check() == ()
        self.desks.close()
        shutil.rmtree(self.folder)

    def _place(self, name: str) -> Path:
        place = self.folder / name
        place.mkdir()
        return place

    def _export(self, desk: Services, place: Path) -> None:
        recipients = [known.card for known in desk.cards.known()]
        if any(each.entries for each in desk.sending.by_hand()):
            desk.sending.export(recipients, place)

    def _take_in(self, desk: Services, place: Path, data: st.DataObject) -> None:
        files = sorted(place.iterdir())
        chosen = data.draw(st.lists(st.sampled_from(files), max_size=4)) if files else []
        assert all(row.code == "" for row in desk.receiving.take_in(chosen))

    def _deliver_everything(self) -> None:
        self._export(self.one, self.exports)
        self._export(self.other, self.returns)
        for desk, place in ((self.other, self.exports), (self.one, self.returns)):
            rows = desk.receiving.take_in(sorted(place.iterdir(), reverse=True))
            assert all(row.code == "" for row in rows)


def _read(signed: SignedVisit) -> object:
    """What both desks must read alike (states differ: one sent it, the other received it)."""
    return signed.body, signed.row.head, [version.entry for version in signed.versions], len(signed.reviews)


TestTwoDesks = TwoDesks.TestCase
TestTwoDesks.settings = settings(stateful_step_count=20, max_examples=25)


@pytest.mark.slow
def test_a_thousand_histories_at_two_desks() -> None:
    run_state_machine_as_test(TwoDesks, settings=settings(stateful_step_count=40, max_examples=1_000))
