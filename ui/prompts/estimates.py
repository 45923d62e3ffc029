"""How tall a row will be before it has a widget: what rows of its kind measured, else a guess from its words."""

from __future__ import annotations

from collections.abc import Callable

from homevisit.prompts.items import Item, Kind
from ui.prompts.rows import PromptRow, RowKind
from ui.theme import theme_now
from ui.tokens import TextSize

Signature = tuple[object, ...]
_CHOSEN = (Kind.BOOLEAN, Kind.CHOICE, Kind.OPEN_CHOICE)
_LETTER = 0.53  # of the text size: how wide a letter is on average


class Estimates:
    """Learns from every row that is measured; forgets when the width or the look changes."""

    def __init__(self) -> None:
        self._measured: dict[Signature, int] = {}

    def forget(self) -> None:
        self._measured.clear()

    def learn(self, row: PromptRow, width: int, height: int) -> None:
        self._measured[_signature(row, width)] = height

    def of(self, row: PromptRow, width: int) -> int:
        return self._measured.get(_signature(row, width)) or _guess(row, width)


def _signature(row: PromptRow, width: int) -> Signature:
    item = row.item
    return (
        row.kind,
        width,
        item.kind,
        item.control,
        item.repeats,
        _lines(item.label, width),
        sum(len(each.text) for each in item.items if each.is_beside),
        _rows_of_options(item, width),
    )


def _guess(row: PromptRow, width: int) -> int:
    line, target = round(theme_now().px(TextSize.BODY) * 1.35), theme_now().target
    words = _lines(row.item.label, width) * line
    if row.kind is RowKind.PROMPT:
        return words + 8 + _control_height(row.item, width, target)
    other = _OTHERS.get(row.kind)
    return other(words, target) if other else words


def _control_height(item: Item, width: int, target: int) -> int:
    if item.kind in _CHOSEN:
        return _rows_of_options(item, width) * (target + 4)
    return target * 2 if item.kind is Kind.TEXT else target


def _rows_of_options(item: Item, width: int) -> int:
    if item.kind not in _CHOSEN:
        return 0
    letter = theme_now().px(TextSize.BODY) * _LETTER
    widths = sum(len(str(next(iter(option.answer.values()), ""))) for option in item.options[:12])
    return 1 + int((widths * letter / 2 + 40 * len(item.options[:12])) // max(1, width))


def _lines(text: str, width: int) -> int:
    per_line = max(1, int(width / (theme_now().px(TextSize.BODY) * _LETTER)))
    return sum(1 + max(0, len(part) - 1) // per_line for part in text.split("\n")) if text else 0


_OTHERS: dict[RowKind, Callable[[int, int], int]] = {
    RowKind.HEADING: lambda words, _: round(words * 1.4),
    RowKind.REPEAT: lambda _, target: target,
    RowKind.ADD: lambda _, target: target,
    RowKind.REMOVED: lambda _, target: target + 24,
    RowKind.TIMER: lambda _, target: target * 3,
    RowKind.LOOK: lambda words, target: words + target,
}
