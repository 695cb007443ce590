"""What is no secret, because public pages, public lists or the theme say it themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path

from kotae.content.documents import Document
from kotae.content.library import Library
from kotae.content.markdown import slug
from kotae.links.addresses import address, permanent
from kotae.links.quotes import fill
from kotae.search.wordings import expand
from kotae.site.wall.plain import Views, decode, fold
from kotae.site.wall.segments import joined

_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_NEVER_PUBLISHED = frozenset({"playbook"})
_NOT_SHOWN = frozenset({"internal_hosts", "owner", "line"})
_THEME_TEXT = frozenset({".html", ".js", ".css", ".yml", ".json", ".svg", ".txt", ".xml"})


def page_text(library: Library, d: Document, today: date) -> str:
    """Return everything a public document says, folded: as written, as printed, and with what it quotes."""
    values: list[object] = []
    for name, each in d.fields.items():
        if name not in _NEVER_PUBLISHED:
            values += each.value if isinstance(each.value, tuple) else (each.value,)
    lines = (*library.texts(d, "paraphrases"), *library.texts(d, "ambiguous"))
    said = [str(value) for value in values if value is not None]
    said += [wording for line in lines for wording in _wordings(str(line))]
    said += [slug(heading.text) for heading in d.outline.headings]
    # As the page prints its links: code samples elsewhere may show the same.
    said += [f'{name}="{link.target}"' for link in d.outline.links for name in ("href", "src")]
    texts = dict.fromkeys((d.common, fill(d.common, library, d.lang, today)))
    # Also as the scan sees it: what looks like a tag in a code sample is one to the scan.
    seen = (Views(text).words.decode("utf-8", "surrogatepass") for text in texts if "<" in text)
    return "\0".join([fold(decode("\0".join([*said, *texts]))), *map(joined, texts), *seen])


def _wordings(line: str) -> tuple[str, ...]:
    made = expand(line)
    return made if isinstance(made, tuple) else ()


def addresses_of(library: Library, public: Sequence[Document]) -> Iterator[str]:
    """Yield the addresses of public pages, as pages and feeds write them."""
    settings = library.desk.settings
    base = settings.url.partition("://")[2].rstrip("/")
    for d in public:
        for place in (address(d.path, settings.languages[0]), permanent(d, settings.languages[0])):
            yield fold(f"{base}/{place}")


def list_texts(library: Library) -> Iterator[str]:
    """Yield what the desk's public rows say, folded."""
    desk = library.desk
    rows: list[object] = [desk.settings, *desk.products.values(), *desk.calendars.values()]
    rows += [*desk.reasons.values(), *(t for t in desk.topics.values() if not t.internal_only)]
    for table in (desk.promises, desk.contacts, desk.facts):
        rows += [row for row in table.values() if row.public]
    for row in rows:
        yield "\0".join(fold(text) for text in _strings(row))
    yield "\0".join(fold(word) for group in desk.synonyms for word in group)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from (str(key), *_strings(each))
    elif isinstance(value, tuple):
        for each in value:
            yield from _strings(each)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in _NOT_SHOWN:
                yield from _strings(getattr(value, field.name))


def theme_texts(themes: Sequence[Path]) -> Iterator[str]:
    """Yield what the files of the theme say, folded; folders that begin with a dot are left out."""
    for theme in themes:
        for path in sorted(theme.rglob("*")):
            hidden = any(part.startswith(".") for part in path.relative_to(theme).parts)
            if path.suffix in _THEME_TEXT and not hidden and path.is_file():
                yield _theme_text(path, path.stat().st_mtime_ns)


@cache
def _theme_text(path: Path, stamp: int) -> str:
    # Comments of the templates are never printed: what they quote stays a secret.
    views = Views(_COMMENT.sub("", path.read_text(encoding="utf-8", errors="replace")))
    return (views.words + b"\0" + views.apart).decode("utf-8", "surrogatepass")
