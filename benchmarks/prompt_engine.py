"""The engine of prompt sets without a window: loading, a whole evaluation, and one answer step by step."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._figures import median, quantile, report
from benchmarks._long_forms import made_up_form, public_form
from homevisit.prompts.evaluate import Context, evaluate
from homevisit.prompts.items import Kind
from homevisit.prompts.questionnaire import Questionnaire, load
from homevisit.prompts.session import Session

ROUNDS, ANSWERS = 7, 600
ANSWER_LIMIT = 5.0


def main(rounds: int = ROUNDS) -> None:
    """Measure the public form of 300 choices and 12 sums, where it is at hand, and a made-up one of 800 items."""
    public = public_form()
    if public is None:
        print("the public form of 300 choices is not at hand: left out", flush=True)
    else:
        _measure("300 choices, 60 skip rules, 12 sums", public, rounds)
    _measure("800 items", made_up_form(), rounds)


def _measure(name: str, questionnaire: Questionnaire, rounds: int) -> None:
    report(f"{name}: load, best", _best(lambda: load(questionnaire.raw), rounds), "ms")
    session = Session(questionnaire)
    report(f"{name}: a new session, best", _best(lambda: Session(questionnaire), rounds), "ms")
    answered = _answered(session, ANSWERS * rounds // ROUNDS)
    report(f"{name}: one answer with all that follows, median", median(answered) * 1000, "ms", limit=ANSWER_LIMIT)
    report(f"{name}: one answer with all that follows, p99", quantile(answered, 0.99) * 1000, "ms")
    response = session.response()
    report(f"{name}: everything anew, best", _best(lambda: evaluate(questionnaire, response, Context()), rounds), "ms")


def _best(work: Callable[[], object], rounds: int) -> float:
    def once() -> float:
        begun = time.process_time()
        work()
        return time.process_time() - begun

    return min(once() for _ in range(rounds)) * 1000


def _answered(session: Session, count: int) -> list[float]:
    """Processor seconds of random answers to random choices, taken back now and then."""
    chance = random.Random(300)
    choices = [path for path, each in session.state().items.items() if each.item.kind is Kind.CHOICE]
    taken = []
    for _ in range(count):
        path = chance.choice(choices)
        options = session.item_state(path).item.options
        answers = [chance.choice(options).answer] if chance.random() < 0.9 else []
        begun = time.process_time()
        session.set_answer(path, answers)
        taken.append(time.process_time() - begun)
    return taken


if __name__ == "__main__":
    main()
