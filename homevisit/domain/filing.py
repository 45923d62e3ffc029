"""Filing visits elsewhere: FHIR servers, what may leave for them, and what became of each visit there."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

MAY_LEAVE = ("sensitive_answers", "third_parties", "staff_safety", "contact_details")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPolicy:
    """What of a visit may go to a server besides the rest; nothing of this does unless somebody says so.

    ``sensitive_answers``: sensitive prompt sets and prompts (domestic abuse), and who was seen alone.
    ``third_parties``: who told something, visitors who were present, siblings and others of the family.
    ``staff_safety``: the note for staff about visiting safely. ``contact_details``: address and telephone.
    """

    sensitive_answers: bool = False
    third_parties: bool = False
    staff_safety: bool = False
    contact_details: bool = False

    def allowed(self) -> tuple[str, ...]:
        """The names of what may leave."""
        return tuple(name for name in MAY_LEAVE if getattr(self, name))


def policy_that_allows(names: tuple[str, ...]) -> ExportPolicy:
    """The policy that lets exactly these leave; an unknown name lets nothing leave."""
    return ExportPolicy(**dict.fromkeys(set(names) & set(MAY_LEAVE), True))


class Access(StrEnum):
    """How a server lets one in: with nothing, with a token that was handed out, or with OAuth2 client credentials."""

    OPEN = "open"
    TOKEN = "token"  # noqa: S105 - a way, not a secret
    CLIENT = "client-credentials"


@dataclass(frozen=True, slots=True, kw_only=True)
class FhirServer:
    """A FHIR R4 server. The secret (token or client secret) is kept apart and never part of this value.

    ``url`` is the base without a slash at its end; ``ca_file`` names a file with the authorities to trust, "" for the
    machine's own. ``client_id``, ``token_url`` and ``scope`` belong to client credentials.
    """

    id: str
    url: str
    title: str
    access: Access = Access.OPEN
    client_id: str = ""
    token_url: str = ""
    scope: str = ""
    ca_file: str = ""
    policy: ExportPolicy = field(default_factory=ExportPolicy)


class FilingState(StrEnum):
    """What became of one version of a visit at one server.

    ``unknown``: it left, and no answer came. ``partly``: the server took some records and not others. Both are sent
    again, the same Bundle under the same ids, so that nothing is there twice.
    """

    UNKNOWN = "unknown"
    FILED = "filed"
    PARTLY = "partly"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """One version of a visit at one server. ``code`` says why it is not filed, ``status`` what HTTP said (0: nothing);
    ``taken`` and ``refused`` count the records of its Bundle. ``number`` is that of the version, 0 if it is not here.
    """

    server: str
    server_title: str
    server_url: str
    visit: str
    entry: str
    number: int
    at: str
    state: FilingState
    code: str = ""
    status: int = 0
    taken: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A visit that cannot be filed as it is, and why."""

    visit: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingProgress:
    """So many of so many visits were dealt with."""

    done: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingSummary:
    """What one round came to. ``stopped`` is why it ended before its end, "" if it did not; ``left`` counts the visits
    that are not filed at this server after it, those that are held included.
    """

    filings: tuple[Filing, ...] = ()
    held: tuple[Held, ...] = ()
    left: int = 0
    stopped: str = ""

    def count(self, state: FilingState) -> int:
        return sum(each.state is state for each in self.filings)
