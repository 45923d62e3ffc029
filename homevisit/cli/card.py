"""``card show`` and ``card import``: handing out one's public keys and trusting somebody else's after six words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from homevisit.cli.call import DONE, Call
from homevisit.cli.comparing import compared, declare_words, path_of
from homevisit.cli.parsing import Commands

if TYPE_CHECKING:
    from homevisit.domain.card import Card, SignedCard
    from homevisit.services.cards import OfferedCard

PICTURES = frozenset({".bmp", ".gif", ".jpeg", ".jpg", ".png", ".webp"})


def add(commands: Commands) -> None:
    """Declare the commands."""
    group = commands.group("card", "your card for others, and theirs for you")
    made = group.add("show", "show your card", run=show, example="--home home card show --out my.card")
    made.add_argument("--out", metavar="FILE", help="write it to this new file, to hand out")
    made.add_argument("--qr-out", metavar="FILE.svg", help="write its QR code to this new file, to be photographed")
    made = group.add("import", "trust somebody's card", run=take_in, example="--home home card import their.card")
    made.add_argument("file", metavar="FILE", help="the card, or a picture of its QR code")
    declare_words(made)
    group.add("list", "list the cards you trust", run=show_known, example="--home home card list")


def show(call: Call) -> int:
    """Show one's own card, and write it out if asked."""
    with call.unlocked() as services:
        mine = services.cards.mine()
        wanted = (("file", call.args.out, services.cards.save), ("qr", call.args.qr_out, services.cards.save_drawing))
        written = {name: str(save(path_of(out))) for name, out, save in wanted if out}
    document = _document(mine.card, mine.words) | written
    call.answer(document, [*_lines(mine.card, mine.words), *(f"Written to {path}" for path in written.values())])
    return DONE


def take_in(call: Call) -> int:
    """Read a card, show its words, and trust it if they are the same."""
    with call.unlocked() as services:
        offered = services.cards.offered(read_any_card(path_of(call.args.file)))
        _compare(call, offered)
        known = services.cards.confirm(offered)
    document = _document(known.card, known.words) | {"confirmed_at": known.confirmed_at, "replaced": offered.replaces}
    call.answer(document, [*_lines(known.card, known.words), "Added: packages from this person are taken in."])
    return DONE


def show_known(call: Call) -> int:
    """Every card that is trusted."""
    with call.unlocked() as services:
        known = services.cards.known()
    call.answer(
        [_document(each.card, each.words) | {"confirmed_at": each.confirmed_at} for each in known],
        [line for each in known for line in _lines(each.card, each.words)] or ["No cards yet."],
    )
    return DONE


def read_any_card(path: Path) -> SignedCard:
    """The card in a file or in a picture; its words were not compared yet."""
    from homevisit.services.cards import read_card_file, read_card_picture

    if path.suffix.lower() not in PICTURES:
        return read_card_file(path)
    from ui.card_picture import grey_of

    return read_card_picture(*grey_of(path))


def _compare(call: Call, offered: OfferedCard) -> None:
    if offered.is_certified and call.args.words is None:  # by a key whose words were compared before
        return
    compared(call, "\n".join(_lines(offered.card, ())[:1]), offered.words, code="card")


def _document(card: Card, words: tuple[str, ...]) -> dict[str, object]:
    return {
        "person": card.person,
        "name": card.name,
        "role": card.role.value,
        "title": card.title,
        "organisation": card.organisation,
        "device": card.device,
        "six_words": list(words),
    }


def _lines(card: Card, words: tuple[str, ...]) -> list[str]:
    about = ", ".join(part for part in (card.title, card.organisation) if part)
    return [f"{card.name} ({card.role.value})" + (f", {about}" if about else ""), f"  {' '.join(words)}"]
