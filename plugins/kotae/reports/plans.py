"""A review plan as text, CSV and iCalendar.

The calendar is written here: all-day events need five properties, no time zone and no recurrence, which is less
than a library would add to every installation.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from kotae.freshness.plan import Planned

_DAYS = ("月火水木金土日", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))


def text(planned: Sequence[Planned], lang: str) -> str:
    """Return the plan for people, day by day."""
    if not planned:
        return "確認する予定のページはありません。\n" if lang == "ja" else "No page is due for review.\n"
    lines: list[str] = []
    for day, of_day in groupby(planned, key=lambda p: p.day):
        lines.append(_day(day, lang))
        for team, pages in groupby(of_day, key=lambda p: _team(p, lang)):
            lines += [f"  {team}"]
            lines += [f"    {p.document.title}  {p.document.path}{_due(p, lang)}" for p in pages]
    return "\n".join(lines) + "\n"


def table(planned: Iterable[Planned], lang: str) -> str:
    """Return the plan as CSV with a BOM, which spreadsheets in Japan need to read it."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(
        ["確認する日", "チーム", "ページ", "ファイル", "前に確認した日", "期限", "理由"]
        if lang == "ja"
        else ["review on", "team", "page", "file", "last reviewed", "due", "because"]
    )
    for p in planned:
        why = (
            "、".join(r.said.ja for r in p.review.reasons)
            if lang == "ja"
            else "; ".join(r.said.en for r in p.review.reasons)
        )
        cells = [
            p.day,
            _team(p, lang),
            p.document.title,
            p.document.path,
            p.review.reviewed or "",
            p.review.due or "",
            why,
        ]
        rows.writerow([_cell(str(c)) for c in cells])
    return "\ufeff" + out.getvalue()


def _cell(value: str) -> str:
    # A spreadsheet would run a title that begins like a formula.
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def calendar(planned: Iterable[Planned], lang: str, today: date, name: str) -> str:
    """Return the plan as iCalendar (RFC 5545): one all-day event for each team and day."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//kotae//plan//JA", f"X-WR-CALNAME:{_escaped(name)}"]
    for (day, team), group in groupby(planned, key=lambda p: (p.day, _team(p, lang))):
        pages = list(group)
        count = (
            f"{len(pages)}ページの確認"
            if lang == "ja"
            else f"Review {len(pages)} page{'s' * (len(pages) > 1)}"
        )
        mark = hashlib.sha256(f"{day} {pages[0].team.id if pages[0].team else ''}".encode()).hexdigest()[:20]
        about = "\n".join(f"{p.document.title} ({p.document.path})" for p in pages)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{mark}@kotae",
            f"DTSTAMP:{today:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(f'{count} ({team})')}",
            f"DESCRIPTION:{_escaped(about)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line))


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 bytes; every one but the first begins with a space."""
    piece, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > 75:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + width
    yield piece


def _team(planned: Planned, lang: str) -> str:
    return planned.team.label(lang) if planned.team else ("担当なし" if lang == "ja" else "no owner")


def _day(day: date, lang: str) -> str:
    if lang == "ja":
        return f"{day.year}年{day.month}月{day.day}日({_DAYS[0][day.weekday()]})"
    return f"{_DAYS[1][day.weekday()]} {day.isoformat()}"


def _due(planned: Planned, lang: str) -> str:
    if planned.review.reasons:
        return f"  {planned.review.reasons[0].said.in_(lang)}"
    if planned.review.due is None:
        return "  確認日なし" if lang == "ja" else "  never confirmed"
    return f"  期限 {planned.review.due}" if lang == "ja" else f"  due {planned.review.due}"
