"""A bucket as the way, on a real server that checks who signed each request."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from homevisit.errors import HomeVisitError
from homevisit.ids import new_package_name
from tests.transports.conftest import Bucket


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(HomeVisitError) as caught:
        act()
    return caught.value.code


def test_packages_go_there_whole_come_back_and_are_taken_away(bucket: Bucket) -> None:
    transport = bucket.open()
    transport.check()
    sent = {new_package_name(): os.urandom(size) for size in (0, 1, *[500] * 20, 300_000)}
    assert dict(transport.put_many(sent.items())) == dict.fromkeys(sent)
    (bucket.folder / "notes.txt").write_text("x")
    (bucket.folder / "inner").mkdir()
    (bucket.folder / "inner" / new_package_name()).write_text("x")
    assert transport.names() == tuple(sorted(sent))
    assert dict(transport.get_many(sent, max_bytes=1_000_000)) == sent
    assert dict(transport.put_many(sent.items())) == dict.fromkeys(sent)
    name = min(name for name in sent if sent[name])  # nothing at all would be the beginning of any file
    assert refused(lambda: transport.put_new(name, b"another")) == "place.taken"
    assert refused(lambda: transport.get(new_package_name(), max_bytes=1)) == "place.gone"
    transport.remove(name)
    transport.remove(name)
    assert name not in transport.names()
    transport.close()


@pytest.mark.parametrize(
    ("secret", "expired", "code"),
    [
        ({"access_key_id": "NOBODY"}, False, "place.wrong_credentials"),
        ({"secret_access_key": "wrong"}, False, "place.wrong_credentials"),
        ({"session_token": "run-out"}, True, "place.expired"),
    ],
)
def test_keys_that_are_wrong_or_have_run_out(
    bucket: Bucket, secret: dict[str, str], *, expired: bool, code: str
) -> None:
    bucket.server.handler.expired = expired
    transport = bucket.open(**secret)
    assert refused(transport.check) == code
    assert {error.code for _, error in transport.put_many([(new_package_name(), b"x")]) if error} == {code}
    transport.close()


def test_a_bucket_that_is_not_there_is_missing(bucket: Bucket) -> None:
    bucket.folder.rmdir()
    transport = bucket.open()
    assert refused(transport.check) == "place.missing"
    assert refused(lambda: transport.put_new(new_package_name(), b"x")) == "place.missing"
    transport.close()
