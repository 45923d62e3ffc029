"""The library: listed without loading, versions side by side, and nothing that shipped once is ever changed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

import resources
from homevisit.errors import HomeVisitError
from homevisit.prompts import fhir_json
from homevisit.prompts.library import Library, Origin, PromptSet
from homevisit.prompts.prompt_sets import listed, prompt_set
from homevisit.prompts.questionnaire import load

RELEASED = Path(__file__).with_name("released_sets.json")
URL = "https://trust.example/Questionnaire/diary"


def made(version: str, origin: Origin = Origin.SHIPPED, url: str = URL) -> PromptSet:
    raw = {"resourceType": "Questionnaire", "url": url, "version": version, "title": f"Diary {version}", "item": []}
    return replace(listed(lambda: json.dumps(raw).encode()), origin=origin)


def test_listing_loads_no_set() -> None:
    library = Library.shipped.__wrapped__()
    assert [each.id for each in library.all if "questionnaire" in vars(each)] == []
    assert "questionnaire" not in vars(library.sets[0])
    assert library.sets[0].questionnaire.title == library.sets[0].title


def test_a_set_is_listed_as_it_is_loaded() -> None:
    for each in Library.shipped().all:
        loaded = each.questionnaire
        assert (each.url, each.version, each.title) == (loaded.url, loaded.version, loaded.title)
        assert each.id == each.url.rpartition("/")[2] == loaded.raw["id"]
        assert replace(each, origin=Origin.SHIPPED) == replace(prompt_set(loaded), origin=Origin.SHIPPED)


def test_the_newest_version_is_offered_and_every_one_is_read_with() -> None:
    library = Library([made("1.9"), made("1.10"), made("1.2", Origin.EARLIER)])
    assert [each.version for each in library.sets] == ["1.10"]
    assert library.newest(URL) is library.get("diary") is library.sets[0]
    for version in ("1.9", "1.10", "1.2"):
        found = library.of_response({"questionnaire": f"{URL}|{version}"})
        assert found is not None
        assert found.version == version
    assert library.of_response({"questionnaire": f"{URL}|2"}) is None


def test_a_version_that_was_replaced_or_removed_is_never_offered() -> None:
    library = Library([made("1", Origin.EARLIER), made("2", Origin.KEPT)])
    assert library.sets == ()
    assert library.newest(URL) is None
    found = library.find("diary")
    assert found is library.get("diary")
    assert found is not None
    assert found.version == "2"
    assert library.find("other") is None


def test_what_is_put_in_takes_the_place_of_what_was_put_in_before() -> None:
    library = Library([made("1")]).copy()
    library.put_installed([made("1", Origin.INSTALLED, "https://trust.example/Questionnaire/other")])
    assert [each.id for each in library.sets] == ["diary", "other"]
    library.put_installed([])
    assert [each.id for each in library.sets] == ["diary"]
    assert [each.origin for each in Library.shipped().sets if each.origin is Origin.INSTALLED] == []


def test_the_languages_of_a_set_are_its_own_and_those_of_its_translations() -> None:
    translation = {
        "url": "http://hl7.org/fhir/StructureDefinition/translation",
        "extension": [{"url": "lang", "valueCode": "cy"}, {"url": "content", "valueString": "Cwsg"}],
    }
    item = {"linkId": "a", "type": "string", "text": "Sleep", "_text": {"extension": [translation]}}
    raw = {"resourceType": "Questionnaire", "url": URL, "language": "en-GB", "item": [item]}
    assert listed(lambda: json.dumps(raw).encode()).languages == ("en-GB", "cy")
    assert prompt_set(load(raw)).languages == ("en-GB", "cy")


@pytest.mark.parametrize("data", [b"", b"[]", b'{"resourceType":"Patient"}', b"[" * 9999])
def test_what_is_no_questionnaire_is_not_listed(data: bytes) -> None:
    with pytest.raises(HomeVisitError, match=r"prompts\."):
        listed(lambda: data)


def test_no_version_ships_twice_with_different_contents() -> None:
    names = (*resources.names("prompts", ".json"), *resources.names("prompts/earlier", ".json"))
    contents: dict[str, object] = {}
    for name in names:
        raw = fhir_json.parse(resources.read_bytes(name))
        canonical = f"{raw['url']}|{raw['version']}"
        assert contents.setdefault(canonical, raw) == raw, f"{name}: raise the version, {canonical} is another set"


def test_what_was_released_is_still_here_word_for_word() -> None:
    """Answers name the version they were given to. A set that changes gets a new version; the old file moves to
    resources/prompts/earlier and stays. A release adds its sets to released_sets.json.
    """
    released: dict[str, str] = json.loads(RELEASED.read_bytes())
    here = {each.canonical: hashlib.sha256(each.reader()).hexdigest() for each in Library.shipped().all}
    assert {name: here.get(name) for name in released} == released
