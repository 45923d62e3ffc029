"""``self-test``: the real window, offscreen, records and signs a throw-away visit; the window's part is in ``ui``."""

from __future__ import annotations

from homevisit.cli.call import DONE, REFUSED, Call
from homevisit.cli.parsing import Commands


def add(commands: Commands) -> None:
    """Declare the command."""
    commands.add(
        "self-test",
        "try the window, unseen; 1 if that fails",
        run=run,
        example="self-test",
    )


def run(call: Call) -> int:
    """Run the steps; the home that is named is never touched."""
    from ui.self_test import run_self_test

    result = run_self_test()
    document = {"passed": result.passed, "steps": list(result.steps), "failed": result.failed}
    lines = [f"done    {step}" for step in result.steps]
    lines += [f"FAILED  {result.failed}"] if result.failed else ["Self-test passed."]
    call.answer(document, lines)
    return DONE if result.passed else REFUSED
