"""``demo``: a home with fictional families, for trying the program and for measuring it."""

from __future__ import annotations

from argparse import ArgumentTypeError
from pathlib import Path

from homevisit.cli.call import DONE, Call
from homevisit.cli.parsing import Commands
from homevisit.paths import Home

MOST = 1_000_000
NOTE = """\
The families are invented. The passphrase is printed and its key is cheap to guess, so that the demo opens at once:
never keep anything real in a demo home. Numbers above the hand-written families are filled up with generated ones
(the same seed tells the same stories); these have reviews only if a supervisor's home is made as well.

"""


def add(commands: Commands) -> None:
    """Declare the command."""
    made = commands.add(
        "demo",
        "fill an empty home with fictional families",
        run=run,
        example="--home demo-home demo --supervisor demo-supervisor",
    )
    made.epilog = NOTE + str(made.epilog)
    made.add_argument("--families", type=_number, default=0, metavar="N", help="how many families (default: all told)")
    made.add_argument("--visits", type=_number, default=0, metavar="M", help="how many signed visits at least")
    made.add_argument("--seed", type=int, default=7, metavar="S", help="for the generated ones (default: 7)")
    made.add_argument("--supervisor", metavar="DIR", help="make the supervisor's home too; both know each other")


def run(call: Call) -> int:
    """Make the demo."""
    from homevisit.services.demo.making import DemoSize, make_demo

    args = call.args
    other = Home(Path(args.supervisor).expanduser().absolute()) if args.supervisor else None
    size = DemoSize(families=args.families, visits=args.visits, seed=args.seed)
    made = make_demo(call.home, clock=call.clock, size=size, supervisor=other)
    document = {
        "home": str(call.home.root),
        "supervisor": str(other.root) if other else None,
        "families": made.families,
        "visits": made.visits,
        "entries": made.entries,
        "passphrase": made.passphrase,
        "recovery_code": made.recovery_code,
    }
    lines = [f"Made {made.families} fictional families with {made.visits} signed visits in {call.home.root}"]
    lines += [f"The supervisor's home is {other.root}"] if other else []
    lines += [f"Passphrase: {made.passphrase}", f"Recovery code: {made.recovery_code}"]
    call.answer(document, lines)
    return DONE


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) > MOST:
        raise ArgumentTypeError(f"a whole number from 0 to {MOST} is needed")
    return int(text)
