"""Headings, links and the first block of a text, with their lines. Nothing is rendered here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark", {"html": True}).enable("table")
_MARKUP = re.compile(r"[\[\]<>*_`!&\\]")
_MAY_LINK = re.compile(r"[\[<]|://")
_DROPPED = re.compile(r"[^\w\- ]")
_HTML_LINK = re.compile(
    r"<(?:a|img|source|video|audio|iframe|object|embed|link|script)\b[^>]*?\b(?:href|src|data|poster)\s*=\s*[\"']?([^\"'\s>]+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``slug`` is the anchor the code host and both sites give it."""

    level: int
    text: str
    slug: str
    line: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link or image as written. ``raw`` is one written as HTML."""

    target: str
    text: str
    line: int
    image: bool = False
    raw: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A top-level block: paragraph, heading, list, quote, code, table, html or rule."""

    kind: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Outline:
    """What the rules need to know of a text. ``tight`` are the lines on which a list begins right below a paragraph."""

    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    blocks: tuple[Block, ...] = ()
    html: tuple[Block, ...] = ()
    tight: tuple[int, ...] = ()

    def after_title(self) -> Block | None:
        """Return the first block after the first H1."""
        for at, block in enumerate(self.blocks):
            if block.kind == "heading" and self.headings and block.line == self.headings[0].line:
                return self.blocks[at + 1] if at + 1 < len(self.blocks) else None
        return None

    def anchors(self) -> frozenset[str]:
        """Return every anchor a link may name."""
        return frozenset(h.slug for h in self.headings)


def slug(text: str) -> str:
    """Return the anchor of a heading as the code hosts make it: lower case, letters of any script kept."""
    kept = _DROPPED.sub("", unicodedata.normalize("NFC", text).strip().lower())
    return kept.replace(" ", "-")


class Slugs:
    """Anchors of one page; a second heading of the same words gets ``-1``, as on the code hosts."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def unique(self, text: str) -> str:
        """Return the anchor for the next heading ``text``."""
        base = slug(text) or "section"
        made, count = base, self._seen.get(base, 0)
        while made in self._seen:
            count += 1
            made = f"{base}-{count}"
        self._seen[base] = count
        self._seen.setdefault(made, 0)
        return made


def outline(text: str, first_line: int = 1) -> Outline:
    """Read the structure of ``text``, whose first line is line ``first_line`` of its file."""
    tokens: list[Token] = []
    env: dict[str, object] = {}
    _PARSER.block.parse(text, _PARSER, env, tokens)
    headings: list[Heading] = []
    links: list[Link] = []
    blocks: list[Block] = []
    html: list[Block] = []
    tight: list[int] = []
    paragraph_end = -1
    slugs = Slugs()
    for at, token in enumerate(tokens):
        line = first_line + (token.map[0] if token.map else 0)
        if token.level == 0 and token.nesting >= 0 and token.type != "inline":
            inside = tokens[at + 1].content if token.nesting == 1 and at + 1 < len(tokens) else token.content
            kind = _KINDS.get(token.type, token.type)
            blocks.append(Block(kind, inside, line))
            if kind == "list" and line == paragraph_end:
                tight.append(line)
            paragraph_end = first_line + token.map[1] if kind == "paragraph" and token.map else -1
        if token.type == "heading_open" and token.level == 0:
            words = plain(tokens[at + 1].content)
            headings.append(Heading(int(token.tag[1]), words, slugs.unique(words), line))
        elif token.type == "html_block":
            html.append(Block("html", token.content, line))
            links.extend(Link(target, "", line, raw=True) for target in _HTML_LINK.findall(token.content))
        elif token.type == "inline" and _MAY_LINK.search(token.content):
            links.extend(_links(token, line, env, html))
    return Outline(tuple(headings), tuple(links), tuple(blocks), tuple(html), tuple(tight))


_KINDS = {
    "paragraph_open": "paragraph", "heading_open": "heading", "bullet_list_open": "list", "ordered_list_open": "list",
    "blockquote_open": "quote", "fence": "code", "code_block": "code", "table_open": "table", "html_block": "html", "hr": "rule",
}  # fmt: skip


def plain(markdown: str) -> str:
    """Return the words of one inline text without its marks."""
    if not _MARKUP.search(markdown):
        return markdown.strip()
    children = _PARSER.parseInline(markdown)[0].children or []
    return "".join(_words(children)).strip()


def _words(children: list[Token]) -> Iterator[str]:
    for child in children:
        if child.type == "image":
            yield from _words(child.children or [])
        elif child.type in ("text", "code_inline", "text_special"):
            yield child.content
        elif child.type in ("softbreak", "hardbreak"):
            yield " "


def _links(token: Token, line: int, env: dict[str, object], html: list[Block]) -> Iterator[Link]:
    children: list[Token] = []
    _PARSER.inline.parse(token.content, _PARSER, env, children)
    at, opened = line, None
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            at += 1
        elif child.type == "link_open":
            opened = Link(str(child.attrs.get("href", "")), "", at)
        elif child.type == "link_close" and opened:
            yield opened
            opened = None
        elif child.type == "image":
            yield Link(str(child.attrs.get("src", "")), child.content, at, image=True)
        elif child.type == "html_inline":
            html.append(Block("html", child.content, at))
            for target in _HTML_LINK.findall(child.content):
                yield Link(target, "", at, raw=True)
        elif opened and child.type in ("text", "code_inline"):
            opened = Link(opened.target, opened.text + child.content, opened.line)
