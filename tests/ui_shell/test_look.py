"""The look: contrast of every pair of colours that meet, text sizes, icons and the licences beside them."""

from __future__ import annotations

from importlib import resources

import pytest
from PySide6.QtWidgets import QApplication

from ui import theme
from ui.icons import pixmap
from ui.theme import Theme
from ui.tokens import PALETTES, TARGET, Mode, Palette, contrast
from ui.widgets.buttons import PrimaryButton

TEXT_ON_GROUNDS = [
    (text, ground) for text in ("ink", "ink_soft", "ink_faint") for ground in ("canvas", "surface", "sunken", "hover")
]
OTHER_TEXT = [
    ("accent", "surface"),
    ("accent", "canvas"),
    ("accent", "hover"),
    ("danger", "surface"),
    ("danger", "canvas"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_danger", "danger"),
    ("on_danger", "danger_hover"),
    ("on_selection", "selection"),
    ("ink", "accent_soft"),
    ("ink_soft", "accent_soft"),
    ("accent", "accent_soft"),
]
SHAPES = [
    ("edge", "surface"),
    ("edge", "canvas"),
    ("focus", "surface"),
    ("focus", "canvas"),
    ("focus", "sunken"),
    ("accent", "sunken"),
]
PALETTE_LIST = list(PALETTES.values())
NAMES = [mode.value for mode in PALETTES]


@pytest.mark.parametrize("palette", PALETTE_LIST, ids=NAMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUNDS + OTHER_TEXT)
def test_text_has_at_least_the_contrast_of_wcag_aa(palette: Palette, text: str, ground: str) -> None:
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize("palette", PALETTE_LIST, ids=NAMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_outlines_and_focus_rings_can_be_told_from_their_ground(palette: Palette, shape: str, ground: str) -> None:
    assert contrast(getattr(palette, shape), getattr(palette, ground)) >= 3


@pytest.mark.parametrize("palette", PALETTE_LIST, ids=NAMES)
def test_badges_and_bars_are_legible_in_every_tone(palette: Palette) -> None:
    for colours in palette.tones.values():
        assert contrast(colours.ink, colours.ground) >= 4.5
        assert contrast(palette.ink_soft, colours.ground) >= 4.5


def test_contrast_is_the_published_formula() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_a_button_is_never_smaller_than_a_target(qapp: QApplication, scale: int) -> None:
    theme.apply(qapp, Theme(Mode.LIGHT, scale))
    button = PrimaryButton("Go on")
    button.ensurePolished()
    assert button.sizeHint().height() >= TARGET * scale / 100
    button.deleteLater()


def test_the_text_size_stays_between_100_and_200_percent() -> None:
    assert theme.resolve(Mode.DARK, 20) == Theme(Mode.DARK, 100)
    assert theme.resolve(Mode.DARK, 900) == Theme(Mode.DARK, 200)


@pytest.mark.usefixtures("look")
def test_an_icon_takes_the_colour_it_is_given() -> None:
    image = pixmap("lock", "#ff0000", 32).toImage()
    colours = {
        image.pixelColor(x, y).name() for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() > 250
    }
    assert colours == {"#ff0000"}


@pytest.mark.parametrize(("folder", "licence"), [("icons", "LICENSE"), ("fonts", "OFL.txt")])
def test_a_licence_lies_beside_what_was_borrowed(folder: str, licence: str) -> None:
    assert len((resources.files("resources") / folder / licence).read_text(encoding="utf-8")) > 500
