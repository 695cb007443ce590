"""Cut text -> HTML. One Markdown per process; the common text once, the internal tail beside it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from kotae.audience import Cut
from kotae.content.markdown import Slugs
from kotae.site.dress import dress
from kotae.site.sanitize import sanitize

Resolve = Callable[[str, bool], str]
_SPLIT = re.compile(r'<hr class="kotae-cut"\s*/?>')
_TAGS = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")
_PARTS = {
    "手順": "steps", "Steps": "steps", "詳しく": "details", "Details": "details",
    "うまくいかないとき": "trouble", "If it does not work": "trouble", "原因": "cause", "Cause": "cause",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """One ``##`` section; the first may have no heading. ``html`` is without it. ``part`` names its role."""

    anchor: str
    title: str
    heading: str
    html: str
    part: str = "other"


@dataclass(frozen=True, slots=True)
class Parts:
    """What one text becomes. ``lead`` is the paragraph after the title, ``anchors`` every id a link may name."""

    lead: str
    sections: tuple[Section, ...]
    steps: tuple[tuple[str, str], ...]
    anchors: frozenset[str]
    plain: str
    tail: str = ""
    tail_plain: str = ""


def make(extensions: Sequence[str], configs: Mapping[str, Any]) -> Markdown:
    """Return the Markdown of this process; ``render`` resets it for each document."""
    return Markdown(extensions=[*extensions, _Anchors()], extension_configs=dict(configs))


def render(
    markdown: Markdown,
    cut: Cut,
    resolve: Resolve,
    words: Mapping[str, str],
    *,
    lead: bool,
    iframe_hosts: Sequence[str] = (),
) -> Parts:
    """Print one document. ``resolve(target, image)`` returns where a link leads in the site.

    Without the reset the next page would see this one's abbreviations and link definitions: across audiences a
    leak. The tail is printed on the same instance without a reset, so that ids it shares with the text differ.
    """
    anchors: _AnchorProcessor = markdown.treeprocessors["kotae_anchors"]  # type: ignore[assignment]  # our own

    def convert(text: str) -> list[str]:
        # Our own mark is nothing a writer may set. Every piece is cleaned by itself: an element a writer
        # leaves open, or closes once too often, ends where its section ends.
        pieces = _SPLIT.split(markdown.convert(text.replace("kotae-cut", "")))
        return [dress(sanitize(piece, iframe_hosts), words) for piece in pieces]

    markdown.reset()
    try:
        anchors.begin(resolve, lead, "")
        pieces = convert(cut.common)
        found, sections, steps = anchors.ids, anchors.sections, tuple(anchors.steps)
        tail = ""
        if cut.tail.strip():
            anchors.begin(resolve, False, "memo-")
            tail = "".join(convert(cut.tail))
    finally:
        markdown.reset()
    printed, opening = "".join(pieces), pieces.pop(0).strip()
    made = tuple(_section(a, t, piece) for (a, t), piece in zip(sections, pieces, strict=True))
    return Parts(opening, made, steps, frozenset(found), plain_text(printed), tail, plain_text(tail))


def _section(anchor: str, title: str, piece: str) -> Section:
    heading, end, rest = piece.strip().partition("</h2>") if title else ("", "", piece)
    return Section(anchor, title, heading + end, rest.strip(), _PARTS.get(title, "other"))


def plain_text(printed: str) -> str:
    """Return the words of printed HTML."""
    return _SPACE.sub(" ", html.unescape(_TAGS.sub(" ", printed))).strip()


class _Anchors(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        # After the inline patterns (20), so that a heading's words are there; before toc (5) fills in ids of its own.
        md.treeprocessors.register(_AnchorProcessor(md), "kotae_anchors", 6)


class _AnchorProcessor(Treeprocessor):
    """Gives headings the code host's anchors, links their addresses, and cuts the text at its ``##``."""

    def begin(self, resolve: Resolve, lead: bool, prefix: str) -> None:
        self.resolve, self.lead, self.prefix = resolve, lead, prefix
        self.slugs = Slugs()
        self.ids: list[str] = []
        self.sections: list[tuple[str, str]] = []
        self.steps: list[tuple[str, str]] = []

    def run(self, root: Element) -> None:
        self._anchors(root)
        self._links(root)
        self._cut(root)

    def _anchors(self, root: Element) -> None:
        for element in root:
            if not re.fullmatch(r"h[1-6]", str(element.tag)):
                continue
            words = self._words(element)
            if not element.get("id"):
                element.set("id", self.prefix + self.slugs.unique(words))
            self.ids.append(element.get("id", ""))
            if element.tag == "h3":
                self.steps.append((element.get("id", ""), words))

    def _words(self, element: Element) -> str:
        # What inline patterns stashed stands as a placeholder until the very end.
        text = "".join(element.itertext())
        return (self.md.htmlStash and self._unstash(text)) or text

    def _unstash(self, text: str) -> str:
        def one(match: re.Match[str]) -> str:
            return plain_text(str(self.md.htmlStash.rawHtmlBlocks[int(match[1])]))

        return html.unescape(re.sub("\x02wzxhzdk:(\\d+)\x03", one, text)).replace("\x02amp\x03", "&")

    def _links(self, root: Element) -> None:
        for element in root.iter():
            if element.tag == "a" and element.get("href") is not None:
                element.set("href", self.resolve(html.unescape(element.get("href", "")), False))
            elif element.tag == "img" and element.get("src") is not None:
                element.set("src", self.resolve(html.unescape(element.get("src", "")), True))
                element.set("loading", "lazy")

    def _cut(self, root: Element) -> None:
        """Take the H1 away (templates print the title) and set a mark before every section."""
        children = list(root)
        for child in children:
            root.remove(child)
        at = 0
        if children and children[0].tag == "h1":
            at = 1
        if self.lead and at < len(children) and children[at].tag == "p":
            root.append(children[at])
            at += 1
        marked = False
        for child in children[at:]:
            if child.tag == "h2":
                root.append(Element("hr", {"class": "kotae-cut"}))
                self.sections.append((child.get("id", ""), self._words(child)))
                marked = True
            elif not marked:
                root.append(Element("hr", {"class": "kotae-cut"}))
                self.sections.append(("", ""))
                marked = True
            root.append(child)
