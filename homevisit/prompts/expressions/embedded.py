"""The reference engine in an embedded JavaScript interpreter, loaded when the first expression needs it.

One interpreter on one thread of its own: its stack is large enough on every system (the window's thread has 1 MB on
Windows), and an interpreter must not be used by two threads. An expression that runs away is stopped by the limits.
"""

from __future__ import annotations

import json
import threading
from collections import ChainMap
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from typing import Any, NamedTuple

import resources
from homevisit.prompts.expressions import crossing
from homevisit.prompts.expressions.refusals import MOST_SECONDS, ExpressionFault

MOST_MEMORY = 256 * 1024 * 1024
THREAD_STACK = 16 * 1024 * 1024
SCRIPT_STACK = 8 * 1024 * 1024


class Question(NamedTuple):
    """One evaluation. ``names``: the variables to hand over. ``with_questionnaire`` where it can see that."""

    text: str
    focus: object
    environment: Mapping[str, object]
    names: frozenset[str]
    with_questionnaire: bool


class Embedded:
    """Answers questions in the order in which they come, whichever threads ask."""

    def __init__(self) -> None:
        self._lane: ThreadPoolExecutor | None = None
        self._starting = threading.Lock()
        self._interpreter: _Interpreter | None = None

    def warm(self) -> None:
        """Load the engine in the background, so that the first question need not wait for it."""
        self._submit()

    def values(self, question: Question) -> tuple[object, ...]:
        return self._submit(question).result()

    def _submit(self, question: Question | None = None) -> Future[tuple[object, ...]]:
        with self._starting:
            if self._lane is None:
                self._lane = _lane()
        return self._lane.submit(self._answer, question)

    def _answer(self, question: Question | None) -> tuple[object, ...]:
        if self._interpreter is None:
            self._interpreter = _Interpreter()
        if question is None:
            return ()
        try:
            return self._interpreter.values(question)
        except ExpressionFault as fault:
            if fault.code in ("too-long", "too-large"):
                self._interpreter = None  # whatever it left half done goes with it
            raise


@lru_cache(maxsize=1)
def shared() -> Embedded:
    """The one engine of this process: a second would cost its loading time and memory again."""
    return Embedded()


def _lane() -> ThreadPoolExecutor:
    # The size counts for threads that start after it was set: one is made start at once, then the usual size is back.
    usual = threading.stack_size(THREAD_STACK)
    try:
        lane = ThreadPoolExecutor(max_workers=1, thread_name_prefix="expressions")
        lane.submit(int).result()
    finally:
        threading.stack_size(usual)
    return lane


class _Interpreter:
    def __init__(self) -> None:
        import _quickjs  # noqa: PLC0415 - first use, not cold start; the package around it starts a thread when imported

        context = _quickjs.Context()
        context.set_max_stack_size(SCRIPT_STACK)
        context.eval(resources.read_text("fhirpath/fhirpath.js"))
        context.eval(resources.read_text("fhirpath/bridge.js"))
        context.set_memory_limit(MOST_MEMORY)
        context.set_time_limit(MOST_SECONDS)  # the processor time of all threads counts
        self._put = context.eval("bridge.put")
        self._run = context.eval("bridge.run")
        self._fault = _quickjs.JSException
        self._known: dict[str, str] = {}
        self._questionnaire: object = None
        self._places_in_questionnaire: dict[int, crossing.Place] = {}

    def values(self, question: Question) -> tuple[object, ...]:
        environment = question.environment
        resource = environment.get("resource")
        if question.with_questionnaire:
            self._take_questionnaire(environment.get("questionnaire"))
        places = self._places(question, resource)
        self._take("resource", json.dumps(resource if isinstance(resource, Mapping) else {"resourceType": "Basic"}))
        request = {
            "text": question.text,
            "focus": crossing.inward(question.focus, places),
            "clock": crossing.clock(environment.get("now")),
            "variables": _variables(question, places),
        }
        found = json.loads(self._call(self._run, json.dumps(request)))
        # A place is one of the questionnaire that the engine holds, whichever this question is about.
        documents = {"resource": resource, "questionnaire": self._questionnaire}
        return tuple(crossing.outward(value, documents) for value in found)

    def _places(self, question: Question, resource: object) -> Mapping[int, crossing.Place]:
        """The places of the objects that the question names, beside the resource itself."""
        held = [question.focus]
        held += [value for name in question.names for value in crossing.values_of(question.environment.get(name))]
        if all(value is resource or not isinstance(value, Mapping) for value in held):
            return {id(resource): ("resource",)}
        return ChainMap(crossing.places_in(resource, "resource"), self._places_in_questionnaire)

    def _take_questionnaire(self, questionnaire: object) -> None:
        """Hand the questionnaire over once: a set is never changed after it was loaded."""
        if questionnaire is not self._questionnaire and isinstance(questionnaire, Mapping):
            self._take("questionnaire", json.dumps(questionnaire))
            self._places_in_questionnaire = crossing.places_in(questionnaire, "questionnaire")
            self._questionnaire = questionnaire

    def _take(self, name: str, text: str) -> None:
        if self._known.get(name) != text:
            self._call(self._put, name, text)
            self._known[name] = text

    def _call(self, function: Any, *texts: str) -> str:
        try:
            return str(function(*texts))
        except self._fault as error:
            # Its message may quote an answer, so nothing of it is passed on.
            raise _named(str(error)) from None


def _variables(question: Question, places: Mapping[int, crossing.Place]) -> dict[str, list[object]]:
    environment = question.environment
    variables: dict[str, list[object]] = {name: [{"at": ("resource",)}] for name in ("resource", "rootResource")}
    if question.with_questionnaire and environment.get("questionnaire") is not None:
        variables["questionnaire"] = [{"at": ("questionnaire",)}]
    for name in question.names:
        if name in environment:
            values = crossing.values_of(environment[name])
            variables[name] = [crossing.inward(value, places) for value in values]
    return variables


_TOO_LARGE = ("out of memory", "call stack", "stack overflow", "string too long", "invalid string length")


def _named(message: str) -> ExpressionFault:
    if "interrupted" in message:
        return ExpressionFault("too-long", f"stopped after {MOST_SECONDS:g} seconds of work")
    if any(sign in message for sign in _TOO_LARGE):
        return ExpressionFault("too-large", "stopped because it needed too much memory")
    if "no clock" in message:
        return ExpressionFault("no-clock", "it asks for the time, and no time was given")
    return ExpressionFault("failed", "the answers do not fit the expression")
