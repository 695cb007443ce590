"""Days and counts in the words of a language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date


def day(when: date, lang: str) -> str:
    """Return a day as people write it."""
    return (
        f"{when.year}年{when.month}月{when.day}日" if lang == "ja" else f"{when:%B} {when.day}, {when.year}"
    )


def month(when: date, lang: str) -> str:
    """Return the month of a day."""
    return f"{when.year}年{when.month}月" if lang == "ja" else f"{when:%B} {when.year}"


def count(words: Mapping[str, str], key: str, number: int) -> str:
    """Return a sentence with a number in it; English has a form of its own for one."""
    form = words.get(f"{key}_one", words[key]) if number == 1 else words[key]
    return form.replace("#", str(number))


_CLOCK = ("date", "months", "weekdays", "day_and_time", "today", "tomorrow", "hours", "minutes", "seconds", "days", "between", "dot")  # fmt: skip


def tray_words(words: Mapping[str, str]) -> dict[str, str]:
    """Return the words of the tray by the names its script uses."""
    return (
        {name: words[f"run_{name}"] for name in _CLOCK}
        | {key[5:]: text for key, text in words.items() if key.startswith("tray_")}
        | {name: words[name] for name in ("resume", "discard")}
    )
