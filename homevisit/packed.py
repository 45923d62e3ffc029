"""Bodies as they are kept at rest, below their seal: every page costs encryption, so the smaller a body, the fewer."""

from __future__ import annotations

import zstandard

SMALLEST_PACKED = 256
LEVEL = 1
MAGIC = zstandard.MAGIC_NUMBER.to_bytes(4, "little")  # a body that is not packed begins with a brace


class BodyPacker:
    """Packs and unpacks; one for each thread, since what it works with may be used by one at a time."""

    def __init__(self) -> None:
        self._packer = zstandard.ZstdCompressor(level=LEVEL)
        self._unpacker = zstandard.ZstdDecompressor()

    def pack(self, text: bytes) -> bytes:
        """The bytes of a body, as one zstd frame where that is worth it."""
        return self._packer.compress(text) if len(text) >= SMALLEST_PACKED else text

    def unpack(self, kept: bytes) -> bytes:
        """The bytes of a body that was packed."""
        return self._unpacker.decompress(kept) if kept.startswith(MAGIC) else kept
