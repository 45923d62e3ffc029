"""Every published total and band edge, subscales item by item, and that nothing is filled in for a missing answer."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from homevisit.prompts.expressions.compiling import compiled
from homevisit.prompts.library import Library
from homevisit.prompts.reading import readable
from homevisit.prompts.reading_items import extension
from homevisit.prompts.scoring import Direction, rule_of, scores_of
from homevisit.prompts.session import Session
from homevisit.prompts.terms import Role
from tests.prompts.filled import options_of, response_of

ROOT = Path(__file__).resolve().parents[2]
CALCULATED = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
PHQ_9 = {
    **{0: "minimal", 4: "minimal", 5: "mild", 9: "mild", 10: "moderate", 14: "moderate"},
    **{15: "moderately severe", 19: "moderately severe", 20: "severe", 27: "severe"},
}
GAD_7 = {0: "minimal", 4: "minimal", 5: "mild", 9: "mild", 10: "moderate", 14: "moderate", 15: "severe", 21: "severe"}
TWO = {0: "below", 2: "below", 3: "at or above", 6: "at or above"}
WHOOLEY = {0: "no to both", 1: "yes to at least one", 2: "yes to at least one"}
COMPUTED = [
    *(("phq-9", 9, 3, total, band) for total, band in PHQ_9.items()),
    *(("gad-7", 7, 3, total, band) for total, band in GAD_7.items()),
    *(("phq-2", 2, 3, total, band) for total, band in TWO.items()),
    *(("gad-2", 2, 3, total, band) for total, band in TWO.items()),
    *(("whooley", 2, 1, total, band) for total, band in WHOOLEY.items()),
]
ENTERED = [
    *(("epds", "epds.total", n, "below the published cut-offs") for n in (0, 9)),
    *(("epds", "epds.total", n, "possible depression") for n in (10, 12)),
    *(("epds", "epds.total", n, "probable depression") for n in (13, 30)),
    *(("kips", "kips.mean", n, "low range") for n in ("1.0", "2.9")),
    *(("kips", "kips.mean", n, "moderate range") for n in ("3.0", "3.9")),
    *(("kips", "kips.mean", n, "high range") for n in ("4.0", "5.0")),
    *(("adbb", "adbb.total", n, "below the published cut-off of 5") for n in (0, 4)),
    *(("adbb", "adbb.total", n, "at or above the published cut-off of 5; repeat after two weeks") for n in (5, 32)),
]
OUT_OF_RANGE = [
    *(("epds", "epds.total", n) for n in (-1, 31)),
    *(("kips", "kips.mean", n) for n in ("0.9", "5.1", "3.95")),
    *(("asq-3", "asq-3.fine-motor", n) for n in ("-1", "60.5")),
    *(("mors-sf", "mors-sf.warmth", n) for n in (-1, 36)),
    *(("care-index", "care-index.sensitive", n) for n in (-1, 15)),
    *(("home-inventory", "home-inventory.total", n) for n in (-1, 46)),
]
MAAS_QUALITY = {3, 6, 9, 10, 11, 12, 13, 15, 16, 19}
MAAS_TIME = {1, 2, 4, 5, 8, 14, 17, 18}
SCORED = [
    each.id for each in Library.shipped().sets if "StructureDefinition/score" in json.dumps(each.questionnaire.raw)
]


def questionnaire_of(set_id):
    return Library.shipped().get(set_id).questionnaire


def with_total(set_id, items, most, total):
    """Answers of a set whose items count up to ``most`` and add up to a total."""
    whole, rest = divmod(total, most)
    counts = [most] * whole + [rest] * (whole < items) + [0] * (items - whole - 1)
    return {f"{set_id}.{number}": count for number, count in enumerate(counts, 1)}


def the_score(set_id, answers):
    (score,) = scores_of(questionnaire_of(set_id), response_of(questionnaire_of(set_id), answers))
    return score


@pytest.mark.parametrize(("set_id", "items", "most", "total", "band"), COMPUTED)
def test_a_total_stands_in_its_published_band_at_every_edge(set_id, items, most, total, band):
    score = the_score(set_id, with_total(set_id, items, most, total))
    assert (score.value, score.answered, score.of) == (total, items, items)
    assert (score.lowest, score.highest) == (0, items * most)
    assert score.band_text.startswith(band)
    assert score.band_citation
    assert score.direction is Direction.WORSE


@pytest.mark.parametrize(("set_id", "items", "most"), [("phq-9", 9, 3), ("gad-7", 7, 3), ("whooley", 2, 1)])
def test_every_item_counts_as_much_as_its_option_says(set_id, items, most):
    for number in range(1, items + 1):
        for count in range(most + 1):
            answers = {f"{set_id}.{each}": 0 for each in range(1, items + 1)} | {f"{set_id}.{number}": count}
            assert the_score(set_id, answers).value == count


def test_there_is_no_total_until_all_are_answered_and_it_says_how_many_are():
    answers = with_total("phq-9", 9, 3, 27)
    del answers["phq-9.3"], answers["phq-9.8"]
    score = the_score("phq-9", answers)
    assert (score.value, score.answered, score.of, score.band) == (None, 7, 9, None)
    questionnaire = questionnaire_of("phq-9")
    lines = [line for line in readable(questionnaire, response_of(questionnaire, answers)) if line.score]
    assert [line.answer for line in lines] == ["7 of 9 answered"]


def test_the_question_about_difficulty_is_never_counted():
    answers = with_total("phq-9", 9, 3, 12)
    assert the_score("phq-9", answers | {"phq-9.difficulty": "extremely"}).value == 12
    assert "phq-9.difficulty" not in the_score("phq-9", answers).rule.counted


def test_nobody_types_a_computed_score():
    for set_id in ("phq-9", "phq-2", "gad-7", "gad-2", "whooley", "maas"):
        scores = [item for item in questionnaire_of(set_id).walk() if item.has_role(Role.SCORE)]
        assert scores
        assert all(item.read_only for item in scores)


def maas(counts, gate="ask"):
    questionnaire = questionnaire_of("maas")
    answers = {f"maas.{number}": count for number, count in counts.items()} | {"maas.gate": gate}
    return {score.link: score for score in scores_of(questionnaire, response_of(questionnaire, answers))}


@pytest.mark.parametrize(("count", "expected"), [(1, (10, 8, 19)), (5, (50, 40, 95))])
def test_maas_ends_where_its_ranges_end(count, expected):
    found = maas(dict.fromkeys(range(1, 20), count))
    assert tuple(found[f"maas.{name}"].value for name in ("quality", "time", "global")) == expected
    assert all(score.direction is Direction.BETTER and not score.bands for score in found.values())


@pytest.mark.parametrize("number", range(1, 20))
def test_each_maas_item_counts_in_its_scale_and_in_no_other(number):
    found = maas(dict.fromkeys(range(1, 20), 1) | {number: 5})
    assert found["maas.quality"].value == 10 + 4 * (number in MAAS_QUALITY)
    assert found["maas.time"].value == 8 + 4 * (number in MAAS_TIME)
    assert found["maas.global"].value == 23


def test_every_maas_option_counts_one_to_five_once():
    items = [item for item in questionnaire_of("maas").walk() if re.fullmatch(r"maas\.\d+", item.link_id)]
    assert len(items) == 19
    for item in items:
        assert sorted(int(str(count)) for count, _, _ in options_of(item)) == [1, 2, 3, 4, 5]


def test_the_last_maas_question_can_be_left_out_and_then_two_scores_stay_incomplete():
    found = maas(dict.fromkeys(range(1, 20), 3), gate="leave-out")
    assert (found["maas.time"].value, found["maas.quality"].value, found["maas.global"].value) == (24, None, None)
    assert (found["maas.quality"].answered, found["maas.global"].answered) == (9, 18)
    session = Session(questionnaire_of("maas"))
    assert not any(each.enabled for each in session.state().walk() if each.item.link_id == "maas.19")


@pytest.mark.parametrize(("set_id", "link", "entered", "band"), ENTERED)
def test_an_entered_score_stands_in_its_published_band(set_id, link, entered, band):
    score = next(score for score in _entered(set_id, link, entered) if score.link == link)
    assert score.value == Decimal(str(entered))
    assert score.band_text == band
    assert score.band_citation


@pytest.mark.parametrize(("set_id", "link", "entered"), OUT_OF_RANGE)
def test_a_number_outside_the_range_of_its_tool_is_no_score(set_id, link, entered):
    score = next(score for score in _entered(set_id, link, entered) if score.link == link)
    assert score.value is None


def _entered(set_id, link, entered):
    questionnaire = questionnaire_of(set_id)
    which = {"adbb.form": "adbb"} if set_id == "adbb" else {}
    return scores_of(questionnaire, response_of(questionnaire, {link: entered, **which}))


@pytest.mark.parametrize("set_id", ["phq-9", "phq-2", "gad-7", "gad-2", "whooley", "maas"])
def test_every_total_is_calculated_here_and_equals_what_the_reference_engine_says(set_id):
    questionnaire = questionnaire_of(set_id)
    links = sorted({link for item in questionnaire.walk() for link in rule_of(item).counted})
    whole = response_of(questionnaire, dict.fromkeys(links, 1))
    for response in (whole, response_of(questionnaire, dict.fromkeys(links[1:], 1))):
        environment = {"resource": response, "questionnaire": questionnaire.raw}
        for item in questionnaire.walk():
            formula = extension(item.raw, CALCULATED)
            if isinstance(formula, dict):
                found = compiled(str(formula["expression"]))
                assert found.native is not None
                assert found.native(response, environment) == found.reference(response, environment)


def test_another_tool_brings_its_own_name_and_direction():
    answers = {"other-tool.tool": "Some scale, 2nd edition", "other-tool.direction": "higher-is-better"}
    score = the_score("other-tool", {**answers, "other-tool.total": "12.5"})
    assert (score.instrument, score.direction, score.value) == ("Some scale, 2nd edition", Direction.BETTER, 12.5)


def test_a_score_says_who_completed_it_when_and_how():
    answers = {"epds.total": 7, "epds.by": "parent-alone", "epds.on": "2026-03-01", "epds.language": "Polish"}
    answers |= {"epds.interpreter": "professional", "epds.setting": "home", "epds.form": "1987"}
    asked = the_score("epds", answers).asked
    assert (asked.by, asked.on, asked.language) == ("The parent, alone", "2026-03-01", "Polish")
    assert (asked.interpreter, asked.setting, asked.form) == ("Professional interpreter", "At home", "1987")


@pytest.mark.parametrize("set_id", SCORED)
def test_every_score_declares_its_instrument_and_direction_and_a_source_for_its_bands(set_id):
    questionnaire = questionnaire_of(set_id)
    assert questionnaire.faults == ()
    for score in scores_of(questionnaire, response_of(questionnaire, {})):
        assert score.value is None
        assert score.instrument
        assert '"direction"' in json.dumps(questionnaire.by_link[score.link].raw)
        assert all(band.text and band.citation for band in score.bands)
        assert all(counted in questionnaire.by_link for counted in score.rule.counted)
        assert [band.low for band in score.bands] == sorted(band.low for band in score.bands)


def test_snomed_codes_stand_only_where_they_were_found_in_a_source():
    found = {
        (each.id, str(code["code"]))
        for each in Library.shipped().sets
        for code in _codes(each.questionnaire.raw)
        if code.get("system") == "http://snomed.info/sct"
    }
    assert found == {
        *(("phq-9", "720433000"), ("phq-2", "836541000000100"), ("whooley", "803351000000106")),
        *(("epds", "450320001"), ("epds", "273441006")),
    }


def test_nothing_that_ships_names_a_type_of_attachment_or_a_level_of_risk():
    wrong = re.compile(
        r"\b(((in)?secure|disorgani[sz]ed|ambivalent|avoidant|anxious)(ly)?[- ]attach\w*|"
        r"(high|medium|moderate|low)[- ]risk|risk[- _](level|score|rating))",
        re.IGNORECASE,
    )
    folders = (ROOT / name for name in ("homevisit", "ui", "resources/prompts", "resources/schedule", "resources/demo"))
    texts = (path for folder in folders for path in folder.rglob("*") if path.suffix in {".py", ".json", ".toml"})
    assert [path.name for path in texts if wrong.search(path.read_text("utf-8"))] == []


def _codes(element):
    if isinstance(element, dict):
        if "system" in element and "code" in element:
            yield element
        for value in element.values():
            yield from _codes(value)
    elif isinstance(element, list):
        for value in element:
            yield from _codes(value)
