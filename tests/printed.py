"""Read a printed page the way a strict reader does: tags in balance, what it links, loads and runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LOADS = {
    "script": "src",
    "img": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "track": "src",
    "iframe": "src",
}
SAID = ("aria-label", "placeholder", "title", "alt")


@dataclass
class Page:
    """What stands on a page. ``words`` are texts and labels outside of written content, in the page's own language."""

    lang: str = ""
    title: str = ""
    headings: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    noindex: bool = False


class _Reader(HTMLParser):
    def __init__(self, content: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.page, self.stack, self.content = Page(), list[tuple[str, bool]](), content

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if len(given) != len(attrs):
            self.page.faults.append(f"an attribute twice: {self.get_starttag_text()}")
        self._element(tag, given)
        foreign = given.get("lang", self.page.lang) != self.page.lang
        written = (
            foreign or bool(self.content & set(given.get("class", "").split())) or tag in ("h1", "title")
        )
        if not (written or self._written()):
            self.page.words += [given[name] for name in SAID if given.get(name)]
        if tag not in VOID:
            self.stack.append((tag, written or self._written()))

    def _element(self, tag: str, given: dict[str, str]) -> None:
        page = self.page
        if tag == "html":
            page.lang = given.get("lang", "")
        if tag == "h1":
            page.headings.append("")
        if given.get("id"):
            page.ids.append(given["id"])
        # Data that no browser runs: the policy has nothing to say about it.
        still = given.get("type") in ("application/ld+json", "application/json")
        if tag == "script" and "src" not in given and not still:
            page.runs.append(self.get_starttag_text() or "")
        page.runs += [f"{tag} {name}" for name in given if name.startswith("on") or name == "style"]
        page.runs += [v for v in given.values() if v.strip().lower().startswith(("javascript:", "data:text"))]
        if tag in LOADS and given.get(LOADS[tag]):
            page.loads.append(given[LOADS[tag]])
        self._meta(tag, given)

    def _meta(self, tag: str, given: dict[str, str]) -> None:
        page = self.page
        if tag == "link" and given.get("rel") not in ("canonical", "alternate"):
            page.loads.append(given.get("href", ""))
        if tag == "a" and "href" in given:
            page.links.append(given["href"])
        if tag == "form" and given.get("action"):
            page.links.append(given["action"])
        if tag == "meta" and given.get("http-equiv") == "refresh":
            page.links.append(given["content"].split("url=")[1])
        if tag == "meta" and given.get("name") == "robots":
            page.noindex = "noindex" in given["content"]

    def handle_endtag(self, tag: str) -> None:
        if not self.stack or self.stack[-1][0] != tag:
            self.page.faults.append(f"</{tag}> closes {self.stack[-1:]} in line {self.getpos()[0]}")
            while self.stack and self.stack[-1][0] != tag:
                self.stack.pop()
        if self.stack:
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        inside = [tag for tag, _ in self.stack]
        if "title" in inside and "svg" not in inside:
            self.page.title += data
        if inside[-1:] in (["script"], ["style"]):
            return
        if "h1" in inside:
            self.page.headings[-1] += data
        if data.strip() and not self._written():
            self.page.words.append(data.strip())

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.stack.pop()

    def _written(self) -> bool:
        return bool(self.stack) and self.stack[-1][1]


# Classes of what writers wrote, as against the words of the theme.
CONTENT = frozenset(
    [
        "md-typeset",
        "answer",
        "short",
        "row-title",
        "says",
        "quiet",
        "chip",
        "crumbs",
        "links",
        "card",
        "sheet",
    ]
)


def read(text: str) -> Page:
    """Parse a page."""
    reader = _Reader(CONTENT)
    reader.feed(text)
    reader.close()
    if reader.stack:
        reader.page.faults.append(f"never closed: {[tag for tag, _ in reader.stack]}")
    return reader.page


def read_site(folder: Path) -> dict[str, Page]:
    """Parse every page below ``folder``, by its path in the site."""
    return {
        p.relative_to(folder).as_posix(): read(p.read_text(encoding="utf-8"))
        for p in sorted(folder.rglob("*.html"))
    }


def target(path: str, href: str) -> tuple[str, str] | None:
    """Return the file and the anchor that ``href`` on the page ``path`` leads to; None where it leaves the site."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return None
    at = urlsplit(urljoin(f"http://site/{path}", href)).path.removeprefix("/")
    if not at or at.endswith("/"):
        at += "index.html"
    return unquote(at), unquote(parts.fragment)
