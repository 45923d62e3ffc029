"""The worker process: killed, fed with nonsense, and never told more than it needs, nor telling."""

from __future__ import annotations

import io
import itertools
import os
import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import dev
from homevisit.domain.place import Place
from homevisit.errors import HomeVisitError
from homevisit.ids import new_id, new_package_name
from homevisit.sync.transports import frames, worker
from homevisit.sync.transports.mailbox import Mailbox, NoAnswerError
from homevisit.sync.transports.opening import opened
from homevisit.sync.transports.patience import Patience
from homevisit.sync.transports.transport import Transport
from tests.transports import servers
from tests.transports.conftest import HASTY, Share

KILLED_WHILE_RECEIVING = """
import os, sys
from pathlib import Path
from tests.transports.servers import dav_app
from cheroot.wsgi import Server

def killed(environ, start):
    if environ["REQUEST_METHOD"] == "PUT" and int(environ["CONTENT_LENGTH"]) > 100_000:
        part = Path(sys.argv[1]) / environ["PATH_INFO"].lstrip("/")
        part.write_bytes(environ["wsgi.input"].read(50_000))
        os._exit(9)
    return app(environ, start)

app = dav_app(Path(sys.argv[1]))
server = Server(("localhost", int(sys.argv[2])), killed)
server.prepare()
print(server.bind_addr[1], flush=True)
server.serve()
"""


def test_a_server_killed_in_the_middle_of_an_upload_shows_no_half_package(
    dav_server: servers.DavServer, tmp_path: Path
) -> None:
    name, data = new_package_name(), os.urandom(200_000)
    command = [sys.executable, "-c", KILLED_WHILE_RECEIVING, str(tmp_path), "0"]
    with subprocess.Popen(command, cwd=dev.ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        transport = Share(dav_server, tmp_path, f"http://localhost:{port}/").open()
        with pytest.raises(HomeVisitError, match=r"place\.unreachable"):
            transport.put_new(name, data)
        assert server.wait(10) == 9
    assert {path.name for path in tmp_path.iterdir()} == {f"{name}.part"}
    transport.close()
    with servers.webdav(tmp_path) as again:
        transport = Share(again, tmp_path, again.url).open()
        transport.put_new(name, data)
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {name: data}
        transport.close()


def test_a_worker_that_was_killed_refuses_what_it_had_and_is_started_again(share: Share) -> None:
    transport, name = share.open(), new_package_name()
    transport.check()
    process = transport._worker._process  # type: ignore[attr-defined]

    def how(environ, start, app):
        process.kill()
        return app(environ, start)

    share.server.mischief.how = how
    with pytest.raises(HomeVisitError, match=r"place\.failed"):
        transport.put_new(name, b"x")
    share.server.mischief.how = None
    transport.put_new(name, b"x")
    assert transport.names() == (name,)
    transport.close()


@pytest.mark.parametrize("rounds", [2, pytest.param(200, marks=[pytest.mark.slow, pytest.mark.timeout(900)])])
def test_uploads_killed_anywhere_show_no_half_package_and_are_finished_by_the_next(share: Share, rounds: int) -> None:
    chance = random.Random(rounds)
    for _ in range(rounds):
        sent = {new_package_name(): os.urandom(chance.choice((900, 40_000, 300_000))) for _ in range(12)}
        killed, last = share.open(), chance.randrange(40)
        share.server.mischief.how = killing(killed, after=last)
        done = {name for name, error in killed.put_many(sent.items()) if error is None}
        share.server.mischief.how = None
        shown = {path.name: path.read_bytes() for path in share.folder.glob("*.age")}
        assert {name: sent[name] for name in shown} == shown
        assert done <= set(shown)
        killed.close()
        again = share.open()
        assert dict(again.put_many(sent.items())) == dict.fromkeys(sent)
        assert dict(again.get_many(sent, max_bytes=300_000)) == sent
        again.close()
        for path in share.folder.iterdir():
            path.unlink()


def killing(transport: Transport, *, after: int):
    """Kills the worker of a transport at its n-th request."""
    seen = itertools.count()

    def how(environ, start, app):
        if next(seen) == after:
            transport._worker._process.kill()  # type: ignore[attr-defined]
        return app(environ, start)

    return how


def test_a_fault_of_the_worker_itself_is_a_refusal_at_once(share: Share) -> None:
    transport = share.open()
    transport.check()
    with pytest.raises(HomeVisitError, match=r"place\.failed"):
        transport._one("get", name=new_package_name())  # type: ignore[attr-defined]
    transport.check()
    transport.close()


def test_keys_are_neither_arguments_nor_environment_and_the_rest_of_it_stays_here(
    share: Share, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "of-somebody-else")
    transport = share.open()
    transport.check()
    process = transport._worker._process  # type: ignore[attr-defined]
    shown = b"".join(str(each).encode() for each in process.args)
    if sys.platform == "linux" and os.geteuid() == 0:  # to anybody else the worker's files are closed
        shown += Path(f"/proc/{process.pid}/environ").read_bytes() + Path(f"/proc/{process.pid}/cmdline").read_bytes()
    for secret in (servers.PASSWORD, "of-somebody-else", share.url, servers.USER):
        assert secret.encode() not in shown
    transport.close()


def test_no_answer_of_a_server_is_part_of_a_refusal(share: Share, dav: Transport) -> None:
    share.server.mischief.how = servers.answering("500 Canary", to="PUT", headers=(("X-Canary", "canary"),))
    with pytest.raises(HomeVisitError) as caught:
        dav.put_new(new_package_name(), b"x")
    assert str(caught.value) == "place.failed"
    assert caught.value.__cause__ is None


def test_the_worker_ends_with_its_parent(share: Share) -> None:
    transport = share.open()
    transport.check()
    process = transport._worker._process  # type: ignore[attr-defined]
    process.stdin.close()
    assert process.wait(10) == 0
    transport.close()


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\0",
        b"\0\0\0\5\0\0\0\0\0\0\0\0[1,2]",
        b"\xff" * 12,
        b"\0\0\0\2\0\0\0\0\0\0\0\0{",
        b"\0\0\0\1" + b"\0" * 8 + b"x",
    ],
)
def test_what_is_no_message_ends_the_listening(sent: bytes) -> None:
    heard: list[object] = []

    class Loop:
        def call_soon_threadsafe(self, _: object, message: object) -> None:
            heard.append(message)

    class Queue:
        put_nowait = None

    worker._listen(io.BytesIO(sent), Loop(), Queue())  # type: ignore[arg-type]
    assert heard == [None]


def test_messages_come_through_as_they_were_sent() -> None:
    pipe = io.BytesIO()
    frames.write(pipe, {"n": 1, "name": "ä"}, b"\0\1")
    frames.write(pipe, {"n": 2})
    pipe.seek(0)
    assert [frames.read(pipe), frames.read(pipe), frames.read(pipe)] == [
        ({"n": 1, "name": "ä"}, b"\0\1"),
        ({"n": 2}, b""),
        None,
    ]


def test_a_mailbox_holds_back_who_fills_it_until_somebody_takes_or_closes() -> None:
    box, put = Mailbox(), []

    def fill() -> None:
        for number in range(10):
            box.put(({"n": number}, b""))
            put.append(number)

    thread = threading.Thread(target=fill)
    thread.start()
    taken = [box.take(5) for _ in range(3)]
    assert [message and message[0]["n"] for message in taken] == [0, 1, 2]
    assert len(put) <= 3 + 4
    box.close()
    thread.join(5)
    assert not thread.is_alive()
    while box.take(5) is not None:
        pass
    with pytest.raises(NoAnswerError):
        Mailbox().take(0.01)


def test_other_services_are_reached_by_their_settings_alone() -> None:
    settings = {"container": "visits", "endpoint": "http://localhost:9", "account_name": "homevisit"}
    place = Place(id=new_id(), kind="azblob", title="", settings=settings)
    for secret, code in (({"account_key": "a2V5"}, "unreachable"), ({"account_key": "not base64"}, "configuration")):
        transport = opened(place, secret, patience=HASTY)
        with pytest.raises(HomeVisitError, match=code):
            transport.check()
        transport.close()


def test_large_packages_get_the_time_that_a_slow_line_needs() -> None:
    patience = Patience()
    assert patience.step_of(2_000) == 20
    assert patience.step_of(64 * 1024 * 1024) == 20 + 1024
    assert patience.whole_of(64 * 1024 * 1024) == 60 + 2048
