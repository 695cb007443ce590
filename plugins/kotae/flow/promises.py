"""What the desk promises: how soon a channel is answered and solved, compared with a playbook's own limits."""

from __future__ import annotations

from collections.abc import Iterable

from kotae.content.schema import CHANNELS, SEVERITIES
from kotae.desk.lists import Desk
from kotae.desk.model import Promise
from kotae.desk.wording import days, span
from kotae.flow.limits import read_limit, seconds
from kotae.flow.model import Duration
from kotae.flow.vocabulary import fold

_WORKING_DAY = 8 * 3600


def promise(desk: Desk, channel: str) -> Promise | None:
    """Return the promise for a channel (mail, chat …), or None."""
    return next((p for p in desk.promises.values() if CHANNELS.get(fold(p.channel)) == channel), None)


def first_reply(desk: Desk, channel: str, severity: str) -> Duration | None:
    """Return how soon ``channel`` is answered at ``severity``; None when nothing readable is promised."""
    row = promise(desk, channel)
    if row is None:
        return None
    stricter = next((v for k, v in row.by_severity.items() if SEVERITIES.get(fold(k)) == severity), "")
    return read_limit(stricter or row.first_reply, row.line, "intake")


def loosest(desk: Desk, channels: Iterable[str], severity: str) -> tuple[str, Duration, int] | None:
    """Return which of ``channels`` is answered last, the limit promised there, and it in open seconds."""
    found = [
        (c, limit, open_seconds(desk, c, limit))
        for c in channels
        if (limit := first_reply(desk, c, severity))
    ]
    return max(found, key=lambda each: each[2]) if found else None


def open_seconds(desk: Desk, channel: str, limit: Duration) -> int:
    """Return a limit in seconds of the hours in which ``channel`` is served."""
    row = promise(desk, channel)
    return seconds(limit, working_day(desk, row.calendar if row else ""))


def working_day(desk: Desk, calendar: str) -> int:
    """Return the seconds of the longest day of a calendar; eight hours when it is not known."""
    row = desk.find("calendars", calendar) if calendar else None
    longest = 0
    for hours in row.hours.values() if row else ():
        open_for = 0
        for part in hours.replace("、", ",").split(","):
            found = span(part)
            open_for += found[1] - found[0] if found else 0
        longest = max(longest, open_for * 60)
    return longest or _WORKING_DAY


def weekdays(desk: Desk, calendar: str) -> frozenset[int]:
    """Return the weekdays (Monday is 0) on which a calendar has hours; all when it is not known."""
    row = desk.find("calendars", calendar) if calendar else None
    if row is None:
        return frozenset(range(7))
    return frozenset(day for name in row.hours for day in days(name))
