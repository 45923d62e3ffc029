"""Whose national programme this home follows: what is called due on Today and which prompts a contact offers."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from homevisit.domain.visit_templates import Nation
from homevisit.services.schedules import schedule_of
from ui.preferences import Preferences
from ui.presenters.family_words import iso_day_words
from ui.presenters.settings import SettingsPresenter
from ui.prompts.flow import FlowLayout
from ui.tokens import Space
from ui.widgets.fields import FieldRow
from ui.widgets.segmented import Segmented
from ui.widgets.surface import Card
from ui.widgets.text import Caption, SectionTitle, WrappedText
from ui.words import tr

ROOM = "settings"


class NationCard(Card):
    """One choice that takes effect at once, with the programme's source and what it leaves open."""

    def __init__(self, preferences: Preferences, presenter: SettingsPresenter, parent: QWidget | None = None) -> None:
        super().__init__(SectionTitle(tr(ROOM, "Contacts")), name=tr(ROOM, "Contacts"), parent=parent)
        self._preferences, self._presenter = preferences, presenter
        self._nation = Segmented(tr(ROOM, "Nation"), nations(), layout=FlowLayout())
        self._nation.setObjectName("settings.nation")
        self._note = WrappedText("", "soft")
        self._source = Caption()
        self._source.setWordWrap(True)
        self.body.addWidget(FieldRow(tr(ROOM, "Nation"), self._nation))
        self.body.addWidget(self._note)
        self.body.addWidget(self._source)
        self.body.setSpacing(Space.M)
        self._nation.answer_given.connect(self._on_chosen)
        preferences.changed.connect(self._render)
        self._render()

    def _on_chosen(self, value: str) -> None:
        if value:
            self._preferences.change(nation=value)
            self._presenter.follow(Nation(value))
        self._render()

    def _render(self) -> None:
        nation = Nation(self._preferences.settings.nation)
        schedule = schedule_of(nation)
        self._nation.show_value(nation.value)
        since = iso_day_words(schedule.valid_from)
        self._note.setText(
            tr(ROOM, "{programme}, from {day}. {note}", programme=schedule.programme, day=since, note=schedule.note)
        )
        self._source.setText(tr(ROOM, "Source: {source}. {licence}.", source=schedule.source, licence=schedule.licence))


def nations() -> list[tuple[str, str]]:
    """The four nations with their names."""
    return [
        (Nation.ENGLAND.value, tr(ROOM, "England")),
        (Nation.SCOTLAND.value, tr(ROOM, "Scotland")),
        (Nation.WALES.value, tr(ROOM, "Wales")),
        (Nation.NORTHERN_IRELAND.value, tr(ROOM, "Northern Ireland")),
    ]
