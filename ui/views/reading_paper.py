"""Sets blocks as type on a text document and keeps where every part stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from PySide6.QtGui import (
    QColor,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)

from ui.theme import Theme, body_font
from ui.tokens import Space, TextSize
from ui.views.reading_blocks import Block, Style
from ui.views.reading_places import Piece, Places

LINE_HEIGHT = 140
LABEL_WIDTH = 104
TIME_WIDTH = 58
LONGEST_LINE = 2_000
GUTTER = 34
_TIMED = re.compile(r"\d{1,2}[:.]\d{2}\s*[–—-]\s")
# Qt ends a paragraph at these; one code unit stands in for another, so that positions stay true.
_BREAKS = str.maketrans({"\r": "\u2424", "\u2029": "\u2424", "\ufdd0": "\ufffd", "\ufdd1": "\ufffd", "\x00": "\u2400"})

_SIZES = {
    Style.TITLE: TextSize.SECTION,
    Style.SUBTITLE: TextSize.LEAD,
    Style.SECTION: TextSize.LEAD,
    Style.TEXT: TextSize.LEAD,
    Style.ANSWER: TextSize.LEAD,
    Style.VERBATIM: TextSize.LEAD,
    Style.PROMPT: TextSize.CAPTION,
    Style.SMALL: TextSize.CAPTION,
}
_STRONG = frozenset({Style.TITLE, Style.SECTION, Style.GROUP, Style.MARK})
_ABOVE = {
    Style.SUBTITLE: Space.XS,
    Style.MARK: Space.S,
    Style.SECTION: Space.XL,
    Style.GROUP: Space.M,
    Style.TEXT: Space.XS,
    Style.EMPTY: Space.XS,
    Style.POINT: Space.XS,
    Style.PROMPT: Space.M,
    Style.SMALL: Space.M,
}
_STRIKABLE = frozenset({Style.FACT, Style.TEXT, Style.POINT, Style.ANSWER, Style.VERBATIM})


class Paper:
    """Writes one document, a paragraph at a time, so that a very long note does not hold the window up. Use it once."""

    def __init__(self, theme: Theme, *, struck: bool = False) -> None:
        self._theme = theme
        self._struck = struck
        self.document = QTextDocument()
        self.document.setUndoRedoEnabled(False)
        self.document.setDefaultFont(body_font(theme))
        self.document.setDocumentMargin(0)
        self._frame()
        self._cursor = QTextCursor(self.document)
        self._is_first = True
        self._pieces: list[Piece] = []
        self._texts: dict[str, str] = {}

    def begin(self) -> None:
        """What follows until :meth:`end` is laid out once."""
        self._cursor.beginEditBlock()

    def end(self) -> None:
        self._cursor.endEditBlock()

    @property
    def places(self) -> Places:
        """Where the parts stand that are set by now."""
        return Places(self._pieces, self._texts)

    def steps(self, blocks: Iterable[Block]) -> Iterator[None]:
        """Set everything; each step is one paragraph."""
        facts: list[Block] = []
        for block in blocks:
            if block.style is Style.FACT:
                facts.append(block)
                continue
            self._facts(facts)
            yield from self._write(block)
        self._facts(facts)

    def _write(self, block: Block) -> Iterator[None]:
        if block.style in (Style.TEXT, Style.ANSWER, Style.VERBATIM):
            yield from self._passage(block)
        elif block.style is Style.POINT:
            self._point(block)
            yield
        else:
            self._begin(self._block_format(block.style))
            self._cursor.insertText(block.text.translate(_BREAKS), self._char(block.style))
            yield

    def _passage(self, block: Block) -> Iterator[None]:
        """Text that comments can be pinned to: each line a paragraph, very long lines in several."""
        self._texts[block.part] = block.text
        quoted = block.style is Style.VERBATIM
        char, soft = self._char(block.style), self._char(Style.EMPTY)
        for offset, stretch in _stretches(block.text):
            timed = _TIMED.match(stretch) if block.style is Style.TEXT else None
            self._begin(self._line_format(block.style, first=offset == 0, timed=bool(timed)))
            if quoted and offset == 0:
                self._cursor.insertText("“", soft)
            self._keep(block.part, offset, stretch)
            self._line(stretch, char, timed.end() if timed else 0)
            yield
        if quoted:
            self._cursor.insertText("”", soft)

    def _keep(self, part: str, offset: int, text: str) -> None:
        if text:
            self._pieces.append(Piece(part, offset, self._cursor.position(), text))

    def _line(self, text: str, char: QTextCharFormat, time_length: int) -> None:
        shown = text.translate(_BREAKS)
        if time_length:
            time = QTextCharFormat(char)
            time.setFont(body_font(self._theme, TextSize.LEAD, strong=True))
            time.setForeground(QColor(self._theme.palette.ink_soft))
            self._cursor.insertText(shown[:time_length], time)
        self._cursor.insertText(shown[time_length:], char)

    def _point(self, block: Block) -> None:
        form = self._block_format(Style.POINT)
        form.setLeftMargin(self._theme.px(Space.L))
        form.setTextIndent(-self._theme.px(Space.M))
        self._begin(form)
        self._cursor.insertText("–  ", self._char(Style.EMPTY))
        self._cursor.insertText(block.text.translate(_BREAKS), self._char(Style.POINT))
        if block.after.strip():
            self._cursor.insertText("  ·  " + block.after.strip().translate(_BREAKS), self._char(Style.EMPTY))

    def _facts(self, facts: list[Block]) -> None:
        """Labels and values side by side; the same label is said once."""
        if not facts:
            return
        self._begin(self._block_format(Style.EMPTY))
        table = self._cursor.insertTable(len(facts), 2, self._table_format())
        said = ""
        for position, fact in enumerate(facts):
            label = table.cellAt(position, 0).firstCursorPosition()
            label.insertText("" if fact.label == said else fact.label, self._char(Style.EMPTY))
            value = table.cellAt(position, 1).firstCursorPosition()
            value.insertText(fact.text.translate(_BREAKS), self._char(Style.FACT))
            said = fact.label
        facts.clear()
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._is_first = True

    def _begin(self, form: QTextBlockFormat) -> None:
        if self._is_first:
            self._cursor.setBlockFormat(form)
            self._is_first = False
        else:
            self._cursor.insertBlock(form)

    def _block_format(self, style: Style) -> QTextBlockFormat:
        form = QTextBlockFormat()
        form.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        form.setTopMargin(self._theme.px(_ABOVE.get(style, 0)))
        if style in (Style.TITLE, Style.SECTION):
            form.setHeadingLevel(1 if style is Style.TITLE else 2)
        return form

    def _line_format(self, style: Style, *, first: bool, timed: bool) -> QTextBlockFormat:
        form = self._block_format(style)
        if not first:
            form.setTopMargin(0)
        if timed:
            form.setLeftMargin(self._theme.px(TIME_WIDTH))
            form.setTextIndent(-self._theme.px(TIME_WIDTH))
        return form

    def _char(self, style: Style) -> QTextCharFormat:
        colours = self._theme.palette
        char = QTextCharFormat()
        font = body_font(self._theme, _SIZES.get(style, TextSize.BODY), strong=style in _STRONG)
        font.setStrikeOut(self._struck and style in _STRIKABLE)
        char.setFont(font)
        char.setForeground(QColor(_colour(style, self._theme) or colours.ink))
        return char

    def _frame(self) -> None:
        form = QTextFrameFormat()
        form.setLeftMargin(self._theme.px(GUTTER))
        form.setRightMargin(self._theme.px(Space.XL))
        form.setTopMargin(self._theme.px(Space.XL))
        form.setBottomMargin(self._theme.px(Space.XL) * 2)
        self.document.rootFrame().setFrameFormat(form)

    def _table_format(self) -> QTextTableFormat:
        form = QTextTableFormat()
        form.setBorder(0)
        form.setCellSpacing(0)
        form.setCellPadding(self._theme.px(2))
        form.setBottomMargin(self._theme.px(Space.L))
        form.setColumnWidthConstraints(
            [
                QTextLength(QTextLength.Type.FixedLength, self._theme.px(LABEL_WIDTH)),
                QTextLength(QTextLength.Type.PercentageLength, 100),
            ]
        )
        return form


def _colour(style: Style, theme: Theme) -> str:
    colours = theme.palette
    return {
        Style.SUBTITLE: colours.ink_soft,
        Style.MARK: colours.danger,
        Style.SECTION: colours.accent,
        Style.GROUP: colours.ink_soft,
        Style.EMPTY: colours.ink_faint,
        Style.PROMPT: colours.ink_soft,
        Style.SMALL: colours.ink_faint,
    }.get(style, "")


def _stretches(text: str) -> Iterator[tuple[int, str]]:
    """The lines with where they begin; a line too long to lay out quickly comes in several."""
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        while end - start > LONGEST_LINE:
            space = text.rfind(" ", start + LONGEST_LINE // 2, start + LONGEST_LINE)
            cut = space + 1 if space > 0 else start + LONGEST_LINE
            yield start, text[start:cut]
            start = cut
        yield start, text[start:end]
        start = end + 1
