"""What went wrong at a place, as a code: what a server says may hold anything, so none of its words go any further."""

from __future__ import annotations

import re
from typing import Final

from homevisit.errors import HomeVisitError

_KIND = re.compile(r"(\w+) \((?:permanent|temporary|persistent)\) at ")  # files raise OSError with the same words
_STATUS = re.compile(r"\bstatus: (\d{3})\b")
_WORDS_READ: Final = 8_192
_BY_STATUS: Final = {
    401: "place.wrong_credentials",
    403: "place.denied",
    404: "place.missing",
    405: "place.read_only",
    408: "place.slow",
    409: "place.missing",
    413: "place.too_large",
    429: "place.slow",
    503: "place.slow",
    504: "place.slow",
    507: "place.full",
}
_BY_KIND: Final = {
    "ConfigInvalid": "place.configuration",
    "Unsupported": "place.configuration",
    "PermissionDenied": "place.denied",
    "RateLimited": "place.slow",
}
# What S3 services say in the body of an answer, and what is said where there was no answer.
_BY_SERVICE: Final = (
    ("place.expired", ("ExpiredToken", "TokenRefreshRequired")),
    ("place.clock", ("RequestTimeTooSkewed",)),
    ("place.wrong_credentials", ("InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "AuthFailure")),
    ("place.full", ("QuotaExceeded", "StorageFull", "InsufficientStorage")),
    ("place.missing", ("NoSuchBucket", "InvalidBucketName")),
)
_BY_LINE: Final = (
    ("place.certificate", ("invalid peer certificate", "certificate verify failed", "No CA certificates")),
    ("place.slow", ("timeout", "timed out", "deadline has elapsed")),
    ("place.unreachable", ("send http request", "error sending request", "decoding response body", "connection")),
)


def code_of(fault: Exception, *, has_token: bool = False) -> str:
    """The code of what OpenDAL raised. Refused tokens have run out, since nobody types them wrong."""
    text = str(fault)[:_WORDS_READ]
    status = _STATUS.search(text)
    said = _BY_STATUS.get(int(status[1]), "") if status else _among(_BY_LINE, text)
    code = _among(_BY_SERVICE, text) or said or _BY_KIND.get(_kind(fault), "place.failed")
    return "place.expired" if has_token and code == "place.wrong_credentials" else code


def is_gone(fault: Exception) -> bool:
    """Whether there is only no file of that name; a bucket that is not there is another matter."""
    return _kind(fault) == "NotFound" and "NoSuchBucket" not in str(fault)[:_WORDS_READ]


def _kind(fault: Exception) -> str:
    found = _KIND.match(str(fault)[:_WORDS_READ])
    return found[1] if found else type(fault).__name__


def _among(signs: tuple[tuple[str, tuple[str, ...]], ...], text: str) -> str:
    return next((code for code, words in signs if any(word in text for word in words)), "")


class Named:
    """Inside it, whatever OpenDAL raises becomes a ``HomeVisitError`` with the code alone."""

    def __init__(self, *, has_token: bool) -> None:
        self._has_token = has_token

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: object) -> None:
        if isinstance(fault, Exception) and not isinstance(fault, HomeVisitError | TimeoutError):
            raise HomeVisitError(code_of(fault, has_token=self._has_token)) from None
