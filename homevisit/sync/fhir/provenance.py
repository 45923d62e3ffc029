"""Who signed a version, when and on which device, with the signature itself."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from homevisit.domain.canonical import JsonObject
from homevisit.domain.entry import Act
from homevisit.sync.fhir import codes
from homevisit.sync.fhir.facts import About

ACTS = {Act.SIGN: "CREATE", Act.AMEND: "UPDATE", Act.SETTLE: "UPDATE", Act.WITHDRAW: "NULLIFY"}
AUTHORS_SIGNATURE = "1.2.840.10065.1.12.1.1"


def provenance(about: About, targets: Sequence[JsonObject]) -> JsonObject:
    """The signature binds the entry in this program's ledger (named by its hash), not the FHIR form of it.

    The reason of an amendment is free words about what was wrong, so it leaves as sensitive answers do.
    """
    facts = about.facts
    reason = facts.entry.envelope.reason if about.policy.sensitive_answers else ""
    return {
        "resourceType": "Provenance",
        "id": about.ids.of(f"signed/{facts.entry.id}"),
        "target": list(targets),
        "occurredDateTime": facts.happened_at,
        "recorded": facts.recorded_at,
        **({"reason": [codes.in_words(reason)]} if reason else {}),
        "activity": codes.concept(
            [codes.coding(f"{codes.HL7_CODES}/v3-DataOperation", ACTS[facts.entry.envelope.act])]
        ),
        "agent": [_agent("author", about.author), _agent("assembler", _device(about))],
        "entity": [{"role": "source", "what": {"identifier": {"system": codes.ENTRY, "value": facts.entry.id}}}],
        "signature": [
            {
                "type": [codes.coding("urn:iso-astm:E1762-95:2013", AUTHORS_SIGNATURE, "Author's Signature")],
                "when": facts.recorded_at,
                "who": about.author,
                "sigFormat": "application/octet-stream",
                "data": base64.b64encode(facts.entry.signature).decode(),
            }
        ],
    }


def _agent(kind: str, who: JsonObject) -> JsonObject:
    coded = codes.coding(f"{codes.HL7_CODES}/provenance-participant-type", kind)
    return {"type": codes.concept([coded]), "who": who}


def _device(about: About) -> JsonObject:
    device = about.facts.entry.envelope.device
    return {"identifier": {"system": codes.DEVICE, "value": device}, "display": "Homevisit"}
