"""The copy to carry away: the finished site again, with links a browser can follow from a folder (file://).

A browser shows a listing for a folder and refuses fetch and modules there. So links name index.html; the search
index already consists of classic scripts. Every page says of which day the copy is: nothing on it will be renewed.
"""

from __future__ import annotations

import html
import re
import shutil
from datetime import date
from pathlib import Path

# Our templates and the sanitizer both print attributes in double quotes.
_LINK = re.compile(r'(<[^<>]*?\s(?:href|action)=")([^"]*)(")')
_REFRESH = re.compile(r'(<meta http-equiv="refresh" content="0; url=)([^"]*)(")')
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/|#|\Z")
_MAIN = '<main id="main">'
# Only a web server has a use for these. 404.html asks for the root of a host.
_NOT_TAKEN = {"404.html", "robots.txt", "sitemap.xml"}
_SENTENCE = {
    "ja": "{} 時点の写しです。新しい内容は、公開中のページで確かめてください。",
    "en": "A copy as of {}. For what is new, see the published site.",
}


def copy_site(site: Path, target: Path, today: date, address: str = "") -> int:
    """Write a copy of the finished ``site`` into the empty folder ``target``; return the number of pages.

    ``today`` is the day the site shows, ``address`` where it is published ("" leaves the link out).
    Raises OSError where the disk cannot be read or written.
    """
    pages = 0
    for source in sorted(site.rglob("*")):
        name = source.relative_to(site)
        if source.is_dir() or name.name in _NOT_TAKEN or name.name.startswith("."):
            continue
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if source.suffix == ".html":
            copy.write_bytes(page(source.read_bytes().decode(), today, address).encode())
            pages += 1
        else:
            shutil.copyfile(source, copy)
    return pages


def page(text: str, today: date, address: str = "") -> str:
    """Return one page for reading from a folder: links that name a file, and the day in sight."""
    for pattern in (_LINK, _REFRESH):
        text = pattern.sub(lambda m: f"{m[1]}{link(m[2])}{m[3]}", text)
    lang = "en" if '<html lang="en"' in text[:200] else "ja"
    return text.replace(_MAIN, _MAIN + _note(lang, today, address), 1)


def link(written: str) -> str:
    """Return a link to a folder as a link to its index.html; any other link as it stands."""
    if _ELSEWHERE.match(written):
        return written
    path, mark, rest = re.fullmatch(r"([^?#]*)([?#]?)(.*)", written, re.DOTALL).groups()  # type: ignore[union-attr]
    if path.endswith("/") or path.rsplit("/", 1)[-1] in (".", ".."):
        path = f"{path.rstrip('/')}/index.html"
    return f"{path}{mark}{rest}"


def _note(lang: str, today: date, address: str) -> str:
    day = (
        f"{today:%B} {today.day}, {today.year}"
        if lang == "en"
        else f"{today.year}年{today.month}月{today.day}日"
    )
    sentence = _SENTENCE[lang].format(f'<time datetime="{today.isoformat()}">{day}</time>')
    where = f' <a href="{html.escape(address)}">{html.escape(address)}</a>' if address else ""
    return f'<p class="page quiet" data-copy-of="{today.isoformat()}">{sentence}{where}</p>'
