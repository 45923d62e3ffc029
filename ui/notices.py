"""What a quiet bar can say, as a value: presenters hold it, widgets show it."""

from __future__ import annotations

from dataclasses import dataclass

from ui.tokens import Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A sentence, what to do next in words, and at most one button. ``action`` comes back by signal."""

    sentence: str
    next_step: str = ""
    tone: Tone = Tone.ALERT
    action: str = ""
    action_label: str = ""
