"""Whether a web address or a reference to another resource can be one at all."""

from __future__ import annotations

import re
from collections.abc import Mapping

_UUID = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_OID = re.compile(r"urn:oid:[0-2](\.(0|[1-9][0-9]*))+")
_RELATIVE = re.compile(r"[A-Za-z]+/[A-Za-z0-9\-.]{1,64}(/_history/[A-Za-z0-9\-.]{1,64})?")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s]+")


def is_uri(text: str) -> bool:
    """Lenient, as FHIR is, except for UUIDs and OIDs, which have one form."""
    if text.startswith("urn:uuid:"):
        return _UUID.fullmatch(text) is not None
    if text.startswith("urn:oid:"):
        return _OID.fullmatch(text) is not None
    return not re.search(r"\s", text)


def is_reference(value: object) -> bool:
    """A FHIR Reference that says whom or what it means: by address, identifier or words."""
    if not isinstance(value, Mapping):
        return False
    found = value.get("reference")
    if found is None:
        return bool(value.get("identifier") or value.get("display"))
    if not isinstance(found, str):
        return False
    fits = found.startswith("#") or _RELATIVE.fullmatch(found) or _ABSOLUTE.fullmatch(found)
    return bool(fits) and is_uri(found)
