"""Settings: how the program looks and when it locks. Everything takes effect as it is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.pages import Page
from ui.preferences import SCALES, Preferences
from ui.tokens import Space
from ui.widgets.fields import ChoiceBox, FieldRow
from ui.widgets.header import PageHeader
from ui.widgets.segmented import Segmented
from ui.widgets.surface import Card, ScrollColumn, column
from ui.widgets.text import SectionTitle
from ui.words import tr, tr_count

MINUTES = (1, 2, 5, 10, 15, 30)


class SettingsPage(Page):
    """Renders the preferences; a lock after more than half an hour is not offered."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._theme = Segmented(
            tr("settings", "Colours"),
            [
                ("system", tr("settings", "As the desktop")),
                ("light", tr("settings", "Light")),
                ("dark", tr("settings", "Dark")),
                ("contrast", tr("settings", "High contrast")),
            ],
        )
        self._scale = Segmented(tr("settings", "Text size"), [(str(scale), f"{scale} %") for scale in SCALES])
        minutes = [(str(n), tr_count("settings", "{count} minute", "{count} minutes", n)) for n in MINUTES]
        self._lock = ChoiceBox(tr("settings", "Lock when nobody has touched it for"), minutes)
        self._name_parts()
        self._arrange()
        self._theme.answer_given.connect(self._on_theme)
        self._scale.answer_given.connect(self._on_scale)
        self._lock.chosen.connect(lambda value: preferences.change(lock_after=int(value)))
        preferences.changed.connect(self._render)
        self._render()

    @override
    def panes(self) -> Sequence[QWidget]:
        return (self._scroll,)

    def _on_theme(self, value: str) -> None:
        self._preferences.change(theme=value or self._preferences.settings.theme)
        self._render()

    def _on_scale(self, value: str) -> None:
        self._preferences.change(text_scale=int(value or self._preferences.settings.text_scale))
        self._render()

    def _render(self) -> None:
        settings = self._preferences.settings
        self._theme.show_value(settings.theme)
        self._scale.show_value(str(settings.text_scale))
        self._lock.show_value(str(settings.lock_after))

    def _name_parts(self) -> None:
        self._theme.setObjectName("settings.theme")
        self._scale.setObjectName("settings.text_scale")
        self._lock.setObjectName("settings.lock_after")

    def _arrange(self) -> None:
        look = Card(SectionTitle(tr("settings", "Look")), name=tr("settings", "Look"))
        look.body.addWidget(FieldRow(tr("settings", "Colours"), self._theme))
        look.body.addWidget(FieldRow(tr("settings", "Text size"), self._scale))
        locking = Card(SectionTitle(tr("settings", "Locking")), name=tr("settings", "Locking"))
        locking.body.addWidget(
            FieldRow(
                tr("settings", "Lock when nobody has touched it for"),
                self._lock,
                help_text=tr("settings", "What you are writing is kept; you come back to the same place."),
            )
        )
        for card in (look, locking):
            card.body.setSpacing(Space.L)
        self._scroll = ScrollColumn(width_limit=760)
        self._scroll.body.addWidget(PageHeader(tr("settings", "Settings")))
        self._scroll.body.addWidget(look)
        self._scroll.body.addWidget(locking)
        self._scroll.finish()
        self.setLayout(column(self._scroll))
