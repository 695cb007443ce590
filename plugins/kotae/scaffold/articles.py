"""Exported articles: HTML files with their pictures, as rows like those of a spreadsheet."""

from __future__ import annotations

import base64
import binascii
import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from kotae.findings import Said
from kotae.scaffold import article
from kotae.scaffold.html import parsed
from kotae.scaffold.moving import Plan
from kotae.scaffold.plain import visible
from kotae.scaffold.rows import Item, picture_name

_IMAGES = {".png", ".jpg", ".jpeg", ".gif", ".webp"}
_AROUND = ("nav", "header", "footer", "aside")
_SITE_NAME = re.compile(r"\s+[|–—-]\s+[^|–—]*$")


@dataclass
class Gathered:
    """The articles, and the bytes of their pictures by the name the articles know them by."""

    items: list[Item] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


def gather(paths: Iterable[Path], topic: str, largest: int) -> Gathered:
    """Read HTML files and folders of them. Raises OSError for a path that is not there."""
    found = Gathered()
    for path in paths:
        base = path if path.is_dir() else path.parent
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if not file.is_file() or file.suffix.lower() not in (".html", ".htm"):
                if not path.is_dir():
                    found.unread.append(file.name)
                continue
            if file.stat().st_size > largest:
                found.unread.append(file.relative_to(base).as_posix())
                continue
            _read(found, base, file, topic)
    return found


def pictures(found: Gathered, made: Plan) -> dict[str, bytes]:
    """Return the files of the pictures by where they go, beside the pages that show them."""
    return {
        f"{posixpath.dirname(path)}/{picture_name(path, page.item, name)}": found.pictures[name]
        for path, page in made.pages.items()
        if page.level < 2
        for name in page.item.images
    }


def _read(found: Gathered, base: Path, file: Path, topic: str) -> None:
    from bs4.dammit import UnicodeDammit

    name = file.relative_to(base).as_posix()
    data = file.read_bytes()
    text = UnicodeDammit(data, ["utf-8", "cp932"]).unicode_markup or data.decode("utf-8", "replace")
    text, unseen = visible(text)
    soup = parsed(text)
    title = soup.find("h1")
    words = title.get_text(" ") if title else ""
    if not words.strip() and soup.title:
        words = _SITE_NAME.sub("", soup.title.get_text(" "))
    canonical = soup.find("link", rel="canonical")
    old = str(canonical.get("href") or "") if canonical else ""
    body: Any = (
        soup.find(class_=re.compile("article-?body"))
        or soup.find("article")
        or soup.find("main")
        or soup.body
        or soup
    )
    if title:
        title.extract()
    for each in body.find_all(_AROUND):
        each.decompose()
    for each in soup.find_all(["title", "head"]):
        if not each.decomposed:
            each.decompose()
    notes = (
        [Said(f"見えない文字を{unseen}個取り除きました", f"{unseen} unseen letters were taken out")]
        if unseen
        else []
    )
    shown = _pictures(found, base, name, body, notes)
    inner = body.decode_contents()
    folder = posixpath.dirname(name)
    found.items.append(
        Item(
            len(found.items) + 1,
            " ".join(words.split()) or posixpath.basename(name).rsplit(".", 1)[0],
            inner if body.get_text().strip() or shown else "",
            topic or folder.rpartition("/")[2],
            old=old,
            lang=article.language(words, body.get_text()),
            html=True,
            source=name,
            notes=tuple(notes),
            images=shown,
        )
    )  # fmt: skip


def _pictures(found: Gathered, base: Path, name: str, body: Any, notes: list[Said]) -> tuple[str, ...]:
    """Remember the pictures of an article; give those that stand inside the HTML a name."""
    shown: list[str] = []
    for count, image in enumerate(body.find_all("img"), 1):
        source = str(image.get("src") or "").strip()
        inside = re.match(r"data:image/(png|jpe?g|gif|webp);base64,", source)
        if inside:
            try:
                data = base64.b64decode(source[inside.end() :], validate=False)
            except (binascii.Error, ValueError):
                data = b""
            key = f"{name}.{count}.{inside[1].replace('jpeg', 'jpg')}"
            image["src"] = posixpath.basename(key)
        else:
            key = posixpath.normpath(
                posixpath.join(posixpath.dirname(name), unquote(source.partition("?")[0]))
            )
            data = _file(base, key) if source and "://" not in source else b""
        if data and posixpath.splitext(key)[1].lower() in _IMAGES:
            found.pictures[key] = data
            if key not in shown:
                shown.append(key)
        elif not source.startswith(("http://", "https://")):
            short = source[:60]
            notes.append(
                Said(
                    f"画像「{short}」がないか、使えない種類です",
                    f"the picture '{short}' is missing or of a kind no page takes",
                )
            )
    return tuple(shown)


def _file(base: Path, key: str) -> bytes:
    path = base / key
    # An export may name what lies outside of it; that is not for the page.
    if key.startswith(("../", "/")) or not path.resolve().is_relative_to(base.resolve()):
        return b""
    try:
        return path.read_bytes()
    except (OSError, ValueError):
        return b""


def name_of(paths: Iterable[Path]) -> str:
    """Return what the report calls these files."""
    return ", ".join(p.name or str(p) for p in paths)
