"""The blocks of a playbook's text with their lines, from markdown-it-py's tokens; admonitions are told apart first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kotae.content.markdown import plain
from kotae.flow.model import Word

_PARSER = MarkdownIt("commonmark", {"html": True}).enable("table")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_NOTE = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]*([A-Za-z][\w-]*)?(.*)")
_QUOTED = re.compile(r"[\"“](.*)[\"”]")
_TASK = re.compile(r"\[[ xX]\][ \t]+")


@dataclass(frozen=True, slots=True)
class Block:
    """One block. ``kind``: heading, paragraph, bullets, numbers, tasks, fence, table, note, html or other.

    ``line`` and ``end`` (exclusive) are lines of the file; ``items`` the lines of a list or the cells of a table.
    """

    kind: str
    line: int
    end: int
    text: str = ""
    level: int = 0
    info: str = ""
    items: tuple[Word, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(text: str, first_line: int) -> tuple[Block, ...]:
    """Return the top-level blocks of ``text``, whose first line is ``first_line`` of its file. Never raises."""
    rest, notes = _without_notes(text, first_line)
    tokens: list[Token] = []
    try:
        _PARSER.block.parse(rest, _PARSER, {}, tokens)
    except RecursionError:
        return ()
    return tuple(sorted([*_top(tokens, first_line), *notes], key=lambda b: b.line))


def _without_notes(text: str, first_line: int) -> tuple[str, list[Block]]:
    """Blank out `!!!` blocks: CommonMark knows none and would read them as lazy paragraphs."""
    if "!!!" not in text and "???" not in text:
        return text, []
    lines, notes, fence, at = text.split("\n"), list[Block](), "", 0
    while at < len(lines):
        line = lines[at]
        if match := _FENCE.match(line):
            if not fence:
                fence = match[1]
            elif match[1].startswith(fence) and not match[2].strip():
                fence = ""
        elif not fence and line.startswith(("!!!", "???")):
            end = _note_end(lines, at + 1)
            body = "\n".join(each[4:] for each in lines[at + 1 : end])
            opened = _NOTE.match(line)
            titled = _QUOTED.search(opened[2]) if opened else None
            kind, title = opened[1] or "" if opened else "", titled[1] if titled else ""
            notes.append(
                Block(
                    "note",
                    first_line + at,
                    first_line + end,
                    body,
                    info=kind.lower(),
                    items=(Word(title, first_line + at),),
                )
            )
            lines[at:end] = [""] * (end - at)
            at = end - 1
        at += 1
    return "\n".join(lines), notes


def _note_end(lines: list[str], at: int) -> int:
    end = at
    while at < len(lines) and (not lines[at].strip() or lines[at].startswith(("    ", "\t"))):
        at += 1
        if lines[at - 1].strip():
            end = at
    return end


def _top(tokens: list[Token], first_line: int) -> Iterator[Block]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        end = at + 1
        if token.nesting == 1:
            while tokens[end].level > token.level:
                end += 1
            end += 1
        yield from _runs(_block(token, tokens[at:end], first_line))
        at = end


def _runs(block: Block) -> Iterator[Block]:
    """Part a list where lines to tick and other lines meet: a blank line between two lists joins them in Markdown."""
    if block.kind != "bullets":
        yield block
        return
    for ticked, run in groupby(block.items, lambda item: bool(_TASK.match(item.text))):
        items = tuple(Word(_TASK.sub("", i.text, count=1), i.line) if ticked else i for i in run)
        yield Block("tasks" if ticked else "bullets", items[0].line, block.end, items=items)


def _block(token: Token, inside: list[Token], first_line: int) -> Block:
    start, stop = token.map or (0, 0)
    line, end = first_line + start, first_line + stop
    if token.type == "heading_open":
        return Block("heading", line, end, plain(inside[1].content), level=int(token.tag[1]))
    if token.type == "paragraph_open":
        return Block("paragraph", line, end, inside[1].content)
    if token.type == "fence":
        return Block("fence", line, end, token.content, info=token.info.strip())
    if token.type in ("bullet_list_open", "ordered_list_open"):
        items = tuple(_items(inside, first_line))
        kind = "numbers" if token.type == "ordered_list_open" else "bullets"
        return Block(kind, line, end, items=items)
    if token.type == "table_open":
        return _table(inside, line, end, first_line)
    return Block("html" if token.type == "html_block" else "other", line, end, token.content)


def _items(tokens: list[Token], first_line: int) -> Iterator[Word]:
    """Yield each item of the outer list; what is nested stands on further lines of its text."""
    text: list[str] = []
    line = 0
    for token in tokens:
        if token.type == "list_item_open" and token.level == 1:
            text, line = [], first_line + (token.map[0] if token.map else 0)
        elif token.type in ("inline", "fence", "code_block"):
            text.append(token.content)
        elif token.type == "list_item_close" and token.level == 1:
            yield Word("\n".join(text), line)


def _table(tokens: list[Token], line: int, end: int, first_line: int) -> Block:
    rows: list[tuple[str, ...]] = []
    lines: list[Word] = []
    cells: list[str] = []
    for token in tokens:
        if token.type == "tr_open":
            cells = []
            lines.append(Word("", first_line + (token.map[0] if token.map else 0)))
        elif token.type == "inline":
            cells.append(plain(token.content))
        elif token.type == "tr_close":
            rows.append(tuple(cells))
    return Block("table", line, end, items=tuple(lines), rows=tuple(rows))
