"""The already-cut sources for another engine: plain Markdown, links that fit, only files that pages use.

Nothing of Kotae is needed to print the result, and nothing internal is in it: it is searched like a finished site.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kotae.audience import INTERNAL, PUBLIC, cut
from kotae.content.documents import Document
from kotae.content.markdown import Link
from kotae.links.addresses import Led, file_address, lead, leads
from kotae.links.quotes import fill
from kotae.output.swap import staged
from kotae.search.pages import answer
from kotae.site.assets import asset, used_files
from kotae.site.edition import HOME, Edition
from kotae.site.scan import Hit, fingerprints, scan

_FENCE = re.compile(r"\s*(```+|~~~+)")
_HEADINGS = {"ja": "社内メモ", "en": "Internal notes"}


class InternalWordsError(Exception):
    """Something internal stands in the composed sources; nothing was written."""

    def __init__(self, hits: list[Hit]) -> None:
        super().__init__(f"{len(hits)} hits")
        self.hits = hits


@dataclass(frozen=True)
class Tree:
    """Where each document of one site stands in the tree."""

    edition: Edition
    audience: str
    lang: str

    @cached_property
    def files(self) -> set[str]:
        """The images and attachments pages of this audience use."""
        return used_files(self.edition, self.audience)

    @cached_property
    def places(self) -> dict[str, str]:
        """The path below docs/ of every document of this site, by its source."""
        edition, home = self.edition, self.edition.home(self.lang)
        found: dict[str, str] = {}
        for d in edition.documents(self.audience, self.lang):
            place = edition.address(d).removeprefix(home).rstrip("/")
            name = d.path.removesuffix(".md").removesuffix(f".{self.lang}")
            # Both first pages have the same address; each site shows its own.
            if place or name == HOME[self.audience]:
                found[d.path] = f"{place or 'index'}.md"
        return found


def compose(edition: Edition, audience: str, lang: str, out: Path) -> int:
    """Write the sources of one site into ``out``; return the number of pages.

    Raises InternalWordsError, NotOursError, OSError. Check the library before: what it finds is not looked for here.
    """
    tree = Tree(edition, audience, lang)
    places = tree.places
    with staged(out) as folder:
        for path, place in places.items():
            target = folder / "docs" / place
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_page(tree, edition.library.by_path[path]), encoding="utf-8")
        for name in sorted(_files(tree)):
            target = folder / "docs" / file_address(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(asset(edition.library.file(name), audience))
        (folder / "mkdocs.yml").write_text(_config(tree), encoding="utf-8")
        if audience == PUBLIC:
            hits = scan(folder, fingerprints(edition.library, edition.today))
            if hits:
                raise InternalWordsError(hits)
    return len(places)


def _files(tree: Tree) -> set[str]:
    library = tree.edition.library
    named: set[str] = set()
    for path in tree.places:
        common, tail = leads(library, library.by_path[path])
        named |= {led.path for led in (*common, *(tail if tree.audience == INTERNAL else ())) if led.path}
    return named & tree.files


def _page(tree: Tree, document: Document) -> str:
    library, today = tree.edition.library, tree.edition.today
    said = cut(document, tree.audience)
    parts = [_linked(tree, document, said.common, document.outline.links).strip("\n")]
    if said.tail:
        tail = _linked(tree, document, said.tail, document.tail_outline.links).strip("\n")
        parts.append(f"## {_HEADINGS.get(document.lang, _HEADINGS['en'])}\n\n{tail}")
    text = fill("\n\n".join(parts), library, document.lang, today)
    # JSON is YAML; nothing a title holds can end its line.
    matter = {"title": document.title, "description": answer(library, document, today)}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in matter.items() if value]
    return "\n".join(["---", *lines, "---", text, ""])


def _linked(tree: Tree, document: Document, text: str, links: tuple[Link, ...]) -> str:
    instead = {}
    for link in links:
        led = lead(tree.edition.library, document, link)
        if not led.external and (led.path is not None or led.outside):
            instead[link.target] = _target(tree, document, led)
    if not instead:
        return text
    names = "|".join(re.escape(target) for target in sorted(instead, key=len, reverse=True))
    inline = re.compile(rf"(!?\[[^\[\]\n]*\])\((\s*<?)({names})(>?(?:\s+[^()\n]*)?\s*)\)")
    other = re.compile(rf"(^\s*\[[^\]\n]+\]:\s*<?|\s(?:href|src)=[\"'])({names})(?=[>\"'\s]|$)")
    made = []
    for line, code in _lines(text):
        if not code:
            # A link to what is not in this tree loses its address and keeps its words.
            line = inline.sub(
                lambda m: f"{m[1]}({m[2]}{instead[m[3]]}{m[4]})" if instead[m[3]] else m[1].lstrip("!")[1:-1],
                line,
            )
            line = other.sub(lambda m: f"{m[1]}{instead[m[2]] or '#'}", line)
        made.append(line)
    return "\n".join(made)


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    fence = ""
    for line in text.split("\n"):
        match = _FENCE.match(line)
        if match and not fence:
            fence = match[1]
            yield line, True
        else:
            yield line, bool(fence)
            if match and fence and match[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""


def _target(tree: Tree, document: Document, led: Led) -> str:
    """Return the address of what ``led`` leads to, as written in this tree; empty where it is not in it."""
    edition, anchor = tree.edition, f"#{led.anchor}" if led.anchor else ""
    here = posixpath.dirname(tree.places[document.path])
    if led.document is not None:
        if led.document.path == document.path:
            return anchor or posixpath.basename(tree.places[document.path])
        if led.document.path in tree.places:
            return posixpath.relpath(tree.places[led.document.path], here or ".") + anchor
        url = edition.library.desk.settings.url
        if led.document.path in edition.seen[PUBLIC] and url:
            return f"{url.rstrip('/')}/{edition.address(led.document)}{anchor}"
        return ""
    if led.path in used_files(edition, tree.audience):
        return posixpath.relpath(file_address(led.path or ""), here or ".")
    return ""


def _config(tree: Tree) -> str:
    places = tree.places
    edition, settings = tree.edition, tree.edition.library.desk.settings
    url = settings.handbook_url if tree.audience == INTERNAL else settings.url
    words = edition.words[tree.lang]
    nav: list[object] = ["index.md"] if "index.md" in places.values() else []
    named = {"index.md"}
    for topic in edition.topics(tree.audience, tree.lang):
        pages = [
            places[d.path] for d in edition.questions(tree.audience, tree.lang, topic.id) if d.path in places
        ]
        nav.append({topic.label(tree.lang): pages})
        named.update(pages)
    nav += [place for place in sorted(places.values()) if place not in named]
    config: dict[str, object] = {
        "site_name": settings.site_name or words["home_crumb"],
        **({"site_url": f"{url.rstrip('/')}/{edition.home(tree.lang)}"} if url else {}),
        "docs_dir": "docs",
        "use_directory_urls": True,
        "markdown_extensions": list(edition.engine.extensions),
        "nav": nav,
    }
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in config.items())
