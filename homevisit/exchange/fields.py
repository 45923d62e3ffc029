"""Typed reading of the fields of a foreign JSON object: each fault is a refusal, unknown fields are faults too."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from homevisit.clock import parse_instant
from homevisit.domain.canonical import LARGEST_INTEGER, JsonObject
from homevisit.errors import HomeVisitError

TOKEN = re.compile(r"[0-9a-z-]{1,64}", re.ASCII)
TOKEN_OR_NONE = re.compile(r"[0-9a-z-]{0,64}", re.ASCII)
SHA256 = re.compile(r"[0-9a-f]{64}")
SHA256_OR_NONE = re.compile(r"(?:[0-9a-f]{64})?")
SHA512 = re.compile(r"[0-9a-f]{128}")
# A foreign clock at the very end of the calendar would leave no later moment for anybody's next stamp.
INSTANT = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
HLC = re.compile(INSTANT.pattern + r"-[0-9]{4}")
ANY_TEXT = re.compile(r".*", re.DOTALL)
# Marks that reorder what is read around them could make one name look like another.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Fields:
    """One object and the code it is refused with; ``why`` names the field, never its value."""

    def __init__(self, value: JsonObject, *, code: str) -> None:
        self._value = value
        self._code = code

    def only(self, names: Iterable[str]) -> None:
        """Refuse the object unless it has exactly these fields."""
        if self._value.keys() != set(names):
            raise self.fault("fields")

    def text(self, name: str, pattern: re.Pattern[str] = ANY_TEXT) -> str:
        found = self._value.get(name)
        if not isinstance(found, str) or not pattern.fullmatch(found):
            raise self.fault(name)
        return found

    def line(self, name: str, *, least: int = 0, most: int = LARGEST_INTEGER) -> str:
        """A text without control characters and without marks that reorder it."""
        found = self.text(name)
        if not least <= len(found) <= most or any(_is_hidden(mark) for mark in found):
            raise self.fault(name)
        return found

    def moment(self, name: str, pattern: re.Pattern[str] = INSTANT) -> str:
        """An instant, or a logical time that begins with one."""
        found = self.text(name, pattern)
        try:
            parse_instant(found[:24])
        except ValueError:
            raise self.fault(name) from None
        return found

    def integer(self, name: str, *, least: int = 0, most: int = LARGEST_INTEGER) -> int:
        return self._bounded(name, self._value.get(name), least=least, most=most)

    def texts(self, name: str, pattern: re.Pattern[str], *, most: int) -> tuple[str, ...]:
        """A list of different texts."""
        found = self.items(name, most=most)
        if not all(isinstance(item, str) and pattern.fullmatch(item) for item in found):
            raise self.fault(name)
        texts = tuple(str(item) for item in found)
        if len(set(texts)) != len(texts):
            raise self.fault(name)
        return texts

    def items(self, name: str, *, most: int) -> list[object]:
        found = self._value.get(name)
        if not isinstance(found, list) or len(found) > most:
            raise self.fault(name)
        return found

    def nested(self, name: str) -> JsonObject:
        found = self._value.get(name)
        if not isinstance(found, dict):
            raise self.fault(name)
        return found

    def fault(self, name: str) -> HomeVisitError:
        return HomeVisitError(self._code, why=name)

    def _bounded(self, name: str, found: object, *, least: int, most: int) -> int:
        if not isinstance(found, int) or isinstance(found, bool) or not least <= found <= most:
            raise self.fault(name)
        return found


def _is_hidden(mark: str) -> bool:
    return unicodedata.category(mark) in {"Cc", "Cs"} or mark in _REORDERING
