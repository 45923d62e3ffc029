"""``team``: keeping an organisation's team file, and opening one. Files only, except for what names a home."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from homevisit.cli import escrow
from homevisit.cli.call import DONE, Call, UsageError, ask_secret, read_secret
from homevisit.cli.comparing import compared, declare_words, path_of
from homevisit.cli.parsing import Commands
from homevisit.cli.wording import counted
from homevisit.errors import HomeVisitError

if TYPE_CHECKING:
    from homevisit.domain.team import Member, Team
    from homevisit.services.team_making import TeamMaking

FILE = "north.homevisit-team"
KEY_OPTION = "--key-passphrase-file FILE"


def add(commands: Commands) -> None:
    """Declare the commands."""
    group = commands.group("team", "an organisation’s signed list of people")
    made = _on_file(
        group, "create", "a new team file with a key of its own", create, "--organisation 'North Trust' --key-file K"
    )
    made.add_argument("--organisation", required=True)
    _declare_key(made)
    made = _on_file(group, "add", "add a person, or a further laptop of theirs", add_card, "--card ines.card")
    made.add_argument("--card", required=True, metavar="CARD", help="the card, or a picture of its QR code")
    made.add_argument("--supervisor", action="append", default=[], metavar="NAME", help="who supervises them")
    declare_words(made)
    made = _on_file(group, "revoke", "refuse what lost laptops make from now on", revoke, "--name 'Ines Example'")
    made.add_argument("--name", metavar="NAME", help="every laptop of this person")
    made.add_argument("--device", metavar="ID", help="this laptop only")
    made.add_argument(
        "--last",
        action="append",
        default=[],
        metavar="EPOCH:NUMBER",
        help="believed up to this; see “laptop list”",
    )
    _declare_settings(group)
    made = _on_file(group, "sign", "sign what was changed: the next version", sign, "--key-file north.key")
    _declare_key(made)
    _on_file(group, "show", "what a team file says", show, "")
    made = _on_file(group, "open", "open a team file in a home", open_file, "--words 'six words as read out'")
    declare_words(made)
    escrow.declare(group)
    group.add("leave", "leave the team of a home, to open another", run=leave, example="--home home team leave")


def _declare_settings(group: Commands) -> None:
    made = _on_file(group, "set", "what the team asks of each laptop", set_policy, "--idle-lock 5 --retention 90")
    made.add_argument("--idle-lock", type=int, metavar="MINUTES", help="lock after at most this; 0 asks nothing")
    made.add_argument("--retention", type=int, metavar="DAYS", help="packages stay at a place for at most this")
    made.add_argument("--escalation", type=int, metavar="DAYS", help="a visit that waits longer for its review is late")
    made.add_argument("--recovery-escrow", metavar="age1…", help='what “team escrow-key” shows; "" ends it')
    made.add_argument("--expires", metavar="DATE", help="the file is not taken after this day; “never”")
    made = _on_file(group, "supervise", "who supervises somebody", supervise, "'Ines Example' --by 'Sal Example'")
    made.add_argument("name", metavar="NAME")
    made.add_argument("--by", action="append", default=[], metavar="NAME", help="nobody without it")
    made = _on_file(group, "place", "a place of your own home for the whole team", place, "Nextcloud --key-file K")
    made.add_argument("place", metavar="PLACE", help="its title in your home; with --remove, in the team file")
    made.add_argument("--remove", action="store_true")
    _declare_key(made, required=False)
    made = _on_file(group, "pack", "a pack of prompt sets that the team uses", pack, "north.homevisit-pack")
    made.add_argument("pack", metavar="PACK", help="its file; with --remove, its name")
    made.add_argument("--remove", action="store_true")
    made = _on_file(group, "service", "a line of the team’s directory", service, "'Baby group' --contact 0300…")
    made.add_argument("name", metavar="NAME")
    for name, help_text in (("about", "whom it is for"), ("contact", ""), ("checked-on", "a date such as 2026-11-22")):
        made.add_argument(f"--{name}", default="", metavar="TEXT", help=help_text)
    made.add_argument("--remove", action="store_true")


def create(call: Call) -> int:
    """Make the two files."""
    words = _new_words(call)
    made = _making(call).create(_file(call), path_of(call.args.key_file), words, organisation=call.args.organisation)
    return _answer(
        call, made.team, f"Made {_file(call)}; keep {call.args.key_file} where nobody else can reach it.", whole=True
    )


def add_card(call: Call) -> int:
    """Add a card once its words were compared."""
    from homevisit.cli.card import read_any_card
    from homevisit.domain.card import Desk
    from homevisit.exchange.cards import six_words
    from homevisit.services.team_making import named, with_card, with_supervisors

    making, file = _making(call), _file(call)
    team, signed = making.read(file).team, read_any_card(path_of(call.args.card))
    supervisors = [named(team, name, role=Desk.SUPERVISOR).person for name in call.args.supervisor]
    compared(call, f"{signed.card.name} ({signed.card.role.value})", six_words(signed.card), code="card")
    team = with_card(team, signed)
    if supervisors:
        team = with_supervisors(team, signed.card.person, supervisors)
    return _answer(call, making.change(file, team).team, f"Added {signed.card.name}. Now sign the file.")


def revoke(call: Call) -> int:
    """Name the laptops that are believed no more."""
    from homevisit.clock import instant
    from homevisit.domain.team import Revocation
    from homevisit.services.team_making import named, without_laptops

    args, making, file = call.args, _making(call), _file(call)
    team = making.read(file).team
    if bool(args.name) == bool(args.device):
        raise UsageError("give either --name or --device.")
    devices = [each.card.device for each in named(team, args.name).cards] if args.name else [args.device]
    if args.device and args.device not in {each.card.device for one in team.members for each in one.cards}:
        raise HomeVisitError("team.no_such_laptop")
    now, last = instant(call.clock.now()), tuple(_place_in_chain(text) for text in args.last)
    found = [Revocation(device=device, at=now, last=last) for device in devices]
    made = making.change(file, without_laptops(team, found))
    return _answer(call, made.team, f"{len(found)} laptop(s) revoked. Now sign the file and hand it out.")


def set_policy(call: Call) -> int:
    """Change what is asked; what is not named stays."""
    from homevisit.clock import instant
    from homevisit.exchange.escrow import is_recipient

    making, file, args = _making(call), _file(call), call.args
    team = making.read(file).team
    names = ("idle_lock", "retention", "escalation", "recovery_escrow")
    given = {name: getattr(args, name) for name in names if getattr(args, name) is not None}
    if not given and args.expires is None:
        raise UsageError("nothing was named that is to change; “team set --help” lists what can be.")
    if (recipient := given.get("recovery_escrow", "")) and not is_recipient(recipient):
        raise UsageError('--recovery-escrow is an age recipient, as “team escrow-key” shows it; "" ends it.')
    expires = team.expires if args.expires is None else _end_of(args.expires, instant(call.clock.now()))
    made = making.change(file, replace(team, policy=replace(team.policy, **given), expires=expires))
    return _answer(call, made.team, "Changed. Now sign the file.")


def supervise(call: Call) -> int:
    """Say who supervises somebody."""
    from homevisit.domain.card import Desk
    from homevisit.services.team_making import named, with_supervisors

    making, file = _making(call), _file(call)
    team = making.read(file).team
    people = [named(team, name, role=Desk.SUPERVISOR).person for name in call.args.by]
    made = making.change(file, with_supervisors(team, named(team, call.args.name).person, people))
    return _answer(call, made.team, "Changed. Now sign the file.")


def place(call: Call) -> int:
    """Copy a place with what opens it out of one's own home, or take one out of the file."""
    from homevisit.services.team_making import without_place

    making, file, wanted = _making(call), _file(call), call.args.place
    if call.args.remove:
        made = making.change(file, without_place(making.read(file).team, wanted))
        return _answer(call, made.team, "Taken out. Now sign the file.")
    if not call.args.key_file:
        raise UsageError("give the key file with --key-file: what opens the place is kept there.")
    with call.unlocked() as services:
        found, secret = services.places.own_with_secret(wanted)
    made = making.add_place(file, path_of(call.args.key_file), _words(call), place=found, secret=secret)
    return _answer(call, made.team, f"Everybody uses {found.title} from the next version on. Now sign the file.")


def pack(call: Call) -> int:
    """Name a pack, or take one out."""
    from homevisit.services.team_making import with_pack, without_pack

    making, file = _making(call), _file(call)
    team = making.read(file).team
    changed = without_pack(team, call.args.pack) if call.args.remove else with_pack(team, path_of(call.args.pack))
    return _answer(call, making.change(file, changed).team, "Changed. Now sign the file.")


def service(call: Call) -> int:
    """Write a line of the directory, or take one out."""
    from homevisit.domain.team import LocalService

    making, file, args = _making(call), _file(call), call.args
    team = making.read(file).team
    line = LocalService(name=args.name, about=args.about, contact=args.contact, checked_on=args.checked_on)
    others = tuple(each for each in team.directory if each.name != args.name)
    made = making.change(file, replace(team, directory=others if args.remove else (*others, line)))
    return _answer(call, made.team, "Changed. Now sign the file.")


def sign(call: Call) -> int:
    """Sign the draft."""
    made = _making(call).sign(_file(call), path_of(call.args.key_file), _words(call))
    return _answer(call, made.team, f"Signed: version {made.team.version}. Hand the file out, or send it.")


def show(call: Call) -> int:
    """What is in the file, and whether it is signed."""
    file = _making(call).read(_file(call))
    state = f"version {file.team.version}" if file.is_signed else f"a draft of version {file.team.version}, not signed"
    return _answer(call, file.team, f"{file.team.organisation}: {state}", signed=file.is_signed, whole=True)


def open_file(call: Call) -> int:
    """Take the file in, once the words were compared; an update of the same team needs no words."""
    from homevisit.domain.team import Standing

    with call.unlocked() as services:
        offered = services.teams.read(_file(call))
        is_news = services.escrow.is_news(offered.team)
        if offered.standing is Standing.FIRST:
            about = f"Team of {offered.team.organisation}" + (f"\n{escrow.SAID}" if is_news else "")
            compared(call, about, offered.words, code="team")
        elif is_news:
            escrow.agreed(call, offered)
        team = services.escrow.take(offered, told=is_news)
    said = f"Opened: version {team.version} of {team.organisation}." + (f"\n{escrow.SAID}" if is_news else "")
    return _answer(call, team, said, whole=True)


def leave(call: Call) -> int:
    """Forget the team of this home."""
    with call.unlocked() as services:
        services.escrow.leave()
    call.answer({"left": True}, ["This home has no team any more. Cards that were known stay known."])
    return DONE


def _on_file(group: Commands, name: str, help_text: str, run: Callable[[Call], int], example: str) -> ArgumentParser:
    made = group.add(name, help_text, run=run, example=f"team {name} {FILE} {example}".strip())
    made.add_argument("file", metavar="FILE", help="the team file")
    return made


def _declare_key(made: ArgumentParser, *, required: bool = True) -> None:
    made.add_argument("--key-file", required=required, metavar="KEY", help="the file with the team’s key")
    made.add_argument("--key-passphrase-file", metavar="FILE", help="first line opens the key; - for stdin")


def _making(call: Call) -> TeamMaking:
    from homevisit.services.team_making import TeamMaking

    return TeamMaking(call.clock)


def _file(call: Call) -> Path:
    return path_of(call.args.file)


def _words(call: Call) -> str:
    named = call.args.key_passphrase_file
    return read_secret(named) if named else ask_secret("Passphrase of the team key: ", option=KEY_OPTION)


def _new_words(call: Call) -> str:
    from homevisit.services import homes

    words = _words(call)
    if not homes.strength(words, (call.args.organisation,)).accepted:
        raise HomeVisitError("store.weak_passphrase")
    if not call.args.key_passphrase_file and words != ask_secret("The same again: ", option=KEY_OPTION):
        raise UsageError("the two passphrases differ; nothing was made.")
    return words


def _place_in_chain(text: str) -> tuple[str, int]:
    epoch, _, number = text.rpartition(":")
    if not epoch or not number.isdecimal():
        raise UsageError("--last is EPOCH:NUMBER.")
    return epoch, int(number)


def _end_of(day: str, now: str) -> str:
    if day == "never":
        return ""
    try:
        end = f"{date.fromisoformat(day).isoformat()}T23:59:59.000Z"
    except ValueError:
        raise UsageError("--expires is a day such as 2027-12-31, or “never”.") from None
    if end <= now:
        raise UsageError("--expires is a day that is over; nobody would take the file.")
    return end


def _answer(call: Call, team: Team, said: str, *, signed: bool | None = None, whole: bool = False) -> int:
    from homevisit.exchange.team import six_words

    words = six_words(team)
    document = {
        "team": team.id,
        "organisation": team.organisation,
        "version": team.version,
        "expires": team.expires,
        "six_words": list(words),
        "members": [_member(each, team) for each in team.members],
        "revoked": [each.to_json() for each in team.revoked],
        "places": [{"kind": each.kind, "title": each.title} for each in team.places],
        "policy": team.policy.to_json(),
        "packs": [each.to_json() for each in team.packs],
        "directory": [each.to_json() for each in team.directory],
    }
    lines = _lines(team, words) if whole else ()
    call.answer(document | ({} if signed is None else {"signed": signed}), [said, *lines])
    return DONE


def _member(member: Member, team: Team) -> dict[str, object]:
    return {
        "name": member.name,
        "role": member.role.value,
        "person": member.person,
        "supervisors": [team.people[each].name for each in member.supervisors],
        "devices": [each.card.device for each in member.cards],
    }


def _lines(team: Team, words: tuple[str, ...]) -> Iterator[str]:
    yield f"  six words: {' '.join(words)}"
    yield from _asked(team)
    revoked = {each.device for each in team.revoked}
    for member in team.members:
        by = ", ".join(team.people[each].name for each in member.supervisors)
        yield f"  {member.name} ({member.role.value})" + (f", supervised by {by}" if by else "")
        for each in member.cards:
            yield f"    {each.card.device}" + ("  revoked" if each.card.device in revoked else "")
    for used in team.places:
        yield f"  place: {used.title} ({used.kind})"
    for needed in team.packs:
        yield f"  pack: {needed.name} {needed.version}"
    for local in team.directory:
        yield f"  directory: {' – '.join(part for part in (local.name, local.about, local.contact) if part)}"


def _asked(team: Team) -> Iterator[str]:
    """What the team asks of each laptop; what it does not ask is left out."""
    policy = team.policy
    if team.expires:
        yield f"  not taken after {team.expires[:10]}"
    for number, words in (
        (policy.idle_lock, f"locks after {counted(policy.idle_lock, 'minute', 'minutes')} at most"),
        (policy.retention, f"packages stay at a place for {counted(policy.retention, 'day', 'days')} at most"),
        (policy.escalation, f"a review is late after {counted(policy.escalation, 'day', 'days')}"),
    ):
        if number:
            yield f"  {words}"
    if policy.recovery_escrow:
        yield f"  recovery escrow: {policy.recovery_escrow}"
