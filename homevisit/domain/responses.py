"""How the responses of a visit are told apart: by prompt set and by the person they are about."""

from __future__ import annotations

from homevisit.domain.canonical import JsonObject


def set_id(response: JsonObject) -> str:
    """The prompt set's id: the last segment of the canonical url, without its version."""
    canonical = str(response.get("questionnaire", ""))
    return canonical.partition("|")[0].rpartition("/")[2]


def subject_id(response: JsonObject) -> str:
    """The id of the person the response is about, "" for none."""
    subject = response.get("subject")
    reference = subject.get("reference", "") if isinstance(subject, dict) else ""
    return str(reference).rpartition("/")[2]


def key_of(response: JsonObject) -> str:
    """``<prompt set>/<person>``: one response of a set per person and visit."""
    return f"{set_id(response)}/{subject_id(response)}"
