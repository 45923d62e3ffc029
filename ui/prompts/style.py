"""The few styles that prompts need beyond the kit's; ``ui/stylesheet.py`` includes them."""

from __future__ import annotations

from collections.abc import Callable

from ui.tokens import FOCUS_WIDTH, RADIUS, Palette, Space, TextSize

Px = Callable[[int], int]


def prompt_qss(c: Palette, px: Px, target: int) -> str:
    """Choices one can tap, the jump list of pages, the timer's digits."""
    return f"""
    QLabel[text_style="prompt"] {{ font-size: {px(TextSize.LEAD)}px; font-weight: 600; color: {c.ink};
        background: transparent; }}
    QLabel[text_style="soft-strong"] {{ font-size: {px(TextSize.BODY)}px; font-weight: 600; color: {c.ink_soft};
        background: transparent; }}
    QLabel[text_style="digits"] {{ font-size: {px(TextSize.TITLE) * 2}px; font-weight: 600; color: {c.ink};
        background: transparent; }}
    QCheckBox[segment="true"] {{ border: 1px solid {c.edge}; background: {c.surface}; min-height: {target - 2}px;
        padding: 0 {Space.S}px; }}
    QCheckBox[segment="true"]:hover {{ background: {c.hover}; }}
    QCheckBox[segment="true"]:checked {{ background: {c.accent_soft}; border-color: {c.accent}; font-weight: 600; }}
    QCheckBox[segment="true"]:focus {{ border: {FOCUS_WIDTH}px solid {c.focus}; min-height: {target - 4}px;
        padding: 0 {Space.S - 1}px; }}
    QCheckBox[segment="true"]:disabled {{ background: {c.sunken}; border-color: {c.line}; }}
    QRadioButton[segment="true"], QCheckBox[segment="true"] {{ spacing: 0; }}
    QRadioButton[segment="true"]::indicator, QCheckBox[segment="true"]::indicator
        {{ width: 0; height: 0; border: none; background: none; image: none; }}
    QRadioButton[answer="true"], QCheckBox[answer="true"] {{ min-height: {target - 10}px; padding: 4px {Space.S}px; }}
    QRadioButton[answer="true"]:focus, QCheckBox[answer="true"]:focus
        {{ min-height: {target - 12}px; padding: 4px {Space.S - 1}px; }}
    QPushButton[kind="chip"] {{ background: {c.accent_soft}; border-color: {c.accent}; padding: 0 {Space.S}px; }}
    QPushButton[kind="chip"]:hover {{ background: {c.hover}; }}
    QPushButton[kind="step"] {{ text-align: left; background: transparent; border: 1px solid {c.line};
        border-radius: {RADIUS}px; padding: {Space.XS}px {Space.M}px; font-weight: 600; color: {c.ink_soft}; }}
    QPushButton[kind="step"]:hover {{ background: {c.hover}; color: {c.ink}; }}
    QPushButton[kind="step"]:checked {{ background: {c.surface}; border-color: {c.accent}; color: {c.ink}; }}
    """
