"""On which days a desk works: weekdays of its calendar, the country's holidays, the desk's own closed days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from kotae.desk.model import Calendar, Closed
from kotae.desk.wording import days
from kotae.durations import read_day

_JAPAN = ("日本", "Japan", "JP")


def workdays(calendar: Calendar | None, first: date, last: date) -> Iterator[date]:
    """Yield the working days from ``first`` to ``last``; without a calendar, Monday to Friday.

    A calendar that is open every day (an on-call rota) still gives weekdays: nobody reviews pages on a Sunday.
    """
    open_ = frozenset[int]().union(*(days(which) for which in calendar.hours)) if calendar else frozenset()
    wanted = open_ if 0 < len(open_) < 7 else frozenset(range(5))
    closed = closed_days(calendar, first, last) if calendar else set()
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        if day.weekday() in wanted and day not in closed:
            yield day


def closed_days(calendar: Calendar, first: date, last: date) -> set[date]:
    """Return the days from ``first`` to ``last`` on which the calendar is shut: holidays and the desk's own."""
    found = set(_holidays(first.year, last.year)) if calendar.holidays in _JAPAN else set()
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
    import holidays  # only commands that need it pay for it

    return tuple(holidays.country_holidays("JP", years=range(first, last + 1)))
