"""Marked-up words as safe rich text: a short list of elements without attributes; scripts, styles, links and pictures
never get through, and what they hold is left out or shown as plain words.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from html.parser import HTMLParser

from typing_extensions import override

from homevisit.prompts import addresses
from homevisit.prompts.raw import extension

LONGEST_MARKUP = 20_000
_ALLOWED = frozenset(
    {
        *("b", "strong", "i", "em", "u", "br", "p", "div", "span", "sub", "sup", "code", "ul", "ol", "li"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "td", "th"),
    }
)
_EMPTY = frozenset({"br"})
_SWALLOWED = frozenset({"script", "style", "iframe", "object", "svg", "math", "template", "noscript", "title", "head"})
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_BULLET = re.compile(r"\s*[-*+]\s+(.*)")
_NUMBERED = re.compile(r"\s*\d{1,3}[.)]\s+(.*)")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,500})\]\([^()\n]{0,2000}\)")
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*|__([^_\n]+)__")
_ITALIC = re.compile(r"(?<![*\w])\*([^*\n]+)\*(?!\w)|(?<![_\w])_([^_\n]+)_(?!\w)")


def rich_text(beside: Mapping[str, object]) -> str:
    """Safe HTML of the markup that stands beside a text; "" where there is none, or too much of it."""
    xhtml, markdown = extension(beside, addresses.XHTML), extension(beside, addresses.MARKDOWN)
    for markup, convert in ((xhtml, safe_html), (markdown, from_markdown)):
        if isinstance(markup, str) and len(markup) <= LONGEST_MARKUP:
            return convert(markup)
    return ""


def is_cut(beside: Mapping[str, object]) -> bool:
    """Whether something of the markup does not get through: scripts, links, pictures, or all of it."""
    xhtml, markdown = extension(beside, addresses.XHTML), extension(beside, addresses.MARKDOWN)
    if isinstance(xhtml, str):
        cleaner = _Cleaner()
        cleaner.feed(xhtml[:LONGEST_MARKUP])
        return cleaner.has_cut or len(xhtml) > LONGEST_MARKUP
    return isinstance(markdown, str) and (len(markdown) > LONGEST_MARKUP or _LINK.search(markdown) is not None)


def safe_html(markup: str) -> str:
    """XHTML cut down to the elements that are allowed."""
    cleaner = _Cleaner()
    cleaner.feed(markup)
    cleaner.close()
    return cleaner.result()


def from_markdown(markup: str) -> str:
    """Headings, lists, emphasis and paragraphs; anything else is shown as it stands."""
    blocks: list[str] = []
    listed = ""
    for line in markup.splitlines():
        kind, words = _line(line)
        if listed and kind != listed:
            blocks.append(f"</{listed}>")
        if kind in ("ul", "ol") and kind != listed:
            blocks.append(f"<{kind}>")
        listed = kind if kind in ("ul", "ol") else ""
        if words:
            blocks.append(f"<li>{words}</li>" if listed else f"<{kind}>{words}</{kind}>")
    return "".join([*blocks, f"</{listed}>" if listed else ""])


def _line(line: str) -> tuple[str, str]:
    for pattern, kind in ((_BULLET, "ul"), (_NUMBERED, "ol")):
        found = pattern.fullmatch(line)
        if found:
            return kind, _inline(found[1])
    heading = _HEADING.fullmatch(line.strip())
    if heading:
        return f"h{len(heading[1])}", _inline(heading[2])
    return "p", _inline(line.strip())


def _inline(words: str) -> str:
    plain = html.escape(_LINK.sub(r"\1", words), quote=False)
    bold = _BOLD.sub(lambda found: f"<b>{found[1] or found[2]}</b>", plain)
    return _ITALIC.sub(lambda found: f"<i>{found[1] or found[2]}</i>", bold)


class _Cleaner(HTMLParser):
    """Keeps allowed elements bare and the words of all others, but nothing of those that hold no words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._open: list[str] = []
        self._swallowing = 0
        self.has_cut = False

    def result(self) -> str:
        return "".join(self._parts) + "".join(f"</{tag}>" for tag in reversed(self._open))

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag, attrs)
        if tag in _SWALLOWED:
            self._swallowing += 1
        elif tag in _ALLOWED and not self._swallowing:
            self._parts.append(f"<{tag}>")
            if tag not in _EMPTY:
                self._open.append(tag)

    @override
    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag, attrs)
        if tag in _EMPTY and not self._swallowing:
            self._parts.append(f"<{tag}>")

    def _note(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Attributes only dress the words up, unless they do something."""
        self.has_cut = self.has_cut or tag not in _ALLOWED or any(name.startswith("on") for name, _ in attrs)

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag in _SWALLOWED:
            self._swallowing = max(0, self._swallowing - 1)
        elif tag in self._open and not self._swallowing:
            while self._open:
                closed = self._open.pop()
                self._parts.append(f"</{closed}>")
                if closed == tag:
                    break

    @override
    def handle_data(self, data: str) -> None:
        if not self._swallowing:
            self._parts.append(html.escape(data, quote=False))
