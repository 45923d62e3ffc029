"""What became of a visit at FHIR servers, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from homevisit.domain.filing import FhirServer, Filing, FilingState
from homevisit.errors import HomeVisitError
from ui.messages import words_of
from ui.tokens import Tone
from ui.views.reading_words import moment_words
from ui.words import tr

ROOM = "filed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledLine:
    """One server: what became of the visit there, and more about it where something is to be said."""

    said: str
    more: str
    icon: str
    tone: Tone


def filed_lines(
    filings: Sequence[Filing], servers: Sequence[FhirServer], newest: int, *, is_withdrawn: bool = False
) -> tuple[FiledLine, ...]:
    """A line for each server: the latest that is known of it, or that the visit is not filed there yet (one that was
    entered in error and never left need not be). ``newest`` is the number of the version that stands.
    """
    return tuple(_lines(filings, () if is_withdrawn else servers, newest))


def _lines(filings: Sequence[Filing], servers: Sequence[FhirServer], newest: int) -> Iterator[FiledLine]:
    latest: dict[str, Filing] = {}
    for filing in sorted(filings, key=lambda each: (each.number, each.at), reverse=True):
        latest.setdefault(filing.server, filing)
    for filing in latest.values():
        yield _line(filing, newest)
    for server in servers:
        if server.id not in latest:
            said = tr(ROOM, "Not yet filed at {server}.", server=server.title)
            yield FiledLine(said=said, more="", icon="hourglass", tone=Tone.WAITING)


def _line(filing: Filing, newest: int) -> FiledLine:
    when, server = moment_words(filing.at), filing.server_title
    if filing.state is FilingState.FILED:
        said = tr(ROOM, "Filed at {server}, {when}.", server=server, when=when)
        if filing.number < newest:
            more = tr(
                ROOM,
                "That was version {filed}; version {newest} is not filed there yet.",
                filed=filing.number,
                newest=newest,
            )
            return FiledLine(said=said, more=more, icon="hourglass", tone=Tone.WAITING)
        return FiledLine(said=said, more="", icon="circle-check", tone=Tone.GOOD)
    words = words_of(HomeVisitError(filing.code))
    return FiledLine(
        said=_unfinished(filing, server, when),
        more=f"{words.sentence} {words.next_step}",
        icon="circle-alert" if filing.state is FilingState.REFUSED else "hourglass",
        tone=Tone.WAITING,
    )


def _unfinished(filing: Filing, server: str, when: str) -> str:
    if filing.state is FilingState.PARTLY:
        count = filing.taken + filing.refused
        return tr(
            ROOM,
            "{server} took {taken} of {count} records, {when}.",
            server=server,
            taken=filing.taken,
            count=count,
            when=when,
        )
    if filing.state is FilingState.UNKNOWN:
        return tr(ROOM, "Sent to {server}, {when}; whether it arrived is not known.", server=server, when=when)
    return tr(ROOM, "Not filed at {server}, {when}.", server=server, when=when)
