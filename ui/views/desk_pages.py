"""Today, Families, Family, Search and Settings as the desk registers them."""

from __future__ import annotations

from homevisit.domain.card import Desk
from ui.pages import PageSpec
from ui.preferences import Preferences
from ui.presenters.families import FamiliesPresenter
from ui.presenters.family import FamilyPresenter
from ui.presenters.filing import FilingPresenter
from ui.presenters.people_form import PeopleFormPresenter
from ui.presenters.recovery_code import RecoveryCodePresenter
from ui.presenters.search import SearchPresenter
from ui.presenters.settings import SettingsPresenter
from ui.presenters.team import TeamPresenter
from ui.presenters.today import TodayPresenter
from ui.prompts.spoken_dates import interpret
from ui.shell import Shell
from ui.views.families import FamiliesPage
from ui.views.family import FamilyPage
from ui.views.filing import FilingPage
from ui.views.new_family import NewFamilyPage
from ui.views.search import SearchPage
from ui.views.settings import SettingsPage
from ui.views.today import TodayPage
from ui.words import tr

PRACTITIONER = frozenset({Desk.PRACTITIONER})


def desk_specs(preferences: Preferences) -> tuple[PageSpec, ...]:
    """Where a practitioner's day begins, and finding one's way among families."""

    def family(shell: Shell) -> FamilyPage:
        presenter = FamilyPresenter(shell, begins_in_home=lambda: preferences.settings.visits_in_home)
        return FamilyPage(shell, presenter, PeopleFormPresenter(shell, interpret))

    return (
        PageSpec(
            name="today",
            make=lambda shell: TodayPage(shell, TodayPresenter(shell)),
            title=tr("rail", "Today"),
            icon="house",
            in_rail=True,
            desks=PRACTITIONER,
        ),
        PageSpec(
            name="families",
            make=lambda shell: FamiliesPage(shell, FamiliesPresenter(shell)),
            title=tr("rail", "Families"),
            icon="users",
            in_rail=True,
            desks=PRACTITIONER,
        ),
        PageSpec(name="family", make=family, in_home=True, below="families", desks=PRACTITIONER),
        PageSpec(
            name="new-family",
            make=lambda shell: NewFamilyPage(shell, PeopleFormPresenter(shell, interpret)),
            below="families",
            desks=PRACTITIONER,
        ),
        PageSpec(
            name="filing",
            make=lambda shell: FilingPage(shell, FilingPresenter(shell)),
            below="exchange",
            desks=PRACTITIONER,
        ),
    )


def search_spec() -> PageSpec:
    """Search, on both desks."""
    return PageSpec(
        name="search",
        make=lambda shell: SearchPage(SearchPresenter(shell)),
        title=tr("rail", "Search"),
        icon="search",
        in_rail=True,
    )


def settings_spec(preferences: Preferences) -> PageSpec:
    """Settings, the last of the rail."""
    return PageSpec(
        name="settings",
        make=lambda shell: SettingsPage(
            preferences, SettingsPresenter(shell), RecoveryCodePresenter(shell), TeamPresenter(shell)
        ),
        title=tr("rail", "Settings"),
        icon="settings",
        in_rail=True,
    )
