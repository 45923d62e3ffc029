"""Tells one hand-written family through the services a person uses: drafted, completed, signed, amended, withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from homevisit.domain.family import FamilyDetails, Relation, Role
from homevisit.domain.moments import wall_text
from homevisit.domain.responses import key_of
from homevisit.domain.visit import Contact, Section, VisitBody
from homevisit.prompts.beginning import Known, known_at
from homevisit.services.demo import days
from homevisit.services.demo.answers import answers_to, conversation, observation
from homevisit.services.demo.bodies import asked_alone, body_of, child_seen, presence
from homevisit.services.demo.chronicle import Event
from homevisit.services.demo.people import Cast
from homevisit.services.demo.story import ChangeStory, FamilyStory, VisitStory
from homevisit.services.homes import Created

WRITTEN_LATER = ("level", "level_reason", "safety_note", "worries", "strengths")
SOONEST_CHANGE = timedelta(minutes=30)
LEFT_OPEN_DAYS = 4


class Telling:
    """One family: its events, and afterwards the ids of its visits by their keys."""

    def __init__(self, story: FamilyStory, cast: Cast, desk: Created, now: datetime) -> None:
        self._story = story
        self._cast = cast
        self._services = desk.services
        self._now = now
        self._today = now.astimezone().date()
        self._family = ""
        self.visits: dict[str, str] = {}

    def events(self) -> Iterator[Event]:
        """Everything that happens to this family."""
        told = self._story.visits
        first = min(self._started(visit) for visit in told)
        entered = days.moment(days.working_day(first.astimezone().date(), -1), "16:00")
        yield Event(entered, act=self._enter)
        yield from self._births()
        settled = next((visit for visit in told if visit.settles), [visit for visit in told if not visit.draft][-1])
        for visit in told:
            yield from self._visit(visit)
            if visit is settled:
                yield Event(self._signed(visit) + timedelta(minutes=2), act=self._settle)

    def _visit(self, visit: VisitStory) -> Iterator[Event]:
        yield Event(self._started(visit), act=partial(self._start, visit))
        yield Event(self._ended(visit), act=partial(self._write, visit))
        if visit.draft:
            return
        yield Event(self._signed(visit), act=partial(self._sign, visit))
        yield from self._follow_up(visit)
        if visit.amend:
            yield Event(self._changed(visit, visit.amend), act=partial(self._amend, visit))
        if visit.withdraw:
            yield Event(self._changed(visit, visit.withdraw), act=partial(self._withdraw, visit))

    def _births(self) -> Iterator[Event]:
        for key in self._cast.unborn_at_first():
            day = days.working_day(self._today, self._cast.entered_day(key))
            yield Event(days.moment(day, "08:45"), act=partial(self._born, key))

    def _follow_up(self, visit: VisitStory) -> Iterator[Event]:
        """What was planned is done on its day, but for the last few days' plans, which are still open."""
        start = self._day(visit)
        for planned in {action[3] for told in visit.conversation for action in told.actions}:
            due = days.offset_day(start, planned)
            if due <= days.offset_day(self._today, -LEFT_OPEN_DAYS):
                moment = max(days.moment(due, "16:30"), self._signed(visit) + timedelta(minutes=5))
                yield Event(moment, act=partial(self._complete, due))

    def _enter(self) -> None:
        full = self._details()
        bare = FamilyDetails(name=full.name)
        first = replace(full, **{name: getattr(bare, name) for name in WRITTEN_LATER})
        self._family = self._services.families.create(first)
        for key, details in self._cast.first_details():
            self._cast.ids[key] = self._services.families.add_person(self._family, details)
        for tie in self._story.ties:
            facts = {name: value for name, value in tie.items() if isinstance(value, bool)}
            source, target = self._cast.ids[tie["source"]], self._cast.ids[tie["target"]]
            self._services.families.tie(self._family, source, target, Relation(tie["relation"]), **facts)

    def _born(self, key: str) -> None:
        self._services.families.change_person(self._cast.ids[key], self._cast.details(key), "Born")

    def _settle(self) -> None:
        self._services.families.change(self._family, self._details())

    def _details(self) -> FamilyDetails:
        return FamilyDetails(**self._story.family)

    def _start(self, visit: VisitStory) -> None:
        draft = self._services.drafting.start(self._family, Contact(visit.contact))
        self.visits[_key(self._story, visit)] = draft.visit

    def _write(self, visit: VisitStory) -> None:
        name, drafting = self._id(visit), self._services.drafting
        drafting.save_contact(name, self._body(visit))
        for section, text in visit.note.items():
            drafting.save_section(name, Section(section.replace("_", "-")), self._filled(text, visit))
        due = {number: days.offset_day(self._day(visit), number).isoformat() for number in range(60)}
        library, ids = self._services.library, self._cast.ids
        told = [
            conversation(library, each, ids[each.carer], due, known=self._known(visit, each.carer))
            for each in visit.conversation
        ]
        told += [
            observation(library, each, ids[each.carer], known=self._known(visit, each.carer))
            for each in visit.observation
        ]
        told += [answers_to(library, each, ids.get(each.about, ""), self._day(visit)) for each in visit.answers]
        for response in told:
            drafting.save_response(name, key_of(response), response)
        drafting.settle(name)

    def _known(self, visit: VisitStory, carer: str) -> Known:
        births = [birth for key, birth in self._cast.births().items() if self._cast.details(key).role is Role.CHILD]
        return known_at(self._day(visit), births, carer=self._cast.details(carer).role.value)

    def _body(self, visit: VisitStory) -> VisitBody:
        ids = self._cast.ids
        return replace(
            body_of(visit, family=self._family),
            started=wall_text(self._started(visit)),
            ended="" if visit.draft else wall_text(self._ended(visit)),
            present=tuple(presence(who, ids) for who in visit.present),
            children=tuple(child_seen(ids[who], said) for who, said in visit.seen.items()),
            alone=tuple(asked_alone(ids[who], said) for who, said in visit.alone.items()),
        )

    def _sign(self, visit: VisitStory) -> None:
        name = self._id(visit)
        for what, reason in visit.left_out.items():
            room, _, who = what.rpartition("/")
            known = f"{room}/{self._cast.ids[who]}" if who in self._cast.ids else what
            self._services.signing.leave_out(name, known, reason)
        self._services.signing.sign(name)

    def _amend(self, visit: VisitStory) -> None:
        name, change = self._id(visit), visit.amend
        if change is not None:
            self._services.drafting.amend(name)
            for section, text in change.note.items():
                self._services.drafting.save_section(name, Section(section), self._filled(text, visit))
            self._services.signing.sign(name, change.reason)

    def _withdraw(self, visit: VisitStory) -> None:
        if visit.withdraw is not None:
            self._services.signing.withdraw(self._id(visit), visit.withdraw.reason)

    def _complete(self, due: date) -> None:
        for action in self._services.families.brief(self._family).actions:
            if not action.done and "" < action.due <= due.isoformat():
                self._services.families.complete_action(action, done=True)

    def _id(self, visit: VisitStory) -> str:
        return self.visits[_key(self._story, visit)]

    def _filled(self, text: str, visit: VisitStory) -> str:
        return days.filled(text, self._started(visit), self._cast.births())

    def _day(self, visit: VisitStory) -> date:
        return days.working_day(self._today, visit.day)

    def _started(self, visit: VisitStory) -> datetime:
        if visit.minutes:
            return self._now + timedelta(minutes=visit.minutes)
        return days.moment(self._day(visit), visit.at)

    def _ended(self, visit: VisitStory) -> datetime:
        if visit.draft:
            return self._started(visit) + timedelta(minutes=20)
        return days.moment(self._day(visit), visit.ends)

    def _signed(self, visit: VisitStory) -> datetime:
        return days.moment(self._day(visit), visit.signed)

    def _changed(self, visit: VisitStory, change: ChangeStory) -> datetime:
        planned = days.moment(days.working_day(self._today, change.day), change.at)
        return max(planned, self._signed(visit) + SOONEST_CHANGE)


def _key(story: FamilyStory, visit: VisitStory) -> str:
    return visit.key or str(story.visits.index(visit))
