"""Prompt sets on the screen: one small widget per kind of answer, and ``form.PromptForm``, which shows them by page."""

from __future__ import annotations
