"""Findability: one folding, one index, one engine for the build and for the browser."""
