"""Every state of every page that a person can bring about, by name, with the way there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pytestqt.qtbot import QtBot

from homevisit.assembly import Services
from homevisit.clock import SystemClock
from homevisit.domain.card import SignedCard
from homevisit.domain.filing import FhirServer, policy_that_allows
from homevisit.domain.place import FOLDER
from homevisit.domain.team import Revocation
from homevisit.domain.visit import Contact
from homevisit.services.team_making import TeamMaking, with_card, without_laptops
from homevisit.signatures import sign
from tests.accessibility.conftest import Program
from tests.desks import CHEAP

Reach = Callable[[Program, QtBot], None]
Record = Callable[[Services], str]


def nothing(_: Services) -> str:
    return ""


def family(services: Services) -> str:
    return services.families.list("")[0].id


def draft(services: Services) -> str:
    """The draft of this family, begun when it is first asked for."""
    unfinished = [each.visit for each in services.drafting.unfinished() if each.body.family == family(services)]
    return unfinished[0] if unfinished else services.drafting.start(family(services), Contact.SIX_WEEKS).visit


def signed(services: Services) -> str:
    return services.families.timeline(family(services))[0].id


def place(services: Services) -> str:
    """There is a folder to send to, and one that is not there."""
    if not services.places.all():
        for name in (".", "not there"):
            services.places.add(FOLDER, "", {"path": str(services.home.root / name)}, {})
    return ""


def server(services: Services) -> str:
    """There is a server to file visits at, which some of what is sensitive may go to."""
    if not services.filing.servers():
        allowed = policy_that_allows(("third_parties", "contact_details"))
        services.filing.put(FhirServer(id="", url="https://fhir.example.org", title="Example", policy=allowed))
    return ""


def team(services: Services) -> str:
    """There is a team, which says that this laptop is lost, and a further laptop."""
    if services.teams.current() is None:
        making, file, key = (
            TeamMaking(SystemClock(), cost=CHEAP),
            services.home.root / "t",
            services.home.root / "t.key",
        )
        made = making.create(file, key, "words", organisation="Example Trust").team
        me = services.store.identity
        mine = SignedCard(card=me.card, signature=me.card_signature)
        lost = Revocation(device=me.card.device, at=me.card.made_at)
        making.change(file, without_laptops(with_card(made, mine), [lost]))
        making.sign(file, key, "words")
        services.teams.take(services.teams.read(file))
        other = replace(me.card, device="another")
        signature = sign(me.person_key, other.signing_bytes())
        services.store.cards.add(other, signature, confirmed_at=me.card.made_at)
    return ""


def page(name: str, record: Record = nothing, *presses: str) -> Reach:
    """Go to a page and press some of its buttons."""

    def reach(program: Program, qtbot: QtBot) -> None:
        program.go(qtbot, name, program.ask(record))
        for each in presses:
            program.press(qtbot, each)

    return reach


def typed(name: str, words: str) -> Reach:
    """Go to a page and type where the cursor stands."""

    def reach(program: Program, qtbot: QtBot) -> None:
        program.go(qtbot, name)
        program.type(qtbot, words)

    return reach


def sheet(keys: str) -> Reach:
    """A sheet over a page."""

    def reach(program: Program, qtbot: QtBot) -> None:
        program.go(qtbot, "settings")
        program.keys(qtbot, keys)

    return reach


def reviewing(program: Program, qtbot: QtBot) -> None:
    """A visit of the queue with a place for a comment."""
    program.go(qtbot, "review")
    program.press(qtbot, "review.comment.add")


ON_BOTH: dict[str, Reach] = {
    "exchange": page("exchange"),
    "exchange, with places": page("exchange", place),
    "exchange, my card as a code": page("exchange", nothing, "cards.mine.code"),
    "library": page("library"),
    "search": page("search"),
    "search, found": typed("search", "baby"),
    "search, nothing found": typed("search", "zzzz"),
    "settings": page("settings"),
    "settings, in a team": page("settings", team),
    "settings, another passphrase": page("settings", nothing, "settings.passphrase.open"),
    "settings, another code": page("settings", nothing, "settings.recovery.open"),
    "go to anything": sheet("Ctrl+K"),
    "shortcuts": sheet("F1"),
}
PRACTITIONER: dict[str, Reach] = {
    "today": page("today"),
    "today, ready": page("today", nothing, "today.check"),
    "families": page("families"),
    "families, nothing found": typed("families", "zzzz"),
    "family": page("family", family),
    "family, starting a visit": page("family", family, "family.start_visit"),
    "family, changing details": page("family", family, "family.edit"),
    "family, another person": page("family", family, "family.people.add"),
    "family, a tie": page("family", family, "family.people.add_tie"),
    "family, entered in error": page("family", family, "family.people.add_error"),
    "new family": page("new-family", nothing, "new_family.add.child", "new_family.add.mother"),
    "visit": page("visit", draft),
    "finish": page("finish", draft),
    "finish, leaving out": page("finish", draft, "*.leave"),
    "signed": page("signed", signed),
    "signed, withdrawing": page("signed", signed, "signed.withdraw"),
    "library, as it is asked": page("library", nothing, "library.try"),
    "recovery": page("recovery"),
    "exchange, adding a place": page("exchange", nothing, "places.add"),
    "filing": page("filing", server),
    "filing, adding a server": page("filing", server, "filing.add", "filing.access.client-credentials"),
    **ON_BOTH,
}
SUPERVISOR: dict[str, Reach] = {
    "review": page("review"),
    "review, commenting": reviewing,
    **ON_BOTH,
}
