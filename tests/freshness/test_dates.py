"""Due days against an oracle that shares no code with them: day numbers counted by hand, no datetime."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from desks import desk, page

from kotae.content.library import load
from kotae.durations import read_span
from kotae.freshness.review import State, review

ZONES = ("UTC", "Europe/London", "Asia/Tokyo")
UNITS = {
    "日": "d",
    "d": "d",
    " days": "d",
    "週間": "w",
    " weeks": "w",
    "か月": "m",
    " months": "m",
    "年": "y",
    " years": "y",
}


def leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def length(year: int, month: int) -> int:
    return [31, 29 if leap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]


def oracle(year: int, month: int, day: int, number: int, unit: str) -> str:
    """Step by step: months one at a time with the day held back at the end, days one at a time."""
    months = {"m": number, "y": 12 * number}.get(unit, 0)
    wanted = day
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    day = min(wanted, length(year, month))
    for _ in range({"d": number, "w": 7 * number}.get(unit, 0)):
        day += 1
        if day > length(year, month):
            month, day = month + 1, 1
            if month == 13:
                year, month = year + 1, 1
    return f"{year:04}-{month:02}-{day:02}"


def pairs() -> Iterator[tuple[tuple[int, int, int], int, str]]:
    chance = random.Random(20261122)
    for _ in range(1000):
        year, month = chance.randint(1999, 2101), chance.randint(1, 12)
        day = chance.choice([1, 28, 29, 30, 31, chance.randint(1, 31)])
        yield (year, month, min(day, length(year, month))), chance.randint(1, 400), chance.choice(list(UNITS))


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def test_a_thousand_days_and_intervals_agree_with_the_oracle(zone: str) -> None:
    for (year, month, day), number, unit in pairs():
        span = read_span(f"{number}{unit}")
        assert span is not None
        assert span.after(date(year, month, day)).isoformat() == oracle(year, month, day, number, UNITS[unit]), (
            year, month, day, number, unit,
        )  # fmt: skip


def test_a_page_is_due_on_the_oracles_day_and_not_a_day_before(zone: str, tmp_path: Path) -> None:
    for at, ((year, month, day), number, unit) in enumerate(list(pairs())[:40]):
        root = desk(
            tmp_path / str(at),
            a=page("はい。", f"確認日: {year:04}-{month:02}-{day:02}\n見直し間隔: {number}{unit}\n"),
        )
        library = load(root)
        due = date.fromisoformat(oracle(year, month, day, number, UNITS[unit]))
        found = review(library, library.documents[0], due)
        assert (found.due, found.state) == (due, State.DUE)
        before = review(library, library.documents[0], date.fromordinal(due.toordinal() - 1))
        assert before.state is State.SOON


def test_month_ends_clamp() -> None:
    for written, start, end in (
        ("1か月", "2027-01-31", "2027-02-28"),
        ("1年", "2028-02-29", "2029-02-28"),
        ("半年", "2026-08-31", "2027-02-28"),
    ):
        span = read_span(written)
        assert span is not None
        assert span.after(date.fromisoformat(start)).isoformat() == end
