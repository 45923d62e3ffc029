"""What went between the two demo desks: cards, packages, reviews and their return, through real sealed files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from homevisit.domain.review import Anchor, Comment, Decision, ReviewBody
from homevisit.domain.visit import Section, VisitBody
from homevisit.errors import HomeVisitError
from homevisit.services.demo import days
from homevisit.services.demo.chronicle import Event
from homevisit.services.demo.telling import Telling
from homevisit.services.homes import Created
from resources import read_text

REVIEWS = "demo/reviews.toml"


class Correspondence:
    """The practitioner sends, the supervisor reviews and returns; both folders of files go away afterwards."""

    def __init__(self, desk: Created, supervisor: Created, tellings: Mapping[str, Telling], scratch: Path) -> None:
        self._desk = desk.services
        self._supervisor = supervisor.services
        self._tellings = tellings
        self._scratch = scratch

    def events(self, now: datetime) -> Iterator[Event]:
        """Everything that is sent, read and returned, in the order of ``resources/demo/reviews.toml``."""
        source = tomllib.loads(read_text(REVIEWS))
        today = now.astimezone().date()
        met = days.moment(days.working_day(today, source["met"]["day"]), source["met"]["at"])
        yield Event(met, act=self._exchange_cards)
        for number, sent in enumerate(source["exchange"]):
            out, back = self._scratch / f"out-{number}", self._scratch / f"back-{number}"
            sent_at = days.moment(days.working_day(today, sent["day"]), sent["at"])
            read_at = max(sent_at, days.moment(days.offset_day(today, sent["read_day"]), sent["read_at"]))
            yield Event(sent_at, act=partial(self._carry, out, back=False))
            yield Event(read_at, act=partial(self._review, sent["review"], today))
            yield Event(read_at, act=partial(self._carry, back, back=True))

    def _exchange_cards(self) -> None:
        for source, target in ((self._desk, self._supervisor), (self._supervisor, self._desk)):
            path = source.cards.save(self._scratch / f"{source.cards.mine().card.role}.card")
            target.cards.confirm(target.cards.read(path))

    def _review(self, reviews: list[dict[str, Any]], today: date) -> None:
        for told in reviews:
            telling = self._tellings.get(told["family"])
            row = telling and self._supervisor.store.views.visit_row(telling.visits[told["visit"]])
            if row:
                body = self._supervisor.records.visit(row.id).body
                due = days.offset_day(today, told["due"]).isoformat() if "due" in told else ""
                review = ReviewBody(
                    visit=row.id,
                    version=row.head,
                    decision=Decision(told["decision"]),
                    comments=tuple(_comment(each, body) for each in told.get("comment", ())),
                    action=told.get("action", ""),
                    due=due,
                )
                self._supervisor.reviews.decide(review)

    def _carry(self, folder: Path, *, back: bool) -> None:
        """Send everything that the other one does not have yet, and let it be taken in there."""
        source, target = (self._supervisor, self._desk) if back else (self._desk, self._supervisor)
        folder.mkdir()
        person = target.cards.mine().card.person
        to = [known.card for known in source.cards.known() if known.card.person == person]
        try:
            source.sending.export(to, folder)
        except HomeVisitError as refusal:
            if refusal.code != "sending.nothing_new":
                raise
        target.receiving.take_in(sorted(folder.iterdir()))


def _comment(told: Mapping[str, Any], body: VisitBody) -> Comment:
    """A comment on a passage (by its words), on an answer (by its path), or on the whole visit."""
    if "section" in told:
        text, quote = body.note[Section(told["section"])], told["quote"]
        start = text.index(quote)
        anchor = Anchor(part=f"note/{told['section']}", start=start, end=start + len(quote), quote=quote)
    elif "answer" in told:
        anchor = Anchor(part=f"response/{told['response']}/{told['answer']}")
    else:
        anchor = Anchor()
    return Comment(anchor=anchor, text=told["text"])
