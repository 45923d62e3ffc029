"""A place that packages travel through: a folder, a WebDAV share, a bucket. What opens it is kept apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

FOLDER: Final = "folder"
WEBDAV: Final = "webdav"
S3: Final = "s3"
# Services of OpenDAL that are somewhere else and hold files; those that lie on this machine are not a way to anybody.
_OTHERS: Final = """
azblob azdls azfile b2 cos dropbox gcs gdrive koofr obs onedrive oss seafile swift tos webhdfs yandex-disk
"""
OTHER_SERVICES: Final = frozenset(_OTHERS.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """``kind`` is ``folder``, ``webdav``, ``s3`` or one of ``OTHER_SERVICES``.

    ``settings`` are texts by name, as ``docs/sync.md`` lists them for each kind. Passwords and keys are never among
    them: they are a second set of texts, the *secret*, that only the store and the transport see.
    """

    id: str
    kind: str
    title: str
    settings: dict[str, str] = field(default_factory=dict, hash=False)
