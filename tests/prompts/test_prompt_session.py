"""A session equals a fresh evaluation after any change, repeats come and go, and nothing in a response is lost."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homevisit.domain.canonical import canonical
from homevisit.prompts.evaluate import Context, evaluate
from homevisit.prompts.items import Kind
from homevisit.prompts.questionnaire import load
from homevisit.prompts.session import Session
from homevisit.prompts.values import answered_at, typed_answer

ROOT = ()


@st.composite
def questionnaires(draw):
    items, links = [], []
    for number in range(draw(st.integers(2, 7))):
        item = draw(_items(f"i{number}", tuple(links)))
        items.append(item)
        links.extend(_links(item))
    return load({"resourceType": "Questionnaire", "url": "urn:t", "item": items})


@st.composite
def _items(draw, link, sources, depth=0):
    kind = draw(st.sampled_from(["boolean", "integer", "string"] + ["group"] * (depth < 2)))
    item = {"linkId": link, "type": kind, "repeats": draw(st.booleans()), "required": draw(st.booleans())}
    if sources and draw(st.booleans()):
        item["enableWhen"] = [
            draw(_conditions(source)) for source in draw(st.lists(st.sampled_from(sources), max_size=2))
        ]
        item["enableBehavior"] = draw(st.sampled_from(["any", "all"]))
    own = (*sources, link) if kind != "group" else sources
    if kind == "group" or (depth < 2 and draw(st.integers(0, 3)) == 0):
        inner = []
        for number in range(draw(st.integers(1, 3))):
            inner.append(draw(_items(f"{link}.{number}", own, depth + 1)))
            own = (*own, *_links(inner[-1]))
        item["item"] = inner
    return item


def _links(item):
    own = [] if item["type"] == "group" else [item["linkId"]]
    return own + [link for inner in item.get("item", []) for link in _links(inner)]


@st.composite
def _conditions(draw, source):
    operator = draw(st.sampled_from(["exists", "=", "!=", ">", "<=", "<", ">="]))
    expected = {"answerBoolean": draw(st.booleans())}
    if operator != "exists" and draw(st.booleans()):
        expected = {"answerInteger": draw(st.integers(0, 2))}
    return {"question": source, "operator": operator, **expected}


VALUES = {
    Kind.BOOLEAN: st.booleans().map(lambda v: {"valueBoolean": v}),
    Kind.INTEGER: st.integers(0, 2).map(lambda v: {"valueInteger": v}),
    Kind.STRING: st.sampled_from(["", "x"]).map(lambda v: {"valueString": v}),
}


def change(session, data):
    states = session.state().items
    path = data.draw(st.sampled_from(sorted(states)))
    item = states[path].item
    if item.kind is not Kind.GROUP:
        session.set_answer(path, data.draw(st.lists(VALUES[item.kind], max_size=3)))
    elif item.repeats and data.draw(st.booleans()):
        session.add_repeat(path[:-1], item.link_id)
    elif item.repeats:
        session.remove_repeat(path)


@settings(max_examples=60, deadline=None)
@given(questionnaire=questionnaires(), data=st.data())
def test_after_any_changes_the_session_equals_a_fresh_evaluation(questionnaire, data):
    session = Session(questionnaire)
    for _ in range(data.draw(st.integers(1, 6))):
        change(session, data)
        fresh = evaluate(questionnaire, session.response(), Context())
        assert session.state() == fresh


@settings(max_examples=40, deadline=None)
@given(questionnaire=questionnaires(), data=st.data())
def test_a_response_read_again_is_the_same_response(questionnaire, data):
    session = Session(questionnaire)
    for _ in range(data.draw(st.integers(1, 6))):
        change(session, data)
    assert Session(questionnaire, session.response()).response() == session.response()
    canonical(session.response())


@settings(max_examples=40, deadline=None)
@given(questionnaire=questionnaires(), data=st.data())
def test_only_the_occurrences_named_as_changed_have_changed(questionnaire, data):
    session = Session(questionnaire)
    before = session.state().items
    questions = [path for path, each in before.items() if each.item.is_question]
    if not questions:
        return
    path = data.draw(st.sampled_from(sorted(questions)))
    named = session.set_answer(path, [data.draw(VALUES[before[path].item.kind])])
    after = session.state().items
    assert {p for p in before.keys() | after.keys() if before.get(p) != after.get(p)} == set(named)


@pytest.fixture
def repeating(build):
    group = {"linkId": "g", "type": "group", "repeats": True, "item": [{"linkId": "t", "type": "text"}]}
    return Session(build(group, {"linkId": "after", "type": "text"}))


def fill(session, *texts):
    for index, text in enumerate(texts):
        if index:
            session.add_repeat(ROOT, "g")
        session.set_answer((("g", index), ("t", 0)), [{"valueString": text}])


def texts(session):
    states = (each for each in session.state().walk() if each.item.link_id == "t")
    return [each.answers[0]["valueString"] if each.answers else "" for each in states]


@pytest.mark.parametrize("index", [0, 1, 2])
def test_a_removed_repeat_comes_back_where_it_was(repeating, index):
    fill(repeating, "one", "two", "three")
    removed = repeating.remove_repeat((("g", index),))
    assert len(texts(repeating)) == 2
    repeating.restore(removed)
    assert texts(repeating) == ["one", "two", "three"]


def test_removing_the_only_repeat_empties_it_and_restoring_fills_it_again(repeating):
    fill(repeating, "one")
    removed = repeating.remove_repeat((("g", 0),))
    assert texts(repeating) == [""]
    repeating.restore(removed)
    assert texts(repeating) == ["one"]


def test_restoring_keeps_what_was_written_since(repeating):
    fill(repeating, "one", "two")
    removed = repeating.remove_repeat((("g", 0),))
    repeating.set_answer((("g", 0), ("t", 0)), [{"valueString": "two and more"}])
    repeating.set_answer((("after", 0),), [{"valueString": "meanwhile"}])
    repeating.restore(removed)
    assert texts(repeating) == ["one", "two and more"]
    assert repeating.item_state((("after", 0),)).answered


def test_empty_repeats_are_in_the_draft_and_not_in_the_finished_response(repeating):
    fill(repeating, "one", "")
    repeating.set_answer((("g", 1), ("t", 0)), [])
    assert len(repeating.response()["item"]) == 2
    assert len(repeating.finished()["item"]) == 1


def test_unknown_content_stays_where_it_was(build):
    response = {
        "resourceType": "QuestionnaireResponse",
        "meta": {"tag": [{"code": "x"}]},
        "item": [
            {"linkId": "a", "definition": "urn:d", "answer": [{"id": "1", "valueString": "x"}]},
            {"linkId": "unknown", "answer": [{"valueString": "kept"}]},
        ],
    }
    assert Session(build({"linkId": "a", "type": "string"}), response).response() == response


def test_initial_answers_fill_a_new_response_only(build):
    questionnaire = build({"linkId": "a", "type": "integer", "initial": [{"valueInteger": 3}]})
    assert Session(questionnaire).item_state((("a", 0),)).answers == ({"valueInteger": 3},)
    assert Session(questionnaire, {"item": []}).is_empty


def test_an_answer_carries_the_moment_of_its_last_change(build):
    session = Session(build({"linkId": "a", "type": "string"}))
    session.set_answer((("a", 0),), [{"valueString": "x"}], at=datetime(2026, 3, 1, 9, 30, tzinfo=UTC))
    (answer,) = session.item_state((("a", 0),)).answers
    assert answered_at(answer) == "2026-03-01T09:30:00.000Z"


def test_what_could_not_be_understood_is_kept_as_typed_and_named(build):
    session = Session(build({"linkId": "a", "type": "date"}))
    session.set_answer((("a", 0),), [typed_answer("32/13/2026")])
    again = Session(session.questionnaire, session.response()).item_state((("a", 0),))
    assert again.answered
    assert [problem.code for problem in again.problems] == ["not-understood"]


@pytest.mark.parametrize(
    ("item", "answers", "code"),
    [
        ({"type": "string", "maxLength": 2}, [{"valueString": "abc"}], "maxLength"),
        ({"type": "integer", "required": True}, [], "required"),
        ({"type": "integer"}, [{"valueInteger": 1}, {"valueInteger": 2}], "not-repeating"),
        ({"type": "integer"}, [{"valueString": "x"}], "wrong-type"),
        ({"type": "date"}, [{"valueDate": "2026-02-30"}], "wrong-type"),
        ({"type": "choice", "answerOption": [{"valueString": "a"}]}, [{"valueString": "b"}], "not-an-option"),
    ],
)
def test_a_broken_rule_is_a_code_beside_the_item(build, item, answers, code):
    response = {"item": [{"linkId": "a", "answer": answers}]}
    state = evaluate(build({"linkId": "a", **item}), response, Context())
    assert [problem.code for problem in state.items[(("a", 0),)].problems] == [code]
