"""``laptop``: several laptops of one person, and those that were lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from homevisit.cli.call import DONE, Call, UsageError, ask_secret, read_secret
from homevisit.cli.comparing import path_of
from homevisit.cli.parsing import Commands
from homevisit.cli.store import declare_recovery, make_store
from homevisit.errors import HomeVisitError

if TYPE_CHECKING:
    from homevisit.assembly import Services
    from homevisit.domain.card import Card


def add(commands: Commands) -> None:
    """Declare the commands."""
    group = commands.group("laptop", "your further laptops, and lost ones")
    made = group.add(
        "add", "a sealed file for your next laptop", run=write, example="laptop add --out /media/stick/next"
    )
    made.add_argument("--out", required=True, metavar="FILE", help="a new file; its words are shown once")
    made = group.add(
        "join",
        "make this the next laptop of yours",
        run=join,
        example="--home new laptop join next --recovery-out c",
    )
    made.add_argument("file", metavar="FILE", help="the file that the other laptop wrote")
    made.add_argument("--words-file", metavar="F", help="first line is its six words; - for stdin")
    declare_recovery(made)
    group.add("list", "every laptop that is known", run=show_all, example="--home home laptop list")
    for name, help_text, run in (
        ("lost", "refuse what a lost laptop sends from now on", lose),
        ("found", "it was not lost after all", find),
    ):
        made = group.add(name, help_text, run=run, example=f"--home home laptop {name} 5f3a21c0")
        made.add_argument("device", metavar="ID", help="of the laptop, or its beginning; “laptop list” shows it")


def write(call: Call) -> int:
    """Write the file and show its words."""
    out = path_of(call.args.out)
    with call.unlocked() as services:
        words = services.second_laptop.write(out)
    call.answer(
        {"file": str(out), "words": words.split()},
        [
            f"Written to {out}",
            f"Its words, shown this once: {words}",
            "Carry file and words apart. Remove the file once the other laptop has opened it.",
        ],
    )
    return DONE


def join(call: Call) -> int:
    """Make a store for the person whose file it is, with keys of its own."""
    from homevisit.services import homes

    named = call.args.words_file
    words = read_secret(named) if named else ask_secret("The six words: ", option="--words-file FILE")
    return make_store(call, homes.joining(path_of(call.args.file), words))


def show_all(call: Call) -> int:
    """Every laptop, own ones first."""
    with call.unlocked() as services:
        rows = _rows(services)
    call.answer(rows, ["  ".join(part for part in row.values() if part) for row in rows])
    return DONE


def lose(call: Call) -> int:
    """Believe it no more."""
    with call.unlocked() as services:
        card = _chosen(call, services)
        services.teams.lose(card.device)
    call.answer(
        {"device": card.device, "lost": True},
        [f"What this laptop of {card.name} sends from now on is refused, and nothing is sent to it."],
    )
    return DONE


def find(call: Call) -> int:
    """Believe it again."""
    with call.unlocked() as services:
        card = _chosen(call, services)
        services.teams.find_again(card.device)
        still = card.device in services.teams.lost_laptops()
    said = "The team file still says that it is lost." if still else "Packages from it are taken in again."
    call.answer({"device": card.device, "lost": still}, [said])
    return DONE


def _rows(services: Services) -> list[dict[str, str]]:
    lost, me = services.teams.lost_laptops(), services.cards.mine().card
    cards = [me, *(known.card for known in services.cards.known())]
    return [
        {
            "device": card.device,
            "name": card.name,
            "mine": "this laptop" if card.device == me.device else "yours" if card.person == me.person else "",
            "last": " ".join(
                f"received up to {epoch}:{number}" for epoch, number in services.teams.received(card.device)
            ),
            "lost": f"lost (said by {' and '.join(lost[card.device])})" if card.device in lost else "",
        }
        for card in sorted(cards, key=lambda card: (card.person != me.person, card.device != me.device))
    ]


def _chosen(call: Call, services: Services) -> Card:
    found = [each.card for each in services.cards.known() if each.card.device.startswith(call.args.device)]
    if len(found) > 1:
        raise UsageError("several laptops match; give more of the id.")
    if not found:
        raise HomeVisitError("team.no_such_laptop")
    return found[0]
