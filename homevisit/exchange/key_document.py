"""What a package of the kind ``key`` carries: cards, certified by keys that are trusted already, and a team file."""

from __future__ import annotations

from dataclasses import dataclass, field

from homevisit.domain.canonical import JsonObject, canonical
from homevisit.domain.card import SignedCard
from homevisit.errors import HomeVisitError
from homevisit.exchange import limits
from homevisit.exchange.cards import card_json, read_card
from homevisit.exchange.fields import Fields
from homevisit.exchange.strict_json import read_object

FORMAT = 1
_CODE = "package.document"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyDocument:
    """``team`` is a whole team file, empty for none."""

    cards: tuple[SignedCard, ...] = ()
    team: bytes = field(default=b"", repr=False)

    def to_json(self) -> JsonObject:
        return {
            "cards": [card_json(each.card, each.signature) for each in self.cards],
            "format": FORMAT,
            "team": read_object(self.team, code=_CODE) if self.team else None,
        }


def read_key_document(value: JsonObject) -> KeyDocument:
    """The document of a package; ``package.document`` for any fault. Who certifies the cards is judged elsewhere."""
    fields = Fields(value, code=_CODE)
    if fields.integer("format", least=1) > FORMAT:
        raise HomeVisitError("package.newer")
    fields.only(("cards", "format", "team"))
    team = value["team"]
    return KeyDocument(
        cards=tuple(_card(item, fields) for item in fields.items("cards", most=limits.IDS_IN_A_LIST)),
        team=b"" if team is None else canonical(fields.nested("team")),
    )


def _card(item: object, fields: Fields) -> SignedCard:
    if not isinstance(item, dict):
        raise fields.fault("cards")
    try:
        return read_card(canonical(item))
    except HomeVisitError:
        raise fields.fault("cards") from None
