"""Exported article HTML as Markdown that both sites and the code hosts show alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kotae.findings import Said

EMBEDDED = Said(
    "埋め込み(動画など)は、リンクにしました", "what was embedded (videos and the like) became links"
)
SCRIPTED = Said("スクリプトや入力欄は取り込んでいません", "scripts and form fields were left out")
COMMENTED = Said("HTMLのコメントは取り込んでいません", "HTML comments were left out")
NESTED = Said(
    "入れ子が深すぎるので、文字だけを取り込みました", "it is nested too deep; only its words were taken"
)
_DROPPED = ("script", "style", "noscript", "template", "svg", "canvas", "form", "input", "button", "select", "textarea", "link", "meta")  # fmt: skip
_EMBEDS = ("iframe", "video", "audio", "object", "embed")
_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Made:
    """Markdown, the notes for a person, and the title the HTML names."""

    text: str
    notes: tuple[Said, ...] = ()


def to_markdown(html: str, link: Callable[[str], str] = str) -> Made:
    """Return ``html`` as Markdown; never raises. ``link`` maps the target of every link and image."""
    from bs4 import Comment

    soup = parsed(html)
    notes: list[Said] = []
    for comment in soup.find_all(string=lambda s: isinstance(s, Comment)):
        if str(comment).strip():
            notes.append(COMMENTED)
        comment.extract()
    if _deep(soup):
        return Made(_words_only(soup), (*dict.fromkeys(notes), NESTED))
    for each in soup.find_all(_DROPPED):
        if not each.decomposed:
            notes.append(SCRIPTED)
            each.decompose()
    for each in soup.find_all(_EMBEDS):
        source = str(each.get("src") or each.get("data") or "")
        notes.append(EMBEDDED)
        if source.startswith(("http://", "https://")):
            new = soup.new_tag("a", href=source)
            new.string = source
            each.replace_with(new)
        else:
            each.unwrap()
    _tidy(soup, link, notes)
    return Made(_markdown(soup), tuple(dict.fromkeys(notes)))


def parsed(html: str) -> Any:
    """Return ``html`` as a tree."""
    from bs4 import BeautifulSoup

    # The empty comment says that this is markup: Beautiful Soup warns of text that looks like an address or a file.
    return BeautifulSoup(f"<!---->{html}", "html.parser")


def _tidy(soup: Any, link: Callable[[str], str], notes: list[Said]) -> None:
    for level in (5, 4, 3, 2, 1):
        # The question is the page's only first heading.
        for heading in soup.find_all(f"h{level}"):
            heading.name = f"h{level + 1}" if soup.find("h1") or level == 1 else heading.name
    for each in soup.find_all("a"):
        target = str(each.get("href") or "").strip()
        unsafe = re.match(r"(?:javascript|data|vbscript|file):", target, re.IGNORECASE)
        moved = "" if unsafe or not target or target.startswith("#") else link(target)
        if moved and moved != "#":
            each["href"] = moved
            continue
        if target and not target.startswith("#") and moved != "#":
            notes.append(_unknown(target))
        each.unwrap()
    for each in soup.find_all("img"):
        source = str(each.get("src") or "").strip()
        moved = "" if source.startswith("data:") else link(source)
        words = " ".join(str(each.get("alt") or each.get("title") or "").split())
        if moved:
            each.attrs = {"src": moved, "alt": words}
        else:
            each.replace_with(words)
        if not moved or "://" in moved:
            notes.append(_elsewhere(source))


def _unknown(target: str) -> Said:
    return Said(
        f"リンク先「{target[:60]}」が分からないので、文字だけにしました",
        f"the link '{target[:60]}' leads nowhere known; its words were kept",
    )


def _elsewhere(source: str) -> Said:
    return Said(f"画像「{source[:60]}」は取り込んでいません", f"the picture '{source[:60]}' was not taken in")


def _markdown(soup: Any) -> str:
    from markdownify import ATX, MarkdownConverter

    class Converter(MarkdownConverter):
        """Lists four letters deep, as the sites need them."""

        def convert_li(self, el: Any, text: str, parent_tags: Any) -> str:
            text = (text or "").strip()
            if not text:
                return "\n"
            parent = el.parent
            if parent is not None and parent.name == "ol":
                number = 1 + len(el.find_previous_siblings("li"))
                bullet = f"{number}. "
            else:
                bullet = "- "
            first, *more = text.split("\n")
            return bullet + "\n".join([first, *(f"    {line}" if line else "" for line in more)]) + "\n"

    # "markdownify" itself treats two spaces as a break, which the code hosts' editors take away.
    text = Converter(
        heading_style=ATX, bullets="-", escape_misc=True, newline_style="backslash", table_infer_header=True
    ).convert_soup(soup)
    text = text.replace("{{", "\\{\\{").replace("\u00a0", " ")
    text = re.sub(r"[ \t]+$", "", str(text), flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def _deep(soup: Any) -> bool:
    return any(len(list(each.parents)) > _DEEPEST for each in soup.find_all(string=True))


def _words_only(soup: Any) -> str:
    from kotae.scaffold.plain import escaped

    return "\n\n".join(escaped(str(s).strip()) for s in soup.strings if str(s).strip())
