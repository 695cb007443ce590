"""What is wrong, where, how bad, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How bad a finding is: an error stops publication, a warning fails under --strict."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Said(NamedTuple):
    """One sentence in both languages."""

    ja: str
    en: str

    def in_(self, lang: str) -> str:
        """Return the sentence in ``lang``; anything but ``en`` means Japanese."""
        return self.en if lang == "en" else self.ja


NOTHING = Said("", "")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the reader of a file could not make sense of. Line and column count from 1."""

    rule: str
    line: int
    said: Said
    column: int = 1
    hint: Said = NOTHING


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One trouble at one place. ``path`` is POSIX and relative to the root; line and column count from 1.

    ``only_time`` marks a finding whose sole cause is the calendar: it never stops a publication
    by itself (writing.md, "Time").
    """

    path: str
    line: int
    column: int
    rule: str
    name: str
    severity: Severity
    message: Said
    hint: Said = NOTHING
    only_time: bool = False
