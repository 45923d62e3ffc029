"""In-home view: one observable state that every page obeys while a family may look at the screen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Privacy(QObject):
    """``in_home`` with the one family that may be seen. Pages connect to ``changed`` and hide what is not theirs."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._in_home = False
        self._family = ""

    @property
    def in_home(self) -> bool:
        return self._in_home

    @property
    def family(self) -> str:
        """Whose home this is; "" outside in-home view."""
        return self._family if self._in_home else ""

    def enter(self, family: str) -> None:
        """Show only this family; an empty id shows no family at all."""
        self._set(True, family)

    def leave(self) -> None:
        self._set(False, "")

    def may_show(self, family: str) -> bool:
        """Whether something of this family may be on the screen now."""
        return not self._in_home or (bool(family) and family == self._family)

    def _set(self, in_home: bool, family: str) -> None:
        if (in_home, family) != (self._in_home, self._family):
            self._in_home, self._family = in_home, family
            self.changed.emit()
