"""FHIRPath expressions for the engine of prompt sets: checked once when a set is loaded, then asked for values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from homevisit.prompts.expressions import embedded, functions
from homevisit.prompts.expressions.native import Native, Unsure, native
from homevisit.prompts.expressions.parsing import parsed
from homevisit.prompts.expressions.reach import Reach, reach_of
from homevisit.prompts.expressions.refusals import ExpressionFault, ExpressionRefused
from homevisit.prompts.expressions.tree import Tree

__all__ = ["Compiled", "ExpressionFault", "ExpressionRefused", "Reach", "compiled", "warm"]

MOST_KEPT = 4096


@dataclass(frozen=True)
class Compiled:
    """An expression that may be evaluated.

    ``names`` are the variables it uses besides resource, rootResource, context, questionnaire, qitem and ucum.
    ``reach`` tells which answers it can see by itself; what a variable sees is that variable's own reach.
    """

    text: str
    names: frozenset[str]
    reach: Reach | None
    tree: Tree = field(repr=False)
    native: Native | None = field(repr=False, compare=False)
    _stopped: list[ExpressionFault] = field(default_factory=list, repr=False, compare=False)

    @property
    def reads(self) -> frozenset[str] | None:
        """The linkIds whose answers it can see. None for anything in the response, and for whole branches of it:
        ``reach.branches`` then names the items in or below which everything counts, beside ``reach.links``.
        """
        return self.reach.links if self.reach and not self.reach.branches else None

    def values(self, node: object, environment: Mapping[str, object]) -> tuple[object, ...]:
        """The values on a node (a response or an item in it); :class:`ExpressionFault` where it cannot give any.

        ``environment``: resource, questionnaire, qitem, now (a datetime) and variables by name, each a tuple of values.
        Dates and times are FHIR texts, numbers int or Decimal; objects are those of the response or questionnaire
        themselves, not copies, and given back in a variable they are known again.
        """
        if self.native is not None and not self._stopped:
            try:
                return self.native(node, environment)
            except Unsure:
                pass  # the reference engine decides
            except ExpressionFault as fault:
                self._stop(fault)
                raise
        return self.reference(node, environment)

    def reference(self, node: object, environment: Mapping[str, object]) -> tuple[object, ...]:
        """The values as the reference engine gives them; :meth:`values` is the same, faster where that is proven."""
        if self._stopped:
            raise ExpressionFault(self._stopped[0].code, self._stopped[0].why)
        try:
            return embedded.shared().values(self._question(node, environment))
        except ExpressionFault as fault:
            self._stop(fault)
            raise

    def _stop(self, fault: ExpressionFault) -> None:
        """Never again, if it ran away: it would hold up the window at every answer."""
        if fault.code in ("too-long", "too-large"):
            self._stopped.append(fault)

    def _question(self, node: object, environment: Mapping[str, object]) -> embedded.Question:
        sees = functions.uses(self.tree, "questionnaire", "qitem", "weight", "ordinal")
        names = self.names | {"qitem"} if functions.uses(self.tree, "qitem") else self.names
        return embedded.Question(self.text, node, environment, names, with_questionnaire=sees)


@lru_cache(maxsize=MOST_KEPT)
def compiled(text: str) -> Compiled:
    """The expression, checked; :class:`ExpressionRefused` where it will not be honoured."""
    tree = parsed(text)
    functions.check_functions(tree)
    return Compiled(text, functions.variables_of(tree), reach_of(tree), tree, native(tree))


def warm() -> None:
    """Load the reference engine in the background, ahead of the first expression that needs it."""
    embedded.shared().warm()
