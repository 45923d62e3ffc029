"""Runs the expressions of a set at an occurrence, with the variables that they see there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from homevisit.domain.canonical import JsonObject
from homevisit.prompts.answer_tree import AnswerTree
from homevisit.prompts.paths import ROOT, Path
from homevisit.prompts.placing import Placing
from homevisit.prompts.programme import SET, Bound
from homevisit.prompts.questionnaire import Questionnaire
from homevisit.prompts.supported import GIVEN


@dataclass(frozen=True, slots=True)
class Context:
    """What an evaluation may know besides the response. Nothing here reads a clock: ``now`` is given. ``given`` holds
    resources by the name that expressions call them: ``patient``, ``user``, ``encounter``.
    """

    now: datetime | None = None
    given: Mapping[str, JsonObject] = field(default_factory=dict, repr=False)

    def reaches(self, bound: Bound) -> bool:
        """Whether an expression can be worked out with what is known here. Otherwise what stands is left standing, and
        what might be hidden is shown.
        """
        is_known = GIVEN.isdisjoint(bound.needs - self.given.keys())
        return is_known and not (bound.timed and self.now is None)


class Running:
    """Values of variables are kept until an answer changes."""

    def __init__(self, questionnaire: Questionnaire, placing: Placing, tree: AnswerTree, context: Context) -> None:
        self._questionnaire = questionnaire
        self._placing = placing
        self._tree = tree
        self._context = context
        self._variables: dict[tuple[int, Path], tuple[object, ...]] = {}
        self._version = -1
        self._failed: dict[Path, set[int]] = {}

    def reaches(self, bound: Bound) -> bool:
        return self._context.reaches(bound)

    def values(self, bound: Bound, path: Path) -> tuple[object, ...] | None:
        """What an expression gives at an occurrence; None where it fails on these answers."""
        if bound.compiled is None:
            return ()
        from homevisit.prompts.expressions.compiling import ExpressionFault

        failed = self._failed.setdefault(path, set())
        failed.discard(id(bound))
        try:
            return self._run(bound, path)
        except (ExpressionFault, ArithmeticError):  # the set itself may hold a number that is none
            failed.add(id(bound))
            return None

    def is_faulty(self, path: Path) -> bool:
        """Whether an expression of this occurrence fails on the answers as they are."""
        return bool(self._failed.get(path))

    def _run(self, bound: Bound, path: Path) -> tuple[object, ...]:
        if bound.compiled is None:
            return ()
        environment: dict[str, object] = {
            "resource": self._tree.resource,
            "questionnaire": self._questionnaire.raw,
            "now": self._context.now,
        }
        if path:
            environment["qitem"] = self._placing.items[path].raw
        for name in bound.needs:
            given = self._context.given.get(name)
            environment[name] = () if given is None else (given,)
        for name, variable in bound.variables.items():
            environment[name] = self._variable(variable, path)
        return bound.compiled.values(self._tree.focus(path) if path else self._tree.resource, environment)

    def _variable(self, variable: Bound, path: Path) -> tuple[object, ...]:
        if self._version != self._tree.version:
            self._variables, self._version = {}, self._tree.version
        place = ROOT if variable.owner == SET else self._placing.owner_called(variable.owner, path) or ROOT
        key = (id(variable), place)
        if key not in self._variables:
            self._variables[key] = self._run(variable, place)
        return self._variables[key]
