"""Related answers from meaning, where the writer names none: pages that share telling words, topic and plan.

The same pages give the same neighbours whatever their order; scores are rounded before they are compared, so
that a new comma elsewhere does not reshuffle a page's list.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kotae.audience import visible
from kotae.content.documents import Document
from kotae.content.library import Library
from kotae.search.pages import wordings
from kotae.search.terms import strong_terms

MOST = 3
_NEAR = 0.1
"""Similarity, 0 to 1, from which a page is worth offering."""
_SAME_TOPIC, _SAME_PLAN = 0.06, 0.02
_COMMON = 1 / 12
"""A term of every twelfth page tells nothing about which two belong together."""
_WORDINGS = 24


@dataclass(frozen=True)
class Neighbours:
    """The questions one audience sees in one language, ready to be asked which are near."""

    library: Library
    audience: str
    lang: str
    today: date

    @cached_property
    def _pages(self) -> Mapping[str, Document]:
        return {
            d.path: d
            for d in self.library
            if d.kind == "faq" and d.lang == self.lang and visible(self.library, d, self.audience, self.today)
        }

    @cached_property
    def _vectors(self) -> Mapping[str, Mapping[str, float]]:
        terms = {path: _terms(self.library, d) for path, d in sorted(self._pages.items())}
        found: dict[str, int] = {}
        for counts in terms.values():
            for term in counts:
                found[term] = found.get(term, 0) + 1
        most = max(3, len(terms) * _COMMON)
        made = {}
        for path, counts in terms.items():
            vector = {
                t: n * math.log(1 + len(terms) / found[t]) for t, n in counts.items() if 1 < found[t] <= most
            }
            length = math.sqrt(sum(w * w for w in vector.values())) or 1.0
            made[path] = {t: w / length for t, w in vector.items()}
        return made

    @cached_property
    def _postings(self) -> Mapping[str, list[tuple[str, float]]]:
        postings: dict[str, list[tuple[str, float]]] = {}
        for path, vector in self._vectors.items():
            for term, weight in vector.items():
                postings.setdefault(term, []).append((path, weight))
        return postings

    def of(self, document: Document, most: int = MOST) -> list[Document]:
        """Return the pages nearest to ``document``, nearest first; none of them names a page it cannot show."""
        scores: dict[str, float] = {}
        for term, weight in self._vectors.get(document.path, {}).items():
            for path, other in self._postings[term]:
                scores[path] = scores.get(path, 0.0) + weight * other
        plans = set(self.library.texts(document, "applies_to"))
        ranked = []
        for path, score in scores.items():
            page = self._pages[path]
            if path == document.path or score < _NEAR:
                continue
            score += _SAME_TOPIC * (page.topic == document.topic)
            score += _SAME_PLAN * bool(plans & set(self.library.texts(page, "applies_to")))
            ranked.append((-round(score, 2), path))
        return [self._pages[path] for _, path in sorted(ranked)[:most]]


def _terms(library: Library, document: Document) -> dict[str, float]:
    """The terms of a page's question and of customers' wordings; the question counts most."""
    counts = dict.fromkeys(strong_terms(document.title), 2.0)
    for wording in wordings(library, document)[:_WORDINGS]:
        for term in strong_terms(wording):
            counts.setdefault(term, 1.0)
    return counts
