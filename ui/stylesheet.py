"""The Qt stylesheet, built from the tokens: one function per group of widgets."""

from __future__ import annotations

from collections.abc import Callable

from ui.prompts.style import prompt_qss
from ui.tokens import FOCUS_WIDTH, RADIUS, Palette, Space, TextSize

Px = Callable[[int], int]


def stylesheet(colours: Palette, px: Px, target: int) -> str:
    """Everything that Fusion's own drawing is not asked for."""
    return "\n".join(
        (
            _ground(colours, px),
            _labels(colours, px),
            _buttons(colours, target),
            _fields(colours, px, target),
            _choices(colours, px, target),
            _lists(colours),
            _rail(colours, px, target),
            _furniture(colours, px),
            prompt_qss(colours, px, target),
            _bars(colours),
        )
    )


def _ground(c: Palette, px: Px) -> str:
    return f"""
    QMainWindow, QDialog, QWidget[ground="canvas"] {{ background: {c.canvas}; }}
    QWidget[ground="surface"] {{ background: {c.surface}; }}
    QWidget[ground="sunken"] {{ background: {c.sunken}; }}
    QFrame[ground="card"] {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: {RADIUS}px; }}
    QFrame[ground="well"] {{ background: {c.sunken}; border: none; border-radius: {RADIUS}px; }}
    QFrame[ground="divider"] {{ background: {c.line}; border: none; }}
    QScrollArea, QScrollArea > QWidget > QWidget[ground="clear"] {{ background: transparent; border: none; }}
    QToolTip {{ background: {c.ink}; color: {c.surface}; border: none; padding: {Space.XS}px {Space.S}px;
                font-size: {px(TextSize.CAPTION)}px; }}
    """


def _labels(c: Palette, px: Px) -> str:
    sizes = {
        "title": (TextSize.TITLE, 600, c.ink),
        "section": (TextSize.SECTION, 600, c.ink),
        "lead": (TextSize.LEAD, 400, c.ink),
        "strong": (TextSize.BODY, 600, c.ink),
        "body": (TextSize.BODY, 400, c.ink),
        "soft": (TextSize.BODY, 400, c.ink_soft),
        "done": (TextSize.BODY, 400, c.ink_soft),
        "caption": (TextSize.CAPTION, 400, c.ink_faint),
        "label": (TextSize.BODY, 600, c.ink),
        "help": (TextSize.CAPTION, 400, c.ink_faint),
        "overline": (TextSize.CAPTION, 600, c.ink_faint),
        "code": (TextSize.SECTION, 600, c.ink),
        "problem": (TextSize.CAPTION, 600, c.danger),
    }
    struck = 'QLabel[text_style="done"] { text-decoration: line-through; }\n'
    return struck + "\n".join(
        f'QLabel[text_style="{name}"] {{ font-size: {px(size)}px; font-weight: {weight}; color: {colour}; '
        "background: transparent; }"
        for name, (size, weight, colour) in sizes.items()
    )


def _buttons(c: Palette, target: int) -> str:
    inner = target - 2
    return f"""
    QPushButton {{ min-height: {inner}px; padding: 0 {Space.M}px; border-radius: {RADIUS}px; font-weight: 600;
                   outline: none; border: 1px solid {c.edge}; background: {c.surface}; color: {c.ink}; }}
    QPushButton:hover {{ background: {c.hover}; }}
    QPushButton:pressed {{ background: {c.line}; }}
    QPushButton:disabled {{ color: {c.ink_faint}; background: {c.sunken}; border-color: {c.line}; }}
    QPushButton[kind="primary"] {{ background: {c.accent}; border-color: {c.accent}; color: {c.on_accent}; }}
    QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed
        {{ background: {c.accent_hover}; border-color: {c.accent_hover}; }}
    QPushButton[kind="danger"] {{ background: {c.danger}; border-color: {c.danger}; color: {c.on_danger}; }}
    QPushButton[kind="danger"]:hover, QPushButton[kind="danger"]:pressed
        {{ background: {c.danger_hover}; border-color: {c.danger_hover}; }}
    QPushButton[kind="primary"]:disabled, QPushButton[kind="danger"]:disabled
        {{ color: {c.ink_faint}; background: {c.sunken}; border-color: {c.line}; }}
    QPushButton[kind="quiet"] {{ background: transparent; border-color: transparent; color: {c.accent};
                                 padding: 0 {Space.S}px; }}
    QPushButton[kind="quiet"]:hover, QPushButton[kind="quiet"]:pressed {{ background: {c.hover}; }}
    QPushButton[kind="quiet"]:disabled {{ color: {c.ink_faint}; background: transparent; border-color: transparent; }}
    QPushButton[kind="icon"] {{ background: transparent; border-color: transparent; padding: 0;
                                min-width: {inner}px; max-width: {inner}px; }}
    QPushButton[kind="icon"]:hover {{ background: {c.hover}; }}
    QPushButton:checked {{ background: {c.accent_soft}; color: {c.ink}; border-color: {c.accent}; }}
    """


def _fields(c: Palette, px: Px, target: int) -> str:
    rest, focused = Space.S, Space.S - 1
    return f"""
    QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit, QDateTimeEdit, QTimeEdit {{
        background: {c.surface}; color: {c.ink}; border: 1px solid {c.edge}; border-radius: {RADIUS}px;
        padding: 0 {rest}px; min-height: {target - 2}px; font-size: {px(TextSize.BODY)}px;
        selection-background-color: {c.selection}; selection-color: {c.on_selection}; }}
    QPlainTextEdit, QTextEdit {{ padding: {Space.XS}px {Space.XS}px; }}
    QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus, QDateTimeEdit:focus, QTimeEdit:focus
        {{ border: {FOCUS_WIDTH}px solid {c.focus}; padding: 0 {focused}px; min-height: {target - 4}px; }}
    QPlainTextEdit:focus, QTextEdit:focus
        {{ border: {FOCUS_WIDTH}px solid {c.focus}; padding: {Space.XS - 1}px {Space.XS - 1}px;
           min-height: {target - 4}px; }}
    QLineEdit[problem="true"]:!focus, QPlainTextEdit[problem="true"]:!focus, QComboBox[problem="true"]:!focus
        {{ border-color: {c.danger}; }}
    QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled
        {{ background: {c.sunken}; color: {c.ink_faint}; border-color: {c.line}; }}
    QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"] {{ background: {c.sunken}; border-color: {c.line}; }}
    QComboBox {{ padding-right: {target}px; }}
    QComboBox::drop-down {{ border: none; width: {target - 4}px; }}
    QComboBox::down-arrow {{ image: none; }}
    QComboBox QAbstractItemView {{ background: {c.surface}; color: {c.ink}; border: 1px solid {c.edge};
        selection-background-color: {c.accent_soft}; selection-color: {c.ink}; outline: none;
        padding: {Space.XS}px; }}
    """


def _choices(c: Palette, px: Px, target: int) -> str:
    return f"""
    QCheckBox, QRadioButton {{ spacing: 0; min-height: {target - 4}px; padding: 0 {Space.XS}px;
        border: {FOCUS_WIDTH}px solid transparent; border-radius: {RADIUS}px; background: transparent;
        outline: none; color: {c.ink}; font-size: {px(TextSize.BODY)}px; }}
    QCheckBox:hover, QRadioButton:hover {{ background: {c.hover}; }}
    QCheckBox:focus, QRadioButton:focus {{ border-color: {c.focus}; }}
    QCheckBox:disabled, QRadioButton:disabled {{ color: {c.ink_faint}; }}
    QCheckBox::indicator, QRadioButton::indicator
        {{ width: 0; height: 0; image: none; border: none; background: transparent; }}
    QRadioButton[segment="true"] {{ border: 1px solid {c.edge}; background: {c.surface}; min-height: {target - 2}px;
        padding: 0 {Space.S}px; }}
    QRadioButton[segment="true"]:hover {{ background: {c.hover}; }}
    QRadioButton[segment="true"]:checked {{ background: {c.accent_soft}; border-color: {c.accent}; font-weight: 600; }}
    QRadioButton[segment="true"]:focus {{ border: {FOCUS_WIDTH}px solid {c.focus}; min-height: {target - 4}px;
        padding: 0 {Space.S - 1}px; }}
    QRadioButton[segment="true"]:disabled {{ background: {c.sunken}; border-color: {c.line}; }}
    """


def _lists(c: Palette) -> str:
    return f"""
    QListView, QTreeView, QTableView {{ background: {c.surface}; color: {c.ink}; border: 1px solid {c.line};
        border-radius: {RADIUS}px; outline: none; selection-background-color: {c.accent_soft};
        selection-color: {c.ink}; alternate-background-color: {c.canvas}; gridline-color: {c.line}; }}
    QListView:focus, QTreeView:focus, QTableView:focus {{ border: {FOCUS_WIDTH}px solid {c.focus}; }}
    QListView[flat="true"] {{ background: transparent; border: none; }}
    QListView[flat="true"]:focus {{ border: none; }}
    QHeaderView::section {{ background: {c.sunken}; color: {c.ink_soft}; border: none; font-weight: 600;
        border-bottom: 1px solid {c.line}; padding: {Space.XS}px {Space.S}px; }}
    QTableCornerButton::section {{ background: {c.sunken}; border: none; }}
    """


def _rail(c: Palette, px: Px, target: int) -> str:
    return f"""
    QPushButton[kind="rail"] {{ background: transparent; border: 1px solid transparent; text-align: left;
        font-weight: 400; color: {c.ink_soft}; padding: 0 {Space.S}px; min-height: {target + 4}px; }}
    QPushButton[kind="rail"]:hover {{ background: {c.hover}; color: {c.ink}; }}
    QPushButton[kind="rail"]:checked {{ background: {c.surface}; border-color: {c.line}; color: {c.ink};
        font-weight: 600; }}
    QWidget[ground="status"] {{ background: {c.sunken}; border-top: 1px solid {c.line}; }}
    QWidget[ground="rail"] {{ background: {c.sunken}; border-right: 1px solid {c.line}; }}
    QLabel[text_style="brand"] {{ font-size: {px(TextSize.LEAD)}px; font-weight: 600; color: {c.ink}; }}
    """


def _furniture(c: Palette, px: Px) -> str:
    return f"""
    QScrollBar {{ background: transparent; border: none; }}
    QScrollBar:vertical {{ width: {Space.M}px; }}
    QScrollBar:horizontal {{ height: {Space.M}px; }}
    QScrollBar::handle {{ background: {c.edge}; border-radius: 3px; margin: 3px; }}
    QScrollBar::handle:vertical {{ min-height: 32px; }}
    QScrollBar::handle:horizontal {{ min-width: 32px; }}
    QScrollBar::handle:hover {{ background: {c.ink_faint}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QSplitter::handle {{ background: {c.line}; }}
    QSplitter::handle:hover {{ background: {c.accent}; }}
    QMenu {{ background: {c.surface}; color: {c.ink}; border: 1px solid {c.edge}; padding: {Space.XS}px; }}
    QMenu::item {{ padding: {Space.S}px {Space.L}px; border-radius: {RADIUS}px; }}
    QMenu::item:selected {{ background: {c.accent_soft}; color: {c.ink}; }}
    QMenu::separator {{ height: 1px; background: {c.line}; margin: {Space.XS}px; }}
    QProgressBar {{ background: {c.sunken}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }}
    QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
    QTabBar::tab {{ padding: {Space.S}px {Space.M}px; color: {c.ink_soft}; border: none;
        border-bottom: 2px solid transparent; font-size: {px(TextSize.BODY)}px; }}
    QTabBar::tab:selected {{ color: {c.ink}; border-bottom-color: {c.accent}; font-weight: 600; }}
    QTabBar::tab:focus {{ border: 2px solid {c.focus}; border-radius: {RADIUS}px; }}
    QTabWidget::pane {{ border: none; border-top: 1px solid {c.line}; }}
    """


def _bars(c: Palette) -> str:
    return "\n".join(
        f"""
    QFrame[ground="bar"][tone="{tone.value}"] {{ background: {colours.ground}; border: 1px solid {colours.line};
        border-radius: {RADIUS}px; }}
    QFrame[ground="bar"][tone="{tone.value}"] > QLabel {{ color: {colours.ink}; }}
    """
        for tone, colours in c.tones.items()
    )
