"""``sharing``: who is sent what, families that several people look after, and agreeing to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from homevisit.cli.call import DONE, Call
from homevisit.cli.parsing import Commands
from homevisit.cli.wording import visits

if TYPE_CHECKING:
    from homevisit.assembly import Services
    from homevisit.services.sharing import Keeper, Recipient

WHY = {
    "own-device": "another laptop of yours",
    "supervisor": "supervises you",
    "shared": "looks after the same family",
    "review": "wrote what you reviewed",
}


def add(commands: Commands) -> None:
    """Declare the commands."""
    group = commands.group("sharing", "who is sent what; families that are shared")
    group.add("who", "everybody who is sent something, and why", run=who, example="--home home sharing who")
    made = group.add("family", "who looks after a family", run=family, example="--home home sharing family FAMILY")
    made.add_argument("family", metavar="FAMILY", help="the id that “families list” shows")
    for name, help_text, run in (
        ("start", "share a family with a colleague", start),
        ("end", "end that somebody looks after a family", end),
    ):
        made = group.add(
            name, help_text, run=run, example=f"--home home sharing {name} FAMILY NAME --why 'leave cover'"
        )
        made.add_argument("family", metavar="FAMILY", help="the id that “families list” shows")
        made.add_argument("name", metavar="NAME", help="the name on the person’s card, or the person’s id")
        made.add_argument("--why", required=True, metavar="WORDS", help="signed with it, and read by both")
    for name, help_text, run in (
        ("agree", "let what “who” lists go to this person", agree),
        ("stop", "send nothing more to this person", stop),
    ):
        made = group.add(name, help_text, run=run, example=f"--home home sharing {name} NAME")
        made.add_argument("name", metavar="NAME", help="the name on the person’s card, or the person’s id")


def who(call: Call) -> int:
    """Everybody who is sent something by the rules."""
    with call.unlocked() as services:
        rows = services.sharing.recipients()
    call.answer([_document(row) for row in rows], [_line(row) for row in rows] or ["Nobody is sent anything."])
    return DONE


def family(call: Call) -> int:
    """Who looks after one family."""
    with call.unlocked() as services:
        return _answer_keepers(call, services, call.args.family.strip())


def start(call: Call) -> int:
    """Share a family."""
    args = call.args
    with call.unlocked() as services:
        services.sharing.share(args.family.strip(), _person(services, args.name), args.why)
        return _answer_keepers(call, services, args.family.strip())


def end(call: Call) -> int:
    """End that somebody looks after a family."""
    args = call.args
    with call.unlocked() as services:
        services.sharing.end(args.family.strip(), _person(services, args.name), args.why)
        return _answer_keepers(call, services, args.family.strip())


def agree(call: Call) -> int:
    """Let what is listed go to somebody."""
    with call.unlocked() as services:
        services.sharing.agree(_person(services, call.args.name))
        rows = services.sharing.recipients()
    call.answer([_document(row) for row in rows], [_line(row) for row in rows])
    return DONE


def stop(call: Call) -> int:
    """Send nothing more to somebody."""
    with call.unlocked() as services:
        services.sharing.stop(_person(services, call.args.name))
        rows = services.sharing.recipients()
    call.answer([_document(row) for row in rows], [_line(row) for row in rows])
    return DONE


def _answer_keepers(call: Call, services: Services, named: str) -> int:
    services.families.brief(named)  # refuses a family that is not here
    keepers, shares = services.sharing.keepers(named), services.sharing.shares(named)
    document = {
        "keepers": [
            {"person": each.person, "name": each.name, "me": each.me, "agreed": each.agreed, "has_card": each.has_card}
            for each in keepers
        ],
        "shares": [
            {
                "id": share.id,
                "person": share.person,
                "by": share.by,
                "since": share.since,
                "why": share.why,
                "ended_at": share.ended_at,
                "ended_why": share.ended_why,
            }
            for share in shares
        ],
    }
    call.answer(document, list(_keeper_lines(keepers)))
    return DONE


def _keeper_lines(keepers: tuple[Keeper, ...]) -> Iterator[str]:
    for keeper in keepers:
        name = "you" if keeper.me else keeper.name or "somebody whose card is not here"
        said = f", shared by {keeper.shared_by}: {keeper.share.why}" if keeper.share else ", entered the family"
        yield f"{name}{said}{'' if keeper.agreed else ' (not agreed to yet)'}"


def _person(services: Services, given: str) -> str:
    mine = services.cards.mine().card
    known = {each.card.person for each in services.cards.known()}
    wanted = given.strip()
    if wanted in {mine.person, *known}:
        return wanted
    if wanted.casefold() == mine.name.casefold():
        return mine.person
    return services.cards.named(wanted).card.person


def _document(row: Recipient) -> dict[str, object]:
    return {
        "person": row.person,
        "name": row.name,
        "why": [{"why": each.why.value, "family": each.family} for each in row.why],
        "families": list(row.families),
        "waiting": row.waiting,
        "visits": [visit.id for visit in row.visits],
        "agreed": row.agreed,
        "has_card": row.card is not None,
        "lost": row.is_lost,
    }


def _line(row: Recipient) -> str:
    why = "; ".join(dict.fromkeys(WHY[each.why.value] for each in row.why))
    families = f" ({', '.join(row.families)})" if row.families else ""
    state = "laptop lost" if row.is_lost else "agreed" if row.agreed else "not agreed to yet"
    name = row.name or "somebody whose card is not here"
    return f"{name}: {why}{families} – {row.waiting} waiting, {visits(len(row.visits))}, {state}"
