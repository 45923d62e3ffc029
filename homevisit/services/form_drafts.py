"""Half-typed forms are kept like visits: nothing that was typed is lost by a lock, a crash or a wrong click."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from homevisit.domain.canonical import JsonObject
from homevisit.storage.store import Store

FORM_PREFIX = "form/"
PART = "form"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptForm:
    """What was typed into a form, exactly as typed, and when it was kept."""

    values: JsonObject = field(repr=False)
    saved_at: datetime


class FormDrafts:
    """One draft per form. Names are ``new-family``, ``family/<id>``, ``person/<id>``, ``new-person/<family>``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def save(self, name: str, values: JsonObject) -> datetime:
        """Keep what the form holds now; returns when it was safe."""
        return self._store.drafts.save(FORM_PREFIX + name, PART, values)

    def load(self, name: str) -> KeptForm | None:
        """What was typed and neither entered nor thrown away; None for an untouched form."""
        draft = self._store.drafts.load(FORM_PREFIX + name)
        values = draft.parts.get(PART) if draft else None
        if draft is None or not isinstance(values, dict):
            return None
        return KeptForm(values=values, saved_at=draft.saved_at)

    def discard(self, name: str) -> None:
        """The form was entered, or the person threw it away."""
        self._store.drafts.discard(FORM_PREFIX + name)
