"""Large pieces are sealed and opened in a child process with the same results and the same refusals."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from homevisit.errors import HomeVisitError
from homevisit.exchange import sealing
from homevisit.exchange.age_keys import new_age_keys

LARGE = sealing.CHILD_FROM_BYTES + 1


@pytest.mark.parametrize("size", [0, 1, 65_536, LARGE])
def test_what_was_sealed_opens(size: int) -> None:
    identity, recipient = new_age_keys()
    data = os.urandom(size)
    assert sealing.decrypt(sealing.encrypt(data, [recipient]), identity) == data


@pytest.mark.parametrize("size", [100, LARGE])
def test_a_foreign_key_and_damage_have_their_own_codes(size: int) -> None:
    (identity, recipient), (foreign, _) = new_age_keys(), new_age_keys()
    sealed = sealing.encrypt(bytes(size), [recipient])
    with pytest.raises(HomeVisitError, match=r"package\.not_for_me"):
        sealing.decrypt(sealed, foreign)
    with pytest.raises(HomeVisitError, match=r"package\.damaged"):
        sealing.decrypt(sealed[:-1] + bytes([sealed[-1] ^ 1]), identity)
    with pytest.raises(HomeVisitError, match=r"package\.recipient"):
        sealing.encrypt(bytes(size), ["age1nobody"])


def test_a_child_that_gets_half_a_message_gives_no_answer() -> None:
    command = [sys.executable, "-c", "from homevisit.exchange.sealing import serve; serve()"]
    done = subprocess.run(command, input=bytes(30), capture_output=True, check=False)
    assert done.returncode != 0
    assert done.stdout == b""


def test_other_threads_go_on_while_a_large_piece_is_sealed() -> None:
    _, recipient = new_age_keys()
    worker = threading.Thread(target=sealing.encrypt, args=(bytes(4 * LARGE), [recipient]))
    worker.start()
    ticks = 0
    while worker.is_alive():
        worker.join(0.005)
        ticks += 1
    assert ticks > 10
