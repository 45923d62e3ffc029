"""The command line: one module per group of commands, each importing what it needs only when it runs."""

from __future__ import annotations

from homevisit.cli.program import main

__all__ = ["main"]
