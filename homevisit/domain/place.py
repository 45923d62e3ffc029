"""A place that packages travel through: a folder, a WebDAV share, a bucket. What opens it is kept apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

FOLDER: Final = "folder"
WEBDAV: Final = "webdav"
S3: Final = "s3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """``kind`` is ``folder``, ``webdav``, ``s3`` or the name of another service of OpenDAL.

    ``settings`` are texts by name, as ``docs/sync.md`` lists them for each kind. Passwords and keys are never among
    them: they are a second set of texts, the *secret*, that only the store and the transport see.
    """

    id: str
    kind: str
    title: str
    settings: dict[str, str] = field(default_factory=dict, hash=False)
