"""A package gives back exactly what was sealed, and only to whom it names."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace

import pytest

from homevisit.domain.canonical import JsonObject
from homevisit.errors import HomeVisitError
from homevisit.exchange.manifest import Addressed, KnownHead, PackageKind
from homevisit.exchange.package import decrypt, open_package, seal
from homevisit.exchange.padding import padded_length
from homevisit.exchange.sealing import CHILD_FROM_BYTES
from tests.exchange.sealing_desks import Desks

ANY_TEXT = "Zoë \U0001f476 שלום \x00 \u202e end"


def refusal(desks: Desks, data: bytes) -> str:
    with pytest.raises(HomeVisitError) as caught:
        desks.opened(data)
    return caught.value.code


def test_what_was_sealed_comes_out_unchanged(desks: Desks) -> None:
    entries = [desks.sender.entry({"note": ANY_TEXT, "n": [1, None, True]}) for _ in range(3)]
    opened = desks.opened(desks.sealed(*entries).data)
    assert opened.entries == tuple(entries)
    assert opened.sender == desks.sender.card


def test_the_manifest_says_what_the_sender_said(desks: Desks) -> None:
    head = KnownHead(device=desks.reader.card.device, epoch="epoch-9", seq=4, id="ab" * 32)
    sealed = desks.sealed(
        kind=PackageKind.RECEIPT, seq=7, prev="cd" * 32, known_heads=(head,), in_reply_to=("ef" * 32,)
    )
    opened = desks.opened(sealed.data)
    assert opened.manifest.known_heads == (head,)
    assert opened.manifest.in_reply_to == ("ef" * 32,)
    assert (opened.manifest.kind, opened.manifest.seq, opened.manifest.prev) == (PackageKind.RECEIPT, 7, "cd" * 32)
    assert (opened.manifest.package_id, opened.digest) == (sealed.package_id, sealed.digest)
    assert opened.entries == ()


def test_a_document_goes_in_place_of_entries(desks: Desks) -> None:
    document: JsonObject = {"taken": [], "words": ANY_TEXT}
    opened = desks.opened(desks.sealed(kind=PackageKind.RECEIPT, document=document).data)
    assert (opened.document, opened.entries) == (document, ())


def test_each_device_is_told_how_many_packages_it_was_sent(desks: Desks) -> None:
    addressed = (Addressed(device=desks.reader.card.device, number=3),)
    assert desks.opened(desks.sealed(addressed=addressed).data).manifest.addressed == addressed


def test_the_file_name_is_random_and_says_nothing(desks: Desks) -> None:
    names = {desks.sealed().name for _ in range(5)}
    assert len(names) == 5
    assert all(re.fullmatch(r"[0-9a-z]{26}\.age", name) for name in names)


def test_the_plain_size_is_padded(desks: Desks) -> None:
    sealed = desks.sealed(*[desks.sender.entry() for _ in range(20)])
    plain = decrypt(sealed.data, identity=desks.reader.identity)
    assert len(plain) == padded_length(len(plain))


def test_several_recipients_can_open_the_same_file(desks: Desks) -> None:
    people = (desks.reader.card.person, desks.stranger.card.person)
    keys = [desks.reader.card.age_recipient, desks.stranger.card.age_recipient]
    contents = desks.contents(desks.sender.entry(), recipients=people)
    data = seal(contents, signer=desks.sender.sign_key, recipients=keys).data
    for desk in (desks.reader, desks.stranger):
        opened = open_package(data, identity=desk.identity, me=desk.card.person, pinned=desks.pinned)
        assert len(opened.entries) == 1


def test_a_megabyte_of_one_letter_is_no_bomb(desks: Desks) -> None:
    entry = desks.sender.entry({"note": "a" * 1_000_000})
    assert desks.opened(desks.sealed(entry).data).entries == (entry,)


def test_an_entry_whose_body_was_erased_by_law_still_travels(desks: Desks) -> None:
    erased = replace(desks.sender.entry(), body=None)
    assert desks.opened(desks.sealed(erased).data).entries == (erased,)


def test_nobody_else_can_pass_an_entry_on_as_erased(desks: Desks) -> None:
    erased = replace(desks.reader.entry(), body=None)
    assert refusal(desks, desks.sealed(erased).data) == "package.entry"


def test_both_sides_of_a_fork_travel(desks: Desks) -> None:
    one = desks.sender.entry({"v": 1})
    desks.sender.chain.clear()
    other = desks.sender.entry({"v": 2})
    assert desks.opened(desks.sealed(one, other).data).entries == (one, other)


def test_an_entry_by_another_pinned_author_is_accepted(desks: Desks) -> None:
    entry = desks.reader.entry()
    assert desks.opened(desks.sealed(entry).data).entries == (entry,)


def test_a_large_package_goes_through_the_child_process(desks: Desks) -> None:
    # Random digits hardly compress, so that both directions are over the switch.
    entries = [desks.sender.entry({"note": secrets.token_hex(1_900_000)}) for _ in range(4)]
    sealed = desks.sealed(*entries)
    assert len(sealed.data) > CHILD_FROM_BYTES
    assert desks.opened(sealed.data).entries == tuple(entries)


def test_someone_without_the_key_cannot_open_it(desks: Desks) -> None:
    data = desks.sealed().data
    with pytest.raises(HomeVisitError, match=r"package\.not_for_me"):
        open_package(data, identity=desks.stranger.identity, me=desks.reader.card.person, pinned=desks.pinned)


def test_a_package_passed_on_to_another_person_is_refused(desks: Desks) -> None:
    assert refusal(desks, desks.sealed(recipients=("somebody-else",)).data) == "package.readdressed"


def test_an_unknown_sender_is_refused(desks: Desks) -> None:
    keys = [desks.reader.card.age_recipient]
    card = desks.stranger.card
    contents = desks.contents(author=card.person, device=card.device)
    data = seal(contents, signer=desks.stranger.sign_key, recipients=keys).data
    assert refusal(desks, data) == "package.unknown_sender"


def test_a_device_cannot_send_in_the_name_of_another_person(desks: Desks) -> None:
    assert refusal(desks, desks.sealed(author=desks.reader.card.person).data) == "package.unknown_sender"


def test_a_stranger_cannot_sign_as_a_known_device(desks: Desks) -> None:
    keys = [desks.reader.card.age_recipient]
    data = seal(desks.contents(), signer=desks.stranger.sign_key, recipients=keys).data
    assert refusal(desks, data) == "package.signature"


def test_an_entry_by_an_unknown_author_refuses_the_whole_package(desks: Desks) -> None:
    data = desks.sealed(desks.sender.entry(), desks.stranger.entry()).data
    assert refusal(desks, data) == "package.unknown_author"


def test_an_entry_in_the_name_of_another_author_is_refused(desks: Desks) -> None:
    entry = desks.sender.entry(author=desks.reader.card.person)
    assert refusal(desks, desks.sealed(entry).data) == "package.unknown_author"


def test_an_entry_signed_by_another_key_is_refused(desks: Desks) -> None:
    entry = replace(desks.sender.entry(), signature=bytes(64))
    assert refusal(desks, desks.sealed(entry).data) == "package.entry_signature"


def test_an_entry_with_an_altered_body_is_refused(desks: Desks) -> None:
    entry = replace(desks.sender.entry(), body={"note": "altered"})
    assert refusal(desks, desks.sealed(entry).data) == "package.entry"


def test_a_broken_chain_is_refused(desks: Desks) -> None:
    first = desks.sender.entry()
    second = desks.sender.entry(prev="00" * 32)
    assert refusal(desks, desks.sealed(first, second).data) == "package.chain"


def test_a_parent_of_another_record_is_refused(desks: Desks) -> None:
    first = desks.sender.entry()
    second = desks.sender.entry(record="another-record", parents=(first.id,))
    assert refusal(desks, desks.sealed(first, second).data) == "package.chain"


def test_the_same_entry_twice_is_refused(desks: Desks) -> None:
    entry = desks.sender.entry()
    assert refusal(desks, desks.sealed(entry, entry).data) == "package.chain"


def test_a_bad_recipient_key_is_named_when_sealing(desks: Desks) -> None:
    for key in ("age1nonsense", "ssh-ed25519 AAAA", ""):
        with pytest.raises(HomeVisitError, match=r"package\.recipient"):
            seal(desks.contents(), signer=desks.sender.sign_key, recipients=[key])


def test_a_text_that_no_reader_would_take_is_named_when_sealing(desks: Desks) -> None:
    entry = desks.sender.entry({"note": "a" * (4 * 1024 * 1024 + 1)})
    with pytest.raises(HomeVisitError, match=r"package\.text_too_long"):
        desks.sealed(entry)


@pytest.mark.parametrize("void", [(("epoch-1", 1, 2), ("earlier", 7, 9)), ()])
def test_numbers_that_are_void_arrive_with_the_device_they_concern(
    desks: Desks, void: tuple[tuple[str, int, int], ...]
) -> None:
    addressed = (Addressed(device=desks.reader.card.device, number=3, void=void),)
    assert desks.opened(desks.sealed(addressed=addressed).data).manifest.addressed == addressed


@pytest.mark.parametrize("void", [("epoch-1", 1, 3), ("epoch-1", 4, 9), ("old", 3, 2), ("old", 0, 2), ("", 1, 2)])
def test_nothing_is_void_that_is_still_to_come_and_ranges_are_ranges(desks: Desks, void: tuple[str, int, int]) -> None:
    addressed = (Addressed(device=desks.reader.card.device, number=3, void=(void,)),)
    assert refusal(desks, desks.sealed(addressed=addressed).data) == "package.manifest"
