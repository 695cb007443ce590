"""A finished file, before it is written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished file: its path in the site, its bytes, and the source that made it (empty: several)."""

    path: str
    data: bytes
    source: str = ""
