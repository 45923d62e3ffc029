"""Puts an open store and its services together: plain constructors, no globals. Windows and commands start here."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from homevisit import settings
from homevisit.clock import Clock
from homevisit.errors import HomeVisitError
from homevisit.paths import Home
from homevisit.prompts.library import Library
from homevisit.services.announcing import Announcing
from homevisit.services.answering import Answering
from homevisit.services.cards import Cards
from homevisit.services.conflicts import Conflicts
from homevisit.services.drafting import Drafting
from homevisit.services.earlier import Earlier
from homevisit.services.escrow import Escrow
from homevisit.services.families import Families
from homevisit.services.filing import FhirFiling
from homevisit.services.finding import Finding
from homevisit.services.form_drafts import FormDrafts
from homevisit.services.lateness import Lateness
from homevisit.services.over_time import OverTime
from homevisit.services.pack_making import PackMaking
from homevisit.services.places import Places
from homevisit.services.prompt_library import PromptLibrary
from homevisit.services.readiness import Readiness
from homevisit.services.receiving import Receiving
from homevisit.services.records import Records
from homevisit.services.reviews import Reviews
from homevisit.services.safekeeping import Safekeeping
from homevisit.services.schedules import Schedules
from homevisit.services.second_laptop import SecondLaptop
from homevisit.services.sending import Sending
from homevisit.services.sharing import Sharing
from homevisit.services.signing import Signing
from homevisit.services.syncing import Syncing, syncing_of
from homevisit.services.team import Teams
from homevisit.services.today import Today
from homevisit.services.upkeep import Upkeep
from homevisit.storage.access import AccessAct
from homevisit.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything a person can do with an unlocked store."""

    home: Home
    store: Store
    library: Library
    prompt_library: PromptLibrary
    pack_making: PackMaking
    families: Families
    drafting: Drafting
    signing: Signing
    records: Records
    reviews: Reviews
    cards: Cards
    sending: Sending
    receiving: Receiving
    schedules: Schedules
    today: Today
    finding: Finding
    filing: FhirFiling
    upkeep: Upkeep
    form_drafts: FormDrafts
    readiness: Readiness
    safekeeping: Safekeeping
    over_time: OverTime
    earlier: Earlier
    sharing: Sharing
    teams: Teams
    places: Places
    syncing: Syncing
    announcing: Announcing
    second_laptop: SecondLaptop
    conflicts: Conflicts
    escrow: Escrow

    def close(self) -> None:
        """Close the store, once; nothing is lost, since everything was written when it happened."""
        if not self.store.is_open:
            return
        with suppress(HomeVisitError):  # a full disk keeps no line of the log, and nobody from locking
            self.store.access.record(AccessAct.LOCKED)
        self.store.close()


def assemble(store: Store, *, clock: Clock) -> Services:
    """Build the services of an open store."""
    home = store.home
    library, cards = Library.shipped().copy(), Cards(store, clock)
    prompt_library = PromptLibrary(store, library, cards, clock)
    try:
        prompt_library.bring_up()
    except HomeVisitError:
        store.notice("pack.unreadable")  # a damaged page of the packs must not keep anybody from the notes
    teams = Teams(store, clock)
    announcing = Announcing(store, teams, clock)
    drafting = Drafting(store, clock)
    signing = Signing(store, drafting, Answering(library), clock)
    schedules = Schedules(settings.load(home.settings).nation)
    sharing, places = Sharing(store, clock, teams), Places(store, clock, teams)
    lateness = Lateness(store, teams, clock)
    receiving = Receiving(store, home, announcing)
    return Services(
        home=home,
        store=store,
        library=library,
        prompt_library=prompt_library,
        pack_making=PackMaking(store, clock),
        families=Families(store),
        drafting=drafting,
        signing=signing,
        records=Records(store),
        reviews=Reviews(store, lateness),
        cards=cards,
        sending=Sending(store, home, clock, sharing),
        receiving=receiving,
        schedules=schedules,
        today=Today(store, drafting, clock, schedules=schedules, lateness=lateness),
        finding=Finding(store),
        filing=FhirFiling(store, library, clock),
        upkeep=Upkeep(store, home, clock),
        form_drafts=FormDrafts(store),
        readiness=Readiness(store, home, library),
        safekeeping=Safekeeping(store, home, clock),
        over_time=OverTime(store, library),
        earlier=Earlier(store, library),
        conflicts=Conflicts(store, drafting, signing),
        sharing=sharing,
        teams=teams,
        places=places,
        syncing=syncing_of(store, clock, places=places, sharing=sharing, receiving=receiving),
        announcing=announcing,
        second_laptop=SecondLaptop(store, clock),
        escrow=Escrow(store, home, teams, clock),
    )
