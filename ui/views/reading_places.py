"""Where passages stand: between code points of a signed text and positions in the document that shows it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from homevisit.domain.review import Anchor


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one part's text that stands unbroken in the document.

    ``start`` counts code points in the part's text, ``at`` UTF-16 units in the document (as Qt does).
    """

    part: str
    start: int
    at: int
    text: str = field(repr=False)

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def until(self) -> int:
        return self.at + units(self.text)

    def position(self, offset: int) -> int:
        """The document position of a code point of the part (clipped to this piece)."""
        return self.at + units(self.text[: max(0, offset - self.start)])

    def offset(self, position: int) -> int:
        """The code point at a document position (clipped to this piece)."""
        wanted = max(0, position - self.at)
        if self.text.isascii():
            return self.start + min(wanted, len(self.text))
        held = self.text.encode("utf-16-le", "surrogatepass")[: wanted * 2]
        return self.start + len(held.decode("utf-16-le", "ignore"))


class Places:
    """The pieces of a document, in its order, and the whole text of every part."""

    def __init__(self, pieces: Sequence[Piece], texts: dict[str, str]) -> None:
        self._pieces = tuple(pieces)
        self._starts = [piece.at for piece in self._pieces]
        self._texts = texts
        self._by_part: dict[str, list[Piece]] = {}
        for piece in self._pieces:
            self._by_part.setdefault(piece.part, []).append(piece)

    def part_at(self, position: int) -> str:
        """The part that a document position lies in, "" for none."""
        piece = self._piece_at(position)
        return piece.part if piece else ""

    def whole(self, part: str) -> Anchor:
        """A pin on the whole of a part."""
        text = self._texts.get(part, "")
        return Anchor(part=part, start=0, end=len(text), quote=text)

    def passage(self, first: int, last: int) -> Anchor | None:
        """A pin on what lies between two document positions, cut to the part it begins in; None where nothing does."""
        touched = [piece for piece in self._pieces if piece.at < last and piece.until > first]
        if not touched:
            return None
        part = touched[0].part
        mine = [piece for piece in touched if piece.part == part]
        start, end = mine[0].offset(first), mine[-1].offset(min(last, mine[-1].until))
        quote = self._texts[part][start:end]
        return Anchor(part=part, start=start, end=end, quote=quote) if quote.strip() else None

    def range_of(self, anchor: Anchor) -> tuple[int, int] | None:
        """The document positions that a pin covers; None for the whole visit or a passage that is not here."""
        found = located(self._texts.get(anchor.part, ""), anchor)
        pieces = self._by_part.get(anchor.part, [])
        if found is None or not pieces:
            return None
        start, end = found
        return _holding(pieces, start).position(start), _holding(pieces, max(start, end - 1)).position(end)

    def _piece_at(self, position: int) -> Piece | None:
        index = bisect_right(self._starts, position) - 1
        if index < 0:
            return None
        piece = self._pieces[index]
        return piece if position <= piece.until else None


def located(text: str, anchor: Anchor) -> tuple[int, int] | None:
    """Where an anchor's passage is in a text: where it says, or else where its quote stands nearest to that."""
    if not text or not anchor.quote:
        return None
    if text[anchor.start : anchor.end] == anchor.quote:
        return anchor.start, anchor.end
    before = text.rfind(anchor.quote, 0, anchor.start + len(anchor.quote))
    after = text.find(anchor.quote, anchor.start)
    found = [place for place in (before, after) if place >= 0]
    if not found:
        return None
    nearest = min(found, key=lambda place: abs(place - anchor.start))
    return nearest, nearest + len(anchor.quote)


def units(text: str) -> int:
    """How many UTF-16 units a text takes."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _holding(pieces: Sequence[Piece], offset: int) -> Piece:
    """The piece that a code point of the part lies in; the last one before it where it lies between two."""
    index = bisect_right([piece.start for piece in pieces], offset) - 1
    return pieces[max(0, index)]
