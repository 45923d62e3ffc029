"""A card as a QR code: made, photographed, read; and pictures that hold no card."""

from __future__ import annotations

import os
import zlib
from pathlib import Path

import pytest
import zxingcpp
from PySide6.QtGui import QColor, QImage, QTransform

from homevisit.domain.card import SignedCard
from homevisit.errors import HomeVisitError
from homevisit.exchange import qr
from tests.exchange.sealing_desks import Desks
from ui.card_picture import grey_of

Grey = tuple[bytes, int, int]


def signed(desks: Desks) -> SignedCard:
    return SignedCard(card=desks.sender.card, signature=desks.sender.card_signature())


def grey(data: bytes) -> Grey:
    """A code of any bytes, as a camera would see it."""
    view = memoryview(zxingcpp.create_barcode(data, zxingcpp.BarcodeFormat.QRCode).to_image(scale=3))
    return view.tobytes(), view.shape[1], view.shape[0]  # type: ignore[index]


def refusal(picture: Grey) -> str:
    with pytest.raises(HomeVisitError) as caught:
        qr.read_picture(picture[0], width=picture[1], height=picture[2])
    return caught.value.code


def photograph(matrix: qr.Matrix, path: Path) -> Path:
    """The code on a screen, seen at an angle and kept as a JPEG."""
    side = len(matrix) + 8
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            image.setPixelColor(x + 4, y + 4, QColor("#202428" if dark else "white"))
    turned = image.scaled(side * 8, side * 8).transformed(QTransform().rotate(17).shear(0.05, 0))
    assert turned.save(str(path), "JPG", 60)
    return path


def test_a_photograph_of_the_code_gives_the_card(desks: Desks, tmp_path: Path) -> None:
    card = signed(desks)
    pixels, width, height = grey_of(photograph(qr.card_matrix(card), tmp_path / "card.jpg"))
    assert qr.read_picture(pixels, width=width, height=height) == card


def test_the_drawing_is_a_picture_with_a_margin(desks: Desks) -> None:
    side = len(qr.card_matrix(signed(desks))) + 8
    assert f'width="{side * 4}"'.encode() in qr.card_drawing(signed(desks))


def test_a_picture_without_a_code_is_said_to_have_none() -> None:
    assert refusal((os.urandom(90_000), 300, 300)) == "card.no_code"
    assert refusal(grey(b"https://example.org/not-a-card")) == "card.no_code"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"not compressed", "card.malformed"),
        (zlib.compress(b"{}"), "card.malformed"),
        (zlib.compress(b"{}")[:-3], "card.malformed"),
        (zlib.compress(b" " * 2_000_000, 9), "card.too_large"),
    ],
)
def test_a_code_that_holds_no_card_is_refused(data: bytes, code: str) -> None:
    assert refusal(grey(qr.MARK + data[:2500])) == code


def test_a_changed_card_in_a_code_is_refused(desks: Desks) -> None:
    card = signed(desks)
    changed = SignedCard(card=card.card, signature=bytes(64))
    code = memoryview(qr._code(changed).to_image(scale=3))
    assert refusal((code.tobytes(), code.shape[1], code.shape[0])) == "card.signature"  # type: ignore[index]


def test_pixels_that_do_not_fit_are_refused() -> None:
    assert [refusal(each) for each in ((b"", 0, 0), (bytes(10), 3, 3))] == ["card.no_picture"] * 2


def test_a_file_that_is_no_picture_is_named(tmp_path: Path) -> None:
    path = tmp_path / "card.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + os.urandom(100))
    with pytest.raises(HomeVisitError) as caught:
        grey_of(path)
    assert caught.value.code == "card.no_picture"
