"""Quoting instead of repeating: {{値:…}} a dated fact, {{答え:…}} a published short answer, {{URL:…}} its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kotae.audience import PUBLIC, visible
from kotae.content.documents import Document, Faq
from kotae.content.library import Library
from kotae.links.addresses import permanent

QUOTE = re.compile(r"\{\{\s*(値|fact|答え|answer|URL|url)\s*[::]\s*([^{}\n]+?)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation as written; ``line`` counts from 1."""

    kind: str
    name: str
    line: int


def quotes(text: str, first_line: int = 1) -> Iterator[Quote]:
    """Yield every quotation of ``text``, whose first line is ``first_line`` of its file."""
    for match in QUOTE.finditer(text):
        kind = {"値": "fact", "fact": "fact", "答え": "answer", "answer": "answer"}.get(match[1], "url")
        yield Quote(kind, match[2], first_line + text.count("\n", 0, match.start()))


def fill(text: str, library: Library, lang: str, today: date) -> str:
    """Return ``text`` with every quotation that can be resolved on ``today`` filled in; others stay as written."""
    if "{{" not in text:
        return text

    def one(match: re.Match[str]) -> str:
        (quote,) = quotes(match[0])
        return resolve(quote, library, lang, today) or match[0]

    return QUOTE.sub(one, text)


def resolve(quote: Quote, library: Library, lang: str, today: date) -> str | None:
    """Return what a quotation stands for, or None when there is no such fact or public answer on that day."""
    if quote.kind == "fact":
        fact = library.desk.find("facts", quote.name)
        return fact.on(today, lang) if fact else None
    found = quoted_faq(quote.name, library, lang)
    if found is None or not visible(library, found, PUBLIC, today):
        return None
    if quote.kind == "answer":
        return found.answer.text.replace("\n", "") if found.answer else None
    base = library.desk.settings.url.rstrip("/")
    return f"{base}/{permanent(found, library.desk.settings.languages[0])}"


def quoted_faq(name: str, library: Library, lang: str) -> Faq | None:
    """Return the FAQ called ``name`` (stem, id or its question), in ``lang`` if there is one, else the source."""
    found: Document | None = library.by_id.get(("faq", name, lang)) or library.by_id.get(
        ("faq", name, library.desk.settings.languages[0])
    )
    if found is None:
        wanted = _folded(name)
        found = next((d for d in library if d.kind == "faq" and _folded(d.title) == wanted), None)
        if found is not None:
            found = library.twin(found, lang) or found
    return found if isinstance(found, Faq) else None


def _folded(title: str) -> str:
    return re.sub(r"[\s?？。.]", "", title)
