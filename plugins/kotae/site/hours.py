"""Opening hours for people and for the page's script: words, and the intervals of the coming weeks as data."""

from __future__ import annotations

import json
from datetime import date, timedelta

from kotae.desk.model import Calendar
from kotae.desk.wording import days, days_label, span
from kotae.desk.workdays import closed_days

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
