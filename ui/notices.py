"""What a quiet bar can say, as a value: presenters hold it, widgets show it; and which of several it says."""

from __future__ import annotations

from dataclasses import dataclass

from ui.tokens import Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A sentence, what to do next in words, and at most one button. ``action`` comes back by signal.

    A ``kept`` one stays on the desk until it was answered; a ``private`` one names somebody and waits while in-home
    view is on.
    """

    sentence: str
    next_step: str = ""
    tone: Tone = Tone.ALERT
    action: str = ""
    action_label: str = ""
    kept: bool = False
    private: bool = False


class Noticeboard:
    """What the desk has to say: kept notices wait for one another, a passing one is shown before them and goes."""

    def __init__(self) -> None:
        self._kept: list[Notice] = []
        self._passing: Notice | None = None

    def add(self, notice: Notice) -> None:
        """A kept notice is said once, however often it comes."""
        if not notice.kept:
            self._passing = notice
        elif notice not in self._kept:
            self._kept.append(notice)

    def shown(self, *, in_home: bool) -> Notice | None:
        """What the bar says now: what is passing, then alarms, then the rest in the order it came."""
        waiting = sorted(self._kept, key=lambda notice: notice.tone is not Tone.ALERT)
        several = (self._passing, *waiting) if self._passing else tuple(waiting)
        return next((notice for notice in several if not (in_home and notice.private)), None)

    def take_away(self, notice: Notice | None) -> None:
        """It was read or answered."""
        if notice == self._passing:
            self._passing = None
        self._kept = [each for each in self._kept if each != notice]

    def turn_page(self) -> None:
        """Another page is shown: what was passing has passed."""
        self._passing = None
