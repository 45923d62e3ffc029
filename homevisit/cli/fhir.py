"""``fhir``: servers that visits are filed at, filing them there, and what was filed where."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from homevisit.cli.call import DONE, REFUSED, Call, UsageError, read_secret
from homevisit.cli.output import complain, local_time
from homevisit.cli.parsing import Commands
from homevisit.errors import HomeVisitError

if TYPE_CHECKING:
    from homevisit.assembly import Services
    from homevisit.domain.filing import FhirServer, Filing, FilingSummary, Held
    from homevisit.sync.fhir.bundle import FhirBundle

ALLOWED = ("sensitive-answers", "third-parties", "staff-safety", "contact-details")


def add(commands: Commands) -> None:
    """Declare the commands."""
    group = commands.group("fhir", "file signed visits at FHIR R4 servers")
    made = group.add(
        "add", "set up a server", run=set_up, example="--home home fhir add https://fhir.example.org/r4 --token-file F"
    )
    made.add_argument("--title", default="", metavar="NAME", help="what to call it (default: its host)")
    _server_options(made)
    group.add("list", "servers that are set up", run=show_servers, example="--home home fhir list")
    made = group.add(
        "remove", "forget a server and its secret", run=forget, example="--home home fhir remove https://…/r4"
    )
    made.add_argument("url", metavar="URL")
    made = group.add("push", "file visits", run=push, example="--home home fhir push https://fhir.example.org/r4")
    _server_options(made)
    made.add_argument("--visit", action="append", default=[], metavar="ID", help="only this visit, also a filed one")
    made.add_argument("--dry-run", action="store_true", help="send nothing; say what would be sent")
    made.add_argument("--out", metavar="DIR", help="with --dry-run: write the Bundles into new files here")
    made = group.add("filed", "where a visit was filed", run=show_filed, example="--home home fhir filed VISIT")
    made.add_argument("visit", metavar="VISIT")


def set_up(call: Call) -> int:
    """Keep a server with its secret in the store."""
    with call.unlocked() as services:
        kept = services.filing.put(_server(call, None), _secret(call) or "")
    call.answer(_document(kept), _lines(kept))
    return DONE


def show_servers(call: Call) -> int:
    """Every server that is set up, without secrets."""
    with call.unlocked() as services:
        servers = services.filing.servers()
        waiting = {server.id: services.filing.count_waiting(server) for server in servers}
    documents = [_document(server) | {"waiting": waiting[server.id]} for server in servers]
    lines = [line for server in servers for line in [*_lines(server), f"  not filed there: {waiting[server.id]}"]]
    call.answer(documents, lines or ["No servers."])
    return DONE


def forget(call: Call) -> int:
    """Take a server off the list."""
    with call.unlocked() as services:
        found = services.filing.server_at(call.args.url)
        if found is None:
            raise HomeVisitError("filing.unknown_server")
        services.filing.remove(found.id)
    call.answer(_document(found), ["Removed; what was filed there stays known."])
    return DONE


def push(call: Call) -> int:
    """File what the server does not have; 1 unless all of it was filed."""
    if call.args.out and not call.args.dry_run:
        raise UsageError("--out goes with --dry-run.")
    with call.unlocked() as services:
        server = _server(call, services.filing.server_at(call.args.url))
        if call.args.dry_run:
            return _rehearse(call, services, server)
        if services.filing.server_at(server.url) is None:
            server = services.filing.put(server)
        summary = services.filing.push(server, call.args.visit, secret=_secret(call))
    call.answer(_summary(summary), _summary_lines(summary))
    return _verdict(summary)


def show_filed(call: Call) -> int:
    """What became of the versions of a visit, the newest first."""
    with call.unlocked() as services:
        filings = services.filing.of_visit(call.args.visit)
    lines = [f"{local_time(each.at)}  {each.server_title}  {_filing_line(each)}" for each in filings]
    call.answer([asdict(each) for each in filings], lines or ["Not filed anywhere."])
    return DONE


def _server_options(made: ArgumentParser) -> None:
    made.add_argument("url", metavar="URL", help="the base address of the server")
    made.add_argument("--token-file", metavar="F", help="first line is a bearer token")
    made.add_argument("--client-id", metavar="ID", help="for OAuth2 client credentials")
    made.add_argument("--client-secret-file", metavar="F", help="first line is the client's secret")
    made.add_argument("--token-url", metavar="URL", help="where tokens are fetched")
    made.add_argument("--scope", metavar="S", help="what to ask for (default: nothing in particular)")
    made.add_argument("--ca-file", metavar="F", help="trust these authorities (PEM)")
    made.add_argument(
        "--allow", action="append", choices=ALLOWED, help="let this leave too; nothing of it does otherwise"
    )


def _server(call: Call, known: FhirServer | None) -> FhirServer:
    """The server as it is kept, with what was given on this call."""
    from urllib.parse import urlsplit

    from homevisit.domain.filing import Access, FhirServer, policy_that_allows

    args = call.args
    host = urlsplit(args.url).netloc.rpartition("@")[2]
    found = known or FhirServer(id="new", url=args.url, title=getattr(args, "title", "") or host)
    if args.token_file:
        found = replace(found, access=Access.TOKEN)
    if args.client_id:
        if not (args.client_secret_file and args.token_url):
            raise UsageError("--client-id goes with --client-secret-file and --token-url.")
        found = replace(found, access=Access.CLIENT, client_id=args.client_id, token_url=args.token_url)
    if args.scope:
        found = replace(found, scope=args.scope)
    if args.ca_file:
        found = replace(found, ca_file=str(Path(args.ca_file).expanduser().absolute()))
    if args.allow:
        found = replace(found, policy=policy_that_allows(tuple(name.replace("-", "_") for name in args.allow)))
    return found


def _secret(call: Call) -> str | None:
    """The secret that was given on this call, None to use the one that is kept."""
    named = call.args.token_file or call.args.client_secret_file
    if call.args.token_file and call.args.client_secret_file:
        raise UsageError("give a token or client credentials, not both.")
    return read_secret(named).strip() if named else None


def _rehearse(call: Call, services: Services, server: FhirServer) -> int:
    from homevisit.sync.fhir.bundle import FhirBundle

    found = services.filing.prepared(server, call.args.visit)
    bundles = [each for each in found if isinstance(each, FhirBundle)]
    held = [each for each in found if not isinstance(each, FhirBundle)]
    written = services.filing.write_out(bundles, Path(call.args.out).expanduser().absolute()) if call.args.out else ()
    document = {
        "would_send": [_bundle(each) for each in bundles],
        "held": [asdict(each) for each in held],
        "files": [str(path) for path in written],
    }
    lines = [f"{each.visit}  would send {len(each.references)} records" for each in bundles]
    call.answer(document, [*lines, *map(_held_line, held), *(f"Written: {path}" for path in written)])
    return DONE


def _bundle(bundle: FhirBundle) -> dict[str, object]:
    return {"visit": bundle.visit, "entry": bundle.entry, "records": list(bundle.references)}


def _document(server: FhirServer) -> dict[str, object]:
    found = asdict(server)
    return {**found, "policy": list(server.policy.allowed())}


def _lines(server: FhirServer) -> list[str]:
    leaves = ", ".join(name.replace("_", " ") for name in server.policy.allowed()) or "nothing sensitive"
    return [f"{server.title}  {server.url}  ({server.access.value})", f"  leaves besides: {leaves}"]


def _summary(summary: FilingSummary) -> dict[str, object]:
    return {
        "filings": [asdict(each) for each in summary.filings],
        "held": [asdict(each) for each in summary.held],
        "left": summary.left,
        "stopped": summary.stopped,
    }


def _summary_lines(summary: FilingSummary) -> list[str]:
    lines = [f"{each.visit}  {_filing_line(each)}" for each in summary.filings]
    return [*lines, *map(_held_line, summary.held), f"Not filed there: {summary.left}"]


def _filing_line(filing: Filing) -> str:
    why = f"  {filing.code} (HTTP {filing.status})" if filing.code else ""
    return f"version {filing.number}  {filing.state.value}  {filing.taken} records taken, {filing.refused} refused{why}"


def _held_line(held: Held) -> str:
    return f"{held.visit}  held: {held.code}"


def _verdict(summary: FilingSummary) -> int:
    from homevisit.cli.wording import refusal

    codes = [*(each.code for each in summary.filings), *(each.code for each in summary.held), summary.stopped]
    for code in dict.fromkeys(code for code in codes if code):
        complain(refusal(HomeVisitError(code)))
    return REFUSED if any(codes) else DONE
