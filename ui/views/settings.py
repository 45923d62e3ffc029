"""Settings: how the program looks and when it locks, backups, the passphrase, the access log, and what this is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from homevisit.changes import Changes
from ui.pages import Page
from ui.preferences import SCALES, Preferences
from ui.presenters.recovery_code import RecoveryCodePresenter
from ui.presenters.settings import SettingsPresenter, SettingsState
from ui.presenters.team import TeamPresenter
from ui.prompts.flow import FlowLayout
from ui.settings_places import PASSPHRASE, RECOVERY, TEAM, settings_place
from ui.tokens import Space
from ui.views.family_parts import ListCard
from ui.views.recovery_code import RecoveryCodeCard
from ui.views.settings_nation import NationCard
from ui.views.settings_store import AboutCard, BackupsCard, PassphraseCard, access_row
from ui.views.settings_team import LaptopsCard, TeamCard
from ui.widgets.bars import QuietBar
from ui.widgets.fields import CheckBox, ChoiceBox, FieldRow
from ui.widgets.header import PageHeader
from ui.widgets.segmented import Segmented
from ui.widgets.surface import Card, ScrollColumn, column
from ui.widgets.text import Caption, SectionTitle
from ui.words import tr, tr_count

ROOM = "settings"
MINUTES = (1, 2, 5, 10, 15, 30)


class LookCards(QWidget):
    """Look and locking: every choice takes effect at once."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self._make(preferences)
        look = Card(SectionTitle(tr(ROOM, "Look")), name=tr(ROOM, "Look"))
        look.body.addWidget(FieldRow(tr(ROOM, "Colours"), self._theme))
        look.body.addWidget(FieldRow(tr(ROOM, "Text size"), self._scale))
        locking = Card(SectionTitle(tr(ROOM, "Locking and privacy")), name=tr(ROOM, "Locking and privacy"))
        help_text = tr(ROOM, "What you are writing is kept; you come back to the same place.")
        locking.body.addWidget(
            FieldRow(tr(ROOM, "Lock when nobody has touched it for"), self._lock, help_text=help_text)
        )
        locking.body.addWidget(self._in_home)
        locking.body.addWidget(
            Caption(tr(ROOM, "In-home view shows only the family you are with and hides what they must not read."))
        )
        for card in (look, locking):
            card.body.setSpacing(Space.M)
        self.setLayout(column(look, locking, gap=Space.L))
        preferences.changed.connect(self._render)
        self._render()

    def _make(self, preferences: Preferences) -> None:
        themes = [
            ("system", tr(ROOM, "As the desktop")),
            ("light", tr(ROOM, "Light")),
            ("dark", tr(ROOM, "Dark")),
            ("contrast", tr(ROOM, "High contrast")),
        ]
        self._theme = Segmented(tr(ROOM, "Colours"), themes, layout=FlowLayout())
        self._theme.setObjectName("settings.theme")
        scales = [(str(scale), f"{scale} %") for scale in SCALES]
        self._scale = Segmented(tr(ROOM, "Text size"), scales, layout=FlowLayout())
        self._scale.setObjectName("settings.text_scale")
        minutes = [(str(n), tr_count(ROOM, "{count} minute", "{count} minutes", n)) for n in MINUTES]
        self._lock = ChoiceBox(tr(ROOM, "Lock when nobody has touched it for"), minutes)
        self._lock.setObjectName("settings.lock_after")
        self._in_home = CheckBox(tr(ROOM, "Begin every visit in in-home view"))
        self._in_home.setObjectName("settings.in_home")
        self._theme.answer_given.connect(self._on_theme)
        self._scale.answer_given.connect(self._on_scale)
        self._lock.chosen.connect(lambda value: preferences.change(lock_after=int(value)))
        self._in_home.answered.connect(lambda value: preferences.change(visits_in_home=value))

    def _render(self) -> None:
        settings = self._preferences.settings
        self._theme.show_value(settings.theme)
        self._scale.show_value(str(settings.text_scale))
        self._lock.show_value(str(settings.lock_after))
        self._in_home.show_value(settings.visits_in_home)

    def _on_theme(self, value: str) -> None:
        if value:
            self._preferences.change(theme=value)
        self._render()

    def _on_scale(self, value: str) -> None:
        if value:
            self._preferences.change(text_scale=int(value))
        self._render()


class SettingsPage(Page):
    """Renders a SettingsState beside the preferences; somebody can be sent to one of its cards."""

    def __init__(
        self,
        preferences: Preferences,
        presenter: SettingsPresenter,
        recovery: RecoveryCodePresenter,
        team: TeamPresenter,
    ) -> None:
        super().__init__()
        self._presenter, self._team_presenter = presenter, team
        self._asked = ""
        for each in (presenter, recovery, team):
            each.setParent(self)
        self._bar = QuietBar()
        self._look = LookCards(preferences)
        self._nation = NationCard(preferences, presenter)
        self._team, self._laptops = TeamCard(team), LaptopsCard(team)
        self._backups = BackupsCard()
        self._passphrase = PassphraseCard()
        self._recovery = RecoveryCodeCard(recovery)
        self._access = ListCard(
            tr(ROOM, "Who opened what"), "settings.access", empty=tr(ROOM, "Nothing was opened yet."), first=8
        )
        self._about = AboutCard()
        self._scroll = ScrollColumn(width_limit=800)
        for part in (
            PageHeader(tr(ROOM, "Settings")),
            self._bar,
            self._look,
            self._nation,
            self._team,
            self._laptops,
            self._backups,
            self._passphrase,
            self._recovery,
            self._access,
            self._about,
        ):
            self._scroll.body.addWidget(part)
        self._scroll.finish()
        self.setLayout(column(self._scroll))
        self._connect()
        self.render_state(presenter.state)

    @property
    def presenter(self) -> SettingsPresenter:
        return self._presenter

    def render_state(self, state: SettingsState) -> None:
        self._bar.show_notice(state.notice)
        self._backups.render_state(state)
        self._passphrase.render_state(state)
        self._access.show_rows([access_row(place, line) for place, line in enumerate(state.access or ())])
        self._about.render_state(state)
        self._go_to_asked(state)

    @override
    def arrive(self, arg: str) -> None:
        self._asked = settings_place(arg)
        self._presenter.open()
        self._team_presenter.open()
        self._go_to_asked(self._presenter.state)

    @override
    def refresh(self, changes: Changes) -> None:
        self._presenter.refresh(changes)
        self._team_presenter.refresh(changes)

    @override
    def panes(self) -> Sequence[QWidget]:
        return (
            self._look,
            self._nation,
            self._team,
            self._laptops,
            self._backups,
            self._passphrase,
            self._recovery,
            self._access.list,
            self._about.sources,
        )

    def _go_to_asked(self, state: SettingsState) -> None:
        """Once everything was read: show the card that somebody was sent here for, and where one types in it."""
        card = {PASSPHRASE: self._passphrase, RECOVERY: self._recovery, TEAM: self._team}.get(self._asked)
        if card is None or state.access is None:
            return
        self._asked = ""
        if card is self._passphrase:
            self._passphrase.begin()
        QTimer.singleShot(0, card, lambda: self._scroll.ensureWidgetVisible(card, 0, Space.XL))

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.state_changed.connect(self.render_state)
        self._backups.asked.connect(presenter.back_up)
        self._about.asked.connect(presenter.show_library)
        self._passphrase.typed.connect(presenter.judge)
        self._passphrase.asked.connect(presenter.change_passphrase)
