"""``init``, ``check``, ``rebuild``, ``backup``, ``restore``: the store as a whole."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from homevisit.cli.call import DONE, REFUSED, Call, UsageError, ask_secret, read_secret
from homevisit.cli.parsing import Commands
from homevisit.errors import HomeVisitError

if TYPE_CHECKING:
    from homevisit.assembly import Services
    from homevisit.storage.homes import Profile

ROLES = ("practitioner", "supervisor")


def add(commands: Commands) -> None:
    """Declare the commands."""
    made = commands.add(
        "init",
        "make a new store for one person",
        run=init,
        example='--home home init --name "A. Name" --role practitioner --recovery-out code.txt',
    )
    made.add_argument("--name", required=True, help="the person's name, as signatures show it")
    made.add_argument("--role", required=True, choices=ROLES)
    declare_recovery(made)
    made.add_argument("--title", default="", help="such as “Health visitor”")
    made.add_argument("--registration", default="", help="registration number, if there is one")
    made.add_argument("--organisation", default="")
    commands.add("check", "check the whole store; 1 if anything is wrong", run=check, example="--home home check")
    commands.add("rebuild", "fold every entry into the read models again", run=rebuild, example="--home home rebuild")
    commands.add("backup", "make a verified backup now", run=backup, example="--home home backup")
    made = commands.add(
        "restore",
        "bring a backup into an empty home",
        run=restore,
        example="--home new-home restore home/backups/2026-11-10T100000Z-5f3a21",
    )
    made.add_argument("backup", metavar="BACKUP", help="the folder of the backup")
    made.add_argument("--recovery", action="store_true", help="open it with the recovery code; asks for it")
    made.add_argument("--recovery-file", metavar="FILE", help="the same; first line is the code, - for stdin")


def init(call: Call) -> int:
    """Make a store; the recovery code goes to a file that did not exist before."""
    from homevisit.domain.card import Desk
    from homevisit.services import homes

    args = call.args
    if not args.name.strip():
        raise UsageError("--name needs a name.")
    details = {name: getattr(args, name) for name in ("title", "registration", "organisation")}
    return make_store(call, homes.profile(args.name, Desk(args.role), **details))


def make_store(call: Call, person: Profile) -> int:
    """Ask for a passphrase, make the store, put its recovery code into its file."""
    from homevisit.services import homes

    passphrase = call.new_passphrase()
    if not homes.strength(passphrase, (person.name, person.organisation)).accepted:
        raise HomeVisitError("store.weak_passphrase")
    code_file = Path(call.args.recovery_out).expanduser().absolute()
    with _new_file(code_file) as target:
        made = homes.create(call.home, person, passphrase, clock=call.clock)
        try:
            target.write(made.recovery_code + "\n")
            words = made.services.cards.mine().words
        finally:
            made.services.close()
    call.answer(
        {"home": str(call.home.root), "recovery_file": str(code_file), "six_words": list(words)},
        [
            f"Made a store in {call.home.root}",
            f"The recovery code is in {code_file}: print it, keep the paper safe, then remove the file.",
            f"Six words of the card: {' '.join(words)}",
        ],
    )
    return DONE


def declare_recovery(made: ArgumentParser) -> None:
    """Where the recovery code of a new store goes."""
    made.add_argument("--recovery-out", required=True, metavar="FILE", help="a new file for the recovery code")


@contextmanager
def _new_file(path: Path) -> Iterator[TextIO]:
    """A new file for a secret, safe on the disk at the end; gone again if something fails before."""
    try:
        target = path.open("x", encoding="utf-8")
    except FileExistsError:
        raise HomeVisitError("recovery.file_exists") from None
    except OSError:
        raise HomeVisitError("recovery.not_written") from None
    try:
        with target:
            yield target
            target.flush()
            os.fsync(target.fileno())
    except OSError:  # a full disk, say: the code is whole in the file or there is none
        path.unlink(missing_ok=True)
        raise HomeVisitError("recovery.not_written") from None
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def check(call: Call) -> int:
    """Name everything that is wrong."""
    from homevisit.cli.wording import finding as in_words

    with call.unlocked() as services:
        findings = _findings(services)
        entries = sum(1 for _ in services.store.ledger.all())
    document = {
        "sound": not findings,
        "entries": entries,
        "findings": [{"code": code, "subject": subject, "count": count} for code, subject, count in findings],
    }
    lines = [f"{code}: {in_words(code)} ({count}) {subject}".rstrip() for code, subject, count in findings]
    sound = f"Sound: {entries} entries; pages, chain, signatures, read models, search and prompt sets agree."
    call.answer(document, lines or [sound])
    return REFUSED if findings else DONE


def rebuild(call: Call) -> int:
    """Fold everything again."""
    with call.unlocked() as services:
        services.upkeep.rebuild()
    call.answer({"rebuilt": True}, ["Rebuilt: every entry was folded again."])
    return DONE


def backup(call: Call) -> int:
    """Make a backup and name its folder."""
    with call.unlocked() as services:
        folder = services.upkeep.backup()
    call.answer({"backup": str(folder)}, [f"Backed up and verified: {folder}"])
    return DONE


def restore(call: Call) -> int:
    """Bring a backup back."""
    from homevisit.services import homes

    args = call.args
    with_code = bool(args.recovery or args.recovery_file)
    if args.recovery_file:
        secret = read_secret(args.recovery_file)
    elif args.recovery:
        secret = ask_secret("Recovery code: ", option="--recovery-file FILE")
    else:
        secret = call.passphrase()
    folder = Path(args.backup).expanduser().absolute()
    epoch = homes.restore(folder, call.home, secret, clock=call.clock, recovery=with_code)
    call.answer(
        {"home": str(call.home.root), "epoch": epoch}, [f"Restored into {call.home.root}", f"New epoch: {epoch}"]
    )
    return DONE


def _findings(services: Services) -> list[tuple[str, str, int]]:
    """What was noticed when the store was opened, what the full check finds, and prompt sets that cannot be used."""
    noticed = (*services.store.start_report.findings, *services.upkeep.check())
    found = {(item.code, item.subject, item.count): None for item in noticed}
    sets = [("prompts.refused", each.id, 1) for each in services.library.sets if not each.questionnaire.usable]
    return [*found, *sets]
