"""What a page gives to the index: plain values, so that any kind of document can fill them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Facet:
    """A value results can be narrowed by. ``kind``: product, channel, role or state."""

    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One page as the search sees it, already cut for the audience and language of its index."""

    id: str
    type: str
    """faq, playbook or page: shown in results and usable as a filter."""
    lang: str
    topic: str
    title: str
    href: str
    answer: str
    """The short answer, as plain text: shown in the result, so that many readers need not click."""
    paraphrases: tuple[str, ...] = ()
    """Other wordings, already expanded; for a playbook the customer's phrases."""
    headings: str = ""
    body: str = ""
    extra: tuple[str, ...] = ()
    """Words that should find the page but are never shown: error codes, plan names, button names."""
    facets: tuple[Facet, ...] = ()
    stale: bool = False
    """Its date has passed: among the handbook's pages it stands below those that still hold."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One result, the same values in Python and in the browser."""

    id: str
    type: str
    lang: str
    topic: str
    title: str
    asked: str
    """The wording of the page that came nearest to the query; empty when the title did."""
    asked_parts: tuple[tuple[str, bool], ...]
    answer: str
    href: str
    score: float
    sure: bool
    """Above the answer threshold: only then may the page be offered as the answer."""
