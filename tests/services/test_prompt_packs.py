"""Packs of prompt sets: installed whole or refused with a reason, versions side by side, answers readable for good."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from homevisit.assembly import Services, assemble
from homevisit.clock import SystemClock
from homevisit.domain.canonical import JsonObject
from homevisit.errors import HomeVisitError
from homevisit.exchange.packs import read_pack
from homevisit.prompts.library import TWO_MINUTES, Origin
from homevisit.prompts.session import Session
from homevisit.prompts.terms import BASE
from homevisit.prompts.values import text_answer
from homevisit.services.pack_making import PackWords
from homevisit.services.pack_reading import Standing
from homevisit.signatures import sign
from homevisit.storage.access import AccessAct
from tests.desks import Desks, add_family, whole_draft
from tests.services import packing
from tests.services.packing import ADDRESS, questionnaire

SLEEP = f"{ADDRESS}/sleep-diary"


@pytest.fixture
def desk(desks: Desks) -> Services:
    return desks.practitioner


def install(desk: Services, path: Path) -> str:
    return desk.prompt_library.install(desk.prompt_library.preview(path)).id


def codes(desk: Services, path: Path) -> str:
    """The code that the pack is refused with; nothing has changed and the file is where it was."""
    before, data = [each.canonical for each in desk.library.all], path.read_bytes()
    with pytest.raises(HomeVisitError) as refusal:
        install(desk, path)
    assert [each.canonical for each in desk.library.all] == before
    assert desk.prompt_library.packs() == ()
    assert path.read_bytes() == data
    return refusal.value.code


def answer(desk: Services, visit: str, canonical: str) -> JsonObject:
    session = Session(desk.library.get(canonical).questionnaire, subject="RelatedPerson/p1")
    session.set_answer((("slept", 0),), [text_answer("In the Moses basket")])
    desk.drafting.save_response(visit, f"{desk.library.get(canonical).id}/p1", session.response())
    return session.response()


def test_an_installed_set_is_offered_with_what_its_pack_states(desk: Services, stick: Path) -> None:
    pack = install(desk, packing.make(desk, stick))
    found = desk.library.newest(SLEEP)
    assert found is not None
    assert found in desk.library.sets
    assert (found.id, found.origin, found.pack) == ("sleep-diary", Origin.INSTALLED, pack)
    assert (found.licence, found.licence_class) == ("Example Trust holds the licence", "B")
    assert found.questionnaire.raw["item"]
    assert [each.manifest.organisation for each in desk.prompt_library.packs()] == ["Example Trust"]
    assert [line.subject for line in desk.store.access.of(f"pack/{pack}")][:1] == [f"pack/{pack}"]


def test_what_was_installed_is_there_after_unlocking_again(desk: Services, stick: Path) -> None:
    install(desk, packing.make(desk, stick))
    again = assemble(desk.store, clock=SystemClock())
    assert again.library.get(f"{SLEEP}|1.0").questionnaire.usable
    assert not desk.upkeep.check()


def test_the_same_pack_again_changes_nothing(desk: Services, stick: Path) -> None:
    path = packing.make(desk, stick)
    install(desk, path)
    offer = desk.prompt_library.preview(path)
    assert offer.is_installed
    assert [each.standing for each in offer.sets] == [Standing.SAME]
    desk.prompt_library.install(offer)
    assert len(desk.prompt_library.packs()) == 1
    assert sum(each.url == SLEEP for each in desk.library.all) == 1


def test_a_pack_of_a_stranger_waits_for_the_six_words(desks: Desks, colleague: Services, stick: Path) -> None:
    desk, path = desks.supervisor, packing.make(colleague, stick)
    assert desk.prompt_library.preview(path).unknown is None  # the supervisor has this card
    desk.store.database.change("DELETE FROM card")
    offer = desk.prompt_library.preview(path)
    assert offer.unknown is not None
    assert offer.unknown.words == colleague.cards.mine().words
    assert codes(desk, path) == "pack.unknown_signer"
    confirmed = desk.prompt_library.confirm_signer(offer)
    assert confirmed.unknown is None
    desk.prompt_library.install(confirmed)
    assert [each.signer for each in desk.prompt_library.packs()] == ["Col League"]


def test_versions_stand_side_by_side_and_answers_stay_on_theirs(desk: Services, stick: Path) -> None:
    install(desk, packing.make(desk, stick))
    visit = whole_draft(desk, add_family(desk))
    begun = answer(desk, visit, f"{SLEEP}|1.0")
    changed = [{"linkId": "slept", "text": "Where did your baby sleep?", "type": "string"}]
    newer = packing.make(desk, stick, questionnaire(version="1.10", item=changed), name="Sleep again")
    offer = desk.prompt_library.preview(newer)
    assert [each.standing for each in offer.sets] == [Standing.NEWER]
    desk.prompt_library.install(offer)
    newest = desk.library.newest(SLEEP)
    assert newest is not None
    assert newest.version == "1.10"
    assert [each.version for each in desk.library.sets if each.url == SLEEP] == ["1.10"]
    used = desk.library.of_response(begun)
    assert used is not None
    assert used.version == "1.0"
    assert desk.library.readable(begun)[0].prompt == "Where did the baby sleep last night?"


def test_a_removed_pack_leaves_what_was_answered_readable_and_erases_the_rest(desk: Services, stick: Path) -> None:
    pack = install(desk, packing.make(desk, stick, questionnaire(), questionnaire("night-feeds", title="Night feeds")))
    visit = whole_draft(desk, add_family(desk))
    begun = answer(desk, visit, f"{SLEEP}|1.0")
    desk.prompt_library.remove(pack)
    assert [each.origin for each in desk.library.all if each.pack or each.origin is Origin.KEPT] == [Origin.KEPT]
    assert desk.library.newest(SLEEP) is None
    assert desk.library.readable(begun)[0].answer == "In the Moses basket"
    assert desk.store.access.last(AccessAct.REMOVED_PACK) is not None
    assert desk.prompt_library.packs() == ()
    assert not desk.upkeep.check()
    with pytest.raises(HomeVisitError, match=r"pack\.unknown"):
        desk.prompt_library.remove(pack)


def test_a_removed_pack_can_be_installed_again(desk: Services, stick: Path) -> None:
    path = packing.make(desk, stick)
    desk.prompt_library.remove(install(desk, path))
    install(desk, path)
    assert desk.library.newest(SLEEP) is not None


def test_a_set_of_two_packs_is_offered_until_both_are_removed(desk: Services, stick: Path) -> None:
    both = [install(desk, packing.make(desk, stick, name=name)) for name in ("One", "Other")]
    desk.prompt_library.remove(both[0])
    assert desk.library.newest(SLEEP) is not None
    desk.prompt_library.remove(both[1])
    assert desk.library.newest(SLEEP) is None


def test_the_same_version_with_other_contents_is_refused(desk: Services, stick: Path) -> None:
    install(desk, packing.make(desk, stick))
    other = packing.make(desk, stick, questionnaire(title="Sleep diary", description="changed"), name="Other")
    with pytest.raises(HomeVisitError, match=r"pack\.other_content"):
        install(desk, other)
    assert [each.manifest.name for each in desk.prompt_library.packs()] == ["Sleep"]


def test_white_space_and_the_order_of_keys_are_not_other_contents(desk: Services, stick: Path) -> None:
    install(desk, packing.make(desk, stick))
    turned = dict(reversed(questionnaire().items()))
    install(desk, packing.make(desk, stick, turned, name="Turned"))
    assert len(desk.prompt_library.packs()) == 2


def test_two_sets_with_one_name_are_refused(desk: Services, stick: Path) -> None:
    elsewhere = questionnaire(url="https://other.example/Questionnaire/sleep-diary")
    assert codes(desk, packing.make(desk, stick, questionnaire(), elsewhere)) == "pack.name_taken"


def test_the_name_of_a_set_that_ships_is_taken(desk: Services, stick: Path) -> None:
    assert codes(desk, packing.make(desk, stick, questionnaire(TWO_MINUTES))) == "pack.name_taken"


def test_a_set_that_the_engine_refuses_cannot_be_packed(desk: Services, stick: Path) -> None:
    broken = questionnaire(item=[{"linkId": "a", "type": "string"}, {"linkId": "a", "type": "string"}])
    with pytest.raises(HomeVisitError, match=r"pack\.set_refused"):
        packing.make(desk, stick, broken)
    assert not list(stick.glob("*.homevisit-pack"))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"url": f"{BASE}/Questionnaire/ours"}, "pack.shipped"),
        ({"url": "sleep-diary"}, "pack.malformed"),
        ({"version": ""}, "pack.malformed"),
        ({"title": "Sleep \u202e diary"}, "pack.malformed"),
        ({"resourceType": "Patient"}, "pack.set_unreadable"),
    ],
)
def test_a_set_without_what_a_pack_needs_is_not_packed(
    desk: Services, stick: Path, changes: JsonObject, code: str
) -> None:
    with pytest.raises(HomeVisitError) as refusal:
        packing.make(desk, stick, {**questionnaire(), **changes})
    assert refusal.value.code == code


def test_a_pack_is_never_written_over_another_file(desk: Services, stick: Path) -> None:
    out = stick / "there.homevisit-pack"
    out.write_text("mine")
    words = PackWords(name="Sleep", version="1", licence="held")
    with pytest.raises(HomeVisitError, match=r"pack\.file_exists"):
        desk.pack_making.make(packing.save(stick, questionnaire()), words, out)
    assert out.read_text() == "mine"


def test_every_set_carries_the_licence_that_was_stated_for_it(desk: Services, stick: Path) -> None:
    words = PackWords(name="Two", version="1", licence="held", licences={"night-feeds": "by permission, 2026"})
    files = packing.save(stick, questionnaire(), questionnaire("night-feeds", title="Night feeds"))
    made = desk.pack_making.make(files, words, stick / "two.homevisit-pack")
    assert [each.licence for each in made.sets] == ["held", "by permission, 2026"]
    wrong = PackWords(name="Two", version="1", licence="held", licences={"nothing": "x"})
    with pytest.raises(HomeVisitError, match=r"pack\.licence_of_nothing"):
        desk.pack_making.make(files, wrong, stick / "three.homevisit-pack")


def test_a_swapped_set_is_noticed(desk: Services, stick: Path) -> None:
    path = packing.make(desk, stick)
    swapped = json.dumps(questionnaire(title="Sleep diary", description="another"))
    with pytest.raises(HomeVisitError, match=r"pack\.changed"):
        desk.prompt_library.preview(packing.cut(path, sets=[swapped]))


def nested(levels: int) -> list[JsonObject]:
    item: JsonObject = {"linkId": "0", "type": "string", "text": "deep"}
    for level in range(1, levels):
        item = {"linkId": str(level), "type": "group", "item": [item]}
    return [item]


def with_pattern(pattern: str) -> list[JsonObject]:
    regex = {"url": "http://hl7.org/fhir/StructureDefinition/regex", "valueString": pattern}
    return [{"linkId": "a", "type": "string", "extension": [regex]}]


@pytest.mark.parametrize(
    ("items", "code"),
    [
        (nested(24), "pack.set_unreadable"),
        ([{"linkId": str(n), "type": "boolean"} for n in range(10_500)], "pack.set_unreadable"),
        (with_pattern("(((a+)+)+)+$"), "pack.set_refused"),
        ([{"linkId": "a", "type": "string"}, {"linkId": "a", "type": "string"}], "pack.set_refused"),
        ([{"linkId": "a", "type": "spreadsheet"}], "pack.set_refused"),
    ],
    ids=["deep", "10,500 prompts", "runaway pattern", "names twice", "unknown type"],
)
def test_a_hostile_set_in_a_signed_pack_is_named_and_kept_out(
    desk: Services, stick: Path, items: list[JsonObject], code: str
) -> None:
    began = time.process_time()
    path = packing.forge(desk, stick / "forged.homevisit-pack", questionnaire(item=items), questionnaire("honest"))
    assert codes(desk, path) == code
    offer = desk.prompt_library.preview(path)
    assert [each.problem is None for each in offer.sets] == [False, True]
    assert time.process_time() - began < 5


def test_a_set_that_is_another_than_its_manifest_says_is_refused(desk: Services, stick: Path) -> None:
    liar = packing.forge(desk, stick / "liar.homevisit-pack", questionnaire())
    whole = json.loads(liar.read_bytes())
    manifest = read_pack(liar.read_bytes()).manifest
    told = replace(manifest, sets=(replace(manifest.sets[0], title="Something else"),))
    signature = sign(desk.store.identity.sign_key, told.signing_bytes()).hex()
    packing.cut(liar, manifest=told.to_json(), signature=signature, sets=whole["sets"])
    assert codes(desk, liar) == "pack.set_differs"


def test_damage_of_an_installed_pack_is_found_by_the_full_check(desk: Services, stick: Path) -> None:
    install(desk, packing.make(desk, stick))
    desk.store.database.change("UPDATE prompt_set SET content = x'7b7d'")
    assert [each.code for each in desk.upkeep.check()] == ["pack.damaged"]
    assemble(desk.store, clock=SystemClock())
