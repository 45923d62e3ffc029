"""The offered answers of a choice, their words, and what tapping one makes of the answers so far. No widgets here."""

from __future__ import annotations

from dataclasses import replace

from homevisit.prompts.items import Answer, Item, Kind, Option
from homevisit.prompts.values import answer_text, boolean_answer, number, same, typed
from ui.prompts.wording import ROOM
from ui.words import tr

MOST_STEPS = 11
Answers = tuple[Answer, ...]


def options_of(item: Item) -> tuple[Option, ...]:
    """The offered answers; yes and no for a boolean."""
    if item.kind is Kind.BOOLEAN:
        return (Option(boolean_answer(True)), Option(boolean_answer(False)))
    return item.options


def option_words(option: Option) -> str:
    """An offered answer in the language of the form, with its letter before it."""
    found = typed(option.answer)
    if found and found[0] == "Boolean":
        return tr(ROOM, "Yes") if found[1] else tr(ROOM, "No")
    return option.label or answer_text(option.answer)


def as_scale(item: Item) -> Item | None:
    """A number between two near ends as a choice of numbers; None where there are too many or no ends."""
    least, most = (_whole(limit) for limit in (item.limits.min_value, item.limits.max_value))
    step = item.looks.slider_step or 1
    if least is None or most is None or not 1 < (most - least) // step + 1 <= MOST_STEPS:
        return None
    key, kept = ("valueInteger", int) if item.kind is Kind.INTEGER else ("valueDecimal", str)
    return replace(item, options=tuple(Option({key: kept(value)}) for value in range(least, most + 1, step)))


class Choosing:
    """What answers become when an option is tapped; an exclusive one stands alone."""

    def __init__(self, item: Item) -> None:
        self.options = options_of(item)
        self.several = item.repeats

    def is_chosen(self, option: Option, answers: Answers) -> bool:
        return any(same(answer, option.answer) for answer in answers)

    def is_offered(self, answer: Answer) -> bool:
        return any(same(answer, option.answer) for option in self.options)

    def tapped(self, option: Option, answers: Answers) -> Answers:
        """Tapping a chosen one takes it back."""
        if self.is_chosen(option, answers):
            return tuple(answer for answer in answers if not same(answer, option.answer))
        if self.several and not option.exclusive:
            return (*(answer for answer in answers if not self._excludes(answer)), option.answer)
        return (option.answer,)

    def with_other(self, other: Answer | None, answers: Answers) -> Answers:
        """Other words beside what is offered, or instead of it where only one answer fits."""
        offered = tuple(answer for answer in answers if self.is_offered(answer)) if self.several else ()
        return (*offered, other) if other is not None else offered

    def other_words(self, answers: Answers) -> str:
        return "; ".join(answer_text(answer) for answer in answers if not self.is_offered(answer))

    def words_of(self, answer: Answer) -> str:
        """A given answer in the words of its option."""
        return next((option_words(o) for o in self.options if same(o.answer, answer)), answer_text(answer))

    def _excludes(self, answer: Answer) -> bool:
        return any(option.exclusive and same(answer, option.answer) for option in self.options)


def _whole(limit: Answer | None) -> int | None:
    found = typed(limit) if limit is not None else None
    value = number(found[1]) if found else None
    return int(value) if value is not None and value == int(value) else None
