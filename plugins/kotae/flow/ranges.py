"""Answers that are amounts: 30,000円以下, 1万円以上5万円未満, more than 30,000 yen, 3 to 5 days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kotae.flow.vocabulary import fold

_N = r"(\d[\d,]{0,14}(?:\.\d+)?)\s*(億|万|千|million|k)?\s*"
_U = r"([a-z円件回人名日分秒時間営業%点個社通か月年週]{0,12}?)"
_TIMES = {"千": 1_000, "k": 1_000, "万": 10_000, "million": 1_000_000, "億": 100_000_000}
_JA = re.compile(
    rf"{_N}{_U}\s*(以下|以内|まで|未満|以上|を?超える|を?超えた|を?超えている|超|より多い|より少ない)(?:で|かつ|、)*"
)
_JA_SPAN = re.compile(rf"{_N}{_U}\s*(?:から|〜|~|-|–)\s*{_N}{_U}(?:まで)?")
_EN_BEFORE = re.compile(
    rf"(more than|over|above|less than|under|below|fewer than|up to|at most|at least|no more than|within)\s+{_N}{_U}"
)
_EN_AFTER = re.compile(rf"{_N}{_U}\s*(or less|or fewer|or below|or more|or above|and more|and above)")
_EN_SPAN = re.compile(rf"(?:from |between )?{_N}{_U}\s*(?:to|and|-|–)\s*{_N}{_U}")
_LOW = {"以上": True, "を超える": False, "超える": False, "を超えた": False, "超えた": False, "を超えている": False, "超えている": False,
        "超": False, "より多い": False, "more than": False, "over": False, "above": False, "at least": True,
        "or more": True, "or above": True, "and more": True, "and above": True}  # fmt: skip
_HIGH = {"以下": True, "以内": True, "まで": True, "未満": False, "より少ない": False, "less than": False, "under": False, "below": False,
         "fewer than": False, "up to": True, "at most": True, "no more than": True, "within": True, "or less": True,
         "or fewer": True, "or below": True}  # fmt: skip
_WHOLE = frozenset("円件回人名点個社通日") | {
    "yen",
    "times",
    "cases",
    "people",
    "days",
    "items",
    "営業日",
    "day",
    "か月",
    "年",
    "週",
}
_INF = float("inf")


@dataclass(frozen=True, slots=True)
class Range:
    """From ``low`` to ``high``; a closed end belongs to it. ``unit`` as written."""

    low: float
    low_in: bool
    high: float
    high_in: bool
    unit: str

    @property
    def whole(self) -> bool:
        """Tell whether only whole numbers of the unit exist."""
        return self.unit in _WHOLE


@lru_cache(maxsize=4096)
def read_range(answer: str) -> Range | None:
    """Return the range an answer says and nothing else, or None."""
    text = re.sub(r"(?:のとき|の場合|である)$", "", fold(answer)) if len(answer) < 60 else ""
    if match := _JA_SPAN.fullmatch(text) or _EN_SPAN.fullmatch(text):
        return Range(_value(match[1], match[2]), True, _value(match[4], match[5]), True, match[6] or match[3])
    if (match := _EN_BEFORE.fullmatch(text)) is not None:
        return _half(match[1], _value(match[2], match[3]), match[4])
    if (match := _EN_AFTER.fullmatch(text)) is not None:
        return _half(match[4], _value(match[1], match[2]), match[3])
    halves = list(_JA.finditer(text))
    if not halves or len(halves) > 2 or "".join(m[0] for m in halves) != text:
        return None
    made = [_half(m[4], _value(m[1], m[2]), m[3]) for m in halves]
    if len(made) == 1:
        return made[0]
    first, second = sorted(made, key=lambda r: r.low, reverse=True)
    return Range(first.low, first.low_in, second.high, second.high_in, second.unit or first.unit)


def _half(word: str, value: float, unit: str) -> Range:
    if word in _LOW:
        return Range(value, _LOW[word], _INF, False, unit)
    return Range(-_INF, False, value, _HIGH[word], unit)


def _value(digits: str, times: str | None) -> float:
    return float(digits.replace(",", "")) * _TIMES.get(times or "", 1)


def overlap(one: Range, other: Range) -> bool:
    """Tell whether a number lies in both."""
    low, high = max(one.low, other.low), min(one.high, other.high)
    if low != high:
        inner = one.whole and high - low == 1 and not _holds(one, other, low) and not _holds(one, other, high)
        return low < high and not inner
    return _holds(one, other, low)


def _holds(one: Range, other: Range, value: float) -> bool:
    return all(
        (r.low < value or (r.low == value and r.low_in))
        and (value < r.high or (value == r.high and r.high_in))
        for r in (one, other)
    )


def gap(lower: Range, upper: Range) -> bool:
    """Tell whether a number lies between two ranges, ``lower`` first."""
    if lower.high == upper.low:
        return not lower.high_in and not upper.low_in
    if lower.whole and upper.low - lower.high == 1:
        return not (lower.high_in and upper.low_in)
    return lower.high < upper.low
