"""Fences that are messages, the blanks in them, and what we do not say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kotae.findings import Problem, Said
from kotae.flow.blocks import Block
from kotae.flow.model import Blank, Caution, Message, Word
from kotae.flow.vocabulary import BANS, CHANNELS, QUOTES, SUBJECT, fold

BLANK = re.compile(r"\{\{[ \t]*([^{}\n]{0,200}?)[ \t]*\}\}")
_TITLE = re.compile(r"title\s*[=＝]\s*(?:\"([^\"]*)\"|'([^']*)'|“([^”]*)”|[「]([^」]*)[」])")
_PAIR = re.compile(r"^\s*(?:[-*+]\s+)?(?:[×✕✖╳]|[xX]\b|NG\b)[:：]?")
_QUOTED = re.compile(r"「([^」]*)」|『([^』]*)』|\"([^\"]*)\"|“([^”]*)”")
_INSTEAD = re.compile(r"[○〇◯⭕]|\b[oO]\b(?=\s*[\"“「])|\bOK\b")


def blanks(text: str, line: int) -> Iterator[Blank]:
    """Yield every ``{{…}}`` of ``text``, whose first line is ``line``."""
    at, last = line, 0
    for match in BLANK.finditer(text):
        at, last = at + text.count("\n", last, match.start()), match.start()
        kind, sign, name = match[1].replace("：", ":", 1).partition(":")
        known = QUOTES.get(fold(kind)) if sign else None
        yield Blank(name.strip(), known, at) if known else Blank(match[1], "input", at)


def message(block: Block, problems: list[Problem]) -> Message | None:
    """Return the message a fence holds, or None when it is only code."""
    kind, _, rest = block.info.partition(" ")
    kind, brace, glued = kind.partition("{")
    rest = f"{glued} {rest}" if brace else rest
    if kind not in CHANNELS:
        if fold(kind) in CHANNELS or _TITLE.search(block.info):
            problems.append(_unknown(block, kind))
        return None
    titled = _TITLE.search(rest)
    title = next((t for t in titled.groups() if t is not None), "") if titled else ""
    lines = block.text.rstrip("\n").split("\n")
    name, sign, value = lines[0].replace("：", ":", 1).partition(":")
    subject, named = "", 0
    if sign and fold(name) in SUBJECT:
        subject, lines = value.strip(), lines[1:]
        named = 1
    body = "\n".join(lines)
    start = block.line + 1 + named + len(body) - len(body.lstrip("\n"))
    found = tuple(blanks(block.text, block.line + 1))
    return Message(kind, title.strip(), subject, body.strip("\n"), found, block.line, start)


def _unknown(block: Block, kind: str) -> Problem:
    right = fold(kind) if fold(kind) in CHANNELS else "mail"
    return Problem(
        "KT808", block.line,
        Said(
            f"「```{kind}」は文面として読まれません。「```{right}」のように、{'、'.join(CHANNELS)} のどれかを小文字で書いてください。",
            f"'```{kind}' is not read as a message. Write one of {', '.join(CHANNELS)} in small letters.",
        ),
    )  # fmt: skip


def is_ban(block: Block) -> bool:
    """Tell whether a note says what we do not say."""
    return any(fold(title.text) in BANS for title in block.items)


def cautions(block: Block) -> Iterator[Caution]:
    """Yield the pairs of a note: what we do not say, and what we say instead."""
    for at, line in enumerate(block.text.split("\n"), block.line + 1):
        if not line.strip():
            continue
        said, _, instead = _split(line)
        yield Caution(_quoted(said) if _PAIR.match(line) else "", _quoted(instead), at)


def _split(line: str) -> tuple[str, str, str]:
    match = _INSTEAD.search(line)
    return (line[: match.start()], match[0], line[match.end() :]) if match else (line, "", "")


def _quoted(text: str) -> str:
    match = _QUOTED.search(text)
    return next((g for g in match.groups() if g is not None), "").strip() if match else ""


def phrases(text: str, line: int) -> Iterator[Word]:
    """Yield what customers say: everything in quotes."""
    for match in _QUOTED.finditer(text):
        said = next((g for g in match.groups() if g is not None), "").strip()
        if said:
            yield Word(said, line + text.count("\n", 0, match.start()))
