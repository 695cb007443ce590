"""Findability as a fact: the desk's own queries, tried on an index before it is published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from kotae.content.library import Library
from kotae.desk.queries import Query
from kotae.search.dictionary import readings
from kotae.search.engine import Engine
from kotae.search.entries import Entry, Hit
from kotae.search.fields import Synonyms, field_terms
from kotae.search.folding import fold
from kotae.search.index import build
from kotae.search.memory import key, recall, remember
from kotae.search.pages import entries, quiet
from kotae.search.spoken import spoken
from kotae.search.terms import strong_terms

NEAR_ENOUGH = 3
"""A reader looks at the first three results."""
LOOKED_AT = 12
"""How far down a lost page is sought, to say what it lacks."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One query and what became of it. The first of its pages is the one that must be seen."""

    query: str
    pages: tuple[str, ...]
    hits: tuple[Hit, ...]

    @property
    def silent(self) -> bool:
        """Nothing at all was found."""
        return not self.hits

    @property
    def lost(self) -> bool:
        """Its page is not where a reader looks."""
        return self.pages[0] not in [hit.id for hit in self.hits[:NEAR_ENOUGH]]

    @property
    def rank(self) -> int | None:
        """The place of the first right page, from 1."""
        return next((place for place, hit in enumerate(self.hits, 1) if hit.id in self.pages), None)


def tried(engine: Engine, queries: Iterable[tuple[str, Sequence[str]]], limit: int = 8) -> list[Tried]:
    """Every query with its pages, in the order given."""
    return [Tried(query, tuple(pages), tuple(engine.query(query, limit))) for query, pages in queries]


def engine_of(library: Library, audience: str, lang: str, today: date) -> Engine:
    """Return the engine on the index of one site, exactly as the site will ship it."""
    indexed = entries(library, audience, lang, today)
    return Engine(build(indexed, library.desk.synonyms, readings(), quiet(library)))


def try_all(library: Library, today: date) -> Iterator[tuple[Query, Tried, Callable[[], Engine]]]:
    """Yield every query of the desk with what became of it, and the way to its engine.

    One index is made for each site that is asked, and none where nothing has changed since the last time.
    """
    for audience, lang in sorted({(q.audience, q.lang) for q in library.desk.queries}):
        asked = [q for q in library.desk.queries if (q.audience, q.lang) == (audience, lang)]
        engine = cache(partial(engine_of, library, audience, lang, today))
        indexed = entries(library, audience, lang, today)
        name = key(
            indexed, library.desk.synonyms, quiet(library), readings() is None, [q.query for q in asked]
        )
        hits = recall(name)
        if hits is None or len(hits) != len(asked):
            hits = [found.hits for found in tried(engine(), [(q.query, q.pages) for q in asked])]
            remember(name, hits)
        for query, found in zip(asked, hits, strict=True):
            yield query, Tried(query.query, tuple(query.pages), found), engine


@dataclass(frozen=True, slots=True)
class Reason:
    """A term of the query in a field of a page: why that page is where it is."""

    field: str
    term: str


def reasons(query: str, entry: Entry, synonyms: Sequence[Sequence[str]] = ()) -> tuple[Reason, ...]:
    """Where a page holds the terms of a query, the most telling field first."""
    fields = field_terms(entry, Synonyms(synonyms), spoken)
    terms = dict.fromkeys(strong_terms(query))
    return tuple(Reason(name, term) for name, counts in fields.items() for term in terms if term in counts)


@dataclass(frozen=True, slots=True)
class Why:
    """What made one page win and what another lacks, in the letters of the query and of the page."""

    winner: str
    asked: str
    """The winner's wording that matched; empty when its title did."""
    matched: tuple[str, ...]
    place: int
    """Where the page stands, from 1; 0 when it is not among the results at all."""
    lacking: tuple[str, ...]


def why(engine: Engine, query: str, page: str) -> Why:
    """Tell why ``page`` is not what ``query`` finds first. Something must have been found."""
    hits = engine.explain(query, LOOKED_AT)
    first = hits[0]
    parts = first["askedParts"] or first["titleParts"]
    place, own = next(((n, hit) for n, hit in enumerate(hits, 1) if hit["id"] == page), (0, None))
    words = own["why"] if own else first["why"]
    lacking = [as_typed(query, w["word"]) for w in words if own is None or w["held"] < 0.5]
    return Why(
        first["title"],
        first["asked"],
        tuple(part["text"] for part in parts if part["hit"]),
        place,
        tuple(dict.fromkeys(lacking)),
    )


def as_typed(query: str, word: str) -> str:
    """Return the letters of ``query`` that folded to ``word``, or the word itself."""
    for start in range(len(query)):
        for end in range(start + 1, len(query) + 1):
            if fold(query[start:end]).replace(" ", "") == word:
                return query[start:end]
    return word
