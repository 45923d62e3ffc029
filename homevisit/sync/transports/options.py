"""What the settings of a place may say, and what OpenDAL is told of them: refused before anything is kept or opened."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Final
from urllib.parse import SplitResult, urlsplit

from homevisit.domain.place import FOLDER, OTHER_SERVICES, S3, WEBDAV
from homevisit.errors import HomeVisitError

CERTIFICATES: Final = "certificates"
ENDPOINT: Final = "endpoint"
_LONGEST: Final = 4_096
_MOST: Final = 64
_LONGEST_CERTIFICATES: Final = 64 * 1024
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_NEEDED = {FOLDER: {"path"}, WEBDAV: {ENDPOINT}, S3: {ENDPOINT, "bucket"}}
_ALLOWED = {
    FOLDER: {"path"},
    WEBDAV: {ENDPOINT, "username", "root", CERTIFICATES},
    S3: {ENDPOINT, "bucket", "region", "root", "enable_virtual_host_style", CERTIFICATES},
}
_SECRETS = {
    FOLDER: set[str](),
    WEBDAV: {"password", "token"},
    S3: {"access_key_id", "secret_access_key", "session_token"},
}
_NEEDED_SECRETS = {S3: {"access_key_id", "secret_access_key"}}
# Parents are made by whoever sets the place up: asking for them before every write would double the requests. Keys
# come from the store and never from this machine's environment, its files or its hosting service.
_ALWAYS = {
    WEBDAV: {"disable_create_dir": "true"},
    S3: {"disable_config_load": "true", "disable_ec2_metadata": "true"},
}
_DEFAULT_REGION: Final = "us-east-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What opens a place through OpenDAL; ``certificates`` (PEM) are trusted in place of the system's."""

    scheme: str
    options: dict[str, str] = field(repr=False, hash=False)
    certificates: str = ""

    @property
    def has_token(self) -> bool:
        """Whether a key opens the place that runs out by itself."""
        return any(name.endswith("token") for name in self.options)


def options(kind: str, settings: Mapping[str, str], secret: Mapping[str, str]) -> Options:
    """What OpenDAL is told; everything that could be refused without the network was refused."""
    check(kind, settings, secret)
    told = {**_defaults(kind), **settings, **secret}
    if ENDPOINT in told:
        told[ENDPOINT] = told[ENDPOINT].rstrip("/")  # names are put behind it with a slash
    return Options(scheme=kind, options=told, certificates=told.pop(CERTIFICATES, ""))


def check(kind: str, settings: Mapping[str, str], secret: Mapping[str, str]) -> None:
    """``place.kind``, ``place.settings`` (with the name of the setting) or ``place.insecure``."""
    if kind not in _ALLOWED and kind not in OTHER_SERVICES:
        raise HomeVisitError("place.kind")
    _check_names(settings, _ALLOWED.get(kind), _NEEDED.get(kind, set()))
    _check_names(secret, _SECRETS.get(kind), _NEEDED_SECRETS.get(kind, set()))
    if len(settings) + len(secret) > _MOST or settings.keys() & secret.keys():
        raise HomeVisitError("place.settings", name="")
    if kind == FOLDER and not PurePath(settings["path"]).is_absolute():
        raise HomeVisitError("place.settings", name="path")
    if ENDPOINT in settings:
        _check_endpoint(settings[ENDPOINT])
    if "-----BEGIN CERTIFICATE-----" not in settings.get(CERTIFICATES, "-----BEGIN CERTIFICATE-----"):
        raise HomeVisitError("place.settings", name=CERTIFICATES)


def _defaults(kind: str) -> dict[str, str]:
    return {**_ALWAYS.get(kind, {}), **({"region": _DEFAULT_REGION} if kind == S3 else {})}


def _check_names(values: Mapping[str, str], allowed: set[str] | None, needed: set[str]) -> None:
    for name, value in values.items():
        if not _NAME.fullmatch(name) or (allowed is not None and name not in allowed):
            raise HomeVisitError("place.settings", name=name[:_MOST] if name.isascii() else "")
        longest = _LONGEST_CERTIFICATES if name == CERTIFICATES else _LONGEST
        if len(value) > longest or "\0" in value or not value:
            raise HomeVisitError("place.settings", name=name)
    for name in sorted(needed - values.keys()):
        raise HomeVisitError("place.settings", name=name)


def _check_endpoint(text: str) -> None:
    """Sealed packages could travel in the open, but the password beside them could not."""
    try:
        address = urlsplit(text)
        host = address.hostname or ""
        plain = not address.username and not address.password and not address.query and not address.fragment
        sound = address.scheme in {"http", "https"} and host != "" and plain and address.port != 0
    except ValueError:
        sound = False
    if not sound or not text.isascii() or re.search(r"\s", text):
        raise HomeVisitError("place.settings", name=ENDPOINT)
    if address.scheme == "http" and not _is_here(address):
        raise HomeVisitError("place.insecure")


def _is_here(address: SplitResult) -> bool:
    if address.hostname == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.hostname or "").is_loopback
    except ValueError:
        return False
