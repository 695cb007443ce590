"""From silence to a page: what people searched for in vain, grouped, with what to write where."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kotae.content.library import Library
from kotae.search.engine import Engine
from kotae.search.folding import fold
from kotae.search.terms import strong_terms

_ALIKE = 0.6
"""Share of letter pairs two queries must have in common to be one question."""
_NEAR = 0.34
"""Score from which the best page is proposed as the answer; below it the question has no page yet."""
_QUERY, _COUNT, _REASON, _LANG = ("query", "聞き方"), ("count", "件数"), ("reason", "理由"), ("lang", "言語")
# What a person would not want in a repository, though it was typed into a search field.
_PRIVATE = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|\d[\d -]{8,}\d")


@dataclass(frozen=True, slots=True)
class Miss:
    """A query that found nothing, or nothing worth opening. ``reason`` is ``none`` or ``abandoned``."""

    query: str
    count: int = 1
    reason: str = "none"
    lang: str = "ja"


@dataclass(frozen=True, slots=True)
class Group:
    """Queries that ask the same, the most frequent first; and the page that comes nearest, if one does."""

    misses: tuple[Miss, ...]
    page: str = ""
    title: str = ""
    path: str = ""
    topic: str = ""
    """Where a page for it would stand: the topic of the nearest page, else the site's first."""

    @property
    def count(self) -> int:
        """How often anything of the group was typed."""
        return sum(miss.count for miss in self.misses)


def read_misses(text: str, lang: str = "ja") -> list[Miss]:
    """Read CSV with a header, JSON or JSON lines of ``{query, count, reason, lang}``; raises ValueError.

    An event line of the browser (``{event, page, query, reason, day}``) is one miss; events without a query are
    passed over, and so is whatever looks like an address or a number of a person.
    """
    rows = _rows(text.lstrip("\ufeff"))
    counted: dict[tuple[str, str, str], int] = {}
    for row in rows:
        query = " ".join(str(_value(row, _QUERY) or "").split())
        if not query or _PRIVATE.search(query):
            continue
        count = str(_value(row, _COUNT) or 1)
        if not count.isdigit():
            raise ValueError(f"count: {count}")
        key = (query, str(_value(row, _REASON) or "none"), str(_value(row, _LANG) or _language(query, lang)))
        counted[key] = counted.get(key, 0) + int(count)
    return [Miss(query, count, reason, la) for (query, reason, la), count in counted.items()]


def _rows(text: str) -> Sequence[Mapping[str, Any]]:
    head = text.lstrip()[:1]
    if head == "[":
        rows = json.loads(text)
    elif head == "{":
        rows = [json.loads(line) for line in text.splitlines() if line.strip()]
    else:
        reader = csv.DictReader(io.StringIO(text))
        if not set(reader.fieldnames or ()) & set(_QUERY):
            raise ValueError("query")
        rows = list(reader)
    if not all(isinstance(row, dict) for row in rows):
        raise ValueError("rows")
    return rows  # type: ignore[no-any-return]  # every row is a mapping, just asked


def _value(row: Mapping[str, Any], names: tuple[str, str]) -> Any:
    return next((row[name] for name in names if row.get(name) not in (None, "")), None)


def _language(query: str, lang: str) -> str:
    return "en" if query.isascii() and " " in query.strip() else lang


def grouped(misses: Sequence[Miss]) -> list[tuple[Miss, ...]]:
    """Group what asks the same: equal when folded, or mostly the same letter pairs. Most frequent first."""
    ordered = sorted(misses, key=lambda m: (-m.count, m.lang, m.query))
    groups: list[tuple[str, str, frozenset[str], list[Miss]]] = []
    for miss in ordered:
        folded, terms = fold(miss.query).replace(" ", ""), frozenset(strong_terms(miss.query))
        for lang, known, held, members in groups:
            if lang == miss.lang and (known == folded or _alike(held, terms)):
                members.append(miss)
                break
        else:
            groups.append((miss.lang, folded, terms, [miss]))
    found = [tuple(members) for *_, members in groups]
    return sorted(found, key=lambda group: (-sum(m.count for m in group), group[0].query))


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return (
        len(a & b) >= _ALIKE * min(len(a), len(b)) and len(a & b) * 3 >= max(len(a), len(b))
        if a and b
        else False
    )


def proposals(library: Library, misses: Sequence[Miss], engines: Mapping[str, Engine]) -> list[Group]:
    """Return the groups with the page that comes nearest to each, by the search itself."""
    found: list[Group] = []
    for group in grouped(misses):
        engine = engines.get(group[0].lang)
        hits = [hit for miss in group[:3] for hit in (engine.query(miss.query, 3) if engine else [])]
        best = max(hits, key=lambda hit: (hit.score, hit.id), default=None)
        page = library.by_id.get((best.type, best.id, best.lang)) if best and best.score >= _NEAR else None
        topic = best.topic if best and best.topic else next(iter(library.desk.topics), "questions")
        found.append(
            Group(group, page.id, page.title, page.path, topic) if page else Group(group, topic=topic)
        )
    return found
