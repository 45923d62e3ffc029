"""The records that are exchanged: signed visits with a note of 800 characters and 40 answers each, made once."""

from __future__ import annotations

import json
import random
import tomllib
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from homevisit.domain.canonical import JsonObject
from homevisit.domain.entry import Act, Entry, Kind
from homevisit.storage.ledger import NewEntry
from resources import read_text

NOTE_CHARACTERS, ANSWERS, WRITTEN = 800, 40, 4
VISITS_OF_A_FAMILY = 10
SYSTEM = "https://homevisit.example/fhir/CodeSystem/example"
BEGINNING = datetime(2026, 1, 5, 9, tzinfo=UTC)
SECTIONS = {"facts": "facts", "view": "parents-view", "baby": "baby", "analysis": "analysis", "plan": "plan"}
CHOICES = (
    ("never", "Not at all"),
    ("sometimes", "Several days"),
    ("often", "More than half the days"),
    ("always", "Nearly every day"),
)


def visits(count: int, *, seed: int = 4) -> Iterator[NewEntry]:
    """So many visits, the same ones for the same numbers."""
    dice = random.Random(seed)
    words = tomllib.loads(read_text("demo/phrases.toml"))
    family = ""
    for number in range(count):
        if number % VISITS_OF_A_FAMILY == 0:
            family = _id(dice)
        yield visit(family, BEGINNING + timedelta(hours=number), dice, words)


def visit(family: str, started: datetime, dice: random.Random, words: dict[str, Any]) -> NewEntry:
    """One visit of this family."""
    names = {name: dice.choice(words[bank]) for name, bank in (("child", "children"), ("mother", "mothers"))}
    names["other"] = dice.choice(words["fathers"])
    return NewEntry(
        record=_id(dice),
        kind=Kind.VISIT,
        act=Act.SIGN,
        family=family,
        body=_body(family, started, dice, words, names),
        happened_at=started,
    )


def document(entry: Entry) -> str:
    """The same record as another program would keep it: envelope, signature and body, under the entry's id."""
    return json.dumps(
        {
            "_id": entry.id,
            "envelope": entry.envelope.to_json(),
            "signature": entry.signature.hex(),
            "salt": entry.salt.hex(),
            "body": entry.body,
        },
        ensure_ascii=False,
    )


def write_documents(entries: Iterator[Entry], path: Path) -> None:
    """One document a line."""
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        file.writelines(f"{document(entry)}\n" for entry in entries)
    part.rename(path)


def _body(
    family: str, started: datetime, dice: random.Random, words: dict[str, Any], names: dict[str, str]
) -> JsonObject:
    carer, child = _id(dice), _id(dice)
    return {
        "family": family,
        "contact": "additional",
        "mode": "home",
        "attendance": "seen",
        "started": f"{started:%Y-%m-%dT%H:%M}",
        "ended": f"{started + timedelta(minutes=50):%Y-%m-%dT%H:%M}",
        "present": [{"person": carer, "name": ""}],
        "children": [{"person": child, "seen": "yes", "awake": "yes", "reason": ""}],
        "alone": [{"person": carer, "alone": "yes", "reason": ""}],
        "note": _note(dice, words, names),
        "responses": [_response(carer, started, dice, words, names)],
        "omissions": [],
        "actions": [],
        "strengths": [],
        "needs": [],
    }


def _note(dice: random.Random, words: dict[str, Any], names: dict[str, str]) -> dict[str, str]:
    """800 characters over the five sections."""
    each = NOTE_CHARACTERS // len(SECTIONS)
    return {section: _sentences(dice, words[bank], names, each) for bank, section in SECTIONS.items()}


def _sentences(dice: random.Random, bank: list[str], names: dict[str, str], length: int) -> str:
    text = ""
    while len(text) < length:
        text += dice.choice(bank).format(**names) + " "
    return text[:length]


def _response(
    carer: str, started: datetime, dice: random.Random, words: dict[str, Any], names: dict[str, str]
) -> JsonObject:
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "https://homevisit.example/fhir/Questionnaire/example|1.0.0",
        "status": "completed",
        "authored": f"{started:%Y-%m-%dT%H:%M:%S}.000Z",
        "subject": {"reference": f"RelatedPerson/{carer}"},
        "item": [
            {
                "linkId": f"example.{number}",
                "text": f"Question number {number} of this example, as it was asked",
                "answer": [_answer(number, dice, words, names)],
            }
            for number in range(1, ANSWERS + 1)
        ],
    }


def _answer(number: int, dice: random.Random, words: dict[str, Any], names: dict[str, str]) -> JsonObject:
    if number <= WRITTEN:
        return {"valueString": dice.choice(words["view"]).format(**names)}
    code, display = dice.choice(CHOICES)
    return {"valueCoding": {"system": SYSTEM, "code": code, "display": display}}


def _id(dice: random.Random) -> str:
    return str(uuid.UUID(int=dice.getrandbits(128), version=4))
