"""Does an example fit its type, and can a pattern be trusted on a page?"""

from __future__ import annotations

import re

from kotae.durations import read_day
from kotae.flow.model import Item
from kotae.flow.vocabulary import NO, YES, fold

_SHAPES = {
    "integer": re.compile(r"[+-]?\d[\d,]*"),
    "amount": re.compile(r"[¥$€]?\s?-?\d[\d,]*(?:\.\d+)?\s*(?:千|万|億)?\s*(?:円|yen|jpy|usd|ドル)?"),
    "time": re.compile(r"\d{1,2}(?::\d{2}(?::\d{2})?|時(?:\d{1,2}分|半)?)(?:ごろ|頃)?"),
    "url": re.compile(r"https?://\S+"), "mail": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "phone": re.compile(r"\+?[\d()][\d() -]{6,}\d"),
}  # fmt: skip
_NESTED = re.compile(r"\((?:\?:)?[^()]*(?:[+*]|\{\d*,\d*\})[^()]*\)(?:[+*]|\{\d*,\d*\})")
_BACK = re.compile(r"\\[1-9]|\(\?P=")


def fits(item: Item) -> bool:
    """Tell whether the example of an item is a value of its type. Without an example there is nothing to say."""
    text = fold(item.example)
    if not text:
        return True
    if item.type == "choice":
        return text in {fold(v) for v in item.values}
    if item.type == "yesno":
        return text in YES | NO
    if item.type == "date":
        return read_day(text) is not None
    if item.type == "datetime":
        day, _, clock = text.partition(" ")
        return read_day(day) is not None and bool(_SHAPES["time"].fullmatch(clock.strip()))
    shape = _SHAPES.get(item.type)
    return bool(shape.fullmatch(text)) if shape else True


def trusted(pattern: str) -> bool:
    """Tell whether a pattern compiles and cannot take for ever on a text made to be slow."""
    if len(pattern) > 200 or _NESTED.search(pattern) or _BACK.search(pattern):
        return False
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return False
    return True
