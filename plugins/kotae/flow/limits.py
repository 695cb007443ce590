"""Time limits as people write them: 30分以内, 受付から4営業時間, 当日中, 30 minutes of detection, next business day."""

from __future__ import annotations

import re
from functools import lru_cache

from kotae.flow.model import Duration, Repeat
from kotae.flow.vocabulary import fold

ORIGINS = {
    "受付": "intake", "検知": "detection", "この手順": "step", "復旧": "recovery",
    "intake": "intake", "receipt": "intake", "detection": "detection", "this step": "step", "recovery": "recovery",
}  # fmt: skip
_UNITS = {
    "秒": "second", "分": "minute", "時間": "hour", "日": "day", "営業時間": "business_hour", "営業日": "business_day",
    "コール": "ring", "週間": "week", "second": "second", "minute": "minute", "min": "minute", "hour": "hour", "day": "day",
    "business hour": "business_hour", "business day": "business_day", "working day": "business_day", "ring": "ring",
    "week": "week",
}  # fmt: skip
_SECONDS = {"second": 1, "ring": 6, "minute": 60, "hour": 3600, "business_hour": 3600, "day": 86400}
_WORKING_DAY = 8 * 3600
_JA = re.compile(
    r"(?:(\D{1,8})から)?\s*(\d{1,4})\s*(営業時間|営業日|時間|週間|分|秒|日|コール)\s*(?:以内|まで|間|のうち)?(?:に)?"
)
_EN = re.compile(
    r"(?:within )?(\d{1,4})[ -]?(business hour|business day|working day|second|minute|min|hour|day|week|ring)s?"
    r"(?: (?:of|from|after|since) (?:the )?(intake|receipt|detection|this step|recovery))?"
)
_TODAY = re.compile(
    r"(?:当日|本日|今日)(?:中|内|のうち)(?:に)?|(?:within |by the end of )?(?:the (?:same )?day|same day|today)"
)
_TOMORROW = re.compile(
    r"翌営業日(?:中|まで|のうち)?(?:に)?|(?:within |by the end of |by )?(?:the )?next business day"
)
_AT_JA = re.compile(r"(?:本日|当日|今日)\s*(\d{1,2})(?:時(?:(\d{1,2})分|半)?|:(\d{2}))(?:まで)?(?:に)?")
_AT_EN = re.compile(r"(?:by )?(?:today (?:by |at )?)?(\d{1,2})(?::(\d{2}))? ?(am|pm)?(?: today)?")
_EVERY = re.compile(r"(.+?)(?:ごと|毎|おき)(?:に)?|every (.+)")
_MOST = re.compile(
    r"(?:最大|最高|上限)\s*(\d{1,3})\s*回(?:まで)?|(\d{1,3})\s*回まで|(?:at most|up to|max(?:imum)?(?: of)?|no more than) (\d{1,3})(?: times?)?"
)


@lru_cache(maxsize=4096)
def read_limit(written: str, line: int = 0, origin: str = "step") -> Duration | None:
    """Read a time limit; ``origin`` is where it counts from when nobody says. None when it is not understood."""
    text = fold(written).rstrip("。.") if len(written) < 80 else ""
    if match := _JA.fullmatch(text):
        return _made(int(match[2]), match[3], match[1], origin, written, line)
    if match := _EN.fullmatch(text):
        return _made(int(match[1]), match[2], match[3], origin, written, line)
    if _TODAY.fullmatch(text):
        return Duration(0, "today", "intake", True, written, line)
    if _TOMORROW.fullmatch(text):
        return Duration(1, "next_business_day", "intake", True, written, line)
    minute = _clock(text)
    return None if minute is None else Duration(minute, "today_at", "intake", True, written, line)


def _made(n: int, unit: str, origin: str | None, default: str, written: str, line: int) -> Duration | None:
    named = ORIGINS.get(origin.strip()) if origin else default
    if named is None or n == 0:
        return None
    kind = _UNITS[unit]
    if kind == "week":
        n, kind = n * 7, "day"
    return Duration(n, kind, named, origin is None, written, line)


def _clock(text: str) -> int | None:
    if match := _AT_JA.fullmatch(text):
        hour, minute = int(match[1]), int(match[2] or match[3] or (30 if "半" in text else 0))
    elif (match := _AT_EN.fullmatch(text)) and (match[2] or match[3]) and "today" in text:
        hour, minute = int(match[1]) + 12 * (match[3] == "pm" and match[1] != "12"), int(match[2] or 0)
    else:
        return None
    return hour * 60 + minute if hour <= 24 and minute < 60 else None


def read_repeat(written: str, line: int = 0) -> Repeat | None:
    """Read 2営業日ごと、最大2回 / every 2 business days, at most 2 times; None when a part is not understood."""
    every: Duration | None = None
    most = 0
    for part in re.split(r"[、,]", fold(written).rstrip("。.") if len(written) < 80 else "-"):
        if match := _MOST.fullmatch(part.strip()):
            most = int(match[1] or match[2] or match[3])
        elif (match := _EVERY.fullmatch(part.strip())) and every is None:
            interval = (match[1] or match[2]).strip()
            every = read_limit(interval if interval[:1].isdigit() else f"1 {interval}", line)
            if every is None:
                return None
        else:
            return None
    return Repeat(every, most, line)


def seconds(limit: Duration, working_day: int = _WORKING_DAY) -> int:
    """Return how long a limit is while the desk is open; a working day counts ``working_day`` seconds."""
    if limit.unit in ("business_day", "next_business_day", "today", "today_at"):
        days = {"today": 1, "today_at": 1, "next_business_day": 2}.get(limit.unit, limit.n)
        return days * working_day
    return limit.n * _SECONDS[limit.unit]
