"""What is typed is found as typed; nothing a person types is read as a query language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homevisit.domain.entry import Act
from homevisit.domain.summaries import HitKind
from homevisit.storage.store import Store
from tests.storage.making import family, person, visit


def answered(text: str) -> dict[str, object]:
    nested = [{"answer": [{"valueString": text, "item": [{"answer": [{"valueCoding": {"display": "Often"}}]}]}]}]
    return {"questionnaire": "https://x.test/needs|1", "item": [{"item": nested}]}


def test_people_notes_and_answers_are_found_names_first(store: Store) -> None:
    visits = [visit(facts="Wren slept well"), visit("v2", facts="x", responses=[answered("Wren smiles")])]
    store.ledger.append([family(), person("p1"), *visits])
    kinds = [hit.kind for hit in store.search.query("wren")]
    assert kinds[0] is HitKind.PERSON
    assert set(kinds[1:]) == {HitKind.NOTE, HitKind.ANSWER}


@pytest.mark.parametrize("text", ["zoe", "ZOË", "999 123 4567", "9991234567", "999123", "zo", "smith-jones", "jones"])
def test_a_person_is_found_by_any_usual_way_of_writing(store: Store, text: str) -> None:
    store.ledger.append([person("p1", name="Zoë Smith-Jones", nhs_number="9991234567")])
    assert [hit.record for hit in store.search.query(text)] == ["p1"]


@pytest.mark.parametrize("text", ["", "  ", "\x00", '"', "*", "()", "😀", "- -", "\ud800"])
def test_text_without_a_word_finds_nothing(store: Store, text: str) -> None:
    store.ledger.append([family(), visit()])
    assert store.search.query(text) == ()


@pytest.mark.parametrize("text", ["Ash & Sons", "ash &", "& sons", "😀 ash - sons", "( ash )"])
def test_signs_between_words_hide_nothing(store: Store, text: str) -> None:
    store.ledger.append([family(name="Ash & Sons")])
    assert [hit.record for hit in store.search.query(text)] == ["f1"]


@given(text=st.text(max_size=40))
def test_any_text_is_a_search_and_never_an_error(store: Store, text: str) -> None:
    assert isinstance(store.search.query(text), tuple)


@pytest.mark.parametrize(
    "text", ["larch OR oak", "name:larch", "larch*", "NEAR(larch)", "larch)", "lar^ch", "larch AND"]
)
def test_operators_are_only_words(store: Store, text: str) -> None:
    store.ledger.append([family(name="Larch")])
    assert [hit.record for hit in store.search.query(text)] in ([], ["f1"])


def test_the_found_words_are_marked(store: Store) -> None:
    store.ledger.append([family(), visit(facts="Slept through the night")])
    (hit,) = store.search.query("slep")
    assert "\ue000Slept\ue001" in hit.snippet
    assert (hit.family, hit.family_name, hit.when) == ("f1", "Larch", "2026-03-02")


def test_only_the_newest_version_is_found(store: Store) -> None:
    store.ledger.append([visit(facts="giraffe"), visit(facts="zebra", act=Act.AMEND)])
    assert store.search.query("giraffe") == ()
    assert len(store.search.query("zebra")) == 1


def test_a_search_can_stay_within_one_family(store: Store) -> None:
    store.ledger.append([family(), family("f2", name="Larch too")])
    assert [hit.record for hit in store.search.query("larch", family="f2")] == ["f2"]


def test_a_text_of_a_megabyte_with_anything_in_it_is_kept_and_found(store: Store) -> None:
    text = "needle \x00 שלום 😀 " + "word " * 200_000
    store.ledger.append([visit(facts=text)])
    shown = store.views.visit("v1")
    assert shown is not None
    assert text in shown.body.note.values()
    assert len(store.search.query("needle")) == 1
