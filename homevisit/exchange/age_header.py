"""The header of an age file, looked at before any cryptography: only X25519, only small, only the binary form.

An scrypt stanza of a foreign file can ask for 8 GB of memory and a minute of work, so none ever reaches the library.
"""

from __future__ import annotations

import re

from homevisit.errors import HomeVisitError
from homevisit.exchange import limits

PREFIX = b"age-encryption.org/v1\n"
_X25519 = re.compile(rb"-> X25519 [A-Za-z0-9+/]{43}\n[A-Za-z0-9+/]{43}\n")
# One stanza that means nothing, which rage adds after the recipients so that readers stay tolerant: a name that ends
# in "-grease" (so it can never be a real kind), arguments, and a body of full lines closed by a shorter one.
_GREASE = re.compile(rb"-> [!-~]{1,64}-grease(?: [!-~]{1,64}){0,8}\n(?:[A-Za-z0-9+/]{64}\n){0,8}[A-Za-z0-9+/]{0,63}\n")
_MAC = re.compile(rb"--- [A-Za-z0-9+/]{43}\n")


def check_header(data: bytes) -> int:
    """The number of recipients; ``package.not_a_package`` or ``package.header`` where the file is something else."""
    if not data.startswith(PREFIX):
        raise HomeVisitError("package.not_a_package")
    head = data[: limits.HEADER_BYTES]
    position, stanzas = len(PREFIX), 0
    while found := _X25519.match(head, position):
        position, stanzas = found.end(), stanzas + 1
    grease = _GREASE.match(head, position)
    if grease:
        position = grease.end()
    if not 1 <= stanzas <= limits.STANZAS - bool(grease) or not _MAC.match(head, position):
        raise HomeVisitError("package.header")
    return stanzas
