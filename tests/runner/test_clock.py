"""Time limits on the desk's calendar, held against counting minutes one by one."""

from __future__ import annotations

import json
import random
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from kotae.content.library import Library
from kotae.desk.workdays import closed_days
from kotae.site.hours import calendar_data

JAPAN = timezone(timedelta(hours=9))
TODAY = date(2026, 11, 19)
LUNCH = {"hours": {str(d): [[570, 720], [780, 1080]] for d in range(1, 6)}, "closed": ["2026-11-23"]}


def minute(text: str) -> int:
    """A moment of Japan's clock in minutes since 1970."""
    return int((datetime.fromisoformat(text) - datetime(1970, 1, 1)).total_seconds()) // 60


def limit(n: int, unit: str) -> dict[str, Any]:
    return {"n": n, "unit": unit, "origin": "intake"}


@pytest.fixture(scope="module")
def weekdays(sample: Library) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(calendar_data(sample.desk.calendars["weekdays"], TODAY))
    return found


@pytest.mark.parametrize(
    ("told", "start", "end"),
    [
        ((4, "business_hour"), "2026-11-19T14:02", "2026-11-20T09:32"),
        ((4, "business_hour"), "2026-11-20T16:00", "2026-11-24T11:30"),  # weekend and 勤労感謝の日
        ((15, "minute"), "2026-11-20T17:50", "2026-11-20T18:05"),
        ((15, "minute"), "2026-11-20T20:00", "2026-11-24T09:45"),
        ((60, "second"), "2026-11-19T10:00", "2026-11-19T10:01"),
        ((1, "business_day"), "2026-11-19T14:02", "2026-11-20T14:02"),
        ((1, "business_day"), "2026-11-20T14:02", "2026-11-24T14:02"),
        ((1, "business_day"), "2026-11-21T14:02", "2026-11-25T09:30"),
        ((0, "today"), "2026-11-19T14:02", "2026-11-19T18:00"),
        ((0, "today"), "2026-11-21T14:02", "2026-11-24T18:00"),
        ((1, "next_business_day"), "2026-11-20T14:02", "2026-11-24T18:00"),
        ((1080, "today_at"), "2026-11-19T14:02", "2026-11-19T18:00"),
        ((2, "day"), "2026-11-20T14:02", "2026-11-22T14:02"),
        ((5, "business_day"), "2026-12-25T12:00", "2027-01-07T12:00"),  # 年末年始
    ],
)
def test_a_limit_ends_on_the_desks_calendar(
    script: Any, weekdays: Any, told: tuple[int, str], start: str, end: str
) -> None:
    assert script.call("KotaeClock.due", limit(*told), weekdays, minute(start)) == minute(end)


def test_a_team_has_until_the_end_of_its_working_day(script: Any, sample: Library) -> None:
    phone = json.loads(calendar_data(sample.desk.calendars["phone"], TODAY))
    found = script.call("KotaeClock.due", limit(1, "business_day"), phone, minute("2026-11-19T15:10"), True)
    assert found == minute("2026-11-20T17:00")


def test_three_rings_have_no_clock(script: Any, weekdays: Any) -> None:
    assert script.call("KotaeClock.due", limit(3, "ring"), weekdays, 0) is None


def test_opening_time_pauses_over_lunch_weekend_and_holiday(script: Any) -> None:
    now, end = (
        minute("2026-11-20T11:30"),
        script.call("KotaeClock.due", limit(4, "business_hour"), LUNCH, minute("2026-11-20T11:00")),
    )
    assert end == minute("2026-11-20T16:00")
    assert script.call("KotaeClock.left", limit(4, "business_hour"), LUNCH, now, end) == 210
    assert (
        script.call("KotaeClock.left", limit(4, "business_hour"), LUNCH, minute("2026-11-20T12:30"), end)
        == 180
    )


@pytest.mark.parametrize("name", ["weekdays", "phone", "always", "lunch"])
def test_five_hundred_limits_equal_a_count_minute_by_minute(script: Any, sample: Library, name: str) -> None:
    row = sample.desk.calendars.get(name)
    calendar = LUNCH if row is None else json.loads(calendar_data(row, TODAY))
    closed = {date(2026, 11, 23)} if row is None else closed_days(row, TODAY, TODAY + timedelta(days=60))

    def is_open(m: int) -> bool:
        when = datetime(1970, 1, 1) + timedelta(minutes=m)
        if when.date() in closed:
            return False
        spans = calendar["hours"].get(str(when.isoweekday()), [])
        return any(a <= when.hour * 60 + when.minute < b for a, b in spans)

    chance = random.Random(name)
    first = minute("2026-11-19T00:00")
    for _ in range(125):
        start, hours = first + chance.randrange(30 * 1440), chance.randrange(1, 9)
        left, at = hours * 60, start
        while left:
            left -= is_open(at)
            at += 1
        due = script.call("KotaeClock.due", limit(hours, "business_hour"), calendar, start)
        assert due == at, (name, start, hours)
        now = start + chance.randrange(due - start + 1)
        rest = script.call("KotaeClock.left", limit(hours, "business_hour"), calendar, now, due)
        assert rest == sum(is_open(m) for m in range(now, due))


def test_times_are_said_as_people_say_them(script: Any, sample_words: dict[str, Any]) -> None:
    now = minute("2026-11-19T14:02")
    words = sample_words["ja"]
    assert script.call("KotaeClock.span", 238, words) == "3時間58分"
    assert script.call("KotaeClock.span", 0.75, words) == "45秒"
    assert script.call("KotaeClock.span", 60, words) == "1時間"
    assert script.call("KotaeClock.span", 4320, words) == "3日"
    assert script.call("KotaeClock.when", minute("2026-11-20T09:32"), now, words) == "明日 9:32"
    assert script.call("KotaeClock.when", minute("2026-11-24T12:00"), now, words) == "11月24日（火）12:00"
    english = sample_words["en"]
    assert script.call("KotaeClock.when", minute("2026-11-24T12:00"), now, english) == "Nov 24 (Tue) 12:00"
    assert script.call("KotaeClock.span", 238, english) == "3 h 58 min"


@pytest.fixture(scope="module")
def sample_words() -> dict[str, Any]:
    from kotae.site.edition import load_words

    return {la: {k[4:]: v for k, v in w.items() if k.startswith("run_")} for la, w in load_words().items()}
