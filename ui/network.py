"""What the desktop says about the network: a hint when to try again, no answer whether a place can be reached."""

from __future__ import annotations

import importlib

from PySide6.QtCore import QObject, Signal


class Network(QObject):
    """``returned`` fires when the desktop says that a network is there after it was not.

    Qt's part for it is loaded by :meth:`begin`, long after the first window was painted. Where the desktop says
    nothing, ``returned`` never fires and no connection counts as metered.
    """

    returned = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_there = True
        self._information: QObject | None = None

    def begin(self) -> None:
        """Ask the desktop, and listen from now on."""
        if self._information is not None:
            return
        information = importlib.import_module("PySide6.QtNetwork").QNetworkInformation
        if not information.loadDefaultBackend():
            return
        self._information = found = information.instance()
        self._was_there = _is_there(found.reachability())
        found.reachabilityChanged.connect(self.note)

    @property
    def is_metered(self) -> bool:
        """Whether the desktop says that this connection is paid by volume."""
        return bool(self._information is not None and self._information.property("isMetered"))

    def note(self, reachability: object) -> None:
        """The desktop has something new to say."""
        is_there, was_there = _is_there(reachability), self._was_there
        self._was_there = is_there
        if is_there and not was_there:
            self.returned.emit()


def _is_there(reachability: object) -> bool:
    """A site or a local network is enough: a place may lie there. What the desktop does not know counts as there."""
    return getattr(reachability, "name", "") != "Disconnected"
