"""Homevisit: visit notes and observation prompts kept offline, encrypted, signed. No Qt below this folder."""

__version__ = "0.1.0"
