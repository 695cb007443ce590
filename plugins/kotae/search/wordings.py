"""まとめ書き: one line that stands for several wordings, `(料金|請求)(が|)(高い|上がった)`.

Alternation and the empty alternative, nested, and nothing else, so that the set is
finite and can be counted before a single wording is written out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LIMIT = 64
"""Wordings one line may stand for; more than that nobody reads in a review."""

Trouble = Literal["unclosed", "unopened", "stray-bar", "too-deep", "too-many"]
_OPEN, _BAR, _CLOSE = "(（", "|｜", ")）"
_DEPTH = 12


@dataclass(frozen=True, slots=True)
class WordingError:
    """Why a line has no wordings. `column` counts characters from 1."""

    trouble: Trouble
    column: int
    count: int = 0
    """How many wordings the line would have had; only for `too-many`."""


@dataclass(slots=True)
class _Group:
    """An open parenthesis: finished alternatives, and the sequence being read."""

    column: int
    choices: list[_Part]
    sequence: list[_Part]


_Part = str | list["_Part"] | tuple["_Part", ...]
"""Text, a sequence (list) or a choice (tuple)."""


def expand(line: str, limit: int = LIMIT) -> tuple[str, ...] | WordingError:
    """Every wording the line stands for, in reading order and each once."""
    tree = _parse(line)
    if isinstance(tree, WordingError):
        return tree
    count = _count(tree)
    if count > limit:
        return WordingError("too-many", 1, count)
    return tuple(dict.fromkeys(text.strip() for text in _texts(tree) if text.strip()))


def _parse(line: str) -> _Part | WordingError:
    """Read with a stack of our own, so that only the depth written above can recurse later."""
    stack = [_Group(0, [], [])]
    for column, char in enumerate(line, start=1):
        top = stack[-1]
        if char in _OPEN:
            if len(stack) > _DEPTH:
                return WordingError("too-deep", column)
            stack.append(_Group(column, [], []))
        elif char in _BAR or char in _CLOSE:
            if len(stack) == 1:
                return WordingError("stray-bar" if char in _BAR else "unopened", column)
            top.choices.append(top.sequence)
            top.sequence = []
            if char in _CLOSE:
                stack.pop()
                stack[-1].sequence.extend(_closed(top.choices))
        elif top.sequence and isinstance(top.sequence[-1], str):
            top.sequence[-1] += char
        else:
            top.sequence.append(char)
    if len(stack) > 1:
        return WordingError("unclosed", stack[-1].column)
    return stack[0].sequence


def _closed(choices: list[_Part]) -> list[_Part]:
    """A parenthesis without a bar is only a parenthesis: 登録番号(T番号) is one wording."""
    return [tuple(choices)] if len(choices) > 1 else ["(", choices[0], ")"]


def _count(part: _Part) -> int:
    """How many texts, without building one."""
    if isinstance(part, str):
        return 1
    counts = [_count(child) for child in part]
    if isinstance(part, tuple):
        return sum(counts)
    product = 1
    for count in counts:
        product *= count
    return product


def _texts(part: _Part) -> list[str]:
    if isinstance(part, str):
        return [part]
    if isinstance(part, tuple):
        return [text for child in part for text in _texts(child)]
    texts = [""]
    for child in part:
        texts = [before + after for before in texts for after in _texts(child)]
    return texts
