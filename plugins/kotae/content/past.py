"""What the repository's history says of one document, as plain data. `freshness/history.py` fills it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Past:
    """``written``: the day it first appeared; ``changed``: the last day its meaning changed after that;
    ``answer``: the last day its short answer did; ``moved``: the day its 確認日 was moved and nothing else;
    ``people``: mails of all who touched it; ``source``: the sections of the page it was translated from, as they
    stood when it was last written (see ``freshness.meaning``); ``audience``: (day, before, after) of a recent switch.
    """

    written: date
    changed: date | None = None
    answer: date | None = None
    moved: date | None = None
    people: frozenset[str] = frozenset()
    source: tuple[str, ...] = ()
    audience: tuple[date, str, str] | None = None
