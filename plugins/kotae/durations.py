"""Spans of days and months as people write them: 90d, 6 weeks, 6か月, 半年, 1 year. No clock, no time zone."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

_UNITS = {
    "d": (0, 1), "day": (0, 1), "days": (0, 1), "日": (0, 1), "日間": (0, 1),
    "w": (0, 7), "week": (0, 7), "weeks": (0, 7), "週": (0, 7), "週間": (0, 7),
    "m": (1, 0), "month": (1, 0), "months": (1, 0), "か月": (1, 0), "ヶ月": (1, 0), "カ月": (1, 0), "ケ月": (1, 0), "ヵ月": (1, 0), "箇月": (1, 0),
    "y": (12, 0), "year": (12, 0), "years": (12, 0), "年": (12, 0), "年間": (12, 0),
}  # fmt: skip
_WRITTEN = re.compile(r"(\d{1,4})\s*([a-z]+|[^\d\s]+)")


@dataclass(frozen=True, slots=True)
class Span:
    """So many months and days. Month ends clamp: one month after 31 January is the last of February."""

    months: int = 0
    days: int = 0

    def after(self, day: date) -> date:
        """Return the day this span after ``day``; a day past year 9999 is 31 December 9999."""
        month = day.month - 1 + self.months
        year = day.year + month // 12
        if year > 9999:
            return date.max
        month = month % 12 + 1
        last = calendar.monthrange(year, month)[1]
        try:
            return date(year, month, min(day.day, last)) + timedelta(days=self.days)
        except OverflowError:
            return date.max


def read_span(text: str) -> Span | None:
    """Read ``90d``, ``6 weeks``, ``6か月``, ``半年`` …; None when it is none of these or zero."""
    folded = unicodedata.normalize("NFKC", text).strip().lower()
    if folded in ("半年", "half a year"):
        return Span(months=6)
    match = _WRITTEN.fullmatch(folded)
    if not match or int(match[1]) == 0:
        return None
    unit = _UNITS.get(match[2])
    return Span(unit[0] * int(match[1]), unit[1] * int(match[1])) if unit else None


def read_day(text: str) -> date | None:
    """Read a day written YYYY-MM-DD (also 2026/9/3 and 2026年9月3日); None when there is no such day."""
    folded = unicodedata.normalize("NFKC", text).strip()
    match = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", folded)
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
