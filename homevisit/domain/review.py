"""A supervisor's review of one exact version of a visit."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Decision(StrEnum):
    """What the supervisor decided after reading."""

    READ = "read-no-action"
    DISCUSS = "discuss-in-supervision"
    ACTION = "action-needed"
    SEND_BACK = "send-back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What a comment is pinned to: a passage of a note section, or an answer of a response.

    ``part`` is ``note/<section>``, ``response/<index>/<linkId path>`` or "" for the whole visit. For a passage,
    ``start`` and ``end`` count Unicode code points in the section's text and ``quote`` is the text between them.
    """

    part: str = ""
    start: int = 0
    end: int = 0
    quote: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One comment with what it is pinned to."""

    anchor: Anchor
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewBody:
    """What is signed as a review: ``version`` is the entry id of the exact version that was read."""

    visit: str
    version: str
    decision: Decision
    comments: tuple[Comment, ...] = ()
    action: str = field(default="", repr=False)
    due: str = ""
