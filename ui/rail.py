"""The navigation rail at the left: an icon and a word each, one of them marked as the place where one is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.pages import PageSpec
from ui.tokens import Space
from ui.widgets.buttons import Button
from ui.widgets.surface import column
from ui.widgets.text import TextLabel
from ui.words import tr

WIDTH = 184


class RailButton(Button):
    """One place; Up and Down go round the rail."""

    def __init__(self, name: str, title: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(title.replace("&", "&&"), kind="rail", icon=icon, parent=parent)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        self.setSizePolicy(policy)
        self.setObjectName(f"rail.{name}")

    @override
    def sizeHint(self) -> QSize:
        """Wide enough for the heavier letters of the place where one is."""
        usual = super().sizeHint()
        return QSize(usual.width() + usual.height() // 4, usual.height())


class Rail(QWidget):
    """Emits ``chosen`` with a page's name; ``help_asked`` and ``lock_asked`` stand at the foot."""

    chosen = Signal(str)
    help_asked = Signal()
    lock_asked = Signal()
    visit_asked = Signal()

    def __init__(self, specs: Sequence[PageSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(tr("rail", "Places"))
        self.setProperty("ground", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._places = {spec.name: RailButton(spec.name, spec.title, spec.icon) for spec in specs}
        self._visit = RailButton("this_family", tr("rail", "This family"), "house")
        self._help = RailButton("help", tr("rail", "Shortcuts"), "keyboard")
        self._lock = RailButton("lock", tr("rail", "Lock"), "lock")
        self._arrange()
        self._connect()
        self.show_in_home(False)

    def show_place(self, page: str) -> None:
        """Mark the place where one is; a page that is not in the rail leaves the mark where it was."""
        if page in self._places:
            for name, button in self._places.items():
                button.setChecked(name == page)

    def show_in_home(self, in_home: bool) -> None:
        """In in-home view nothing but the family's own page can be seen or gone to."""
        for button in self._places.values():
            button.setVisible(not in_home)
        self._visit.setVisible(in_home)
        self._visit.setChecked(in_home)

    def focus_first(self) -> None:
        buttons = [button for button in self._places.values() if button.isVisible()] or [self._visit]
        marked = [button for button in buttons if button.isChecked()]
        (marked or buttons)[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _arrange(self) -> None:
        brand = TextLabel("Homevisit", "brand")
        brand.setContentsMargins(Space.S, Space.XS, 0, Space.M)
        body = column(brand, gap=2)
        body.setContentsMargins(Space.S, Space.M, Space.S, Space.S)
        for button in (*self._places.values(), self._visit):
            button.setCheckable(True)
            body.addWidget(button)
        body.addStretch(1)
        body.addWidget(self._help)
        body.addWidget(self._lock)
        self.setLayout(body)
        self.setMinimumWidth(WIDTH)

    def _connect(self) -> None:
        for name, button in self._places.items():
            button.clicked.connect(lambda _=False, chosen=name: self._on_clicked(chosen))
        self._visit.clicked.connect(self._on_visit)
        self._help.clicked.connect(self.help_asked)
        self._lock.clicked.connect(self.lock_asked)

    def _on_clicked(self, name: str) -> None:
        self.chosen.emit(name)

    def _on_visit(self) -> None:
        self._visit.setChecked(True)
        self.visit_asked.emit()
