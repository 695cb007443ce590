"""Kotae: Markdown becomes a help center and a handbook, every page checked."""

__version__ = "0.1.0"
