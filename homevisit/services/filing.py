"""Filing visits elsewhere: FHIR servers that are set up, and each visit sent to them until they have it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from homevisit.clock import Clock, instant
from homevisit.domain.filing import FhirServer, Filing, FilingProgress, FilingState, FilingSummary, Held
from homevisit.domain.summaries import VisitRow
from homevisit.errors import HomeVisitError
from homevisit.ids import new_id
from homevisit.prompts.library import Library
from homevisit.storage.access import AccessAct
from homevisit.storage.filings import Standing
from homevisit.storage.store import Store
from homevisit.sync.fhir.addresses import checked_url
from homevisit.sync.fhir.reply import Reply

if TYPE_CHECKING:
    from homevisit.services.filing_facts import Leaving, Preparing
    from homevisit.sync.fhir.bundle import FhirBundle
    from homevisit.sync.fhir.client import FhirClient

T = TypeVar("T")
Connect = Callable[[FhirServer, str], "FhirClient"]
CANCELLED = "filing.cancelled"
INTERRUPTED = Reply(state=FilingState.UNKNOWN, code="filing.interrupted")


class Inside(Protocol):
    """Runs a short job where the store is, and waits for it: ``Bridge.inside`` from the exchange lane."""

    def __call__(self, job: Callable[[], T], /) -> T: ...


def at_once(job: Callable[[], T], /) -> T:
    """For callers on the thread that owns the store."""
    return job()


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """How a round reaches the store, is looked at, and is told to end."""

    inside: Inside = at_once
    progress: Callable[[FilingProgress], None] = lambda _: None
    cancelled: Callable[[], bool] = lambda: False


UNWATCHED = Watch()


class FhirFiling:
    """What was filed where stays known. Sending the same version again puts nothing there twice: every record has its
    own id from here, and a version is the same Bundle on every attempt. The mapping and the client are loaded with the
    first visit that is filed: most starts of the program file none.
    """

    def __init__(self, store: Store, library: Library, clock: Clock, *, connect: Connect | None = None) -> None:
        self._store = store
        self._library = library
        self._clock = clock
        self._connect = connect

    @cached_property
    def _preparing(self) -> Preparing:
        from homevisit.services.filing_facts import Preparing

        return Preparing(self._store, self._library)

    def servers(self) -> tuple[FhirServer, ...]:
        """The servers that are set up, without their secrets."""
        return self._store.filings.servers()

    def server_at(self, url: str) -> FhirServer | None:
        """The server that is set up with this address."""
        address = checked_url(url)
        return next((each for each in self.servers() if each.url == address), None)

    def put(self, server: FhirServer, secret: str | None = None) -> FhirServer:
        """Set up a server, or change the one with this address; None leaves the secret that is kept as it is."""
        url = checked_url(server.url)
        token_url = checked_url(server.token_url) if server.token_url else ""
        known = self._store.filings.server_at(url)
        kept = replace(server, id=known.id if known else new_id(), url=url, token_url=token_url)
        self._store.filings.put_server(kept, secret)
        return kept

    def remove(self, identifier: str) -> None:
        """Take a server and its secret off the list; what was filed there stays known."""
        if identifier not in {each.id for each in self.servers()}:
            raise HomeVisitError("filing.unknown_server")
        self._store.filings.remove_server(identifier)

    def check(self, server: FhirServer, *, secret: str | None = None, inside: Inside = at_once) -> None:
        """Ask a server whether it is one; raises what is wrong. The network is waited for on the calling thread."""
        client = inside(lambda: self._client(server, secret))
        try:
            client.check()
        finally:
            client.close()

    def unfiled(self) -> int | None:
        """How many of one's visits are filed nowhere yet; None while no server is set up."""
        return self._store.filings.unfiled_count(self._store.identity.card.person)

    def waiting(self, server: FhirServer) -> tuple[VisitRow, ...]:
        """One's visits that this server does not have as they are now, the newest first."""
        found = self._store.filings.unfiled(self._store.identity.card.person, server.id)
        return self._store.views.visits_among([each.visit for each in found])

    def count_waiting(self, server: FhirServer) -> int:
        """How many of one's visits this server does not have as they are now."""
        return len(self._store.filings.unfiled(self._store.identity.card.person, server.id))

    def of_visit(self, visit: str) -> tuple[Filing, ...]:
        """Where the versions of a visit were filed or tried to be, the newest first."""
        return self._store.filings.of_visit(visit)

    def push(
        self,
        server: FhirServer,
        visits: Sequence[str] = (),
        *,
        secret: str | None = None,
        watch: Watch = UNWATCHED,
    ) -> FilingSummary:
        """Send what a server does not have (or just these visits, again if need be), one Bundle for each visit.

        The store is reached through ``watch.inside`` only, in short steps; the network is waited for on the calling
        thread. Killed or cancelled at any point, the next round goes on where this one ended.
        """
        client = watch.inside(lambda: self._client(server, secret))
        try:
            rows = watch.inside(lambda: self._preparing.chosen(server, visits))
            jobs = [partial(self._preparing.leaving, server, row) for row in rows]
            filings, held, stopped = self._round(client, server, jobs, watch)
        finally:
            client.close()
        left = watch.inside(lambda: self.count_waiting(server))
        return FilingSummary(filings=tuple(filings), held=tuple(held), left=left, stopped=stopped)

    def prepared(self, server: FhirServer, visits: Sequence[str] = ()) -> tuple[FhirBundle | Held, ...]:
        """What would be sent to a server now. Nothing is sent, and nothing counts as filed because of it."""
        found = (self._preparing.leaving(server, row) for row in self._preparing.chosen(server, visits))
        return tuple(each if isinstance(each, Held) else each.bundle for each in found)

    def write_out(self, bundles: Iterable[FhirBundle], folder: Path) -> tuple[Path, ...]:
        """Write Bundles into new files of a folder, for somebody to look at."""
        written = []
        for each in bundles:
            written.append(_write_new(folder, each))
            self._store.access.record(AccessAct.EXPORTED, f"visit/{each.visit}", "fhir-file")
        return tuple(written)

    def _client(self, server: FhirServer, secret: str | None) -> FhirClient:
        from homevisit.sync.fhir.client import FhirClient

        kept = self._store.filings.secret(server.id) if secret is None else secret
        return (self._connect or FhirClient)(server, kept)

    def _round(
        self, client: FhirClient, server: FhirServer, jobs: Sequence[Callable[[], Leaving | Held]], watch: Watch
    ) -> tuple[list[Filing], list[Held], str]:
        filings: list[Filing] = []
        held: list[Held] = []
        for done, job in enumerate(jobs):
            watch.progress(FilingProgress(done=done, of=len(jobs)))
            if watch.cancelled():
                return filings, held, CANCELLED
            leaving = watch.inside(partial(self._begun, server, job))
            if isinstance(leaving, Held):
                held.append(leaving)
                continue
            reply = client.send(leaving.bundle)
            filings.append(watch.inside(partial(self._kept, server, leaving, reply)))
            if reply.stops:
                return filings, held, reply.code
        watch.progress(FilingProgress(done=len(jobs), of=len(jobs)))
        return filings, held, ""

    def _begun(self, server: FhirServer, job: Callable[[], Leaving | Held]) -> Leaving | Held:
        """Make a Bundle ready and note that it may be there from now on: the program may be killed at any moment."""
        leaving = job()
        if not isinstance(leaving, Held):
            self._kept(server, leaving, INTERRUPTED)
        return leaving

    def _kept(self, server: FhirServer, leaving: Leaving, reply: Reply) -> Filing:
        filing = Filing(
            server=server.id,
            server_title=server.title,
            server_url=server.url,
            visit=leaving.bundle.visit,
            entry=leaving.bundle.entry,
            number=leaving.number,
            at=instant(self._clock.now()),
            state=reply.state,
            code=reply.code,
            status=reply.status,
            taken=len(reply.taken),
            refused=len(reply.refused),
        )
        self._store.filings.keep(filing, _standing(leaving, reply))
        if reply is not INTERRUPTED:
            detail = f"fhir={reply.state.value}"
            self._store.access.record(AccessAct.EXPORTED, f"visit/{filing.visit}", detail)
        return filing


def _standing(leaving: Leaving, reply: Reply) -> dict[str, Standing]:
    """What may stand at the server after a reply."""
    unknown = reply.state is FilingState.UNKNOWN
    sent = {
        name: Standing(patient, certain=not unknown)
        for name, patient in leaving.bundle.patients.items()
        if unknown or name in reply.taken
    }
    kept = {name: each for name, each in leaving.before.items() if each.certain or name not in sent}
    return {**sent, **kept}


def file_name(bundle: FhirBundle) -> str:
    """Says nothing about anybody: the beginnings of the visit's id and of the version's."""
    return f"visit-{bundle.visit[:8]}-{bundle.entry[:8]}.fhir.json"


def _write_new(folder: Path, bundle: FhirBundle) -> Path:
    path = folder / file_name(bundle)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("xb") as target:
            target.write(bundle.data)
    except FileExistsError:
        raise HomeVisitError("filing.file_exists") from None
    except OSError:
        raise HomeVisitError("filing.cannot_write") from None
    return path
