"""Markdown as it was written, cut into the pieces a reader of the printed page would see in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from kotae.site.wall.plain import decode, fold

# The target may be anything in parentheses: other tools write template tags with spaces there.
_LINK = re.compile(r"!?\[((?:[^\[\]\n]|\[[^\[\]\n]*\])*)\](?:\(((?:[^()\n]|\([^()\n]*\))*)\)|\[[^\]\n]*\])")
_LINK_TITLE = re.compile(r"\s[\"'(]([^\"'\n]*)[\"')]\s*\Z")
_WRAPPED = re.compile(r"\[[^\[\]\n]*\n[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])?")
_TAG = re.compile(r"</?([a-zA-Z][^<>\n]*)>")
_VALUE = re.compile(r"=\s*(?:\"([^\"]*)\"|'([^']*)')")
_BLANK = re.compile(r"\{\{[^{}\n]*\}\}|\[\^[^\]\n]*\]:?")
_EMPHASIS = re.compile(r"[*`~]+|(?<!\w)_+|_+(?!\w)|\\(?=[^\w\s])")
_LEADING = re.compile(
    r"\s*(?:>\s*|[-+]\s+(?:\[[ xX]\]\s+)?|\d+[.)]\s+|#{1,6}\s+|:\s+|(?:!!!|\?\?\?\+?|===)\s*)*"
)
_FENCE = re.compile(r"\s*(?:```+|~~~+)")
URL = re.compile(r"https?://[^\s<>\"'()\[\]{}|\\^`\u3000-\uffef]+")
_QUOTED = re.compile(r"\"([^\"]*)\"")
_ATTRIBUTES = re.compile(r"\{:?\s*[.#a-zA-Z][^{}\n]*\}")
_SENTENCE = re.compile(r"(?<=[。!?！？])|(?<=[.;:])\s+|\t|\|")
JAPANESE, LATIN = 12, 24  # letters of one piece: a Latin letter says less than a kanji


_EDGES = "\"'「」『』()[]<>,.:;!?、。-"


def pieces(markdown: str, first_line: int = 1) -> Iterator[tuple[str, int]]:
    """Yield (folded piece, line): enough of every sentence to know it again, and of short lines taken together."""
    held, held_line = "", 0
    said = list(sentences(_unwrap(markdown), first_line))
    for line, group in groupby(said, key=itemgetter(0)):
        # One line of several short parts is known by itself, too.
        parts = [text for _, text in group]
        whole = "".join(parts).strip(_EDGES)
        if len(parts) > 1 and len(whole) >= size_of(whole):
            yield from _cut(whole, line)
    for line, text in said:
        core = text.strip(_EDGES)
        if len(core) >= size_of(core):
            if held:
                whole = (held + text).strip(_EDGES)
                yield whole[: max(len(held), size_of(whole))].strip(_EDGES), held_line
            yield from _cut(core, line)
            held, held_line = "", 0
        elif core:
            # With the signs between them, as they stand on the page: 「保留。」「上長へ。」
            held, held_line = held + text, held_line or line
            whole = held.strip(_EDGES)
            if len(whole) >= size_of(whole):
                yield from _cut(whole, held_line)
                held, held_line = "", 0
    if len(held.strip(_EDGES)) >= JAPANESE:
        yield held.strip(_EDGES), held_line


def _cut(text: str, line: int) -> Iterator[tuple[str, int]]:
    size = size_of(text)
    for start in (*range(0, len(text) - size, 2 * size), len(text) - size):
        yield text[start : start + size], line


def size_of(folded: str) -> int:
    """Return how many letters of a folded text make a piece: by the letters most of it is written in."""
    return JAPANESE if sum(not c.isascii() for c in folded) * 3 >= len(folded) else LATIN


def sentences(markdown: str, first_line: int = 1) -> Iterator[tuple[int, str]]:
    """Yield (line, folded sentence) without Markdown's marks; what stands in links and attributes comes by itself."""
    for number, raw in enumerate(markdown.split("\n"), first_line):
        line, aside = readable(raw)
        for part in _SENTENCE.split(line):
            if part and (folded := fold(decode(part))):
                yield number, folded
        for text in aside:
            if folded := fold(decode(text)):
                yield number, folded


def readable(line: str, addresses: bool = False) -> tuple[str, list[str]]:
    """Return what a reader sees of one line, and the texts that stand in attributes and link titles.

    Addresses written out are left away unless ``addresses``.
    """
    aside: list[str] = []
    if _FENCE.match(line):
        return "", _QUOTED.findall(line)
    if not line.strip(" |:=+-"):
        return "", aside
    line = _BLANK.sub("\t", line)
    if not addresses:
        line = URL.sub("\t", line)
    if "[" in line:
        titles = (_LINK_TITLE.search(m[2] or "") for m in _LINK.finditer(line))
        aside += [title[1] for title in titles if title]
        line = _LINK.sub(r"\1", line)
    if "<" in line:
        aside += [a or b for m in _TAG.finditer(line) for a, b in _VALUE.findall(m[1])]
        line = _TAG.sub("", line)
    line = _LEADING.sub("", line, count=1)
    if "{" in line:
        line = _ATTRIBUTES.sub("", line)
    return _EMPHASIS.sub("", line), aside


def _unwrap(markdown: str) -> str:
    # A link whose text goes over two lines is put on one; the line break follows, so that lines keep their numbers.
    return _WRAPPED.sub(lambda m: m[0].replace("\n", " ") + "\n" * m[0].count("\n"), markdown)


def joined(markdown: str) -> str:
    """Return the whole text as the printed page would show it, folded: what public pages may say."""
    lines = _unwrap(markdown).split("\n")
    shown = [[readable(line, addresses) for line in lines] for addresses in (False, True)]
    texts = ["\n".join(line.replace("\t", "").replace("|", "") for line, _ in each) for each in shown]
    # Code is printed letter by letter, and block follows block.
    texts.append("\n".join(line if code else shown[0][n][0] for n, (line, code) in enumerate(_code(lines))))
    return "\0".join(
        [*(fold(decode(t)) for t in texts), *(fold(decode(a)) for _, aside in shown[0] for a in aside)]
    )


def _code(lines: list[str]) -> Iterator[tuple[str, bool]]:
    fence = ""
    for line in lines:
        match = _FENCE.match(line)
        if not match:
            yield line, bool(fence)
        elif not fence:
            fence = match[0].strip()
            yield "", True
        else:
            closes = match[0].strip().startswith(fence)
            yield ("" if closes else line), True
            fence = "" if closes else fence
