"""A card as a QR code: shown on one screen, photographed, and read from the picture. The library loads on first use."""

from __future__ import annotations

import importlib
import math
import zlib
from typing import Any

from homevisit.domain.canonical import canonical
from homevisit.domain.card import SignedCard
from homevisit.errors import HomeVisitError
from homevisit.exchange import limits
from homevisit.exchange.cards import read_card

MARK = b"HVCARD1\x00"
MOST_PIXELS = 64_000_000
Matrix = tuple[tuple[bool, ...], ...]


def card_matrix(signed: SignedCard) -> Matrix:
    """The rows of the code, True for dark, without the quiet margin of four that it needs around it."""
    pixels = memoryview(_code(signed).to_image(scale=1, add_quiet_zones=False)).tobytes()
    side = math.isqrt(len(pixels))
    return tuple(tuple(pixel < 128 for pixel in pixels[row * side : (row + 1) * side]) for row in range(side))


def card_drawing(signed: SignedCard) -> bytes:
    """The code with its margin as an SVG file, for paper and for other screens."""
    return str(_code(signed).to_svg(scale=4, add_quiet_zones=True)).encode()


def read_picture(pixels: bytes, *, width: int, height: int) -> SignedCard:
    """The card in a picture: rows of 8-bit grey without padding. ``card.no_code`` where there is none."""
    if not 0 < width * height <= MOST_PIXELS or len(pixels) != width * height:
        raise HomeVisitError("card.no_picture")
    library = _library()
    view = memoryview(pixels).cast("B", (height, width))
    for found in library.read_barcodes(view, formats=library.BarcodeFormat.QRCode):
        if found.bytes.startswith(MARK):
            return read_card(_expanded(found.bytes[len(MARK) :]))
    raise HomeVisitError("card.no_code")


def _code(signed: SignedCard) -> Any:
    library = _library()
    data = MARK + zlib.compress(canonical(signed.to_json()), 9)
    try:
        return library.create_barcode(data, library.BarcodeFormat.QRCode, ec_level="L")
    except ValueError:
        raise HomeVisitError("card.too_large", size=len(data)) from None


def _expanded(data: bytes) -> bytes:
    reader = zlib.decompressobj()
    try:
        found = reader.decompress(data, limits.CARD_BYTES + 1)
    except zlib.error:
        raise HomeVisitError("card.malformed") from None
    if len(found) > limits.CARD_BYTES:
        raise HomeVisitError("card.too_large", size=len(found))
    if not reader.eof or reader.unused_data:
        raise HomeVisitError("card.malformed")
    return found


def _library() -> Any:
    return importlib.import_module("zxingcpp")
