"""Opening hours for people and for the page's script: words, and the intervals of the coming weeks as data."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from functools import lru_cache

from kotae.desk.model import Calendar, Closed
from kotae.desk.wording import days, days_label, span
from kotae.durations import read_day

# A page may lie in a cache or on a disk for a while; a year of closed days costs some 200 bytes.
_AHEAD = timedelta(days=400)


def hours_text(calendar: Calendar, lang: str) -> str:
    """Return the hours as a customer reads them: 平日 9:30〜18:00."""
    told = []
    for which, times in calendar.hours.items():
        minutes = span(times)
        if minutes == (0, 1440) and len(days(which)) == 7:
            return "24 hours" if lang == "en" else "24時間"
        shown = times.replace("-", "–") if lang == "en" else times.replace("-", "〜")
        told.append(f"{days_label(which, lang)} {shown}")
    return (", " if lang == "en" else "、").join(told)


def calendar_data(calendar: Calendar, today: date, reply: int = 0) -> str:
    """Return the calendar as JSON for kotae-presence: hours by weekday (1 is Monday), closed days, how far it knows.

    ``reply`` is how many minutes of opening time a reply usually takes.
    """
    hours: dict[str, list[list[int]]] = {}
    for which, times in calendar.hours.items():
        minutes = span(times)
        for day in sorted(days(which)) if minutes else ():
            hours.setdefault(str(day + 1), []).append(list(minutes or ()))
    last = today + _AHEAD
    closed = sorted(d.isoformat() for d in closed_days(calendar, today, last))
    return json.dumps(
        {"hours": hours, "closed": closed, "until": last.isoformat(), "reply": reply}, separators=(",", ":")
    )


def closed_days(calendar: Calendar, first: date, last: date) -> set[date]:
    """Return the days from ``first`` to ``last`` on which the calendar is shut: holidays and the desk's own."""
    found = set(_holidays(first.year, last.year)) if calendar.holidays in ("日本", "Japan", "JP") else set()
    for row in calendar.closed:
        found |= _closed(row, first, last)
    return {d for d in found if first <= d <= last}


def _closed(row: Closed, first: date, last: date) -> set[date]:
    start, _, end = row.when.partition("/")
    end = end or start
    found: set[date] = set()
    for year in range(first.year - 1, last.year + 1):
        begin, finish = _on(start, year), _on(end, year)
        if begin and finish and finish < begin and re.fullmatch(r"\d\d-\d\d", end.strip()):
            finish = _on(end, year + 1)
        while begin and finish and begin <= finish:
            found.add(begin)
            begin += timedelta(days=1)
    return found


def _on(text: str, year: int) -> date | None:
    return read_day(text.strip() if re.match(r"\d{4}", text.strip()) else f"{year}-{text.strip()}")


@lru_cache(maxsize=4)
def _holidays(first: int, last: int) -> tuple[date, ...]:
    import holidays  # only builds that need it pay for it

    return tuple(holidays.country_holidays("JP", years=range(first, last + 1)))
