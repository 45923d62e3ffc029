"""Where a native expression runs: ``$this``, ``$total`` and the variables."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from decimal import Decimal

from homevisit.prompts.expressions import crossing
from homevisit.prompts.expressions.nodes import Unsure, root_of
from homevisit.prompts.expressions.operators import Items
from homevisit.prompts.expressions.refusals import MOST_SECONDS, ExpressionFault


class World:
    """What is the same for one whole evaluation; looked up when it is asked for."""

    __slots__ = ("_begun", "_steps", "environment", "focus", "walked")

    def __init__(self, node: object, environment: Mapping[str, object]) -> None:
        self.environment = environment
        self.focus: Items = [root_of(node)]
        self._steps = 0
        self._begun = time.thread_time()
        self.walked: dict[int, dict[str, Items]] = {}  # the items below a node by linkId, once one was looked for

    def step(self) -> None:
        """Count a turn of a loop, and look at the time now and then: a filter in a filter in a filter can run away."""
        self._steps += 1
        if not self._steps % 64 and time.thread_time() - self._begun > MOST_SECONDS:
            raise ExpressionFault("too-long", f"stopped after {MOST_SECONDS:g} seconds of work")

    def variable(self, name: str) -> Items:
        if name == "context":
            return self.focus
        if name == "ucum":
            return [crossing.UCUM]
        given = self.environment.get("resource" if name == "rootResource" else name)
        if given is None:
            raise Unsure
        return [_given(value) for value in crossing.values_of(given)]

    def questionnaire(self) -> Mapping[str, object] | None:
        found = self.environment.get("questionnaire")
        return found if isinstance(found, dict) else None

    def clock(self) -> dict[str, str]:
        found = crossing.clock(self.environment.get("now"))
        if found is None:
            raise Unsure
        return found


class Frame:
    """``this`` is what a part of the expression starts from."""

    __slots__ = ("this", "total", "world")

    def __init__(self, world: World, this: Items, total: Items) -> None:
        self.world = world
        self.this = this
        self.total = total

    def on(self, item: object) -> Frame:
        """The same, for one item of a collection."""
        self.world.step()
        return Frame(self.world, [item], self.total)


Run = Callable[[Frame], Items]


def _given(value: object) -> object:
    if isinstance(value, dict):
        return root_of(value)
    if isinstance(value, bool | int | Decimal | str):
        return value
    raise Unsure
