"""age encryption in memory. The library holds the interpreter lock, so large pieces go through a child process."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from multiprocessing.connection import Connection

import pyrage

from homevisit.errors import HomeVisitError

CHILD_FROM_BYTES = 5_000_000
_SEAL, _OPEN = b"seal", b"open"
_DONE = b"done"


def encrypt(plain: bytes, recipients: Sequence[str]) -> bytes:
    """Seal to ``age1…`` recipients; ``package.recipient`` where one is not an X25519 recipient."""
    if len(plain) > CHILD_FROM_BYTES:
        return _in_child(_SEAL, "\n".join(recipients), plain)
    return _encrypt(plain, recipients)


def decrypt(sealed: bytes, identity: str) -> bytes:
    """Open with one age identity: ``package.not_for_me`` without its key, ``package.damaged`` for changed bytes.

    The header must have been checked before (see ``age_header``).
    """
    if len(sealed) > CHILD_FROM_BYTES:
        return _in_child(_OPEN, identity, sealed)
    return _decrypt(sealed, identity)


def _encrypt(plain: bytes, recipients: Sequence[str]) -> bytes:
    try:
        return pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(text) for text in recipients])
    except (pyrage.RecipientError, pyrage.EncryptError):
        raise HomeVisitError("package.recipient") from None


def _decrypt(sealed: bytes, identity: str) -> bytes:
    try:
        return pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(identity)])
    except pyrage.DecryptError as problem:
        foreign = "No matching keys" in str(problem)
        raise HomeVisitError("package.not_for_me" if foreign else "package.damaged") from None


def _in_child(task: bytes, keys: str, data: bytes) -> bytes:
    # Keys and data go over a pipe: never as arguments, which every user of the machine may read.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_serve, args=(theirs,), daemon=True)
    child.start()
    theirs.close()
    try:
        for part in (task, keys.encode(), data):
            ours.send_bytes(part)
        verdict, result = ours.recv_bytes(), ours.recv_bytes()
    except (EOFError, OSError):
        raise HomeVisitError("package.process_stopped") from None
    finally:
        ours.close()
        child.join()
    if verdict != _DONE:
        raise HomeVisitError(verdict.decode())
    return result


def _serve(pipe: Connection) -> None:
    task, keys, data = pipe.recv_bytes(), pipe.recv_bytes().decode(), pipe.recv_bytes()
    try:
        result = _encrypt(data, keys.split("\n")) if task == _SEAL else _decrypt(data, keys)
        verdict = _DONE
    except HomeVisitError as refusal:
        verdict, result = refusal.code.encode(), b""
    pipe.send_bytes(verdict)
    pipe.send_bytes(result)
