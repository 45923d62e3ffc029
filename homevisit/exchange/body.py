"""The compressed body of a package: one zstd frame, expanded only as far as the signed manifest said."""

from __future__ import annotations

import struct

import zstandard

from homevisit.errors import HomeVisitError
from homevisit.exchange import limits

_LEVEL = 3  # level 6 takes six times as long and saves a tenth of what visits come to
_BLOCK = 128 * 1024
# Magic number, then a header that says: eight bytes of content size, no checksum, no dictionary, window of 128 KiB.
_STORED_HEADER = b"\x28\xb5\x2f\xfd\xc0\x38"


def compress(raw: bytes) -> bytes:
    """One zstd frame with its content size; stored where compression would look like a bomb to the reader."""
    packed = zstandard.ZstdCompressor(level=_LEVEL, write_content_size=True).compress(raw)
    return packed if len(raw) <= limits.RATIO * len(packed) else _stored(raw)


def expand(body: bytes, *, raw_len: int) -> bytes:
    """The raw bytes; ``package.bomb`` beyond a cap, ``package.body`` where the frame is not as declared."""
    if raw_len > limits.RAW_BYTES or raw_len > limits.RATIO * len(body):
        raise HomeVisitError("package.bomb", why="ratio")
    try:
        frame = zstandard.get_frame_parameters(body)
        if frame.window_size > limits.WINDOW_BYTES:
            raise HomeVisitError("package.bomb", why="window")
        if frame.content_size != raw_len or frame.dict_id:
            raise HomeVisitError("package.body", why="frame")
        # The frame's own content size bounds the memory: the library allocates that much and refuses to write more.
        raw = zstandard.ZstdDecompressor().decompress(body, allow_extra_data=False) if raw_len else b""
    except zstandard.ZstdError:
        raise HomeVisitError("package.body", why="zstd") from None
    if len(raw) != raw_len:
        raise HomeVisitError("package.body", why="length")
    return raw


def _stored(raw: bytes) -> bytes:
    pieces = [_STORED_HEADER, struct.pack("<Q", len(raw))]
    for start in range(0, len(raw), _BLOCK):
        block = raw[start : start + _BLOCK]
        last = start + _BLOCK >= len(raw)
        pieces += (struct.pack("<I", len(block) << 3 | last)[:3], block)
    return b"".join(pieces)
