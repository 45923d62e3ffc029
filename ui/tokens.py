"""Design tokens: every colour, distance and text size of the program, so that a screen never invents one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Space(IntEnum):
    """Distances in pixels at 100 %; layouts use nothing else."""

    XS = 4
    S = 8
    M = 12
    L = 16
    XL = 24


class TextSize(IntEnum):
    """The type scale in pixels at 100 %."""

    CAPTION = 12
    BODY = 13
    LEAD = 15
    SECTION = 18
    TITLE = 24


RADIUS = 6
TARGET = 32
FOCUS_WIDTH = 2


class Mode(StrEnum):
    """How the screen is coloured; SYSTEM follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Tone(StrEnum):
    """What a badge or a bar is about. A tone is never the only sign: an icon and a word go with it."""

    NEUTRAL = "neutral"
    INFO = "info"
    WAITING = "waiting"
    GOOD = "good"
    ALERT = "alert"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToneColours:
    """Text on a soft ground, and the line around it."""

    ink: str
    ground: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours by what they are for.

    ``canvas`` is behind everything, ``surface`` under cards and fields, ``sunken`` under the rail and wells.
    ``ink`` > ``ink_soft`` > ``ink_faint`` are text; ``line`` divides, ``edge`` outlines what can be operated.
    """

    canvas: str
    surface: str
    sunken: str
    hover: str
    ink: str
    ink_soft: str
    ink_faint: str
    line: str
    edge: str
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    danger: str
    danger_hover: str
    on_danger: str
    focus: str
    selection: str
    on_selection: str
    tones: dict[Tone, ToneColours]


def _tone(ink: str, ground: str, line: str) -> ToneColours:
    return ToneColours(ink=ink, ground=ground, line=line)


LIGHT = Palette(
    canvas="#f5f6f4",
    surface="#ffffff",
    sunken="#ebeeeb",
    hover="#e4e9e6",
    ink="#182124",
    ink_soft="#445055",
    ink_faint="#5a666a",
    line="#d9dedb",
    edge="#7d898c",
    accent="#0c5b63",
    accent_hover="#08464d",
    accent_soft="#dcebeb",
    on_accent="#ffffff",
    danger="#a3262a",
    danger_hover="#861c20",
    on_danger="#ffffff",
    focus="#1b5fd0",
    selection="#0c5b63",
    on_selection="#ffffff",
    tones={
        Tone.NEUTRAL: _tone("#414d52", "#e9edeb", "#c3cbc8"),
        Tone.INFO: _tone("#174f8a", "#e2edf8", "#b5cfe9"),
        Tone.WAITING: _tone("#74480a", "#faedd4", "#e6cb97"),
        Tone.GOOD: _tone("#1d5c34", "#e0f0e3", "#aed3b7"),
        Tone.ALERT: _tone("#96221f", "#fbe6e3", "#eab9b3"),
    },
)

DARK = Palette(
    canvas="#15191b",
    surface="#1d2326",
    sunken="#111416",
    hover="#293135",
    ink="#e9edec",
    ink_soft="#bcc6c7",
    ink_faint="#9ba7a9",
    line="#323b3f",
    edge="#768488",
    accent="#7fcaca",
    accent_hover="#a0dcdb",
    accent_soft="#1d3b3e",
    on_accent="#06282b",
    danger="#ffaaa0",
    danger_hover="#ffc4bd",
    on_danger="#410907",
    focus="#8cb8ff",
    selection="#2f7479",
    on_selection="#ffffff",
    tones={
        Tone.NEUTRAL: _tone("#c3cccd", "#2a3235", "#465155"),
        Tone.INFO: _tone("#a5cdf7", "#1b3046", "#33557a"),
        Tone.WAITING: _tone("#f1cd8b", "#3a2d12", "#66511f"),
        Tone.GOOD: _tone("#a2d8b0", "#1a3523", "#31603f"),
        Tone.ALERT: _tone("#ffb4ab", "#45201d", "#7b3934"),
    },
)

_BLACK, _WHITE, _YELLOW, _CYAN = "#000000", "#ffffff", "#ffe14d", "#66f0ff"

CONTRAST = Palette(
    canvas=_BLACK,
    surface=_BLACK,
    sunken=_BLACK,
    hover="#2b2b2b",
    ink=_WHITE,
    ink_soft=_WHITE,
    ink_faint="#e6e6e6",
    line="#a6a6a6",
    edge=_WHITE,
    accent=_CYAN,
    accent_hover=_WHITE,
    accent_soft="#00343a",
    on_accent=_BLACK,
    danger="#ff9d94",
    danger_hover=_WHITE,
    on_danger=_BLACK,
    focus=_YELLOW,
    selection=_CYAN,
    on_selection=_BLACK,
    tones={
        Tone.NEUTRAL: _tone(_WHITE, _BLACK, _WHITE),
        Tone.INFO: _tone(_CYAN, _BLACK, _CYAN),
        Tone.WAITING: _tone(_YELLOW, _BLACK, _YELLOW),
        Tone.GOOD: _tone("#8dff9e", _BLACK, "#8dff9e"),
        Tone.ALERT: _tone("#ff9d94", _BLACK, "#ff9d94"),
    },
)

PALETTES = {Mode.LIGHT: LIGHT, Mode.DARK: DARK, Mode.CONTRAST: CONTRAST}


def contrast(first: str, second: str) -> float:
    """The WCAG contrast ratio of two ``#rrggbb`` colours, 1 to 21."""
    bright, dim = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
