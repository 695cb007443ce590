"""How much a page may weigh. Counted, never timed: a slow machine gives the same verdict as a fast one.

The limits keep every page within seconds of printing: readers of Markdown compare each open mark with all that
follows it, so that a page of a few thousand of them would hold up everybody else's (design notes on the wall).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kotae.findings import Problem, Said
from kotae.settings import Settings

HEAVY = "KT115"
_MARKS = ("[", "<", "`", "*", "_", "~", "^", "&", "\\", "{{", "|")
_OFTEN = {"|": 4}  # a table has more of these than a text has of the others
# Headings and rules split the block they stand in, again and again.
_LANDMARK = re.compile(r"^[ \t]{0,3}(?:#{1,6}|(?:[-=*_][ \t]*){3,}$)", re.MULTILINE)
_LANDMARKS = 5
_FEW_OPEN = 20  # brackets that may stand open in any paragraph
_MOST_WORK = 1_000_000
_LINE_PARTS = 10  # one line may hold a tenth of the marks of a page
_COLUMNS = 4
# What opens a quotation or a list at the start of a line, again and again.
_OPENERS = re.compile(r"(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))+")
_OPENER = re.compile(r">|[-+*](?=[ \t])|\d[.)](?=[ \t])")
_INDENTED = re.compile(r"[ \t]{8,}(?=[-+*>][ \t]|\d{1,9}[.)][ \t]|!!!|\?\?\?|===)")


@dataclass(frozen=True, slots=True)
class Limits:
    """The most a page may hold: bytes, characters in one line, lines, marks of one kind, things nested in each other."""

    size: int = 1_048_576
    line: int = 10_000
    lines: int = 10_000
    marks: int = 5_000
    depth: int = 20


def limits(settings: Settings) -> Limits:
    """Return the limits the desk has set."""
    return Limits(
        settings.max_bytes, settings.max_line, settings.max_lines, settings.max_marks, settings.max_depth
    )


def too_large(size: int, most: Limits) -> Problem | None:
    """Tell whether a file of ``size`` bytes is larger than ``most`` allows."""
    if size <= most.size:
        return None
    return _problem(
        1,
        f"大きすぎます({size:,}バイト)。{most.size:,}バイトまでに分けてください。",
        f"It has {size:,} bytes; {most.size:,} is the most. Split it.",
    )


def too_heavy(text: str, most: Limits) -> Problem | None:
    """Return the first thing in ``text`` that is more than ``most`` allows, with its line; None for a page as pages are."""
    return next(_heavy(text, most), None)


def _heavy(text: str, most: Limits) -> Iterator[Problem]:
    lines = text.count("\n")
    if lines > most.lines:
        yield _problem(
            most.lines,
            f"{lines:,}行あり、長すぎます({most.lines:,}行まで)。ページを分けてください。",
            f"It has {lines:,} lines; {most.lines:,} is the most. Split the page.",
        )
    busy = {
        mark: limit
        for mark in _MARKS
        if text.count(mark) > (limit := most.marks * _OFTEN.get(mark, 1)) // _LINE_PARTS
    }
    if len(text) > most.line or busy:
        yield from _long_lines(text, most, busy)
    for mark, limit in busy.items():
        count = text.count(mark)
        if count > limit:
            yield _problem(
                _line_of(text, mark, limit),
                f"「{mark}」が{count:,}個あり、多すぎます({limit:,}個まで)。ページを分けるか、コードならファイルで渡してください。",
                f"It holds {count:,} of '{mark}'; {limit:,} is the most. Split the page, or hand out code as a file.",
            )
    landmarks, limit = [m.start() for m in _LANDMARK.finditer(text)], most.marks // _LANDMARKS
    if len(landmarks) > limit:
        yield _problem(
            text.count("\n", 0, landmarks[limit]) + 1,
            f"見出しや区切り線が{len(landmarks):,}個あり、多すぎます({limit:,}個まで)。ページを分けてください。",
            f"It has {len(landmarks):,} headings and rules; {limit:,} is the most. Split the page.",
        )
    yield from _unclosed(text)
    yield from _nested(text, most)


def _long_lines(text: str, most: Limits, busy: Mapping[str, int]) -> Iterator[Problem]:
    for at, line in enumerate(text.split("\n"), 1):
        if len(line) > most.line:
            yield _problem(
                at,
                f"1行に{len(line):,}文字あり、長すぎます({most.line:,}文字まで)。改行を入れてください。",
                f"The line has {len(line):,} characters; {most.line:,} is the most. Break it.",
            )
        for mark, limit in busy.items():
            count, a_line = line.count(mark), limit // _LINE_PARTS
            if count > a_line:
                yield _problem(
                    at,
                    f"1行に「{mark}」が{count:,}個あり、多すぎます({a_line:,}個まで)。行を分けるか、消してください。",
                    f"The line holds {count:,} of '{mark}'; {a_line:,} is the most. Break or shorten it.",
                )


def _unclosed(text: str) -> Iterator[Problem]:
    """Every mark left open is compared with the rest of its paragraph: what counts is the product of both."""
    work, first = 0, 1
    for paragraph in text.split("\n\n"):
        deepest, at = max(_deepest(paragraph, *pair) for pair in ("[]", "()"))
        if deepest > _FEW_OPEN:
            work += deepest * len(paragraph)
            if work > _MOST_WORK:
                yield _problem(
                    first + at,
                    f"閉じていないかっこ「[」「(」が{deepest:,}個あります。閉じるか、消してください。",
                    f"{deepest:,} brackets '[' or '(' are left open. Close or remove them.",
                )
                return
        first += paragraph.count("\n") + 2


def _deepest(paragraph: str, opens: str, closes: str) -> tuple[int, int]:
    """Return how many brackets are open at most, and on which line of the paragraph (from 0)."""
    if paragraph.count(opens) <= _FEW_OPEN:
        return 0, 0
    deep = deepest = at = line = 0
    for sign in paragraph:
        if sign == opens:
            deep += 1
            if deep > deepest:
                deepest, at = deep, line
        elif sign == closes:
            deep = max(0, deep - 1)
        elif sign == "\n":
            line += 1
    return deepest, at


def _nested(text: str, most: Limits) -> Iterator[Problem]:
    work = 0
    for at, line in enumerate(text.split("\n"), 1):
        if not line or line[0] not in " \t>-+*0123456789":
            continue
        openers = _OPENERS.match(line)
        deep = len(_OPENER.findall(openers[0])) if openers else 0
        work += deep if deep > 1 else 0
        indent = _INDENTED.match(line)
        if indent:
            deep = max(deep, len(indent[0].expandtabs(_COLUMNS)) // _COLUMNS)
        if deep > most.depth or work > most.marks * 4:
            yield _problem(
                at,
                f"箇条書きや引用の入れ子が{deep}段あり、深すぎます({most.depth}段まで)。字下げを減らしてください。",
                f"Lists or quotations are nested {deep} deep; {most.depth} is the most. Indent less.",
            )
            return


def _line_of(text: str, mark: str, number: int) -> int:
    at = -1
    for _ in range(number + 1):
        at = text.find(mark, at + 1)
    return text.count("\n", 0, at) + 1


def _problem(line: int, ja: str, en: str) -> Problem:
    return Problem(HEAVY, line, Said(ja, en))
