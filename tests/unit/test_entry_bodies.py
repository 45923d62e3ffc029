"""Bodies of entries survive the way to JSON and back, and foreign ones are refused field by field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homevisit.domain.canonical import canonical
from homevisit.domain.codec import person_from_fields, plain, review_from_json, visit_from_json
from homevisit.domain.draft_parts import body_of, parts_of
from homevisit.domain.family import PersonDetails, Role
from homevisit.domain.review import Anchor, Comment, Decision, ReviewBody
from homevisit.domain.visit import Asked, ChildSeen, Noticed, PlannedAction, Section, VisitBody
from homevisit.errors import HomeVisitError

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30)
BODIES = st.builds(
    VisitBody,
    family=TEXT,
    started=TEXT,
    note=st.dictionaries(st.sampled_from(Section), TEXT),
    children=st.lists(st.builds(ChildSeen, person=TEXT, seen=st.sampled_from(Asked), reason=TEXT)).map(tuple),
    strengths=st.lists(st.builds(Noticed, what=TEXT, evidence=TEXT), max_size=3).map(tuple),
    actions=st.lists(st.builds(PlannedAction, id=TEXT, what=TEXT), max_size=3).map(tuple),
)


@given(BODIES)
def test_a_visit_body_comes_back_as_it_was(body: VisitBody) -> None:
    assert visit_from_json(plain(body)) == body
    assert canonical(plain(visit_from_json(plain(body)))) == canonical(plain(body))


@given(BODIES)
def test_a_draft_put_together_again_is_the_same_visit(body: VisitBody) -> None:
    assert body_of(parts_of(body)) == body


def test_a_response_is_kept_under_its_set_and_person() -> None:
    response = {"questionnaire": "https://x.example/Questionnaire/talk|1", "subject": {"reference": "RelatedPerson/p1"}}
    parts = parts_of(VisitBody(family="f", responses=(response,)))
    assert parts["response/talk/p1"] == response


def test_a_review_body_comes_back_as_it_was() -> None:
    comment = Comment(anchor=Anchor(part="note/facts", start=1, end=4, quote="abc"), text="Well seen.")
    body = ReviewBody(visit="v", version="e", decision=Decision.DISCUSS, comments=(comment,))
    assert review_from_json(plain(body)) == body


@pytest.mark.parametrize(
    "change",
    [{"surprise": 1}, {"contact": "party"}, {"note": {"gossip": "x"}}, {"present": "all"}, {"children": [{}]}],
    ids=str,
)
def test_a_body_that_does_not_fit_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(HomeVisitError, match=r"entry\.bad_body"):
        visit_from_json({**plain(VisitBody(family="f")), **change})


def test_a_person_with_only_a_role_written_has_defaults_for_the_rest() -> None:
    assert person_from_fields({"role": "father", "family": "f"}) == PersonDetails(name="", role=Role.FATHER)
