"""Every public case that nobody on this project wrote: what is enabled, what is calculated, which rules are broken."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from datetime import UTC, datetime

from homevisit.prompts import fhir_json
from homevisit.prompts.evaluate import Context, evaluate
from homevisit.prompts.judged import judged
from homevisit.prompts.questionnaire import load
from tests.conformance.conftest import TABLE
from tests.conformance.held_to_be_wrong import ANDROID, CASES

ALL_CASES = 674
COLUMNS = ("family", "cases", "enabled", "calculated", "errors", "refused")


def test_all_public_cases_come_out_as_two_other_engines_agree(public, record_property):
    counts, wrong = defaultdict(Counter), []
    for path in sorted((public / "expected").glob("*.json")):
        expected = json.loads(path.read_bytes())
        family = path.name.rpartition("-")[0].rstrip("-")
        for each in _judge(public, expected, counts[family]):
            wrong.append(each)
    record_property(TABLE, _table(counts))
    assert sum(each["cases"] for each in counts.values()) == ALL_CASES
    assert {where: bad for where, bad in wrong if where not in CASES} == {}


def test_the_android_cases_come_out_but_for_those_that_depart_from_r4(public):
    cases = json.loads((public / "android-enablement.json").read_bytes())["cases"]
    wrong = {case["id"] for case in cases if _is_enabled(case) is not case["expectEnabled"]}
    assert wrong <= set(ANDROID)
    assert {case["id"] for case in cases if case["disputed"]} == set(ANDROID)


def _is_enabled(case):
    state = evaluate(load(case["questionnaire"]), fhir_json.plain(case["response"]), Context())
    return next(each.enabled for each in state.walk() if each.item.link_id == case["target"])


def _judge(public, expected, count):
    questionnaire = load((public / expected["questionnaire"]).read_bytes())
    now = datetime.fromisoformat(expected["oracleDate"]).replace(tzinfo=UTC) if expected["timeDependent"] else None
    count["refused"] += not questionnaire.usable
    for case in expected["cases"]:
        response = fhir_json.plain(case["response"]) if case["response"] is not None else None
        bad = _differences(judged(questionnaire, response, Context(now=now)), case["expect"], count)
        if bad:
            yield (expected["questionnaire"], case["case"]), bad


def _differences(line, wanted, count):
    enabled, calculated = set(line["enabled"]), line["calculated"]
    errors = {(each["linkId"], each["code"]) for each in line["errors"]}
    expected = {(each["linkId"], each["code"]) for each in wanted["errors"]}
    count.update(cases=1, enabled=len(wanted["enabled"]) + len(wanted["disabled"]), errors=len(expected))
    count["calculated"] += sum(bool(values) for values in wanted["calculated"].values())
    bad = [f"{link} is not enabled" for link in wanted["enabled"] if link not in enabled]
    bad += [f"{link} is enabled" for link in wanted["disabled"] if link in enabled]
    bad += [
        f"{link} has {calculated.get(link)}"
        for link, values in wanted["calculated"].items()
        if values and not _same(calculated.get(link, []), values)
    ]
    return bad + [f"{link}: {code}" for link, code in sorted(errors ^ expected)]


def _same(ours, theirs):
    pairs = list(zip(map(_bare, ours), map(_bare, theirs), strict=False))
    return len(ours) == len(theirs) and all(a == b or _close(a, b) for a, b in pairs)


def _close(left, right):
    both = isinstance(left, float) and isinstance(right, float)
    return both and math.isclose(left, right, rel_tol=1e-6, abs_tol=1e-6)


def _bare(value):
    if isinstance(value, dict):
        return value.get("code") if "value" not in value else _bare(value["value"])
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _table(counts):
    total = Counter()
    for each in counts.values():
        total.update(each)
    rows = [COLUMNS, *((name, *(str(each[c]) for c in COLUMNS[1:])) for name, each in sorted(counts.items()))]
    rows.append(("all", *(str(total[column]) for column in COLUMNS[1:])))
    return "\n".join(f"{row[0]:<16}" + "".join(f"{cell:>12}" for cell in row[1:]) for row in rows)
