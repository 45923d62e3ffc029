"""Every cap on what is taken in from outside, in one place: a file beyond any of them is refused, never cut."""

from __future__ import annotations

MIB = 1024 * 1024
PACKAGE_BYTES = 64 * MIB
RAW_BYTES = 256 * MIB
RATIO = 200
WINDOW_BYTES = 8 * MIB
MANIFEST_BYTES = MIB
ENTRIES = 100_000
HEADER_BYTES = 8 * 1024
STANZAS = 40
CARD_BYTES = 4 * 1024
IDS_IN_A_LIST = 10_000
PARENTS = 256
PACK_BYTES = 8 * MIB
PACK_SET_BYTES = 2 * MIB
PACK_SETS = 100
PACK_SET_DEPTH = 64
