"""Findability as a fact: the desk's own queries, tried on an index before it is published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kotae.search.engine import Engine
from kotae.search.entries import Entry, Hit
from kotae.search.fields import Synonyms, field_terms
from kotae.search.spoken import spoken
from kotae.search.terms import strong_terms

NEAR_ENOUGH = 3
"""A reader looks at the first three results."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One query and what became of it."""

    query: str
    pages: tuple[str, ...]
    hits: tuple[Hit, ...]

    @property
    def silent(self) -> bool:
        """Nothing at all was found."""
        return not self.hits

    @property
    def lost(self) -> bool:
        """None of its pages is where a reader looks."""
        return not any(hit.id in self.pages for hit in self.hits[:NEAR_ENOUGH])

    @property
    def rank(self) -> int | None:
        """The place of the first right page, from 1."""
        return next((place for place, hit in enumerate(self.hits, 1) if hit.id in self.pages), None)


def tried(engine: Engine, queries: Iterable[tuple[str, Sequence[str]]], limit: int = 8) -> list[Tried]:
    """Every query with its pages, in the order given."""
    return [Tried(query, tuple(pages), tuple(engine.query(query, limit))) for query, pages in queries]


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
