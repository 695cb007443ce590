"""The desk's own words in the other language: time limits, weekdays, hours."""

from __future__ import annotations

import re

_UNITS = {
    "営業時間": ("business hour", "business hours"), "営業日": ("business day", "business days"), "時間": ("hour", "hours"),
    "分": ("minute", "minutes"), "秒": ("second", "seconds"), "日": ("day", "days"), "コール": ("ring", "rings"),
}  # fmt: skip
DAYS = {
    "月": 0,
    "火": 1,
    "水": 2,
    "木": 3,
    "金": 4,
    "土": 5,
    "日": 6,
    "Mon": 0,
    "Tue": 1,
    "Wed": 2,
    "Thu": 3,
    "Fri": 4,
    "Sat": 5,
    "Sun": 6,
}
_SHORT = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def limit(text: str, lang: str) -> str:
    """Return a time limit such as 4営業時間 in ``lang``; what is not understood stays as written."""
    match = re.fullmatch(r"\s*(\d+)\s*(\D+?)\s*(以内)?\s*", text)
    if lang != "en" or not match or match[2] not in _UNITS:
        return text
    return f"{match[1]} {_UNITS[match[2]][match[1] != '1']}"


def days(text: str) -> frozenset[int]:
    """Return the weekdays (Monday is 0) of 月-金, Mon-Fri or 土; empty when not understood."""
    first, _, last = text.replace("〜", "-").replace("~", "-").partition("-")
    if first.strip() not in DAYS or (last and last.strip() not in DAYS):
        return frozenset()
    start, end = DAYS[first.strip()], DAYS[last.strip() or first.strip()]
    return frozenset((start + n) % 7 for n in range((end - start) % 7 + 1))


def days_label(text: str, lang: str) -> str:
    """Return weekdays as people say them: 平日, 毎日, Weekdays."""
    found = days(text)
    if found == frozenset(range(5)):
        return "Weekdays" if lang == "en" else "平日"
    if len(found) == 7:
        return "Every day" if lang == "en" else "毎日"
    if lang == "en" and found:
        return "–".join(_SHORT[DAYS[part.strip()]] for part in re.split(r"[-〜~]", text))
    return text.replace("-", "〜")


def span(text: str) -> tuple[int, int] | None:
    """Return 9:30-18:00 as minutes of the day, or None."""
    match = re.fullmatch(r"\s*(\d{1,2}):(\d{2})\s*[-〜~–]\s*(\d{1,2}):(\d{2})\s*", text)
    if not match:
        return None
    start, end = int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])
    return (start, end) if start < end <= 1440 else None


def minutes(text: str) -> int:
    """Return a time limit such as 4営業時間 or 15分 in minutes; 0 when it is none of these."""
    match = re.fullmatch(r"\s*(\d+)\s*(営業時間|時間|分)\s*(以内)?\s*", text)
    return int(match[1]) * (1 if match[2] == "分" else 60) if match else 0
