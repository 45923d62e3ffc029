"""The homes that are photographed: a demo pair, with everything added that the demo does not tell by itself."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from homevisit.assembly import Services
from homevisit.clock import SystemClock
from homevisit.domain.card import Desk, SignedCard
from homevisit.domain.codec import plain
from homevisit.domain.entry import Act, Kind
from homevisit.domain.family import CARERS, FamilyDetails, Level, Person, PersonDetails, Role
from homevisit.domain.moments import wall_text
from homevisit.domain.place import FOLDER
from homevisit.domain.summaries import VisitRow
from homevisit.domain.team import LocalService, Policy
from homevisit.domain.visit import Asked, ChildSeen, Contact, Presence, RecordState, Section, SeenAlone
from homevisit.paths import Home
from homevisit.services import homes
from homevisit.services.demo.answers import conversation
from homevisit.services.demo.making import PASSPHRASE, QUICK, make_demo
from homevisit.services.demo.story import ConversationStory
from homevisit.services.team_making import TeamMaking, with_card, with_supervisors
from homevisit.storage.ledger import NewEntry

NOTE = {
    Section.FACTS: (
        "10:05 – At home. Gemma, Tom and Arlo in the living room; Tom’s mother made tea and left us.\n"
        "10:20 – Arlo awake in Tom’s arms, followed his face. Weighed undressed: 3,620 g.\n"
        "10:40 – Gemma seen alone in the kitchen while Tom changed Arlo. Tom seen alone on the way out."
    ),
    Section.PARENTS_VIEW: "Gemma: “It does not hurt any more. I forgot what that is like.”\nTom: “I do the ten.”",
    Section.BABY: "I am held a lot, and when I look away they wait for me.",
    Section.ANALYSIS: "Birth weight regained. Warm, attentive care by two tired parents who share the nights.",
    Section.PLAN: "I ring on Friday about the nights. Next contact when it is due by age.",
}
TALK = ConversationStory(
    carer="",
    consent="given",
    words="Close, tiring, funny.",
    joy="When he turns to my voice before he knows it is me.",
    fear="That I miss something because I am so tired.",
    strengths=(("Waits for Arlo to look back before speaking.", "Seen twice during the feed."),),
    needs=(("Sleep; nobody to take a night feed on weekdays.", "The answer to the third question."),),
)
LONG_NAME = "Maximiliane-Alexandrina Featherstonehaugh-Cholmondeley van der Westhuizen"
LONG_LINE = "A long line that somebody typed without a pause, because the baby was crying and the kettle was on. "
RTL = "وصلت في الساعة العاشرة. الطفلة مستيقظة وتنظر إلى أمها. תינוקת ערה ומחייכת."
DAMAGED = b"age-encryption.org/v1\n" + b"not a package " * 40


@dataclass(frozen=True)
class Facts:
    """Where the homes are, and the ids that the ways to the screens need."""

    folder: Path
    passphrase: str = PASSPHRASE
    ids: dict[str, str] = field(default_factory=dict)

    def home(self, name: str) -> Home:
        return Home(self.folder / name)

    def write(self) -> None:
        """Leave the ids beside the homes, for another process."""
        (self.folder / "ids.json").write_text(json.dumps(self.ids), "utf-8")

    @staticmethod
    def read(folder: Path) -> Facts:
        """What ``write`` left."""
        return Facts(folder, ids=json.loads((folder / "ids.json").read_text("utf-8")))

    @property
    def card(self) -> Path:
        """The card of somebody who is not known yet."""
        return self.folder / "new-supervisor.card"

    @property
    def team(self) -> Path:
        """A team file that was not opened yet."""
        return self.folder / "applewick.homevisit-team"


def make_homes(folder: Path) -> Facts:
    """Every home; one that was left in the middle of a visit and one to mistype at are copies."""
    facts = Facts(folder)
    make_demo(facts.home("practitioner"), clock=SystemClock(), supervisor=facts.home("supervisor"))
    _stranger(facts)
    _bare(facts)
    shutil.copytree(folder / "practitioner", folder / "homevisit")
    services = homes.unlock(facts.home("practitioner"), PASSPHRASE, clock=SystemClock())
    _fill(services, facts)
    services.close()
    shutil.copytree(folder / "practitioner", folder / "interrupted")
    services = homes.unlock(facts.home("interrupted"), PASSPHRASE, clock=SystemClock())
    _interrupt(services, facts)
    services.close()
    _unreadable(facts.home("broken"))
    return facts


def _fill(services: Services, facts: Facts) -> None:
    facts.ids.update({row.name.split()[0]: row.id for row in services.families.list()})
    for draft in services.drafting.unfinished():
        services.drafting.settle(draft.visit)
    _visits(services, facts)
    _long(services, facts)
    _other_hand(services, facts)
    _packages(services, facts)
    _team(services, facts)


def _visits(services: Services, facts: Facts) -> None:
    """Drafts at three stages, an amendment, and signed visits in the states that the demo brings about."""
    ids = facts.ids
    whole = _whole(services, ids["Bell"], NOTE)
    ids["missing"] = services.drafting.start(ids["Kaplan-Doyle"], Contact.ADDITIONAL).visit
    services.drafting.save_section(ids["missing"], Section.FACTS, "10:05 – At home with Naomi and Tamar.")
    ids["empty"] = services.drafting.start(ids["Sandhu"], Contact.ADDITIONAL).visit
    ids["ready"] = whole
    signed = _whole(services, ids["Bell"], NOTE)
    services.signing.sign(signed)
    ids["amending"] = services.drafting.amend(signed).visit
    services.drafting.save_section(signed, Section.PLAN, NOTE[Section.PLAN] + "\nBlood test on Monday (GP).")
    services.drafting.save_reason(signed, "The GP rang after the visit.")
    rows = [row for family in services.families.list() for row in services.families.timeline(family.id)]
    ids["signed"] = signed
    ids["withdrawn"] = _first(rows, RecordState.WITHDRAWN)
    ids["sent-back"] = _first([row for row in rows if row.comments], RecordState.SENT_BACK)
    for visit in (ids["missing"], ids["empty"], whole, signed):
        services.drafting.settle(visit)


def _first(rows: Sequence[VisitRow], state: RecordState) -> str:
    return next(row.id for row in rows if row.state is state)


def _whole(services: Services, family: str, note: dict[Section, str]) -> str:
    """A draft that misses nothing."""
    draft = services.drafting.start(family, Contact.ADDITIONAL)
    people = services.families.brief(family).people
    carers = [person for person in people if person.details.role in CARERS]
    children = [person for person in people if person.details.role is Role.CHILD]
    body = replace(
        draft.body,
        started=wall_text(draft.started_at - timedelta(minutes=70)),
        ended=wall_text(draft.started_at - timedelta(minutes=10)),
        present=tuple(Presence(person=person.id) for person in carers),
        children=tuple(ChildSeen(person=child.id, seen=Asked.YES, awake=Asked.YES) for child in children),
        alone=tuple(SeenAlone(person=person.id, alone=Asked.YES) for person in carers),
    )
    services.drafting.save_contact(draft.visit, body)
    for section, text in note.items():
        services.drafting.save_section(draft.visit, section, text)
    _talk(services, draft.visit, carers)
    return draft.visit


def _talk(services: Services, visit: str, carers: Sequence[Person]) -> None:
    response = conversation(services.library, TALK, carers[-1].id, {})
    services.drafting.save_response(visit, f"three-step-conversation/{carers[-1].id}", response)


def _long(services: Services, facts: Facts) -> None:
    """Names, addresses and notes as long as they can get, also from right to left."""
    details = FamilyDetails(
        name=LONG_NAME.partition(" ")[2],
        address="Flat 114 b, The Old Wool Warehouse Apartments, 1207 Upper Saint Bartholomew’s Terrace, Applewick",
        level=Level.SPECIALIST,
        level_reason=LONG_LINE * 3,
        worries=LONG_LINE * 2,
        strengths=RTL,
        language="Arabic, Hebrew, English and Sylheti, depending on who is in the room",
    )
    people = [
        PersonDetails(name=LONG_NAME, role=Role.MOTHER, note=LONG_LINE * 2),
        PersonDetails(name="حداد بن عبد الرحمن آل سعود المكتوم الطويل جدا", role=Role.FATHER),
        PersonDetails(name=LONG_NAME + " the younger", role=Role.CHILD, birth_date="2026-09-20", gestation_days=206),
    ]
    facts.ids["long"] = family = services.families.create(details, people)
    lines = "\n".join(f"10:{minute:02d} – {LONG_LINE}" for minute in range(5, 45))
    note = {**NOTE, Section.FACTS: lines, Section.BABY: RTL, Section.ANALYSIS: "Unbroken" + "ness" * 60}
    signed = _whole(services, family, note)
    services.signing.sign(signed)
    facts.ids["long-signed"] = signed
    facts.ids["long-draft"] = draft = _whole(services, family, note)
    services.drafting.settle(draft)


def _other_hand(services: Services, facts: Facts) -> None:
    """What somebody wrote on another laptop without seeing ours: a second head, and a detail to settle."""
    family = facts.ids["Whitlock"]
    visit = next(row.id for row in services.families.timeline(family))
    body = services.records.visit(visit).body
    parents = services.store.ledger.heads(visit)
    for words in ("The mother corrected the time of the feed.", "Weight read again from the scales: 4,310 g."):
        note = {**body.note, Section.FACTS: f"{body.note.get(Section.FACTS, '')}\n{words}"}
        new = NewEntry(
            record=visit, kind=Kind.VISIT, act=Act.AMEND, family=family, body=plain(replace(body, note=note))
        )
        services.store.ledger.append([replace(new, parents=parents, reason=words)])
    facts.ids["two-heads"] = visit
    family = facts.ids["Carrow"]
    parents = services.store.ledger.heads(family)
    for number in ("07700 900171", "07700 900172"):
        change = {"set": {"phone": number}}
        new = NewEntry(record=family, kind=Kind.FAMILY, act=Act.AMEND, family=family, body=change, parents=parents)
        services.store.ledger.append([new])


def _packages(services: Services, facts: Facts) -> None:
    """One package that left by hand, two files that were refused, a visit that waits, and two places."""
    recipients = [known.card for known in services.cards.supervisors()]
    stick = facts.folder / "USB stick"
    stick.mkdir()
    services.sending.export(recipients, stick)
    for name in ("holiday-photos.age", "report.age"):
        (facts.folder / name).write_bytes(DAMAGED if name.startswith("report") else b"JFIF" * 30)
        services.receiving.take_in([facts.folder / name])
    services.signing.sign(_whole(services, facts.ids["Bell"], NOTE))
    (facts.folder / "Team folder").mkdir()
    for place in ("Team folder", "Stick that nobody put in"):
        services.places.add(FOLDER, "", {"path": str(facts.folder / place)}, {})


def _team(services: Services, facts: Facts) -> None:
    """The team file of the organisation, as its IT lead would write it."""
    making, key = TeamMaking(SystemClock(), cost=QUICK), facts.folder / "team.key"
    words = "violet kettle harbour spoons"
    team = making.create(facts.team, key, words, organisation="Applewick Community Health (demo)").team
    identity = services.store.identity
    cards = [SignedCard(card=identity.card, signature=identity.card_signature)]
    cards += [SignedCard(card=kept.card, signature=kept.signature) for kept in services.store.cards.all()]
    for card in cards:
        team = with_card(team, card)
    supervisors = [member.person for member in team.members if member.role is Desk.SUPERVISOR]
    team = with_supervisors(team, cards[0].card.person, supervisors)
    lines = (LocalService(name="Baby group", about="under one", contact="Tuesdays, library", checked_on="2026-11-02"),)
    policy = Policy(idle_lock=5, retention=90)
    making.change(facts.team, replace(team, policy=policy, directory=lines, expires="2030-12-31T23:59:59.000Z"))
    making.sign(facts.team, key, words)


def _interrupt(services: Services, facts: Facts) -> None:
    visit = facts.ids["ready"]
    services.drafting.settle(visit)
    services.drafting.save_section(visit, Section.FACTS, NOTE[Section.FACTS] + "\n11:02 – At the door: a cough.")
    services.drafting.save_section(visit, Section.PLAN, "I ring on Thursday about the nights.")


def _stranger(facts: Facts) -> None:
    """A supervisor whose card is to be added."""
    profile = homes.profile("Dr Imogen Farrow", Desk.SUPERVISOR, title="Named nurse", organisation="Applewick (demo)")
    made = homes.create(facts.home("stranger"), profile, PASSPHRASE, clock=SystemClock(), cost=QUICK)
    made.services.cards.save(facts.card)
    made.services.close()


def _bare(facts: Facts) -> None:
    """A practitioner's first day."""
    profile = homes.profile("Joy Adair", Desk.PRACTITIONER, title="Family nurse", organisation="Applewick (demo)")
    homes.create(facts.home("bare"), profile, PASSPHRASE, clock=SystemClock(), cost=QUICK).services.close()


def _unreadable(home: Home) -> None:
    home.store.mkdir(parents=True)
    home.database.write_bytes(b"\0" * 4096)
    home.keys.write_text("{ this was a key file once", "utf-8")
