"""Places: 1,000 small packages over WebDAV and through a folder, beside the bare requests to the same server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._figures import report
from benchmarks._homes import TINY, WHOLE, Size
from homevisit.domain.place import Place
from homevisit.ids import new_id, new_package_name
from homevisit.sync.transports.opening import opened
from homevisit.sync.transports.transport import Transport

PACKAGE_BYTES = 2_000
PACKAGES, FEW = 1_000, 20
LIMIT_SECONDS = 6.0
PROCESSES = 2  # of the server, as on any server with two cores: it is Python and uses one core a process
PASSWORD = "correct horse"  # noqa: S105 - of the server that is started here
# PUT, MOVE with two PROPFINDs by OpenDAL before it, GET.
REQUESTS = 5

SERVER = """
import sys
from pathlib import Path
from tests.transports.servers import PASSWORD, USER, dav_app
from cheroot.wsgi import Server
server = Server(("127.0.0.1", int(sys.argv[2])), dav_app(Path(sys.argv[1])), numthreads=20)
server.reuse_port = True
server.prepare()
print(server.bind_addr[1], flush=True)
server.serve()
"""


def main(size: Size = WHOLE) -> None:
    """Write, list and read through both kinds of places."""
    packages = {new_package_name(): os.urandom(PACKAGE_BYTES) for _ in range(FEW if size == TINY else PACKAGES)}
    with tempfile.TemporaryDirectory() as folder:
        drive = opened(Place(id=new_id(), kind="folder", title="", settings={"path": folder}), {})
        _measured("folder", drive, packages)
    with tempfile.TemporaryDirectory() as folder, _server(Path(folder)) as url:
        place = Place(id=new_id(), kind="webdav", title="", settings={"endpoint": url, "username": "ines"})
        cloud = opened(place, {"password": PASSWORD})
        cloud.check()  # starts the worker
        written = _measured("WebDAV", cloud, packages, limit=LIMIT_SECONDS * len(packages) / PACKAGES)
        bare = _seconds(lambda: _bare(url, len(packages)))
        report(f"WebDAV, {REQUESTS * len(packages):,} of the plainest requests (GET), 16 at once", bare, "s")
        report("WebDAV, written and read back / as many of the plainest requests", written / bare, "x")
        cloud.close()


def _measured(kind: str, transport: Transport, packages: dict[str, bytes], *, limit: float | None = None) -> float:
    count = f"{len(packages):,} packages"
    written = _seconds(lambda: _check(dict(transport.put_many(packages.items())) == dict.fromkeys(packages)))
    report(f"{kind}, {count} written and read back", written, "s", limit=limit)
    report(f"{kind}, {count} listed", _seconds(lambda: _check(len(transport.names()) == len(packages))), "s")
    fetched = _seconds(lambda: _check(dict(transport.get_many(packages, max_bytes=PACKAGE_BYTES)) == packages))
    report(f"{kind}, {count} fetched", fetched, "s")
    return written


def _check(right: bool) -> None:
    assert right


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    """The same folder served by several processes on one port."""
    root = Path(__file__).resolve().parents[1]
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    with ExitStack() as stack:
        for _ in range(PROCESSES):
            command = [sys.executable, "-c", SERVER, str(folder), port]
            process = stack.enter_context(subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True))
            stack.callback(process.kill)
            assert process.stdout is not None
            assert process.stdout.readline().strip() == port
        yield f"http://127.0.0.1:{port}"


def _bare(url: str, count: int) -> None:
    """What the server itself costs: requests of the kind that is cheapest for it, by the same library."""
    import asyncio

    from opendal import AsyncOperator

    async def run() -> None:
        operator = AsyncOperator("webdav", endpoint=url, username="ines", password=PASSWORD)
        await operator.write("plain", bytes(PACKAGE_BYTES))
        turns = asyncio.Semaphore(16)

        async def one() -> None:
            async with turns:
                await operator.read("plain")

        await asyncio.gather(*(one() for _ in range(REQUESTS * count)))

    asyncio.run(run())


if __name__ == "__main__":
    main()
