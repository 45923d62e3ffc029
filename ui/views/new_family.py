"""A new family on one page: a name is enough; whoever is known already can be written down with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.pages import Page
from ui.presenters.people_form import PeopleFormPresenter
from ui.shell import Shell
from ui.views.people_sheet import PeopleSheet
from ui.widgets.header import PageHeader
from ui.widgets.surface import ScrollColumn, column
from ui.words import tr

ROOM = "people"


class NewFamilyPage(Page):
    """The form kept under ``new-family``: leaving the page loses nothing."""

    def __init__(self, shell: Shell, presenter: PeopleFormPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        presenter.setParent(self)
        self._sheet = PeopleSheet(presenter, shell.privacy, "new_family", new_family=True)
        header = PageHeader(
            tr(ROOM, "Add a family"),
            tr(ROOM, "A name is enough. Everything is kept as you type, and entered when you say so."),
        )
        self._scroll = ScrollColumn(width_limit=860)
        self._scroll.body.addWidget(header)
        self._scroll.body.addWidget(self._sheet)
        self._scroll.finish()
        self.setLayout(column(self._scroll))
        presenter.entered.connect(lambda family: shell.go("family", family))
        presenter.closed.connect(lambda: shell.go("families"))

    @override
    def arrive(self, arg: str) -> None:
        self._presenter.open_new_family()

    @override
    def depart(self) -> None:
        self._presenter.flush()

    @override
    def panes(self) -> Sequence[QWidget]:
        return (self._sheet,)
